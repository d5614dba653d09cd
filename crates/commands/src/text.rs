//! Small helpers for text that is written and read by programs, which every crate beside this one needs alike.

use std::str::FromStr;

use rust_decimal::Decimal;

/// Control characters, marks that turn the writing direction and characters without a shape: with them a
/// text can look like another.
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// A plain decimal: an optional sign, digits, optionally a point and digits. No exponent, no
/// digit groups, which `Decimal` would take as well.
pub fn parse_decimal(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(places) {
        return None;
    }
    Decimal::from_str(text).ok()
}
