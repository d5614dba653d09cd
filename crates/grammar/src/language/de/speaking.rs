//! How a German number is said.

use super::counting::{AND, BOUND, FEMININE};
use crate::language::numbers::{Choice, Choose, Numbers, Place};

/// A number in words, with every choice put to `choose`.
pub(super) fn speak(n: &Numbers, value: u64, choose: Choose<'_>) -> String {
    match value {
        0 => n.word(0).to_owned(),
        _ => number(n, value, true, n.word(1), choose),
    }
}

fn unit(n: &Numbers, value: u64, one: &'static str, choose: Choose<'_>) -> &'static str {
    match value {
        1 => one,
        2 if choose(Choice::Other) => n.forms(2, Place::Number).nth(1).unwrap_or_default(),
        _ => n.word(value as u32),
    }
}

/// `first`: nothing was said before, so that a hundred needs no "ein".
fn number(n: &Numbers, value: u64, first: bool, one: &'static str, choose: Choose<'_>) -> String {
    let gap = |split: bool| if split { " " } else { "" };
    match value {
        0 => String::new(),
        1..=9 => unit(n, value, one, choose).into(),
        10..=19 => n.word(value as u32).into(),
        20..=99 => {
            let tens = n.word((value / 10 * 10) as u32);
            if value.is_multiple_of(10) {
                return tens.into();
            }
            let space = gap(choose(Choice::SplitTens));
            let units = unit(n, value % 10, BOUND, choose);
            format!("{units}{space}{AND}{space}{tens}")
        }
        100..=999 => {
            let count = hundreds(n, value / 100, first, choose);
            let head = format!("{count}{}", n.word(100));
            rest(n, head, value % 100, one, choose)
        }
        1_100..=1_999 if first && choose(Choice::ManyHundreds) => {
            let space = gap(choose(Choice::Split));
            let head = format!("{}{space}{}", n.word((value / 100) as u32), n.word(100));
            rest(n, head, value % 100, one, choose)
        }
        1_000..=999_999 => {
            let thousands = value / 1_000;
            let count = if thousands == 1 {
                hundreds(n, 1, first, choose)
            } else {
                let space = gap(choose(Choice::Split));
                number(n, thousands, first, BOUND, choose) + space
            };
            let head = format!("{count}{}", n.word(1_000));
            rest(n, head, value % 1_000, one, choose)
        }
        _ => {
            let millions = value / 1_000_000;
            let count = number(n, millions, true, FEMININE, choose);
            let mut words = n.forms(1_000_000, Place::Number);
            let word = if millions == 1 {
                words.next()
            } else {
                words.nth(1)
            };
            let word = word.unwrap_or_default();
            let left = value % 1_000_000;
            if left == 0 {
                return format!("{count} {word}");
            }
            let and = if choose(Choice::And) { "und " } else { "" };
            format!(
                "{count} {word} {and}{}",
                number(n, left, false, one, choose)
            )
        }
    }
}

/// How many hundreds, or the one thousand.
fn hundreds(n: &Numbers, count: u64, first: bool, choose: Choose<'_>) -> String {
    // Usual are "hundert" and "zweitausendeinhundert".
    if count == 1 && choose(Choice::One) != first {
        return String::new();
    }
    let space = if choose(Choice::Split) { " " } else { "" };
    format!("{}{space}", unit(n, count, BOUND, choose))
}

fn rest(n: &Numbers, head: String, left: u64, one: &'static str, choose: Choose<'_>) -> String {
    if left == 0 {
        return head;
    }
    let space = if choose(Choice::Split) { " " } else { "" };
    let and = if choose(Choice::And) {
        format!("{AND}{space}")
    } else {
        String::new()
    };
    format!("{head}{space}{and}{}", number(n, left, false, one, choose))
}
