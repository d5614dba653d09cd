//! Ranges of whole numbers, and what none of them may be.

use rust_decimal::Decimal;

/// The largest number of values that a range may have.
pub const MAX_RANGE_VALUES: u64 = 20_000;

/// An inline range, `{from..to,step:slot}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct InlineRange {
    pub from: i64,
    pub to: i64,
    pub step: i64,
}

impl InlineRange {
    /// The list's name as it stands in a template, which names it in the grammar too.
    pub fn name(self) -> String {
        match self.step {
            1 => format!("{}..{}", self.from, self.to),
            step => format!("{}..{},{step}", self.from, self.to),
        }
    }

    /// The range of a name such as `0..100,5`.
    pub fn from_name(name: &str) -> Option<InlineRange> {
        let (from, rest) = name.split_once("..")?;
        let (to, step) = rest.split_once(',').unwrap_or((rest, ""));
        let step = step.trim();
        Some(InlineRange {
            from: from.trim().parse().ok()?,
            to: to.trim().parse().ok()?,
            step: if step.is_empty() {
                1
            } else {
                step.parse().ok()?
            },
        })
    }
}

/// Why a range cannot be used.
pub(crate) fn check_range(range: InlineRange, multiplier: Option<Decimal>) -> Result<(), String> {
    let InlineRange { from, to, step } = range;
    if from > to {
        return Err(format!(
            "the range starts at {from} and ends before it, at {to}"
        ));
    }
    if step < 1 {
        return Err(format!("the range's step is {step}"));
    }
    if from.abs_diff(to) / step.unsigned_abs() >= MAX_RANGE_VALUES {
        return Err(format!(
            "the range has more than {MAX_RANGE_VALUES} values; use {{@number}} instead"
        ));
    }
    let Some(multiplier) = multiplier else {
        return Ok(());
    };
    if multiplier.is_zero() {
        return Err("the multiplier makes 0 of every number".into());
    }
    let fits = |n: i64| Decimal::from(n).checked_mul(multiplier).is_some();
    if !fits(from) || !fits(to) {
        return Err(format!(
            "the multiplier {multiplier} makes the numbers too large"
        ));
    }
    Ok(())
}
