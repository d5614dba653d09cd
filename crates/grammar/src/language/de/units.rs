//! German units of measure and packagings.
//!
//! "Ein Paar" cannot be told by ear from "ein paar" (some), so a pair needs a figure or a number from two
//! up. A "Pfund" is [`Unit::Pound`]; that it weighs 500 g is for the merchant to know.

use super::counting;
use crate::language::definition::Quantities;
use crate::language::figures::written_integer;
use crate::language::numbers::Numbers;
use crate::language::step::{Step, word};
use crate::{Expr, Unit, alt, seq};

pub(super) const QUANTITIES: Quantities = Quantities {
    units: &[
        (Unit::Piece, &["Stück", "Stücke", "Stk", "St"]),
        (Unit::Gram, &["Gramm", "g", "gr"]),
        (Unit::Pound, &["Pfund", "Pfunde", "Pfd"]),
        (Unit::Ounce, &["Unze", "Unzen"]),
        (Unit::Kilogram, &["Kilo", "Kilos", "Kilogramm", "kg"]),
        (Unit::Tonne, &["Tonne", "Tonnen", "t"]),
        (Unit::Millilitre, &["Milliliter", "ml"]),
        (Unit::Centilitre, &["Zentiliter", "cl"]),
        (Unit::Litre, &["Liter", "l"]),
        (Unit::Gallon, &["Gallone", "Gallonen"]),
        (Unit::Pint, &["Pint", "Pints"]),
        (Unit::Millimetre, &["Millimeter", "mm"]),
        (Unit::Centimetre, &["Zentimeter", "cm"]),
        (Unit::Metre, &["Meter", "Metern", "m"]),
        (Unit::Kilometre, &["Kilometer", "km"]),
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
        ),
        (Unit::Bottle, &["Flasche", "Flaschen", "Fläschchen"]),
        (Unit::Crate, &["Kasten", "Kästen", "Kiste", "Kisten"]),
        (Unit::Box, &["Schachtel", "Schachteln", "Box", "Boxen"]),
        (Unit::Bag, &["Tüte", "Tüten", "Beutel", "Säckchen"]),
        (Unit::Can, &["Dose", "Dosen", "Büchse", "Büchsen"]),
        (Unit::Jar, &["Einmachglas", "Einmachgläser"]),
        (Unit::Cup, &["Becher", "Tasse", "Tassen"]),
        (Unit::Glass, &["Glas", "Gläser", "Gläschen"]),
        (
            Unit::Carton,
            &["Karton", "Kartons", "Tetrapak", "Tetrapaks"],
        ),
        (Unit::Bar, &["Tafel", "Tafeln", "Riegel"]),
        (Unit::Roll, &["Rolle", "Rollen"]),
        (Unit::Tube, &["Tube", "Tuben"]),
        (Unit::Slice, &["Scheibe", "Scheiben"]),
        (Unit::Loaf, &["Laib", "Laibe"]),
        (
            Unit::Bunch,
            &["Bund", "Bünde", "Bündel", "Strauß", "Sträuße"],
        ),
        (Unit::Tray, &["Palette", "Paletten", "Steige", "Steigen"]),
        (Unit::Barrel, &["Fass", "Fässer"]),
        (Unit::Sack, &["Sack", "Säcke"]),
    ],
    times: &["x", "mal"],
    more: Some(more),
};

fn more(n: &Numbers, _: &Expr) -> Expr {
    let pairs = alt([counting::plural(n), written_integer(n.signs)]);
    let pair = word(" Paar", Step::Unit(Unit::Pair as u8));
    alt([counting::times(n), seq([pairs, pair])])
}
