//! An answer merged into the command it is about.

use crate::dialogue::{Draft, DraftKind};
use crate::policy::{Context, Speaker};
use crate::{Command, Instrument, Money, Party, Quantity};

pub(super) fn with_amount(mut command: Command, new: Money) -> Option<Command> {
    match &mut command {
        Command::SendMoney { amount, .. }
        | Command::RequestMoney { amount, .. }
        | Command::CreateStandingOrder { amount, .. }
        | Command::TopUp { amount, .. } => *amount = new,
        Command::PayMerchant { amount, .. } | Command::PayBill { amount, .. } => {
            *amount = Some(new);
        }
        Command::BuyProduct { max_price, .. } => *max_price = Some(new),
        _ => return None,
    }
    Some(command)
}

pub(super) fn with_quantity(mut command: Command, new: Quantity) -> Option<Command> {
    match &mut command {
        Command::AddToCart { quantity, .. } | Command::BuyProduct { quantity, .. } => {
            *quantity = Some(new);
        }
        _ => return None,
    }
    Some(command)
}

pub(super) fn with_name(mut command: Command, new: &Party) -> Option<Command> {
    match &mut command {
        Command::SendMoney { recipient, .. }
        | Command::RequestMoney { recipient, .. }
        | Command::CreateStandingOrder { recipient, .. } => *recipient = new.clone(),
        Command::PayMerchant { merchant, .. } => *merchant = new.clone(),
        Command::PayBill { biller, .. } => *biller = new.clone(),
        Command::TopUp { target, .. } => *target = instrument(new),
        _ => return None,
    }
    Some(command)
}

pub(super) fn draft_with_name(mut draft: Draft, name: &Party, namesakes: &[Party]) -> Draft {
    draft.namesakes = namesakes.to_vec();
    match draft.kind {
        DraftKind::TopUp => draft.target = Some(instrument(name)),
        _ => draft.recipient = Some(name.clone()),
    }
    draft
}

fn instrument(name: &Party) -> Instrument {
    Instrument {
        name: name.name.clone(),
        id: name.id.clone(),
        open: name.open,
    }
}

/// Whether what was said names an option: all of it, or some of its words ("Schmidt").
pub(super) fn matches_name(option: &str, said: &str) -> bool {
    let (option, said) = (option.to_lowercase(), said.to_lowercase());
    let mut words = said.split_whitespace().peekable();
    words.peek().is_some() && words.all(|word| option.split_whitespace().any(|o| o == word))
}

pub(super) fn least(before: &Context, now: &Context) -> Context {
    let confidence = if now.confidence < before.confidence {
        now.confidence
    } else {
        before.confidence
    };
    let strange = [before.speaker, now.speaker].contains(&Speaker::Unknown);
    Context {
        confidence,
        speaker: if strange {
            Speaker::Unknown
        } else {
            now.speaker
        },
        total: now.total.or(before.total),
    }
}
