//! A command in words: as it is read back, and as one of several that may be meant.

use std::collections::BTreeSet;

use serde_json::Value as Json;
use zahlwort_commands::{Effect, Held, Money, Order, Role, Word};

use super::options;
use super::say::clean;
use super::words::{fill, kind};
use crate::dialogue::Templates;
use crate::policy::{Declared, Facts};

impl Templates {
    /// What a command would do, to be confirmed.
    pub(super) fn read(
        &self,
        command: &Order,
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
        let name = match declared {
            Some(_) => "read.declared".to_owned(),
            // An amount that is a limit is read as one, where there are words for it.
            None => {
                let limited = format!("read.{}_up_to", facts.name);
                let is_limited = facts.amount.is_some() && self.find(&limited).is_some();
                if is_limited {
                    limited
                } else {
                    format!("read.{}", facts.name)
                }
            }
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

    /// The words by which these commands can be told apart: their names alone, or also what is done with them,
    /// or all of their slots.
    pub(super) fn choose(&self, options: &[Order]) -> String {
        let is_same_kind = options
            .windows(2)
            .all(|pair| Facts::of(&pair[0]).name == Facts::of(&pair[1]).name);
        let each =
            |say: &dyn Fn(&Order) -> String| -> Vec<String> { options.iter().map(say).collect() };
        let names = options::names(options).into_iter();
        let names: Option<Vec<String>> = names.map(|name| Some(clean(&name?))).collect();
        let names = names.filter(|names| is_same_kind && are_different(names));
        let short = each(&|command| self.short(command));
        let options = if let Some(names) = names {
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

    fn short(&self, command: &Order) -> String {
        let name = format!("option.{}", Facts::of(command).name);
        let template = self
            .find(&name)
            .unwrap_or_else(|| self.get("option.custom"));
        fill(template, &[("thing", &self.parts(command).name())])
    }

    fn parts(&self, command: &Order) -> Parts {
        let mut parts = Parts::default();
        if let Order::Custom { intent, slots, .. } = command {
            let mut details = Details(self, String::new());
            let name = self.find(&format!("intent.{intent}"));
            parts.thing = clean(name.unwrap_or(intent));
            for value in slots.values() {
                self.value(value, "", &mut details);
            }
            parts.details = details.1;
            return parts;
        }
        let mut details: Vec<(Word, String)> = Vec::new();
        let mut quantity = None;
        for slot in command.descriptor().slots {
            let held = command.held(slot.name);
            let said = held.and_then(|held| self.said(held));
            match (slot.word, slot.role, held) {
                (Some(word), ..) => details.extend(said.map(|said| (word, said))),
                (None, Role::Payee, _) => parts.payee = said.unwrap_or_default(),
                (None, Role::Thing, _) => {
                    let unsaid = || {
                        slot.unsaid
                            .map(|key| self.get(&format!("word.{key}")).to_owned())
                    };
                    parts.thing = said.or_else(unsaid).unwrap_or_default();
                }
                (None, _, Some(Held::Quantity(held))) => quantity = Some(held),
                (None, ..) => {}
            }
        }
        if parts.thing.is_empty() {
            parts.thing.clone_from(&parts.payee);
        }
        if quantity.is_some() {
            parts.thing = self.quantity(quantity, &parts.thing);
        }
        details.sort_by_key(|(word, _)| *word);
        let mut all = Details(self, String::new());
        for (word, said) in details {
            all.add(&kind(&word), Some(said));
        }
        parts.details = all.1;
        parts
    }

    /// What a slot holds, as it is said; amounts and quantities are said with what they are of.
    fn said(&self, held: Held<'_>) -> Option<String> {
        match held {
            Held::Money(_) | Held::Quantity(_) => None,
            Held::Date(date) => Some(self.day(date)),
            Held::Interval(interval) => Some(self.interval(interval)),
            Held::Period(period) => Some(self.period(period)),
            Held::Text(text) => Some(clean(text)),
            Held::Party(_) | Held::Instrument(_) | Held::Product(_) => held.name().map(clean),
        }
    }

    /// A host's own intent that moves money: what it is called, to whom, and everything else that was said.
    fn declared_parts(&self, command: &Order, declared: &Declared) -> Parts {
        let Order::Custom { intent, slots, .. } = command else {
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
