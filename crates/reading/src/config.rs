//! `reading.json`: the names and sizes of a model, and their limits.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use serde::Deserialize;

use crate::ReadingError;

/// The only `format`.
const FORMAT: &str = "zahlwort-reading";
/// The only `format_version`.
const VERSION: u64 = 1;
/// The mark of words that fill no slot.
pub(crate) const NO_SLOT: usize = 0;
/// The mark of words that were taken back.
pub(crate) const TAKEN_BACK: usize = 1;
/// The first tag that is a slot.
pub(crate) const FIRST_SLOT: usize = 2;
/// The intent of a text that asks for nothing.
pub(crate) const NONE: usize = 0;

/// The longest name, in bytes.
const MAX_NAME: usize = 64;
/// The largest scale or offset of the calibration, either way.
const MAX_CALIBRATION: f32 = 1e3;

/// What `reading.json` says, checked.
#[derive(Debug, Deserialize)]
pub(crate) struct Config {
    /// CRC-32 of all of `reading.safetensors`, in eight hexadecimal digits.
    #[serde(rename = "crc32.tensors")]
    pub(crate) checksum: String,
    /// Rows of the embedding, which n-grams are hashed to.
    pub(crate) buckets: usize,
    /// Width of the embedding.
    pub(crate) embedding: usize,
    /// Units of the LSTM in each direction.
    pub(crate) hidden: usize,
    /// Layers of the LSTM.
    pub(crate) layers: usize,
    pub(crate) languages: Vec<String>,
    pub(crate) lists: Vec<String>,
    pub(crate) intents: Vec<Intent>,
    pub(crate) tags: Vec<String>,
    pub(crate) calibration: Calibration,
}

/// An intent and the slots that it may have.
#[derive(Debug, Deserialize)]
pub(crate) struct Intent {
    pub(crate) name: String,
    pub(crate) slots: Vec<String>,
}

/// From probability to confidence, on the scale of log odds.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Calibration {
    pub(crate) scale: f32,
    pub(crate) offset: f32,
}

/// What is read first, as a later version may have other fields.
#[derive(Deserialize)]
struct Format {
    format: String,
    format_version: u64,
}

impl Config {
    /// Reads and checks the text of `reading.json`.
    pub(crate) fn parse(json: &str) -> Result<Self, ReadingError> {
        let Format {
            format,
            format_version,
        } = serde_json::from_str(json)?;
        if format != FORMAT {
            let problem = format!("is {format:?}, but has to be {FORMAT:?}");
            return Err(ReadingError::field("format", problem));
        }
        if format_version != VERSION {
            return Err(ReadingError::Version {
                found: format_version,
                known: VERSION,
            });
        }
        let config: Self = serde_json::from_str(json)?;
        config.check()?;
        Ok(config)
    }

    /// How many numbers say something about a word beside its embedding.
    pub(crate) fn flags(&self) -> usize {
        self.lists.len() + crate::features::FLAGS + self.languages.len()
    }

    /// The tags that words may have where the text has this intent.
    pub(crate) fn tags_of(&self, intent: &Intent) -> Vec<usize> {
        let slot = |tag: &usize| intent.slots.contains(&self.tags[*tag]);
        let slots = (FIRST_SLOT..self.tags.len()).filter(slot);
        [NO_SLOT, TAKEN_BACK].into_iter().chain(slots).collect()
    }

    fn check(&self) -> Result<(), ReadingError> {
        within("buckets", self.buckets, 1..=1 << 20)?;
        within("embedding", self.embedding, 1..=1024)?;
        within("hidden", self.hidden, 1..=1024)?;
        within("layers", self.layers, 1..=8)?;
        within("languages.length", self.languages.len(), 0..=64)?;
        within("lists.length", self.lists.len(), 0..=64)?;
        within("intents.length", self.intents.len(), 2..=256)?;
        within("tags.length", self.tags.len(), FIRST_SLOT..=256)?;
        names("languages", self.languages.iter(), 0)?;
        names("lists", self.lists.iter(), 0)?;
        names("intents", self.intents.iter().map(|one| &one.name), 1)?;
        names("tags", self.tags.iter(), FIRST_SLOT)?;
        exactly("intents[0].name", &self.intents[NONE].name, "")?;
        exactly("tags[0]", &self.tags[NO_SLOT], "")?;
        exactly("tags[1]", &self.tags[TAKEN_BACK], "-")?;
        within(
            "intents[0].slots.length",
            self.intents[NONE].slots.len(),
            0..=0,
        )?;
        for (index, intent) in self.intents.iter().enumerate() {
            let field = format!("intents[{index}].slots");
            names(&field, intent.slots.iter(), 0)?;
            for (place, slot) in intent.slots.iter().enumerate() {
                if !self.tags[FIRST_SLOT..].contains(slot) {
                    let problem = format!("is {slot:?}, which is none of the tags");
                    return Err(ReadingError::field(format!("{field}[{place}]"), problem));
                }
            }
        }
        let Calibration { scale, offset } = self.calibration;
        if !(scale > 0.0 && scale <= MAX_CALIBRATION) {
            let problem =
                format!("is {scale}, but has to be above 0 and at most {MAX_CALIBRATION}");
            return Err(ReadingError::field("calibration.scale", problem));
        }
        if offset.is_nan() || offset.abs() > MAX_CALIBRATION {
            let problem =
                format!("is {offset}, but has to be at most {MAX_CALIBRATION} either way");
            return Err(ReadingError::field("calibration.offset", problem));
        }
        Ok(())
    }
}

fn within(field: &str, value: usize, range: RangeInclusive<usize>) -> Result<(), ReadingError> {
    if range.contains(&value) {
        return Ok(());
    }
    let (low, high) = range.into_inner();
    let problem = format!("is {value}, but has to lie between {low} and {high}");
    Err(ReadingError::field(field, problem))
}

fn exactly(field: &str, found: &str, wanted: &str) -> Result<(), ReadingError> {
    if found == wanted {
        return Ok(());
    }
    let problem = format!("is {found:?}, but has to be {wanted:?}");
    Err(ReadingError::field(field, problem))
}

/// No name may be too long or there twice, and none but the first `fixed` may be empty.
fn names<'a>(
    field: &str,
    names: impl Iterator<Item = &'a String>,
    fixed: usize,
) -> Result<(), ReadingError> {
    let mut seen = HashSet::new();
    for (index, name) in names.enumerate() {
        let problem = if name.len() > MAX_NAME {
            format!(
                "is {} bytes long, but at most {MAX_NAME} are read",
                name.len()
            )
        } else if index >= fixed && name.is_empty() {
            "is empty".to_owned()
        } else if !seen.insert(name) {
            format!("is {name:?}, which is there before")
        } else {
            continue;
        };
        return Err(ReadingError::field(format!("{field}[{index}]"), problem));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::testing::{self, Sizes};

    fn parse(change: impl FnOnce(&mut Value)) -> Result<Config, ReadingError> {
        let model = testing::model(&Sizes::TINY, 1);
        let mut config: Value = serde_json::from_str(&model.config).unwrap();
        change(&mut config);
        Config::parse(&config.to_string())
    }

    #[test]
    fn an_intent_allows_its_slots_and_no_others() {
        let config = parse(|_| ()).unwrap();
        let tags = |intent: usize| -> Vec<&str> {
            let allowed = config.tags_of(&config.intents[intent]);
            allowed
                .iter()
                .map(|tag| config.tags[*tag].as_str())
                .collect()
        };
        assert_eq!(tags(0), ["", "-"]);
        assert_eq!(tags(1), ["", "-", "recipient", "amount"]);
    }

    #[test]
    fn whatever_does_not_fit_is_named_with_its_field() {
        let bad = [
            ("/format", json!("other"), "format"),
            ("/buckets", json!(0), "buckets"),
            ("/buckets", json!(1 << 21), "buckets"),
            ("/embedding", json!(1025), "embedding"),
            ("/hidden", json!(0), "hidden"),
            ("/layers", json!(9), "layers"),
            ("/languages/1", json!(""), "languages[1]"),
            ("/lists/0", json!("x".repeat(65)), "lists[0]"),
            ("/lists/1", json!("contacts"), "lists[1]"),
            ("/intents", json!([]), "intents.length"),
            ("/intents/0/name", json!("X"), "intents[0].name"),
            (
                "/intents/0/slots",
                json!(["amount"]),
                "intents[0].slots.length",
            ),
            ("/intents/1/name", json!(""), "intents[1].name"),
            ("/intents/1/slots/1", json!("-"), "intents[1].slots[1]"),
            ("/intents/1/slots/1", json!("colour"), "intents[1].slots[1]"),
            (
                "/intents/1/slots/1",
                json!("recipient"),
                "intents[1].slots[1]",
            ),
            ("/tags", json!(["", "-", 7]), ""),
            ("/tags/0", json!("x"), "tags[0]"),
            ("/tags/1", json!("x"), "tags[1]"),
            ("/calibration/scale", json!(0.0), "calibration.scale"),
            ("/calibration/scale", json!(1e30), "calibration.scale"),
            ("/calibration/offset", json!(-1e300), "calibration.offset"),
        ];
        for (place, value, field) in bad {
            let error = parse(|config| *config.pointer_mut(place).unwrap() = value).unwrap_err();
            let message = error.to_string();
            assert!(message.starts_with("reading.json"), "{message}");
            if field.is_empty() {
                assert!(matches!(error, ReadingError::Json(_)), "{message}");
            } else {
                let name = field.strip_suffix(".name").unwrap_or(field);
                assert!(message.contains(name), "{field}: {message}");
                assert!(message.contains("model directory"), "{message}");
            }
        }
    }

    #[test]
    fn a_later_version_is_refused_whatever_else_it_holds() {
        let later = r#"{"format": "zahlwort-reading", "format_version": 2}"#;
        let error = Config::parse(later).unwrap_err();
        assert!(
            matches!(error, ReadingError::Version { found: 2, .. }),
            "{error}"
        );
        assert!(error.to_string().contains("update zahlwort"));
    }

    #[test]
    fn damaged_json_says_where() {
        let error = Config::parse("{\"format\": ").unwrap_err().to_string();
        assert!(error.contains("line 1"), "{error}");
    }
}
