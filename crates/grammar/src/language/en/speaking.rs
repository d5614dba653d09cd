//! How an English number is said.

use super::counting::{A, AND};
use crate::language::numbers::{Choice, Choose, Numbers};

/// A number in words, with every choice put to `choose`.
pub(super) fn speak(n: &Numbers, value: u64, choose: Choose<'_>) -> String {
    match value {
        0..=19 => n.word(value as u32).to_owned(),
        20..=99 => {
            let tens = n.word((value / 10 * 10) as u32);
            if value.is_multiple_of(10) {
                return tens.into();
            }
            let hyphen = if choose(Choice::Split) { " " } else { "-" };
            format!("{tens}{hyphen}{}", n.word((value % 10) as u32))
        }
        100..=999 => {
            let head = count(n, value / 100, 100, choose);
            rest(n, head, value % 100, choose)
        }
        1_100..=9_999 if !(value / 100).is_multiple_of(10) && choose(Choice::ManyHundreds) => {
            let head = format!("{} {}", speak(n, value / 100, choose), n.word(100));
            rest(n, head, value % 100, choose)
        }
        1_000..=999_999 => {
            let head = count(n, value / 1_000, 1_000, choose);
            rest(n, head, value % 1_000, choose)
        }
        _ => {
            let head = count(n, value / 1_000_000, 1_000_000, choose);
            rest(n, head, value % 1_000_000, choose)
        }
    }
}

/// How many hundreds, thousands or millions.
fn count(n: &Numbers, value: u64, of: u32, choose: Choose<'_>) -> String {
    let count = if value == 1 && choose(Choice::One) {
        A.into()
    } else {
        speak(n, value, choose)
    };
    format!("{count} {}", n.word(of))
}

fn rest(n: &Numbers, head: String, left: u64, choose: Choose<'_>) -> String {
    if left == 0 {
        return head;
    }
    let and = if choose(Choice::And) {
        format!("{AND} ")
    } else {
        String::new()
    };
    format!("{head} {and}{}", speak(n, left, choose))
}
