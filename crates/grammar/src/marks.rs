//! What a mark in a text is: part of a number, part of a word, or punctuation of the sentence.
//!
//! A mark that touches a number counts: it becomes a letter, and if the grammar does not read it, the text is
//! not in the grammar. Therefore "-50", "50-", "$.50", "1/2", "5,,0", "(50)" and "#50" are never read as 50.
//! Only what ends a sentence or a clause behind a number is punctuation: one full stop, comma, colon,
//! semicolon, question or exclamation mark before a space ("Überweise 50, bitte."). If more words come, it
//! stays as a full stop or a comma, so that it can be passed over between the words of a sentence but not
//! within a number ("12, 500 Euro").

/// What becomes of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// It is a letter of the text.
    Letter(char),
    /// It vanishes, and what it stood between belongs together.
    Joint,
    /// It separates words.
    Break,
}

/// Judges a run of marks, given the text around it; `words` has for each place of `after` and for its
/// end the next character from there on that [`is_said`], `' '` for none. The result is as long as the
/// run.
pub(crate) fn judge(before: &[char], run: &[char], after: &[char], words: &[char]) -> Vec<Mark> {
    let left = before.last().copied().unwrap_or(' ');
    let right = after.first().copied().unwrap_or(' ');
    let signed = run.iter().any(|c| is_unit_sign(*c));
    if !(left.is_numeric() || right.is_numeric() || signed) {
        return of_words(before, run, after, words);
    }
    let mut marks: Vec<Mark> = run.iter().map(|c| Mark::Letter(plain(*c))).collect();
    // "50 €." and "50,-." end with a full stop, too.
    let sign = run.iter().rposition(|c| is_unit_sign(*c) || is_dash(*c));
    let behind = sign.map_or(0, |i| i + 1);
    if right.is_whitespace()
        && (left.is_numeric() || signed)
        && let Some(ending) = ending(&run[behind..])
    {
        marks[behind..].fill(Mark::Break);
        let more = words.first().is_some_and(|c| *c != ' ');
        if more && (behind == 0 || starts_with_number(words)) {
            for (mark, c) in marks[behind..].iter_mut().zip(ending.chars()) {
                *mark = Mark::Letter(c);
            }
        }
    }
    marks
}

/// What the marks behind a number mean to the sentence: nothing, a full stop (which may be that of an
/// ordinal), or a comma for all others; `None` if they are no punctuation.
fn ending(run: &[char]) -> Option<&'static str> {
    let closers = run.iter().rev().take_while(|c| is_bracket(**c)).count();
    let run = &run[..run.len() - closers];
    let clause = |c: &char| matches!(c, ',' | ';' | ':' | '!' | '?' | '…');
    match run {
        [] if closers == 0 => Some(""),
        ['.'] => Some("."),
        ['.', c] if clause(c) => Some(".,"),
        [c] if clause(c) => Some(","),
        ['.', '.', '.'] => Some(","),
        [_, ..] if run.iter().all(|c| matches!(c, '!' | '?')) => Some(","),
        _ => None,
    }
}

/// Marks that touch no number.
fn of_words(before: &[char], run: &[char], after: &[char], words: &[char]) -> Vec<Mark> {
    let at = |i: usize| run.get(i).copied();
    let left = before.last().copied().unwrap_or(' ');
    let right = after.first().copied().unwrap_or(' ');
    let between = starts_with_number(words) && stands_alone_behind_number(before, after);
    let judge = |(i, &c): (usize, &char)| {
        let previous = i.checked_sub(1).and_then(at).unwrap_or(left);
        let next = at(i + 1).unwrap_or(right);
        let inside = previous.is_alphanumeric() && next.is_alphanumeric();
        match c {
            _ if is_apostrophe(c) && !inside => Mark::Joint,
            _ if inside && (is_apostrophe(c) || is_dash(c)) => Mark::Letter(plain(c)),
            // "p.m.", "z.B."
            '.' if previous.is_alphabetic() && next.is_alphabetic() => Mark::Joint,
            '&' | '+' | '@' | '§' => Mark::Letter(c),
            _ if between || is_sign_of_number(c, left, after, words) => Mark::Letter(plain(c)),
            _ => Mark::Break,
        }
    };
    run.iter().enumerate().map(judge).collect()
}

/// "12 , 50", "10 – 20": what stands alone between two numbers is no punctuation.
fn stands_alone_behind_number(before: &[char], after: &[char]) -> bool {
    let last = before.iter().rev().find(|c| !c.is_whitespace());
    [before.last(), after.first()]
        .iter()
        .all(|c| c.is_some_and(|c| c.is_whitespace()))
        && last.is_some_and(|c| c.is_numeric() || is_unit_sign(*c))
}

/// "- 50", "-EUR 50": a sign that stands a little off its number.
fn is_sign_of_number(c: char, left: char, after: &[char], words: &[char]) -> bool {
    let glued = after.first().is_some_and(|c| c.is_alphabetic());
    if glued {
        return left.is_whitespace() && is_dash(c) && starts_with_code(after, words, |_| true);
    }
    // Nobody puts a space before a comma: ", 50" is a decimal mark that has come off.
    let punctuation = matches!(c, ';' | ':' | '!' | '?' | '…' | '–' | '—' | '•')
        || matches!(c, '.' | ',') && !left.is_whitespace();
    let upper = |c: char| c.is_ascii_uppercase();
    !(punctuation || is_bracket(c))
        && (starts_with_number(words) || starts_with_code(after, words, upper))
}

/// Whether a number is the next that comes, perhaps behind its own marks.
fn starts_with_number(words: &[char]) -> bool {
    let number = |c: &char| c.is_numeric() || is_unit_sign(*c);
    words.first().is_some_and(number)
}

/// Whether a currency's code, or what looks like one, and a number come next.
fn starts_with_code(text: &[char], words: &[char], letter: impl Fn(char) -> bool) -> bool {
    let from = text.iter().take_while(|c| c.is_whitespace()).count();
    let code = text[from..].iter().take_while(|c| c.is_alphabetic());
    let code = code.take(4).count();
    (1..=3).contains(&code)
        && text[from..from + code].iter().all(|c| letter(*c))
        && words.get(from + code..).is_some_and(starts_with_number)
}

/// Whether a hyphen or an apostrophe of the text, between these letters, may be missing from what the
/// grammar has: it joins letters, or a number to the word that it counts ("50-Euro-Schein"). In the
/// names of a list also a word to a number ("Type-2"). An apostrophe behind a figure is none ("50'g").
pub(crate) fn is_loose(mark: char, before: char, after: char, listed: bool) -> bool {
    if mark == '\'' && before.is_numeric() {
        return false;
    }
    match (before.is_alphanumeric(), after.is_alphabetic()) {
        (true, true) => true,
        (true, false) => listed && before.is_alphabetic() && after.is_numeric(),
        (false, _) => listed && before != ' ' && after.is_alphanumeric(),
    }
}

/// Whether a hyphen or an apostrophe of the grammar may be missing from the text between these letters.
pub(crate) fn may_lack(before: char, after: char) -> bool {
    before.is_alphabetic() || after.is_alphabetic() && (before == ' ' || before.is_numeric())
}

/// Marks that a name of the user's own words may have ("Miete 03/2027"); they are kept as written.
pub(crate) fn is_open(c: char) -> bool {
    is_mark(c) && !is_unit_sign(c) && !matches!(c, '@' | '§')
}

/// Neither part of a word nor white space.
pub(crate) fn is_mark(c: char) -> bool {
    is_apostrophe(c) || !(c.is_alphanumeric() || c.is_whitespace() || is_combining(c))
}

/// Accents that are characters of their own.
pub(crate) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' | '－'
    )
}

/// What is no mere punctuation: letters, digits, and the signs of units.
pub(crate) fn is_said(c: char) -> bool {
    c.is_alphanumeric() || is_unit_sign(c)
}

/// Signs that belong to a number, before it or behind it.
pub(crate) fn is_unit_sign(c: char) -> bool {
    matches!(c, '€' | '$' | '£' | '¥' | '¢' | '%' | '‰')
}

/// Quotation marks and brackets.
fn is_bracket(c: char) -> bool {
    matches!(
        c,
        '"' | '“' | '”' | '„' | '«' | '»' | '‚' | '‹' | '›' | '(' | ')' | '[' | ']'
    ) || is_apostrophe(c)
}

/// Dashes and apostrophes each have one form.
fn plain(c: char) -> char {
    match c {
        _ if is_dash(c) => '-',
        _ if is_apostrophe(c) => '\'',
        c => c,
    }
}
