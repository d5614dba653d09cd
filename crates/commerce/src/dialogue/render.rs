//! Prompts as text and as SSML.

use jiff::civil::Date;
use zahlwort_grammar::builtin::{speak_full_date, speak_money};

use crate::dialogue::{Ask, Note, Prompt, Templates};
use crate::policy::{Declared, Effect, Facts};
use crate::text::is_hidden;
use crate::{Command, Money};

/// A prompt to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// As plain text.
    pub text: String,
    /// As SSML (W3C Speech Synthesis Markup Language 1.1), where names cannot be markup.
    pub ssml: String,
}

/// Longer names are cut: nobody listens to them, and a hostile one could hide the amount.
const MAX_NAME: usize = 80;

impl Templates {
    /// A prompt in words.
    ///
    /// ```
    /// use zahlwort_commerce::dialogue::{Address, Ask, Expectation, Missing, Prompt, Templates};
    /// use zahlwort_grammar::Language;
    /// let prompt = Prompt { ask: Ask::Slot(Missing::Recipient), note: None, total: None, declared: None, expect: Expectation::default() };
    /// let spoken = Templates::new(Language::De, Address::Familiar).render(&prompt);
    /// assert_eq!(spoken.text, "An wen?");
    /// assert_eq!(spoken.ssml, r#"<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="de"><s>An wen?</s></speak>"#);
    /// ```
    pub fn render(&self, prompt: &Prompt) -> Spoken {
        let about = (prompt.total, prompt.declared.as_ref());
        let note = prompt.note.map(|note| match note {
            Note::NotUnderstood => "note.not_understood",
            Note::WrongPin => "note.wrong_pin",
            Note::PinNeeded => "note.pin_needed",
            Note::Help => "note.help",
        });
        let mut sentences: Vec<String> = Vec::new();
        sentences.extend(note.map(|name| self.get(name).to_owned()));
        let plain = |name: &str| self.get(name).to_owned();
        match &prompt.ask {
            Ask::Slot(missing) => sentences.push(plain(&format!("ask.{}", missing.slot()))),
            Ask::Choose(options) => sentences.push(self.choose(options)),
            Ask::ReadBack(command) => {
                sentences.push(self.read(command, about));
                sentences.push(plain("ask.confirm"));
            }
            Ask::Pin(command) => {
                sentences.push(self.read(command, about));
                sentences.push(plain("ask.pin"));
            }
            Ask::Correction(_) => sentences.push(plain("ask.correction")),
            Ask::Anything => sentences.push(plain("ask.anything")),
        }
        sentences.iter_mut().for_each(capitalise);
        self.spoken(&sentences)
    }

    /// Words of the host's own, as text and as SSML. What cannot be spoken is left out.
    pub fn say_text(&self, text: &str) -> Spoken {
        let shown: String = text
            .chars()
            .map(|c| if is_hidden(c) { ' ' } else { c })
            .collect();
        self.spoken(&[shown.split_whitespace().collect::<Vec<_>>().join(" ")])
    }

    fn spoken(&self, sentences: &[String]) -> Spoken {
        let marked: String = sentences
            .iter()
            .map(|sentence| format!("<s>{}</s>", escape(sentence)))
            .collect();
        Spoken {
            text: sentences.join(" "),
            ssml: format!(
                r#"<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="{}">{marked}</speak>"#,
                self.language.code()
            ),
        }
    }

    fn choose(&self, options: &[String]) -> String {
        let names: Vec<String> = options.iter().map(|name| clean(name)).collect();
        let options = match names.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                format!("{} {} {last}", rest.join(", "), self.get("word.or"))
            }
            _ => names.join(", "),
        };
        fill(self.get("ask.choose"), &[("options", &options)])
    }

    fn read(
        &self,
        command: &Command,
        (total, declared): (Option<Money>, Option<&Declared>),
    ) -> String {
        let facts = declared.and_then(|declared| declared.facts(command).ok());
        let facts = facts.unwrap_or_else(|| Facts::of(command));
        let amount = facts.amount.or(total).map_or_else(
            || self.get("word.unknown_amount").to_owned(),
            |a| self.say(a),
        );
        let is_about_money = matches!(facts.effect, Effect::Spend | Effect::Request);
        let declared = declared.filter(|_| is_about_money);
        let Parts {
            payee,
            thing,
            details,
        } = declared.map_or_else(
            || self.parts(command),
            |declared| self.declared_parts(command, declared),
        );
        let name = match declared {
            Some(_) => "read.declared".to_owned(),
            None => format!("read.{}", facts.name),
        };
        let template = match self.get(&name) {
            "" => self.get("read.other"),
            template => template,
        };
        fill(
            template,
            &[
                ("amount", &amount),
                ("payee", &clean(payee.as_deref().unwrap_or_default())),
                (
                    "thing",
                    &clean(&thing.unwrap_or_else(|| facts.name.replace('_', " "))),
                ),
                ("details", &details),
            ],
        )
    }

    /// A host's own intent: what it is called, to whom, and everything else that was said.
    fn declared_parts(&self, command: &Command, declared: &Declared) -> Parts {
        let mut parts = Parts::default();
        let Command::Custom { intent, slots, .. } = command else {
            return parts;
        };
        parts.thing = declared.say.clone().or_else(|| Some(intent.clone()));
        let said = |slot: &str| slots.get(slot).map(|value| self.say_value(value));
        let (amount, payee) = (declared.amount.as_deref(), declared.payee.as_deref());
        parts.add(self.get("word.to"), payee.and_then(said).as_ref());
        for slot in slots.keys().map(String::as_str) {
            if Some(slot) != amount && Some(slot) != payee {
                parts.add("", said(slot).as_ref());
            }
        }
        parts
    }

    /// A slot of a host's own intent in words.
    fn say_value(&self, value: &serde_json::Value) -> String {
        use serde_json::Value as Json;
        let amount = serde_json::from_value::<Money>(value.clone()).ok();
        if let Some(amount) = amount.filter(|_| value.is_object()) {
            return self.say(amount);
        }
        match value {
            Json::String(text) => text.clone(),
            Json::Array(values) => {
                let values: Vec<String> =
                    values.iter().map(|value| self.say_value(value)).collect();
                values.join(", ")
            }
            // A name, a quantity, an interval: what it holds, in its own order.
            Json::Object(fields) => {
                let values: Vec<String> =
                    fields.values().map(|value| self.say_value(value)).collect();
                values.join(" ")
            }
            other => other.to_string(),
        }
    }

    /// As it is said; as it is written where the grammar knows no words for it.
    fn say(&self, amount: Money) -> String {
        let said = zahlwort_grammar::Money {
            amount: amount.amount(),
            currency: amount.currency(),
        };
        let mut forms = speak_money(&said, self.language);
        if forms.is_empty() {
            return amount.to_string();
        }
        forms.swap_remove(0)
    }

    /// As it is said.
    fn day(&self, date: Option<Date>) -> Option<String> {
        date.map(|date| speak_full_date(date, self.language))
    }

    fn parts(&self, command: &Command) -> Parts {
        let mut parts = Parts::default();
        let last = || self.get("word.last").to_owned();
        match command {
            Command::SendMoney {
                recipient,
                reference,
                execution_date,
                payment_method,
                ..
            } => {
                parts.payee = Some(recipient.name.clone());
                parts.add(self.get("word.on"), self.day(*execution_date).as_ref());
                parts.add(self.get("word.reference"), reference.as_ref());
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::RequestMoney {
                recipient,
                reference,
                ..
            } => {
                parts.payee = Some(recipient.name.clone());
                parts.add(self.get("word.reference"), reference.as_ref());
            }
            Command::CreateStandingOrder {
                recipient,
                interval,
                start_date,
                reference,
                payment_method,
                ..
            } => {
                parts.payee = Some(recipient.name.clone());
                let often = super::interval::say(*interval, self.language);
                parts.add("", Some(&often));
                parts.add(self.get("word.from"), self.day(*start_date).as_ref());
                parts.add(self.get("word.reference"), reference.as_ref());
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::PayMerchant {
                merchant,
                payment_method,
                ..
            } => {
                parts.payee = Some(merchant.name.clone());
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::PayBill {
                biller,
                due_date,
                payment_method,
                ..
            } => {
                parts.payee = Some(biller.name.clone());
                parts.add(self.get("word.on"), self.day(*due_date).as_ref());
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::BuyProduct {
                product,
                quantity,
                merchant,
                payment_method,
                ..
            } => {
                let count = quantity.filter(|q| q.amount() != rust_decimal::Decimal::ONE);
                parts.thing = Some(match count {
                    Some(count) => format!("{} × {product}", count.amount()),
                    None => product.name.clone(),
                });
                parts.add("", merchant.as_ref());
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::Checkout { payment_method } => {
                parts.add(self.get("word.with"), payment_method.as_ref());
            }
            Command::Reorder { product } | Command::CancelOrder { product } => {
                parts.thing = Some(product.as_ref().map_or_else(last, |p| p.name.clone()));
            }
            Command::TopUp { target, .. } => parts.thing = Some(target.name.clone()),
            Command::SetPaymentMethod { payment_method } => {
                parts.thing = Some(payment_method.name.clone());
            }
            Command::BlockCard { payment_method } => {
                let card = payment_method.as_ref().map(|card| card.name.clone());
                parts.thing = card.or_else(|| Some(self.get("word.card").to_owned()));
            }
            Command::AddToCart { product, .. } | Command::RemoveFromCart { product } => {
                parts.thing = Some(product.name.clone());
            }
            Command::BookRentalCar { city, date } => {
                parts.add("", city.as_ref());
                parts.add(self.get("word.on"), self.day(*date).as_ref());
            }
            Command::Custom { intent, .. } => parts.thing = Some(intent.clone()),
            _ => {}
        }
        parts
    }
}

#[derive(Default)]
struct Parts {
    payee: Option<String>,
    thing: Option<String>,
    details: String,
}

impl Parts {
    fn add(&mut self, word: &str, value: Option<&impl ToString>) {
        let Some(value) = value else { return };
        let value = clean(&value.to_string());
        self.details.push_str(", ");
        if !word.is_empty() {
            self.details.push_str(word);
            self.details.push(' ');
        }
        self.details.push_str(&value);
    }
}

/// Puts values in. What a value holds is never looked at again, so a name cannot be a placeholder.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut parts = template.split('{');
    filled.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        filled.push_str(value.map_or("", |(_, value)| value));
        filled.push_str(rest);
    }
    filled
}

/// A name without control characters and marks that turn the writing direction, of bounded length.
fn clean(name: &str) -> String {
    let shown: String = name
        .chars()
        .map(|c| if is_hidden(c) { ' ' } else { c })
        .collect();
    let words: Vec<&str> = shown.split_whitespace().collect();
    words.join(" ").chars().take(MAX_NAME).collect()
}

/// A sentence may begin with an amount in words.
fn capitalise(sentence: &mut String) {
    let mut rest = sentence.chars();
    if let Some(first) = rest.next() {
        *sentence = first.to_uppercase().chain(rest).collect();
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
