//! What the tags of the numeric built-in types mean: the steps of a small register machine that
//! runs from left to right along a matched path.

use crate::{Expr, Tag, lit};

/// One step. Steps follow the words that they belong to, so that expressions with the same
/// beginning share it in the automaton, whatever comes next.
///
/// ```
/// use zahlwort_grammar::language::{Step, word};
/// use zahlwort_grammar::{lit, seq};
/// // "two hundred": two, times a hundred.
/// let said = seq([word("two", Step::Add(2)), word(" hundred", Step::Hundred)]);
/// # let _ = said;
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Adds to the group that is being read: "two" 2, "twenty" 20; below 2²⁰.
    Add(u32),
    /// A digit, written or spoken alone: behind the others, also behind the decimal sign.
    Digit(u8),
    /// Where the units are said before the tens: puts this digit before the last one.
    Tens(u8),
    /// Two digits at once (10 … 99).
    Pair(u8),
    /// The next digit counts this many times ("double seven").
    Times(u8),
    /// Multiplies the group, one if nothing was said, by 100.
    Hundred,
    /// Multiplies the group by 12.
    Dozen,
    /// Closes the group at 1 000.
    Thousand,
    /// Closes the group at 1 000 000.
    Million,
    /// What follows are decimals.
    Point,
    /// Adds hundredths: "a half" 50, "three quarters" 75.
    Hundredths(u32),
    /// What was read is in a currency's major unit: 0 the default currency, else one more than the
    /// currency's place in [`MoneyWords::currencies`](super::MoneyWords::currencies).
    Currency(u8),
    /// What was read is in a currency's minor unit; numbered alike.
    Minor(u8),
    /// What was read is counted in this unit: its place in [`Unit::ALL`](crate::Unit::ALL).
    Unit(u8),
    /// "The last one".
    Last,
    /// A letter of an IBAN, upper case.
    Letter(u8),
}

const ARGUMENT_BITS: u32 = 20;

impl Step {
    /// The tag that stands for this step.
    pub fn tag(self) -> Expr {
        let (kind, argument) = match self {
            Step::Add(n) => (1, n),
            Step::Digit(d) => (2, d.into()),
            Step::Tens(d) => (3, d.into()),
            Step::Pair(n) => (4, n.into()),
            Step::Times(n) => (5, n.into()),
            Step::Hundred => (6, 0),
            Step::Dozen => (7, 0),
            Step::Thousand => (8, 0),
            Step::Million => (9, 0),
            Step::Point => (10, 0),
            Step::Hundredths(n) => (11, n),
            Step::Currency(c) => (12, c.into()),
            Step::Minor(c) => (13, c.into()),
            Step::Unit(u) => (14, u.into()),
            Step::Last => (15, 0),
            Step::Letter(c) => (16, c.into()),
        };
        debug_assert!(argument < 1 << ARGUMENT_BITS);
        Expr::Tag(Tag(kind << ARGUMENT_BITS | argument))
    }

    /// The step that a tag stands for.
    pub(crate) fn of(tag: Tag) -> Option<Step> {
        let argument = tag.0 & ((1 << ARGUMENT_BITS) - 1);
        let small = u8::try_from(argument);
        Some(match tag.0 >> ARGUMENT_BITS {
            1 => Step::Add(argument),
            2 => Step::Digit(small.ok()?),
            3 => Step::Tens(small.ok()?),
            4 => Step::Pair(small.ok()?),
            5 => Step::Times(small.ok()?),
            6 => Step::Hundred,
            7 => Step::Dozen,
            8 => Step::Thousand,
            9 => Step::Million,
            10 => Step::Point,
            11 => Step::Hundredths(argument),
            12 => Step::Currency(small.ok()?),
            13 => Step::Minor(small.ok()?),
            14 => Step::Unit(small.ok()?),
            15 => Step::Last,
            16 => Step::Letter(small.ok()?),
            _ => return None,
        })
    }
}

/// Text that takes a step once it has been read.
pub fn word(text: &str, step: Step) -> Expr {
    Expr::Seq(vec![lit(text), step.tag()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_survives_its_tag() {
        use Step::*;
        let steps = [
            Add(90),
            Digit(9),
            Tens(9),
            Pair(99),
            Times(3),
            Hundred,
            Dozen,
            Thousand,
            Million,
            Point,
            Hundredths(75),
            Currency(5),
            Minor(4),
            Unit(40),
            Last,
            Letter(b'Z'),
        ];
        for step in steps {
            let Expr::Tag(tag) = step.tag() else {
                panic!("not a tag")
            };
            assert!(tag.0 <= crate::MAX_TAG);
            assert_eq!(Step::of(tag), Some(step));
        }
        assert_eq!(Step::of(Tag(0)), None);
    }
}
