//! The register machine that the steps of a matched path run on, from left to right.

use rust_decimal::Decimal;

use crate::language::Step;

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
    pub(super) fn apply(&mut self, step: Step) -> Option<()> {
        match step {
            Step::Add(n) => self.add(n.into()),
            Step::Hundredths(n) => self.add(Decimal::new(n.into(), 2)),
            Step::Digit(d) => self.digit(d.into()),
            Step::Pair(n) => {
                self.digit((n / 10).into())?;
                self.digit((n % 10).into())
            }
            Step::Tens(d) => {
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
            Step::Hundred => self.multiply(100),
            Step::Dozen => self.multiply(12),
            Step::Thousand => self.close(1_000),
            Step::Million => self.close(1_000_000),
            Step::Point => {
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

    fn run(steps: &[Step]) -> Option<String> {
        let mut register = Register::default();
        for step in steps {
            register.apply(*step)?;
        }
        register.value().map(|v| v.to_string())
    }

    #[test]
    fn groups_close_in_order() {
        use Step::*;
        // zwei Millionen tausendzweihundertfünf
        let steps = [Add(2), Million, Thousand, Add(2), Hundred, Add(5)];
        assert_eq!(run(&steps).as_deref(), Some("2001205"));
    }

    #[test]
    fn a_said_nought_is_not_an_unsaid_one() {
        use Step::*;
        assert_eq!(run(&[Million]).as_deref(), Some("1000000"));
        assert_eq!(run(&[Add(0), Million]).as_deref(), Some("0"));
    }

    #[test]
    fn german_decimals_in_pairs() {
        use Step::*;
        // zwölf Komma fünfundzwanzig
        assert_eq!(
            run(&[Add(12), Point, Digit(5), Tens(2)]).as_deref(),
            Some("12.25")
        );
        assert_eq!(run(&[Add(12), Point, Pair(20)]).as_deref(), Some("12.2"));
        assert_eq!(run(&[Point, Digit(0), Digit(5)]).as_deref(), Some("0.05"));
    }
}
