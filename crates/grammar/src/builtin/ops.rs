//! What the tags of the numeric built-in types mean: the steps of a small register machine that
//! runs from left to right along a matched path.

use rust_decimal::Decimal;

use crate::{Expr, Tag, lit};

/// One step. Steps follow the words that they belong to, so that expressions with the same
/// beginning share it in the automaton, whatever comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Op {
    /// Adds to the group that is being read: "zwei" 2, "zwanzig" 20.
    Add(u32),
    /// A digit, written or spoken alone: behind the others, also behind the decimal sign.
    Digit(u8),
    /// German tells the units before the tens: puts this digit before the last one.
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
    /// Adds hundredths: "halb" 50, "dreiviertel" 75.
    Hundredths(u32),
    /// What was read is in a currency's major unit (an index of [`super::money::MONIES`]).
    Currency(u8),
    /// What was read is in a currency's minor unit.
    Minor(u8),
    /// What was read is counted in this unit (an index of [`super::quantity::UNITS`]).
    Unit(u8),
    /// "The last one".
    Last,
    /// A letter of an IBAN, upper case.
    Letter(u8),
}

const ARGUMENT_BITS: u32 = 20;

impl Op {
    /// The tag that stands for this step.
    pub(super) fn tag(self) -> Expr {
        let (kind, argument) = match self {
            Op::Add(n) => (1, n),
            Op::Digit(d) => (2, d.into()),
            Op::Tens(d) => (3, d.into()),
            Op::Pair(n) => (4, n.into()),
            Op::Times(n) => (5, n.into()),
            Op::Hundred => (6, 0),
            Op::Dozen => (7, 0),
            Op::Thousand => (8, 0),
            Op::Million => (9, 0),
            Op::Point => (10, 0),
            Op::Hundredths(n) => (11, n),
            Op::Currency(c) => (12, c.into()),
            Op::Minor(c) => (13, c.into()),
            Op::Unit(u) => (14, u.into()),
            Op::Last => (15, 0),
            Op::Letter(c) => (16, c.into()),
        };
        debug_assert!(argument < 1 << ARGUMENT_BITS);
        Expr::Tag(Tag(kind << ARGUMENT_BITS | argument))
    }

    /// The step that a tag stands for.
    pub(super) fn of(tag: Tag) -> Option<Op> {
        let argument = tag.0 & ((1 << ARGUMENT_BITS) - 1);
        let small = u8::try_from(argument);
        Some(match tag.0 >> ARGUMENT_BITS {
            1 => Op::Add(argument),
            2 => Op::Digit(small.ok()?),
            3 => Op::Tens(small.ok()?),
            4 => Op::Pair(small.ok()?),
            5 => Op::Times(small.ok()?),
            6 => Op::Hundred,
            7 => Op::Dozen,
            8 => Op::Thousand,
            9 => Op::Million,
            10 => Op::Point,
            11 => Op::Hundredths(argument),
            12 => Op::Currency(small.ok()?),
            13 => Op::Minor(small.ok()?),
            14 => Op::Unit(small.ok()?),
            15 => Op::Last,
            16 => Op::Letter(small.ok()?),
            _ => return None,
        })
    }
}

/// Text that takes a step once it has been read.
pub(super) fn word(text: &str, op: Op) -> Expr {
    Expr::Seq(vec![lit(text), op.tag()])
}

/// A number as it is being read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Register {
    /// Closed groups: the millions and thousands.
    closed: Option<Decimal>,
    /// The open group; `None` until something was said, since "tausend" alone is one thousand but
    /// "null tausend" is none.
    open: Option<Decimal>,
    /// Decimals read so far, if the decimal sign was.
    decimals: Option<u32>,
    last_digit: Decimal,
}

impl Register {
    /// What was read, if anything was.
    pub(super) fn value(&self) -> Option<Decimal> {
        match (self.closed, self.open) {
            (None, None) => None,
            (closed, open) => {
                let sum = closed
                    .unwrap_or_default()
                    .checked_add(open.unwrap_or_default())?;
                Some(sum.normalize())
            }
        }
    }

    /// What was read; the register is empty afterwards.
    pub(super) fn take(&mut self) -> Option<Decimal> {
        let value = self.value();
        *self = Self::default();
        value
    }

    /// Takes a numeric step. `None` for one that is not, or that no register can hold.
    pub(super) fn apply(&mut self, op: Op) -> Option<()> {
        match op {
            Op::Add(n) => self.add(n.into()),
            Op::Hundredths(n) => self.add(Decimal::new(n.into(), 2)),
            Op::Digit(d) => self.digit(d.into()),
            Op::Pair(n) => {
                self.digit((n / 10).into())?;
                self.digit((n % 10).into())
            }
            Op::Tens(d) => {
                let units = self.last_digit;
                let scale = Decimal::new(1, self.decimals?);
                self.add(
                    units
                        .checked_mul(scale)?
                        .checked_mul(Decimal::NEGATIVE_ONE)?,
                )?;
                self.decimals = self.decimals?.checked_sub(1);
                self.digit(d.into())?;
                self.digit(units)
            }
            Op::Hundred => self.multiply(100),
            Op::Dozen => self.multiply(12),
            Op::Thousand => self.close(1_000),
            Op::Million => self.close(1_000_000),
            Op::Point => {
                self.decimals = Some(0);
                self.add(Decimal::ZERO)
            }
            _ => None,
        }
    }

    fn add(&mut self, n: Decimal) -> Option<()> {
        self.open = Some(self.open.unwrap_or_default().checked_add(n)?);
        Some(())
    }

    fn digit(&mut self, d: Decimal) -> Option<()> {
        self.last_digit = d;
        match self.decimals {
            None => {
                let shifted = self.open.unwrap_or_default().checked_mul(Decimal::TEN)?;
                self.open = Some(shifted.checked_add(d)?);
                Some(())
            }
            Some(before) => {
                // A Decimal has 28 decimals; no expression has more than a handful.
                let place = Some(before + 1).filter(|p| *p <= 20)?;
                self.decimals = Some(place);
                self.add(d.checked_mul(Decimal::new(1, place))?)
            }
        }
    }

    fn multiply(&mut self, n: u32) -> Option<()> {
        self.open = Some(self.open.unwrap_or(Decimal::ONE).checked_mul(n.into())?);
        Some(())
    }

    fn close(&mut self, n: u32) -> Option<()> {
        let group = self
            .open
            .take()
            .unwrap_or(Decimal::ONE)
            .checked_mul(n.into())?;
        self.closed = Some(self.closed.unwrap_or_default().checked_add(group)?);
        self.decimals = None;
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(ops: &[Op]) -> Option<String> {
        let mut register = Register::default();
        for op in ops {
            register.apply(*op)?;
        }
        register.value().map(|v| v.to_string())
    }

    #[test]
    fn groups_close_in_order() {
        use Op::*;
        // zwei Millionen tausendzweihundertfünf
        let ops = [Add(2), Million, Thousand, Add(2), Hundred, Add(5)];
        assert_eq!(run(&ops).as_deref(), Some("2001205"));
    }

    #[test]
    fn a_said_nought_is_not_an_unsaid_one() {
        use Op::*;
        assert_eq!(run(&[Million]).as_deref(), Some("1000000"));
        assert_eq!(run(&[Add(0), Million]).as_deref(), Some("0"));
    }

    #[test]
    fn german_decimals_in_pairs() {
        use Op::*;
        // zwölf Komma fünfundzwanzig
        assert_eq!(
            run(&[Add(12), Point, Digit(5), Tens(2)]).as_deref(),
            Some("12.25")
        );
        assert_eq!(run(&[Add(12), Point, Pair(20)]).as_deref(), Some("12.2"));
        assert_eq!(run(&[Point, Digit(0), Digit(5)]).as_deref(), Some("0.05"));
    }

    #[test]
    fn every_step_survives_its_tag() {
        use Op::*;
        let ops = [
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
        for op in ops {
            let Expr::Tag(tag) = op.tag() else {
                panic!("not a tag")
            };
            assert!(tag.0 <= crate::MAX_TAG);
            assert_eq!(Op::of(tag), Some(op));
        }
        assert_eq!(Op::of(Tag(0)), None);
    }
}
