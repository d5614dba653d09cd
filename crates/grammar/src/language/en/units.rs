//! English units of measure and packagings.

use super::counting::{self, A};
use crate::language::definition::Quantities;
use crate::language::numbers::Numbers;
use crate::language::step::{Step, word};
use crate::{Expr, Unit, alt, opt, seq, space, words};

pub(super) const QUANTITIES: Quantities = Quantities {
    units: &[
        (Unit::Piece, &["piece", "pieces"]),
        (Unit::Pair, &["pair", "pairs"]),
        (Unit::Gram, &["gram", "grams", "gramme", "grammes", "g"]),
        (Unit::Pound, &["pound", "pounds", "lb", "lbs"]),
        (Unit::Ounce, &["ounce", "ounces", "oz"]),
        (
            Unit::Kilogram,
            &["kilo", "kilos", "kilogram", "kilograms", "kg"],
        ),
        (
            Unit::Tonne,
            &["tonne", "tonnes", "metric ton", "metric tons"],
        ),
        (
            Unit::Millilitre,
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
            &[
                "centilitre",
                "centilitres",
                "centiliter",
                "centiliters",
                "cl",
            ],
        ),
        (Unit::Litre, &["litre", "litres", "liter", "liters", "l"]),
        (Unit::Gallon, &["gallon", "gallons"]),
        (Unit::Pint, &["pint", "pints"]),
        (
            Unit::Millimetre,
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
            &[
                "centimetre",
                "centimetres",
                "centimeter",
                "centimeters",
                "cm",
            ],
        ),
        (Unit::Metre, &["metre", "metres", "meter", "meters", "m"]),
        (
            Unit::Kilometre,
            &["kilometre", "kilometres", "kilometer", "kilometers", "km"],
        ),
        (
            Unit::Pack,
            &["pack", "packs", "packet", "packets", "package", "packages"],
        ),
        (Unit::Bottle, &["bottle", "bottles"]),
        (Unit::Crate, &["crate", "crates"]),
        (Unit::Box, &["box", "boxes"]),
        (Unit::Bag, &["bag", "bags"]),
        (Unit::Can, &["can", "cans", "tin", "tins"]),
        (Unit::Jar, &["jar", "jars"]),
        (Unit::Cup, &["cup", "cups", "mug", "mugs"]),
        (Unit::Glass, &["glass", "glasses"]),
        (Unit::Carton, &["carton", "cartons"]),
        (Unit::Bar, &["bar", "bars"]),
        (Unit::Roll, &["roll", "rolls"]),
        (Unit::Tube, &["tube", "tubes"]),
        (Unit::Slice, &["slice", "slices"]),
        (Unit::Loaf, &["loaf", "loaves"]),
        (Unit::Bunch, &["bunch", "bunches"]),
        (Unit::Tray, &["tray", "trays"]),
        (Unit::Barrel, &["barrel", "barrels", "keg", "kegs"]),
        (Unit::Sack, &["sack", "sacks"]),
    ],
    times: &["x", "times"],
    more: Some(more),
};

fn more(n: &Numbers, unit: &Expr) -> Expr {
    let one = alt([word(A, Step::Add(1)), word("an", Step::Add(1))]);
    let article = words([" a ", " an ", " of a ", " of an "]);
    let single = alt([one.clone(), word(n.word(1), Step::Add(1))]);
    alt([
        seq([one, opt(seq([space(), unit.clone()]))]),
        seq([counting::fractions(), article, unit.clone()]),
        seq([single, space(), unit.clone(), counting::and_a_half()]),
        word("once", Step::Add(1)),
        word("twice", Step::Add(2)),
    ])
}
