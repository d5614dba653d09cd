//! What the policy weighs about a command.

use crate::policy::PayeeKey;
use crate::{Command, Money};

/// What carrying a command out can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It answers a dialogue and is never carried out itself.
    Answer,
    /// It only looks, plays or switches.
    Harmless,
    /// It changes the shopping cart, which is easily undone.
    Cart,
    /// It changes an order, a card or how later payments are made, or is a host's own intent.
    Change,
    /// It asks somebody else for money.
    Request,
    /// It spends money.
    Spend,
}

/// What the policy weighs about one command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The command's name, as its `type` in JSON.
    pub name: &'static str,
    /// What it can do.
    pub effect: Effect,
    /// How much, where the command says so. A price limit counts as spent in full.
    pub amount: Option<Money>,
    /// To whom, where the command says so.
    pub payee: Option<PayeeKey>,
}

impl Facts {
    /// The facts of a command.
    ///
    /// ```
    /// use zahlwort_commerce::{Command, policy::{Effect, Facts}};
    /// assert_eq!(Facts::of(&Command::ShowCart).effect, Effect::Harmless);
    /// ```
    pub fn of(command: &Command) -> Facts {
        use Effect::{Answer, Cart, Change, Harmless, Request, Spend};
        let plain = |name, effect| Facts {
            name,
            effect,
            amount: None,
            payee: None,
        };
        let money = |name, amount: Option<Money>, payee| Facts {
            name,
            effect: Spend,
            amount,
            payee,
        };
        match command {
            Command::SearchProduct { .. } => plain("search_product", Harmless),
            Command::AddToCart { .. } => plain("add_to_cart", Cart),
            Command::RemoveFromCart { .. } => plain("remove_from_cart", Cart),
            Command::ShowCart => plain("show_cart", Harmless),
            Command::BuyProduct {
                merchant,
                max_price,
                ..
            } => money(
                "buy_product",
                *max_price,
                merchant.as_ref().map(PayeeKey::party),
            ),
            Command::Checkout { .. } => money("checkout", None, None),
            Command::Reorder { .. } => money("reorder", None, None),
            Command::TrackOrder { .. } => plain("track_order", Harmless),
            Command::CancelOrder { .. } => plain("cancel_order", Change),
            Command::PayMerchant {
                merchant, amount, ..
            } => money("pay_merchant", *amount, Some(PayeeKey::party(merchant))),
            Command::PayBill { biller, amount, .. } => {
                money("pay_bill", *amount, Some(PayeeKey::party(biller)))
            }
            Command::SendMoney {
                recipient, amount, ..
            } => money(
                "send_money",
                Some(*amount),
                Some(PayeeKey::party(recipient)),
            ),
            Command::RequestMoney {
                recipient, amount, ..
            } => Facts {
                name: "request_money",
                effect: Request,
                amount: Some(*amount),
                payee: Some(PayeeKey::party(recipient)),
            },
            Command::CreateStandingOrder {
                recipient, amount, ..
            } => money(
                "create_standing_order",
                Some(*amount),
                Some(PayeeKey::party(recipient)),
            ),
            Command::TopUp { target, amount } => {
                money("top_up", Some(*amount), Some(PayeeKey::instrument(target)))
            }
            Command::CheckBalance { .. } => plain("check_balance", Harmless),
            Command::ListTransactions { .. } => plain("list_transactions", Harmless),
            Command::SetPaymentMethod { .. } => plain("set_payment_method", Change),
            Command::BlockCard { .. } => plain("block_card", Change),
            Command::Confirm => plain("confirm", Answer),
            Command::Deny => plain("deny", Answer),
            Command::Cancel => plain("cancel", Answer),
            Command::Repeat => plain("repeat", Answer),
            Command::Help => plain("help", Answer),
            Command::ProvidePin { .. } => plain("provide_pin", Answer),
            Command::ProvideAmount { .. } => plain("provide_amount", Answer),
            Command::ProvideQuantity { .. } => plain("provide_quantity", Answer),
            Command::ChooseOption { .. } => plain("choose_option", Answer),
            Command::PlayMusic { .. } => plain("play_music", Harmless),
            Command::StopMusic => plain("stop_music", Harmless),
            Command::LightOn { .. } => plain("light_on", Harmless),
            Command::LightOff { .. } => plain("light_off", Harmless),
            Command::ReadMessages => plain("read_messages", Harmless),
            Command::BookRentalCar { .. } => money("book_rental_car", None, None),
            Command::Custom { .. } => plain("custom", Change),
        }
    }
}

/// The names that a policy file may give a rule: every command that can be carried out.
pub(crate) const COMMANDS: [&str; 26] = [
    "search_product",
    "add_to_cart",
    "remove_from_cart",
    "show_cart",
    "buy_product",
    "checkout",
    "reorder",
    "track_order",
    "cancel_order",
    "pay_merchant",
    "pay_bill",
    "send_money",
    "request_money",
    "create_standing_order",
    "top_up",
    "check_balance",
    "list_transactions",
    "set_payment_method",
    "block_card",
    "play_music",
    "stop_music",
    "light_on",
    "light_off",
    "read_messages",
    "book_rental_car",
    "custom",
];
