//! `@quantity`: a number and a unit of measure or a packaging ("zwei Kilo", "a dozen bottles"), or a
//! number alone, which counts pieces.

use rust_decimal::Decimal;

use super::number::{bounded, core, dozens, out_of_range};
use super::register::Register;
use crate::language::{Numbers, Quantities, Step, fractions, gap, written, written_integer};
use crate::{Expr, Quantity, Tag, Unit, Value, ValueError, alt, lit, opt, seq, space, words};

/// Every form of `@quantity`.
pub(super) fn expr(numbers: &Numbers, quantities: &Quantities) -> Expr {
    let unit = alt(quantities.units.iter().map(|(unit, names)| {
        let names = words(names.iter().copied());
        seq([names, Step::Unit(*unit as u8).tag()])
    }));
    let counted = |number: Expr| seq([number, opt(seq([space(), unit.clone()]))]);
    let forms = [
        counted(core(numbers)),
        // "500g", "½kg"
        seq([alt([written(numbers.signs, 6), fractions()]), unit.clone()]),
    ];
    // "2x", "2 mal"
    let times = quantities.times.iter();
    let times = times.map(|text| seq([written_integer(numbers.signs), gap(), lit(*text)]));
    // "a dozen", "zwei Dutzend Flaschen"
    let dozens = dozens(numbers, Step::Unit(Unit::Dozen as u8)).map(counted);
    let more = quantities.more.map(|more| more(numbers, &unit));
    alt(forms.into_iter().chain(times).chain(dozens).chain(more))
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    let mut register = Register::default();
    let mut units = Vec::new();
    for tag in tags {
        match Step::of(*tag) {
            Some(Step::Unit(index)) => {
                let unit = Unit::ALL.get(usize::from(index)).copied();
                units.push(unit.ok_or_else(|| out_of_range(text))?);
            }
            Some(step) => register.apply(step).ok_or_else(|| out_of_range(text))?,
            None => return Err(out_of_range(text)),
        }
    }
    let amount = bounded(register.value(), text)?;
    let (amount, unit) = match units.as_slice() {
        [] => (amount, Unit::Piece),
        [unit] => (amount, *unit),
        [Unit::Dozen, unit] => (amount * Decimal::from(12), *unit),
        _ => return Err(out_of_range(text)),
    };
    Ok(Value::Quantity(Quantity {
        amount: amount.normalize(),
        unit,
    }))
}
