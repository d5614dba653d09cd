//! A command in words: as it is read back, and as one of several that may be meant.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use zahlwort_commands::{Command, Effect, Money, Quantity};

use super::say::clean;
use super::words::{fill, kind};
use crate::dialogue::Templates;
use crate::policy::{Declared, Facts};

impl Templates {
    /// What a command would do, to be confirmed.
    pub(super) fn read(
        &self,
        command: &Command,
        total: Option<Money>,
        declared: Option<&Declared>,
    ) -> String {
        let facts = declared.and_then(|declared| declared.facts(command).ok());
        let facts = facts.unwrap_or_else(|| Facts::of(command));
        let is_about_money = matches!(facts.effect, Effect::Spend | Effect::Request);
        let declared = declared.filter(|_| is_about_money);
        let amount = match facts.amount.or(total) {
            Some(amount) => self.amount(amount),
            None => self.get("word.unknown_amount").to_owned(),
        };
        let parts = match declared {
            Some(declared) => self.declared_parts(command, declared),
            None => self.parts(command),
        };
        let has_limit = matches!(
            command,
            Command::BuyProduct {
                max_price: Some(_),
                ..
            }
        );
        let up_to = if has_limit { "_up_to" } else { "" };
        let name = match declared {
            Some(_) => "read.declared".to_owned(),
            None => format!("read.{}{up_to}", facts.name),
        };
        let template = self.find(&name).unwrap_or_else(|| self.get("read.custom"));
        fill(
            template,
            &[
                ("amount", &amount),
                ("payee", &parts.payee),
                ("thing", &parts.thing),
                ("details", &parts.details),
            ],
        )
    }

    /// What tells these commands apart: their names alone, or what is done with them, or all of it.
    pub(super) fn choose(&self, options: &[Command]) -> String {
        let is_same_kind = options
            .windows(2)
            .all(|pair| Facts::of(&pair[0]).name == Facts::of(&pair[1]).name);
        let each =
            |say: &dyn Fn(&Command) -> String| -> Vec<String> { options.iter().map(say).collect() };
        let names = each(&|command| self.parts(command).name());
        let short = each(&|command| self.short(command));
        let options = if is_same_kind && are_different(&names) {
            names
        } else if are_different(&short) {
            short
        } else {
            each(&|command| {
                let said = self.read(command, None, None);
                said.trim_end_matches('.').to_owned()
            })
        };
        self.sentence("ask.choose", &[("options", &self.one_of(&options))])
    }

    fn short(&self, command: &Command) -> String {
        let name = format!("option.{}", Facts::of(command).name);
        let template = self
            .find(&name)
            .unwrap_or_else(|| self.get("option.custom"));
        fill(template, &[("thing", &self.parts(command).name())])
    }

    fn parts(&self, command: &Command) -> Parts {
        let mut parts = Parts::default();
        let mut details = Details(self, String::new());
        let last = || self.get("word.last").to_owned();
        let counted =
            |product: &str, quantity: &Option<Quantity>| self.quantity(*quantity, &clean(product));
        match command {
            Command::SendMoney {
                recipient,
                reference,
                execution_date,
                payment_method,
                ..
            } => {
                parts.payee = clean(&recipient.name);
                details.add("on", execution_date.map(|date| self.day(date)));
                details.add("reference", reference.as_ref());
                details.add("with", payment_method.as_ref());
            }
            Command::RequestMoney {
                recipient,
                reference,
                ..
            } => {
                parts.payee = clean(&recipient.name);
                details.add("reference", reference.as_ref());
            }
            Command::CreateStandingOrder {
                recipient,
                interval,
                start_date,
                reference,
                payment_method,
                ..
            } => {
                parts.payee = clean(&recipient.name);
                details.add("", Some(self.interval(*interval)));
                details.add("from", start_date.map(|date| self.day(date)));
                details.add("reference", reference.as_ref());
                details.add("with", payment_method.as_ref());
            }
            Command::PayMerchant {
                merchant,
                payment_method,
                ..
            } => {
                parts.payee = clean(&merchant.name);
                details.add("with", payment_method.as_ref());
            }
            Command::PayBill {
                biller,
                due_date,
                payment_method,
                ..
            } => {
                parts.payee = clean(&biller.name);
                details.add("on", due_date.map(|date| self.day(date)));
                details.add("with", payment_method.as_ref());
            }
            Command::BuyProduct {
                product,
                quantity,
                merchant,
                payment_method,
                ..
            } => {
                parts.thing = counted(&product.name, quantity);
                details.add("", merchant.as_ref());
                details.add("with", payment_method.as_ref());
            }
            Command::Checkout { payment_method } => details.add("with", payment_method.as_ref()),
            Command::Reorder { product }
            | Command::CancelOrder { product }
            | Command::TrackOrder { product } => {
                parts.thing = product.as_ref().map_or_else(last, |p| clean(&p.name));
            }
            Command::TopUp { target, .. } => parts.thing = clean(&target.name),
            Command::SetPaymentMethod { payment_method } => {
                parts.thing = clean(&payment_method.name);
            }
            Command::BlockCard { payment_method } => {
                let card = || self.get("word.card").to_owned();
                parts.thing = payment_method
                    .as_ref()
                    .map_or_else(card, |m| clean(&m.name));
            }
            Command::AddToCart { product, quantity } => {
                parts.thing = counted(&product.name, quantity);
            }
            Command::RemoveFromCart { product } | Command::SearchProduct { product } => {
                parts.thing = clean(&product.name);
            }
            Command::CheckBalance { account } => details.add("account", account.as_ref()),
            Command::ListTransactions { account, period } => {
                let period = period.map(|period| format!("period.{}", kind(&period)));
                details.add("account", account.as_ref());
                details.add("", period.map(|name| self.get(&name).to_owned()));
            }
            Command::PlayMusic { query } => details.add("", query.as_ref()),
            Command::LightOn { room } | Command::LightOff { room } => {
                details.add("place", room.as_ref());
            }
            Command::BookRentalCar { city, date } => {
                details.add("in", city.as_ref());
                details.add("on", date.map(|date| self.day(date)));
            }
            Command::Custom { intent, slots, .. } => {
                let name = self.find(&format!("intent.{intent}"));
                parts.thing = clean(name.unwrap_or(intent));
                for value in slots.values() {
                    self.value(value, "", &mut details);
                }
            }
            _ => {}
        }
        parts.details = details.1;
        parts
    }

    /// A host's own intent that moves money: what it is called, to whom, and everything else that was said.
    fn declared_parts(&self, command: &Command, declared: &Declared) -> Parts {
        let Command::Custom { intent, slots, .. } = command else {
            return self.parts(command);
        };
        let mut details = Details(self, String::new());
        let held = |slot: &Option<String>| slot.as_ref().and_then(|slot| slots.get_key_value(slot));
        let (amount, payee) = (held(&declared.amount), held(&declared.payee));
        if let Some((_, payee)) = payee {
            self.value(payee, "to", &mut details);
        }
        let said = slots.iter().map(Some);
        for (_, value) in said
            .filter(|slot| *slot != amount && *slot != payee)
            .flatten()
        {
            self.value(value, "", &mut details);
        }
        Parts {
            thing: clean(declared.say.as_deref().unwrap_or(intent)),
            details: details.1,
            ..Parts::default()
        }
    }

    /// The value of a slot of the host's own grammar: amounts, days and intervals as they are said.
    fn value(&self, value: &Json, word: &str, details: &mut Details<'_>) {
        fn read<T: serde::de::DeserializeOwned>(value: &Json) -> Option<T> {
            serde_json::from_value(value.clone()).ok()
        }
        let said = match value {
            Json::Array(values) => {
                return values.iter().for_each(|v| self.value(v, word, details));
            }
            Json::Object(_) => {
                let amount = || read(value).map(|amount| self.amount(amount));
                let interval = || read(value).map(|interval| self.interval(interval));
                let quantity = || read(value).map(|quantity| self.quantity(Some(quantity), ""));
                amount().or_else(quantity).or_else(interval)
            }
            Json::String(text) => read(value)
                .map(|date| self.day(date))
                .or_else(|| Some(text.clone())),
            Json::Number(number) => Some(number.to_string()),
            Json::Null | Json::Bool(_) => None,
        };
        details.add(word, said);
    }
}

/// What a read-back is made of, cleaned of what could hide a part of it.
#[derive(Default)]
struct Parts {
    payee: String,
    thing: String,
    details: String,
}

impl Parts {
    /// Whom or what the command is about.
    fn name(self) -> String {
        if self.payee.is_empty() {
            self.thing
        } else {
            self.payee
        }
    }
}

struct Details<'a>(&'a Templates, String);

impl Details<'_> {
    /// A value with the word before it that says what it is.
    fn add(&mut self, word: &str, value: Option<impl ToString>) {
        let Some(value) = value else { return };
        let word = self.0.get(&format!("word.{word}"));
        self.1.push_str(self.0.get("word.comma"));
        if !word.is_empty() {
            self.1.push_str(word);
            self.1.push(' ');
        }
        self.1.push_str(&clean(&value.to_string()));
    }
}

fn are_different(names: &[String]) -> bool {
    let different: BTreeSet<&String> = names.iter().collect();
    different.len() == names.len() && names.iter().all(|name| !name.is_empty())
}
