//! A random policy, and what it demands: written from what the policy's documentation promises, not with
//! its code.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde_json::Value;
use zahlwort_commands::{Money, Order};

use crate::random::Random;

const DEMANDS: [&str; 4] = ["run_at_once", "read_back", "ask_pin", "refuse"];
const SPENDS: [&str; 9] = [
    "buy_product",
    "checkout",
    "reorder",
    "pay_merchant",
    "pay_bill",
    "send_money",
    "create_standing_order",
    "top_up",
    "book_rental_car",
];
const CHANGES: [&str; 5] = [
    "cancel_order",
    "set_payment_method",
    "block_card",
    "custom",
    "request_money",
];
pub const ANSWERS: [&str; 10] = [
    "confirm",
    "deny",
    "cancel",
    "repeat",
    "help",
    "provide_pin",
    "provide_amount",
    "provide_quantity",
    "provide_interval",
    "choose_option",
];

/// The strictest last; an index into [`DEMANDS`].
pub type Level = usize;
pub const AT_ONCE: Level = 0;
pub const READ_BACK: Level = 1;
pub const PIN: Level = 2;
pub const REFUSE: Level = 3;

#[derive(Debug)]
pub struct Limits {
    pub code: &'static str,
    at_once: Option<Decimal>,
    pin_above: Option<Decimal>,
    refuse_above: Option<Decimal>,
    daily: Option<Decimal>,
    payee_daily: Option<Decimal>,
}

#[derive(Debug)]
pub struct Rules {
    pub seconds: i64,
    grace: i64,
    pub refuse_below: f64,
    read_back_below: f64,
    new_payee: Level,
    unknown_speaker: Level,
    commands: Vec<(&'static str, Level)>,
    pub currencies: Vec<Limits>,
}

/// What an instruction is weighed with.
pub struct Weighed<'a> {
    pub command: &'a Order,
    /// What it costs, said or told by the host.
    pub amount: Option<Money>,
    pub confidence: f64,
    pub is_stranger: bool,
    pub is_pin_fresh: bool,
    pub spent: Decimal,
    pub spent_on_payee: Decimal,
    pub known: &'a BTreeSet<String>,
}

impl Rules {
    pub fn random(random: &mut Random) -> Self {
        let demand = |random: &mut Random| match random.below(10) {
            0 => AT_ONCE,
            1..=4 => READ_BACK,
            5..=8 => PIN,
            _ => REFUSE,
        };
        let amount = |random: &mut Random, most: i64| {
            let cents = Decimal::new(random.between(0, most * 100), 2);
            random.percent(70).then_some(cents)
        };
        let mut currencies = Vec::new();
        for code in ["EUR", "USD", "JPY"] {
            if random.percent(if code == "EUR" { 95 } else { 40 }) {
                let daily = amount(random, 1000);
                currencies.push(Limits {
                    code,
                    // A file with the one and not the other is refused.
                    at_once: amount(random, 40).filter(|_| daily.is_some()),
                    pin_above: amount(random, 200),
                    refuse_above: amount(random, 800),
                    daily,
                    payee_daily: amount(random, 600),
                });
            }
        }
        let names = SPENDS.iter().chain(&CHANGES);
        let others = ["show_cart", "check_balance", "add_to_cart"];
        let commands = names
            .chain(&others)
            .flat_map(|name| random.percent(12).then(|| (*name, demand(random))))
            .collect();
        Self {
            seconds: random.between(1, 90),
            grace: if random.percent(40) {
                random.between(0, 300)
            } else {
                0
            },
            refuse_below: random.between(0, 6) as f64 / 10.0,
            read_back_below: random.between(0, 10) as f64 / 10.0,
            new_payee: demand(random),
            unknown_speaker: demand(random),
            commands,
            currencies,
        }
    }

    pub fn toml(&self) -> String {
        let mut text = format!(
            "confirmation_seconds = {}\npin_grace_seconds = {}\nnew_payee = \"{}\"\nunknown_speaker = \"{}\"\n\
             [confidence]\nrefuse_below = {:.1}\nread_back_below = {:.1}\n[commands]\n",
            self.seconds,
            self.grace,
            DEMANDS[self.new_payee],
            DEMANDS[self.unknown_speaker],
            self.refuse_below,
            self.read_back_below,
        );
        for (name, level) in &self.commands {
            text += &format!("{name} = \"{}\"\n", DEMANDS[*level]);
        }
        text += "[currencies]\n";
        for limits in &self.currencies {
            text += &format!("[currencies.{}]\n", limits.code);
            for (key, amount) in [
                ("run_at_once_up_to", limits.at_once),
                ("pin_above", limits.pin_above),
                ("refuse_above", limits.refuse_above),
                ("daily_limit", limits.daily),
                ("payee_daily_limit", limits.payee_daily),
            ] {
                if let Some(amount) = amount {
                    text += &format!("{key} = \"{amount}\"\n");
                }
            }
        }
        text
    }

    /// For how long a PIN makes a further one needless.
    pub fn grace(&self) -> i64 {
        self.grace
    }

    /// What the command takes.
    pub fn level(&self, weighed: &Weighed) -> Level {
        let name = kind(weighed.command);
        if ANSWERS.contains(&name.as_str()) {
            return REFUSE;
        }
        let rule = self.commands.iter().find(|(of, _)| *of == name);
        let rule = rule.map(|(_, level)| *level);
        let (spends, changes) = (
            SPENDS.contains(&name.as_str()),
            CHANGES.contains(&name.as_str()),
        );
        if !spends && !changes {
            return rule.unwrap_or(AT_ONCE);
        }
        if weighed.confidence < self.refuse_below {
            return REFUSE;
        }
        let mut level = rule.unwrap_or(READ_BACK);
        if spends {
            level = self.level_of_payment(level, weighed);
        }
        if weighed.confidence < self.read_back_below {
            level = level.max(READ_BACK);
        }
        if weighed.is_stranger {
            level = level.max(self.unknown_speaker);
        }
        level
    }

    fn level_of_payment(&self, rule: Level, weighed: &Weighed) -> Level {
        let payee = payee(weighed.command);
        let is_known = payee.as_ref().is_none_or(|p| weighed.known.contains(p));
        let newcomer = if is_known { AT_ONCE } else { self.new_payee };
        let Some(amount) = weighed.amount else {
            return rule.max(newcomer).max(PIN);
        };
        let code = amount.currency().code();
        let Some(limits) = self.currencies.iter().find(|limits| limits.code == code) else {
            return REFUSE;
        };
        let cost = amount.amount();
        let is_over = |limit: Option<Decimal>, before: Decimal| {
            limit.is_some_and(|limit| before.checked_add(cost).is_none_or(|sum| sum > limit))
        };
        if is_over(limits.refuse_above, Decimal::ZERO)
            || is_over(limits.daily, weighed.spent)
            || (payee.is_some() && is_over(limits.payee_daily, weighed.spent_on_payee))
        {
            return REFUSE;
        }
        let is_small = limits.at_once.is_some_and(|most| cost <= most);
        let mut level = rule;
        if rule == READ_BACK && is_small && payee.is_some() && is_known {
            level = AT_ONCE;
        }
        if limits.pin_above.is_none_or(|most| cost > most) {
            level = level.max(if weighed.is_pin_fresh { READ_BACK } else { PIN });
        }
        level.max(newcomer)
    }
}

fn json(command: &Order) -> Value {
    serde_json::to_value(command).unwrap_or_default()
}

/// The command's `type`.
pub fn kind(command: &Order) -> String {
    json(command)["type"]
        .as_str()
        .unwrap_or_default()
        .to_owned()
}

/// Whether carrying it out costs something.
pub fn spends(command: &Order) -> bool {
    SPENDS.contains(&kind(command).as_str())
}

/// What the command itself says that it costs.
pub fn said_amount(command: &Order) -> Option<Money> {
    let json = json(command);
    let amount = json.get("amount").or(json.get("max_price"))?;
    serde_json::from_value(amount.clone()).ok()
}

/// Tells payees apart. A name that was only heard is never a known payee.
pub fn payee(command: &Order) -> Option<String> {
    let json = json(command);
    let party = ["recipient", "merchant", "biller", "target"]
        .iter()
        .find_map(|slot| json.get(*slot))?;
    let text = |name: &str| party.get(name).and_then(Value::as_str);
    let name = text("name").unwrap_or_default().to_lowercase();
    Some(if let Some(iban) = text("iban") {
        format!("iban {iban}")
    } else if party["open"] == true {
        format!("heard {name}")
    } else if let Some(id) = text("id") {
        format!("id {id}")
    } else {
        format!("name {name}")
    })
}
