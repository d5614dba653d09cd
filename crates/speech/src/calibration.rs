//! What a confidence is computed with: numbers fitted to recordings, as `calibration.json` beside the model holds them.
//!
//! `python -m zahlwort_training.confidence.fit` writes the file. It belongs to one model: it names the checksum of
//! the model's tensors and holds a checksum of itself, so that neither another model's calibration nor a damaged one
//! is ever used.

use std::path::Path;

use serde::Deserialize;

use crate::ctc::search::CtcSettings;
use crate::model::{ModelError, checksum};

/// The file's name in a model directory.
const FILE: &str = "calibration.json";
/// The version that this release reads.
const VERSION: u32 = 1;
/// Bytes that a calibration has at most; the shipped one has two thousand.
const MAX_BYTES: usize = 1 << 16;

/// What may speak against the best sentence: the names of what a calibration weighs, in
/// the order in which `confidence` computes it.
pub(crate) const DOUBTS: [&str; 13] = [
    "behind",
    "edits",
    "left_out",
    "made_up",
    "cut_short",
    "contested",
    "open",
    "unsure",
    "language",
    "slow",
    "hurried",
    "misheard",
    "misspelt",
];

/// A logistic regression, and the search that it was fitted with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Calibration {
    /// The logit without any doubt.
    pub(crate) sure: f32,
    /// What each of [`DOUBTS`] takes from it.
    pub(crate) weights: [f32; DOUBTS.len()],
    /// How the search weighed.
    pub(crate) search: SearchWeights,
}

/// How the search weighs. Scores depend on it, so the evidence of a confidence does, and a calibration
/// holds for these weights only: they are part of it and no options.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SearchWeights {
    /// How much a nat of the CTC head counts beside one of the attention decoder.
    pub(crate) ctc_weight: f32,
    /// Nats for each letter by which the CTC head's best sentence may trail its best letters to be
    /// heard clearly: then the decoder only weighs the head's n best and does not search the grammar
    /// itself.
    pub(crate) clear: f32,
    /// Nats by which complete sentences may trail the best before the search stops looking for
    /// longer ones.
    pub(crate) patience: f32,
    /// Nats for each word: under noise, the model finds it cheap to end early.
    pub(crate) word_bonus: f32,
    /// Nats that entering an open slot costs, so that names of the catalog win when they were meant.
    pub(crate) open_cost: f32,
    /// Nats that each token of an open slot costs.
    pub(crate) open_token_cost: f32,
    /// Nats that each letter of an open slot costs by the measure of the CTC head, which can spell
    /// whatever it hears.
    pub(crate) open_letter_cost: f32,
    /// Nats that a name of no list costs beside one of a list which it nearly sounds like, "Prüger"
    /// beside "Krüger".
    pub(crate) near_name_cost: f32,
    /// How much of what a sentence's wording alone makes likely is taken off its score.
    pub(crate) prior_weight: f32,
    /// Silence appended before analysis, in milliseconds.
    pub(crate) padding_ms: u32,
    /// Letters in a second between which people speak.
    pub(crate) slow: f32,
    pub(crate) hurried: f32,
}

impl SearchWeights {
    /// Silence appended before analysis, in samples.
    pub(crate) fn padding(&self) -> usize {
        (self.padding_ms as usize * zahlwort_audio::SAMPLE_RATE as usize) / 1000
    }

    /// How the CTC head's search weighs.
    pub(crate) fn first_pass(&self) -> CtcSettings {
        CtcSettings::new(self.word_bonus, self.open_cost, self.open_letter_cost)
    }

    /// Each with its name and the least and the most that makes sense.
    fn limits(&self) -> [(&'static str, f32, f32, f32); 12] {
        [
            ("ctc_weight", self.ctc_weight, 0.0, 10.0),
            ("clear", self.clear, 0.0, 10.0),
            ("patience", self.patience, 0.0, 100.0),
            ("word_bonus", self.word_bonus, 0.0, 10.0),
            ("open_cost", self.open_cost, 0.0, 100.0),
            ("open_token_cost", self.open_token_cost, 0.0, 100.0),
            ("open_letter_cost", self.open_letter_cost, 0.0, 100.0),
            ("near_name_cost", self.near_name_cost, 0.0, 100.0),
            ("prior_weight", self.prior_weight, 0.0, 1.0),
            ("padding_ms", self.padding_ms as f32, 0.0, 1_000.0),
            ("slow", self.slow, 1.0, 100.0),
            ("hurried", self.hurried, self.slow, 100.0),
        ]
    }
}

/// For a checkpoint that brings no calibration: fitted to Whisper base, searched by its decoder alone.
pub(crate) const WHISPER_BASE: Calibration = Calibration {
    sure: 5.875,
    weights: [
        0.142, 0.628, 0.0, 2.691, 0.581, 4.546, 3.869, 1.577, 0.644, 0.526, 3.471, 0.0, 0.0,
    ],
    search: SearchWeights {
        ctc_weight: 0.1,
        clear: 0.15,
        patience: 14.0,
        word_bonus: 0.5,
        open_cost: 3.0,
        open_token_cost: 1.0,
        open_letter_cost: 2.0,
        near_name_cost: 3.0,
        prior_weight: 0.4,
        padding_ms: 100,
        slow: 7.0,
        hurried: 20.0,
    },
};

/// The calibrations of a model.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Calibrations {
    /// For searches that the CTC head takes part in, if the model has one.
    joint: Option<Calibration>,
    /// For those of the decoder alone.
    attention: Calibration,
}

impl Calibrations {
    /// Reads the calibration of a model directory. `head` says whether the model has a CTC head, `tensors` is the
    /// checksum of its tensors, which a sealed model states.
    ///
    /// A model without head may do without the file; then the confidences are those of Whisper base, and hold
    /// roughly. A head is never as good as another, so that a model with one needs its own.
    ///
    /// # Errors
    /// [`ModelError::Calibration`] or [`ModelError::Damaged`].
    pub(crate) fn read(
        directory: &Path,
        head: bool,
        tensors: Option<&str>,
    ) -> Result<Self, ModelError> {
        let path = directory.join(FILE);
        let fail = |reason: String| ModelError::Calibration {
            path: path.clone(),
            reason,
        };
        let text = match std::fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !head => {
                return Ok(Self {
                    joint: None,
                    attention: WHISPER_BASE,
                });
            }
            Err(error) => return Err(fail(error.to_string())),
        };
        if text.len() > MAX_BYTES {
            return Err(fail(format!("it has more than {MAX_BYTES} bytes")));
        }
        let file: File = serde_json::from_slice(&text).map_err(|error| fail(error.to_string()))?;
        if file.version != VERSION {
            let version = file.version;
            return Err(fail(format!("its version is {version}, not {VERSION}")));
        }
        let found = checksum(before_the_seal(&text));
        if found != file.crc32 {
            return Err(ModelError::Damaged {
                path,
                expected: file.crc32,
                found,
            });
        }
        if file.model.as_deref() != tensors {
            return Err(fail(format!(
                "it was fitted to a model of checksum {}, this one's is {}",
                file.model.as_deref().unwrap_or("unknown"),
                tensors.unwrap_or("unknown")
            )));
        }
        let kind = if head { Kind::Joint } else { Kind::Attention };
        if file.search != kind {
            return Err(fail(format!(
                "it is for the search {:?}, this model needs one for {kind:?}",
                file.search
            )));
        }
        let fitted = file.check().map_err(fail)?;
        Ok(match kind {
            Kind::Joint => Self {
                joint: Some(fitted),
                attention: WHISPER_BASE,
            },
            Kind::Attention => Self {
                joint: None,
                attention: fitted,
            },
        })
    }

    /// The one for a search that the CTC head takes part in, or for one that it does not.
    pub(crate) fn of(&self, head: bool) -> &Calibration {
        let joint = self.joint.as_ref().filter(|_| head);
        joint.unwrap_or(&self.attention)
    }
}

/// `calibration.json`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    /// The day of the fit, for people.
    date: String,
    /// The recordings, for people.
    fitted_to: String,
    /// The CRC-32 of the tensors of the model that heard them; `None` if it states none.
    model: Option<String>,
    search: Kind,
    weights: SearchWeights,
    sure: f32,
    doubts: Vec<Doubt>,
    crc32: String,
}

/// Which parts of the model searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Joint,
    Attention,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Doubt {
    name: String,
    weight: f32,
}

impl File {
    /// The calibration, if its numbers make sense.
    fn check(self) -> Result<Calibration, String> {
        if self.date.is_empty() || self.fitted_to.is_empty() {
            return Err("it does not say when it was fitted, and to what".to_owned());
        }
        let names: Vec<&str> = self.doubts.iter().map(|d| d.name.as_str()).collect();
        if names != DOUBTS {
            return Err(format!(
                "it has the doubts {}, expected {}",
                names.join(", "),
                DOUBTS.join(", ")
            ));
        }
        let mut weights = [0.0; DOUBTS.len()];
        for (weight, doubt) in weights.iter_mut().zip(&self.doubts) {
            *weight = doubt.weight;
        }
        // A doubt never raises the confidence, or what is wrong might be believed for it.
        let doubts = DOUBTS.iter().zip(weights).map(|(n, w)| (*n, w, 0.0, 100.0));
        let numbers = doubts
            .chain([("sure", self.sure, 0.0, 100.0)])
            .chain(self.weights.limits());
        for (name, value, low, high) in numbers {
            if !(low..=high).contains(&value) {
                return Err(format!(
                    "{name} is {value}, it has to lie between {low} and {high}"
                ));
            }
        }
        Ok(Calibration {
            sure: self.sure,
            weights,
            search: self.weights,
        })
    }
}

/// What the checksum is of: all lines before its own.
fn before_the_seal(text: &[u8]) -> &[u8] {
    let key = b"\"crc32\"";
    let at = text.windows(key.len()).rposition(|w| w == key).unwrap_or(0);
    let line = text[..at].iter().rposition(|c| *c == b'\n');
    &text[..line.map_or(0, |end| end + 1)]
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    fn shipped() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models/default")
    }

    fn file() -> String {
        std::fs::read_to_string(shipped().join(FILE)).unwrap()
    }

    /// The checksum of the tensors that the shipped file names.
    fn tensors() -> String {
        let file: File = serde_json::from_str(&file()).unwrap();
        file.model.unwrap()
    }

    /// The file with a change, and the right checksum of it.
    fn sealed(from: &str, to: &str) -> String {
        let text = file();
        assert!(text.contains(from), "{from}");
        let text = text.replace(from, to);
        let before = before_the_seal(text.as_bytes());
        let sum = checksum(before);
        format!(
            "{}  \"crc32\": \"{sum}\"\n}}\n",
            std::str::from_utf8(before).unwrap()
        )
    }

    fn read(text: &str, head: bool, tensors: Option<&str>) -> Result<Calibrations, ModelError> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(FILE), text).unwrap();
        Calibrations::read(directory.path(), head, tensors)
    }

    fn refused(text: &str) -> String {
        let error = read(text, true, Some(&tensors())).unwrap_err().to_string();
        assert!(
            error.contains("confidence.fit") || error.contains("copy the model"),
            "{error}"
        );
        error
    }

    #[test]
    fn the_shipped_one_holds_where_the_head_takes_part_and_whisper_bases_elsewhere() {
        let found = Calibrations::read(&shipped(), true, Some(&tensors())).unwrap();
        assert_ne!(found.of(true), &WHISPER_BASE);
        assert_eq!(found.of(false), &WHISPER_BASE);
    }

    #[test]
    fn a_model_without_head_may_do_without_and_one_with_a_head_may_not() {
        let empty = tempfile::tempdir().unwrap();
        let found = Calibrations::read(empty.path(), false, None).unwrap();
        assert_eq!(
            (found.of(true), found.of(false)),
            (&WHISPER_BASE, &WHISPER_BASE)
        );
        let error = Calibrations::read(empty.path(), true, None).unwrap_err();
        let error = error.to_string();
        assert!(
            error.contains(FILE) && error.contains("confidence.fit"),
            "{error}"
        );
    }

    #[test]
    fn a_foreign_checkpoint_may_bring_its_own() {
        let text = sealed("\"search\": \"joint\"", "\"search\": \"attention\"");
        let text = text.replace(&format!("\"{}\"", tensors()), "null");
        let sum = checksum(before_the_seal(text.as_bytes()));
        let before = std::str::from_utf8(before_the_seal(text.as_bytes())).unwrap();
        let text = format!("{before}  \"crc32\": \"{sum}\"\n}}\n");
        let found = read(&text, false, None).unwrap();
        assert_ne!(found.of(false), &WHISPER_BASE);
        assert_eq!(found.of(true), found.of(false));
    }

    #[test]
    fn another_models_and_another_searchs_are_refused() {
        for (head, tensors) in [
            (true, Some("00000000")),
            (true, None),
            (false, Some("00000000")),
        ] {
            assert!(read(&file(), head, tensors).is_err());
        }
        assert!(read(&file(), false, Some(&tensors())).is_err());
    }

    #[test]
    fn one_changed_digit_anywhere_is_noticed() {
        let text = file().into_bytes();
        let digits = (0..text.len()).filter(|at| text[*at].is_ascii_digit());
        for at in digits {
            let mut text = text.clone();
            text[at] = if text[at] == b'9' { b'8' } else { text[at] + 1 };
            let text = String::from_utf8(text).unwrap();
            assert!(read(&text, true, Some(&tensors())).is_err(), "{text}");
        }
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (from, to, reason) in [
            ("\"version\": 1", "\"version\": 2", "version is 2"),
            ("\"behind\"", "\"ahead\"", "doubts ahead"),
            ("\"sure\": ", "\"sure\": -", "sure is -"),
            ("\"sure\": 1", "\"sure\": 91", "sure is 91"),
            (
                "\"weight\": 0.082",
                "\"weight\": -0.082",
                "behind is -0.082",
            ),
            ("\"weight\": 0.082", "\"weight\": 1e39", "behind is inf"),
            (
                "\"prior_weight\": ",
                "\"prior_weight\": 4",
                "prior_weight is",
            ),
            ("\"slow\": ", "\"slow\": 9", "hurried is 20"),
            ("\"date\": \"", "\"day\": \"", "day"),
            ("\"fitted_to\": ", "\"fitted_to\": \"\", \"also\": ", "also"),
            ("{\"name\": \"open\", ", "{", "name"),
        ] {
            let error = refused(&sealed(from, to));
            assert!(error.contains(reason), "{to}: {error}");
        }
        for text in ["", "{}", "[]", "\"crc32\"", &" ".repeat(MAX_BYTES + 1)] {
            refused(text);
        }
    }
}
