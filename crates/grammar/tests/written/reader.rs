//! What a written amount, number or quantity can only mean, read by hand: a second opinion that shares
//! no code with the library. Strict: where people would hesitate, it has no value.

use rust_decimal::Decimal;
use zahlwort_grammar::Language;

/// The text without what is punctuation of the sentence; `None` where a mark stands alone.
///
/// A mark that touches a figure or a unit sign stays. Of the others, hyphens, apostrophes and full stops
/// within a word vanish, all that end a word go.
fn cleaned(text: &str) -> Option<String> {
    let chars: Vec<char> = text
        .chars()
        .map(|c| if c.is_whitespace() { ' ' } else { c })
        .collect();
    let is_mark = |c: char| !c.is_alphanumeric() && c != ' ';
    let mut out = String::new();
    let mut at = 0;
    while at < chars.len() {
        if !is_mark(chars[at]) {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let end = at + chars[at..].iter().take_while(|c| is_mark(**c)).count();
        let left = at.checked_sub(1).map_or(' ', |i| chars[i]);
        let right = chars.get(end).copied().unwrap_or(' ');
        let run: String = chars[at..end].iter().collect();
        let run = run.replace(['–', '—', '−'], "-");
        // A stroke through a letter.
        let accent = left.is_alphabetic() && run == "\u{336}";
        let signed = run.contains(['€', '$', '£', '%', '¢']);
        if left == ' ' && right == ' ' && !signed {
            return None;
        }
        if accent {
            // It is the letter's.
        } else if left.is_numeric() || right.is_numeric() || signed {
            out.push_str(&run);
        } else if left.is_alphabetic() && right.is_alphabetic() {
            match run.as_str() {
                "-" | "'" | "’" | "." => {}
                _ => out.push(' '),
            }
        } else if run.contains(['+', '&', '@', '§']) {
            return None;
        } else {
            out.push(' ');
        }
        at = end;
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(without_full_stop(&out).to_lowercase())
}

/// One mark at the very end ends the sentence.
fn without_full_stop(text: &str) -> &str {
    let bare = text.trim_end_matches(['!', '?']);
    if bare.len() < text.len() {
        return bare;
    }
    match text.strip_suffix(['.', ',', ':', ';', '…']) {
        Some(bare) if !bare.ends_with(['.', ',', ':', ';', '…', '!', '?']) => bare,
        _ => text,
    }
}

/// How a number may be written.
#[derive(Clone, Copy)]
pub struct Style {
    pub language: Language,
    pub decimals: usize,
    /// Spaces between groups.
    pub spaced: bool,
}

impl Style {
    fn point(self) -> char {
        match self.language.code() {
            "de" => ',',
            _ => '.',
        }
    }

    fn whole(self) -> Style {
        Style {
            decimals: 0,
            ..self
        }
    }
}

/// A run of figures and marks.
fn figures(text: &str, style: Style) -> Option<Decimal> {
    if let Some(last) = text.chars().next_back()
        && let Some(part) = [('½', 50), ('¼', 25), ('¾', 75)]
            .iter()
            .find(|f| f.0 == last)
    {
        return mixed(text.strip_suffix(last)?.trim_end(), part.1, style);
    }
    for (fraction, part) in [("1/2", 50), ("1/4", 25), ("3/4", 75)] {
        if let Some(head) = text.strip_suffix(fraction) {
            return match head {
                "" => mixed("", part, style),
                _ => mixed(head.strip_suffix(' ')?, part, style),
            };
        }
    }
    let digits = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit());
    let (integer, decimals) = match text.rfind(['.', ',']) {
        Some(at) => {
            let (sign, behind) = (text[at..].chars().next()?, &text[at + 1..]);
            let integer = &text[..at];
            let others = integer.chars().filter(|c| !c.is_ascii_digit());
            // A sign that occurs twice separates groups, and so does the language's own before three.
            let groups = others.clone().any(|c| c == sign);
            let own = sign == style.point();
            let most = match own || integer == "0" {
                true => style.decimals,
                false => style.decimals.min(2),
            };
            match !groups && digits(behind) && behind.len() <= most {
                true if integer.is_empty() => ("0", behind),
                true => (integer, behind),
                false => (text, ""),
            }
        }
        None => (text, ""),
    };
    let marks: Vec<char> = integer.chars().filter(|c| !c.is_ascii_digit()).collect();
    let plain = match marks.first() {
        None => {
            let padded = integer.len() > 1 && integer.starts_with('0');
            (digits(integer) && !padded && integer.len() <= 9).then(|| integer.to_owned())?
        }
        Some(&mark) => {
            let own = match style.language.code() {
                "de" => '.',
                _ => ',',
            };
            let allowed = match mark {
                ' ' | '\'' | '’' => style.spaced,
                // The other language's, where decimals show which is which.
                '.' | ',' => mark == own || !decimals.is_empty() && decimals.len() <= 2,
                _ => false,
            };
            let groups: Vec<&str> = match mark {
                '.' | ',' => integer.split(mark).collect(),
                _ => integer.split([' ', '\'', '’']).collect(),
            };
            let sound = groups.iter().all(|g| digits(g))
                && groups[1..].iter().all(|g| g.len() == 3)
                && groups[0].len() <= 3
                && !groups[0].starts_with('0')
                && groups.len() <= 3;
            (allowed && sound).then(|| groups.concat())?
        }
    };
    format!(
        "{plain}.{}",
        if decimals.is_empty() { "0" } else { decimals }
    )
    .parse()
    .ok()
}

fn mixed(head: &str, hundredths: i64, style: Style) -> Option<Decimal> {
    if style.decimals < 2 || head.contains(['.', ',', ' ', '\'', '’']) {
        return None;
    }
    let whole = match head {
        "" => Decimal::ZERO,
        head => figures(head, style.whole())?,
    };
    Some(whole + Decimal::new(hundredths, 2))
}

/// A number alone.
pub fn number(text: &str, language: Language) -> Option<Decimal> {
    let style = Style {
        language,
        decimals: 6,
        spaced: true,
    };
    figures(&cleaned(text)?, style)
}

/// Splits behind the figures and marks that a text starts with. What is left starts with a letter or
/// a unit sign.
fn head(text: &str) -> (&str, &str) {
    let unit = |c: char| c.is_alphabetic() || matches!(c, '€' | '$' | '£' | '%' | '¢');
    let at = text.find(unit).unwrap_or(text.len());
    let (number, rest) = text.split_at(at);
    // "50-Euro"
    let number = match rest.starts_with(char::is_alphabetic) {
        true if number.ends_with('-') => &number[..number.len() - 1],
        _ => number,
    };
    (number.trim_end(), rest)
}

const MAJOR: &[(&str, &str)] = &[
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("eur", "EUR"),
    ("€", "EUR"),
    ("dollar", "USD"),
    ("dollars", "USD"),
    ("usd", "USD"),
    ("us$", "USD"),
    ("$", "USD"),
    ("buck", "USD"),
    ("bucks", "USD"),
    ("pfund", "GBP"),
    ("pound", "GBP"),
    ("pounds", "GBP"),
    ("quid", "GBP"),
    ("gbp", "GBP"),
    ("£", "GBP"),
    ("franken", "CHF"),
    ("franc", "CHF"),
    ("francs", "CHF"),
    ("chf", "CHF"),
    ("euronen", "EUR"),
    ("tacken", "EUR"),
];
const SIGNS: [&str; 8] = ["€", "eur", "us$", "usd", "$", "£", "gbp", "chf"];
const MINOR: &[(&str, &str)] = &[
    ("cent", "EUR"),
    ("cents", "EUR"),
    ("ct", "EUR"),
    ("c", "EUR"),
    ("¢", "EUR"),
    ("p", "GBP"),
    ("pence", "GBP"),
    ("penny", "GBP"),
    ("rappen", "CHF"),
    ("centime", "CHF"),
    ("centimes", "CHF"),
];

fn called(names: &[(&str, &'static str)], text: &str) -> Option<&'static str> {
    names.iter().find(|(name, _)| *name == text).map(|n| n.1)
}

/// An amount and its currency's code.
pub fn money(text: &str, language: Language) -> Option<(Decimal, &'static str)> {
    let text = cleaned(text)?;
    let style = Style {
        language,
        decimals: 2,
        spaced: true,
    };
    for sign in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            let rest = rest.strip_prefix(' ').unwrap_or(rest);
            return Some((amount(rest, style)?, called(MAJOR, sign)?));
        }
    }
    let (number, rest) = head(&text);
    if rest.is_empty() {
        return Some((bare(number, style)?, "EUR"));
    }
    if let Some(rest) = rest.strip_prefix('k') {
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        let thousands = figures(
            number,
            Style {
                spaced: false,
                ..style
            },
        )?;
        return Some((thousands * Decimal::from(1000), called(MAJOR, rest)?));
    }
    let (unit, tail) = word(rest);
    if let Some(currency) = called(MINOR, unit) {
        let cents = figures(number, style.whole()).or_else(|| {
            let padded = unit == "c" && number.len() == 2 && number.starts_with('0');
            padded.then(|| number.parse().ok()).flatten()
        })?;
        return (tail.is_empty()).then(|| (cents / Decimal::from(100), currency));
    }
    let currency = called(MAJOR, unit)?;
    if tail.is_empty() {
        return Some((amount(number, style)?, currency));
    }
    let whole = figures(number, style.whole())?;
    Some((whole + minor(tail, currency)?, currency))
}

/// The first word or sign, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let letters = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    let end = match letters {
        0 => text.chars().next().map_or(0, char::len_utf8),
        2 if text.starts_with("us$") => 3,
        letters => letters,
    };
    text.split_at(end)
}

/// "50", "und 50 Cent", "5 Cent" behind the currency.
fn minor(tail: &str, currency: &str) -> Option<Decimal> {
    let tail = tail.strip_prefix(' ').unwrap_or(tail);
    let joined = ["und ", "and "]
        .iter()
        .find_map(|and| tail.strip_prefix(and));
    let (number, unit) = head(joined.unwrap_or(tail));
    let digits = number.chars().all(|c| c.is_ascii_digit()) && (1..=2).contains(&number.len());
    let named = match (called(MINOR, unit), currency) {
        (Some("EUR"), "EUR" | "USD") => unit != "c",
        (Some(minor), major) => minor == major,
        (None, _) => false,
    };
    let bare = unit.is_empty() && joined.is_none() && number.len() == 2;
    (digits && (named || bare))
        .then(|| number.parse::<Decimal>().ok())?
        .map(|n| n / Decimal::from(100))
}

/// Figures beside a currency; "50,-" and "5k" among them.
fn amount(text: &str, style: Style) -> Option<Decimal> {
    for dashes in [",--", ",-", ".--", ".-"] {
        if let Some(whole) = text.strip_suffix(dashes) {
            return figures(whole, style.whole());
        }
    }
    if let Some(thousands) = text.strip_suffix('k') {
        let thousands = thousands.strip_suffix(' ').unwrap_or(thousands);
        return Some(
            figures(
                thousands,
                Style {
                    spaced: false,
                    ..style
                },
            )? * Decimal::from(1000),
        );
    }
    figures(text, style)
}

/// What is an amount without a currency: two decimals, "50,-", "12 50", "12:50".
fn bare(text: &str, style: Style) -> Option<Decimal> {
    let two = |text: &str| text.len() == 2 && text.chars().all(|c| c.is_ascii_digit());
    let pair = text.split_once(' ').or_else(|| text.split_once(':'));
    if let Some((whole, cents)) = pair
        && whole.len() <= 3
        && two(cents)
    {
        return Some(
            figures(whole, style.whole())? + cents.parse::<Decimal>().ok()? / Decimal::from(100),
        );
    }
    let dashed = text.ends_with('-');
    let cents = text.len() > 3 && text.is_char_boundary(text.len() - 3) && {
        let (_, behind) = text.split_at(text.len() - 3);
        behind.starts_with(['.', ',']) && two(&behind[1..])
    };
    (dashed || cents).then(|| amount(text, style))?
}

const UNITS: &[(&str, &str)] = &[
    ("g", "gram"),
    ("gr", "gram"),
    ("kg", "kilogram"),
    ("keg", "barrel"),
    ("t", "tonne"),
    ("ml", "millilitre"),
    ("cl", "centilitre"),
    ("l", "litre"),
    ("liter", "litre"),
    ("liters", "litre"),
    ("litre", "litre"),
    ("litres", "litre"),
    ("mm", "millimetre"),
    ("cm", "centimetre"),
    ("m", "metre"),
    ("km", "kilometre"),
    ("meter", "metre"),
    ("st", "piece"),
    ("stk", "piece"),
    ("stück", "piece"),
    ("stücke", "piece"),
    ("flasche", "bottle"),
    ("flaschen", "bottle"),
    ("bottle", "bottle"),
    ("bottles", "bottle"),
    ("piece", "piece"),
    ("pieces", "piece"),
    ("lb", "pound"),
    ("lbs", "pound"),
    ("oz", "ounce"),
    ("x", "times"),
    ("mal", "times"),
    ("times", "times"),
];

/// How many of what: the unit's name in the singular, "" for pieces.
pub fn quantity(text: &str, language: Language) -> Option<(Decimal, &'static str)> {
    let text = cleaned(text)?;
    let style = Style {
        language,
        decimals: 6,
        spaced: false,
    };
    let (number, rest) = head(&text);
    let unit = match rest {
        "" => "piece",
        rest => called(UNITS, rest)?,
    };
    match unit {
        "times" => Some((figures(number, style.whole())?, "piece")),
        unit => Some((figures(number, style)?, unit)),
    }
}

/// Hour and minute of "14:30", "14.30 Uhr", "um 14 Uhr".
pub fn time(text: &str, language: Language) -> Option<(u8, u8)> {
    let text = cleaned(text)?;
    let (at, clock) = match language.code() {
        "de" => ("um ", "uhr"),
        _ => ("at ", "o'clock"),
    };
    let (introduced, text) = match text.strip_prefix(at) {
        Some(text) => (true, text),
        None => (false, text.as_str()),
    };
    let (figures, named) = match text.strip_suffix(clock) {
        // "14-Uhr"
        Some(figures) => (figures.strip_suffix([' ', '-'])?, true),
        None => (text, false),
    };
    let number = |text: &str| {
        let sound = (1..=2).contains(&text.len()) && text.chars().all(|c| c.is_ascii_digit());
        sound.then(|| text.parse::<u8>().ok())?
    };
    let (hour, minute) = match figures.split_once([':', '.']) {
        Some((hour, minute)) if minute.len() == 2 => {
            let colon = figures.contains(':');
            if !(colon || named && language == Language::DE) {
                return None;
            }
            (number(hour)?, number(minute)?)
        }
        Some(_) => return None,
        None if named || introduced => (number(figures)?, 0),
        None => return None,
    };
    let hour = if (hour, minute) == (24, 0) { 0 } else { hour };
    (hour < 24 && minute < 60).then_some((hour, minute))
}
