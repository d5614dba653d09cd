//! `@quantity`: a number and a unit of measure or a packaging ("zwei Kilo", "a dozen bottles"), or a
//! number alone, which counts pieces.
//!
//! "Ein Paar" cannot be told by ear from "ein paar" (some), so a pair needs a figure or a number
//! from two up in German. A German "Pfund" is [`Unit::Pound`]; that it weighs 500 g there is for the
//! merchant to know.

use rust_decimal::Decimal;

use super::forms::{fractions, gap, written, written_integer};
use super::number::{bounded, core, dozens, out_of_range};
use super::ops::{Op, Register, word};
use super::{english, german};
use crate::{Expr, Language, Quantity, Tag, Unit, Value, ValueError, alt, opt, seq, space, words};

/// The units with their names in German and English; tags refer to them by index.
pub(super) const UNITS: [(Unit, &[&str], &[&str]); 36] = [
    (
        Unit::Piece,
        &["Stück", "Stücke", "Stk", "St"],
        &["piece", "pieces"],
    ),
    (Unit::Dozen, &[], &[]),
    (Unit::Pair, &[], &["pair", "pairs"]),
    (
        Unit::Gram,
        &["Gramm", "g", "gr"],
        &["gram", "grams", "gramme", "grammes", "g"],
    ),
    (
        Unit::Pound,
        &["Pfund", "Pfunde", "Pfd"],
        &["pound", "pounds", "lb", "lbs"],
    ),
    (Unit::Ounce, &["Unze", "Unzen"], &["ounce", "ounces", "oz"]),
    (
        Unit::Kilogram,
        &["Kilo", "Kilos", "Kilogramm", "kg"],
        &["kilo", "kilos", "kilogram", "kilograms", "kg"],
    ),
    (
        Unit::Tonne,
        &["Tonne", "Tonnen", "t"],
        &["tonne", "tonnes", "metric ton", "metric tons"],
    ),
    (
        Unit::Millilitre,
        &["Milliliter", "ml"],
        &[
            "millilitre",
            "millilitres",
            "milliliter",
            "milliliters",
            "ml",
        ],
    ),
    (
        Unit::Centilitre,
        &["Zentiliter", "cl"],
        &[
            "centilitre",
            "centilitres",
            "centiliter",
            "centiliters",
            "cl",
        ],
    ),
    (
        Unit::Litre,
        &["Liter", "l"],
        &["litre", "litres", "liter", "liters", "l"],
    ),
    (
        Unit::Gallon,
        &["Gallone", "Gallonen"],
        &["gallon", "gallons"],
    ),
    (Unit::Pint, &["Pint", "Pints"], &["pint", "pints"]),
    (
        Unit::Millimetre,
        &["Millimeter", "mm"],
        &[
            "millimetre",
            "millimetres",
            "millimeter",
            "millimeters",
            "mm",
        ],
    ),
    (
        Unit::Centimetre,
        &["Zentimeter", "cm"],
        &[
            "centimetre",
            "centimetres",
            "centimeter",
            "centimeters",
            "cm",
        ],
    ),
    (
        Unit::Metre,
        &["Meter", "Metern", "m"],
        &["metre", "metres", "meter", "meters", "m"],
    ),
    (
        Unit::Kilometre,
        &["Kilometer", "km"],
        &["kilometre", "kilometres", "kilometer", "kilometers", "km"],
    ),
    (
        Unit::Pack,
        &[
            "Packung",
            "Packungen",
            "Päckchen",
            "Pack",
            "Packs",
            "Paket",
            "Pakete",
            "Packerl",
        ],
        &["pack", "packs", "packet", "packets", "package", "packages"],
    ),
    (
        Unit::Bottle,
        &["Flasche", "Flaschen", "Fläschchen"],
        &["bottle", "bottles"],
    ),
    (
        Unit::Crate,
        &["Kasten", "Kästen", "Kiste", "Kisten"],
        &["crate", "crates"],
    ),
    (
        Unit::Box,
        &["Schachtel", "Schachteln", "Box", "Boxen"],
        &["box", "boxes"],
    ),
    (
        Unit::Bag,
        &["Tüte", "Tüten", "Beutel", "Säckchen"],
        &["bag", "bags"],
    ),
    (
        Unit::Can,
        &["Dose", "Dosen", "Büchse", "Büchsen"],
        &["can", "cans", "tin", "tins"],
    ),
    (
        Unit::Jar,
        &["Einmachglas", "Einmachgläser"],
        &["jar", "jars"],
    ),
    (
        Unit::Cup,
        &["Becher", "Tasse", "Tassen"],
        &["cup", "cups", "mug", "mugs"],
    ),
    (
        Unit::Glass,
        &["Glas", "Gläser", "Gläschen"],
        &["glass", "glasses"],
    ),
    (
        Unit::Carton,
        &["Karton", "Kartons", "Tetrapak", "Tetrapaks"],
        &["carton", "cartons"],
    ),
    (Unit::Bar, &["Tafel", "Tafeln", "Riegel"], &["bar", "bars"]),
    (Unit::Roll, &["Rolle", "Rollen"], &["roll", "rolls"]),
    (Unit::Tube, &["Tube", "Tuben"], &["tube", "tubes"]),
    (Unit::Slice, &["Scheibe", "Scheiben"], &["slice", "slices"]),
    (Unit::Loaf, &["Laib", "Laibe"], &["loaf", "loaves"]),
    (
        Unit::Bunch,
        &["Bund", "Bünde", "Bündel", "Strauß", "Sträuße"],
        &["bunch", "bunches"],
    ),
    (
        Unit::Tray,
        &["Palette", "Paletten", "Steige", "Steigen"],
        &["tray", "trays"],
    ),
    (
        Unit::Barrel,
        &["Fass", "Fässer"],
        &["barrel", "barrels", "keg", "kegs"],
    ),
    (Unit::Sack, &["Sack", "Säcke"], &["sack", "sacks"]),
];

const DOZEN: u8 = 1;
const PAIR: u8 = 2;

/// Every unit but the dozen.
fn unit(language: Language) -> Expr {
    let named = (0..)
        .zip(&UNITS)
        .map(|(index, (_, german, english))| match language {
            Language::De => (index, *german),
            Language::En => (index, *english),
        });
    let named = named.filter(|(_, names)| !names.is_empty());
    alt(named.map(|(index, names)| seq([words(names.iter().copied()), Op::Unit(index).tag()])))
}

/// Every form of `@quantity`.
pub(super) fn expr(language: Language) -> Expr {
    let unit = || unit(language);
    let mut forms = vec![
        seq([core(language), opt(seq([space(), unit()]))]),
        // "500g", "½kg"
        seq([alt([written(language, 6), fractions()]), unit()]),
        // "a dozen", "zwei Dutzend Flaschen"
        seq([
            dozens(language, Op::Unit(DOZEN)),
            opt(seq([space(), unit()])),
        ]),
        // "2x", "2 mal"
        seq([
            written_integer(language),
            gap(),
            words(match language {
                Language::De => ["x", "mal"],
                Language::En => ["x", "times"],
            }),
        ]),
    ];
    match language {
        Language::De => {
            forms.push(german::times());
            let pairs = alt([german::plural(), written_integer(language)]);
            forms.push(seq([pairs, word(" Paar", Op::Unit(PAIR))]));
        }
        Language::En => {
            let one = alt([word("a", Op::Add(1)), word("an", Op::Add(1))]);
            forms.push(seq([one.clone(), opt(seq([space(), unit()]))]));
            let article = words([" a ", " an ", " of a ", " of an "]);
            forms.push(seq([english::fractions(), article, unit()]));
            let single = alt([one, word("one", Op::Add(1))]);
            forms.push(seq([single, space(), unit(), english::and_a_half()]));
            forms.push(alt([word("once", Op::Add(1)), word("twice", Op::Add(2))]));
        }
    }
    alt(forms)
}

/// The value of a path of [`expr`].
pub(super) fn evaluate(tags: &[Tag], text: &str) -> Result<Value, ValueError> {
    let mut register = Register::default();
    let mut units = Vec::new();
    for tag in tags {
        match Op::of(*tag) {
            Some(Op::Unit(index)) => {
                let unit = UNITS.get(usize::from(index)).map(|(unit, ..)| *unit);
                units.push(unit.ok_or_else(|| out_of_range(text))?);
            }
            Some(op) => register.apply(op).ok_or_else(|| out_of_range(text))?,
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
