//! Whisper's tokens: ids, bytes and the special ones.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

use serde::Deserialize;

use super::ModelError;

/// Tokens that Whisper adds for times, 0.00 s to 30.00 s in steps of 20 ms; a cut vocabulary has none.
const TIMESTAMPS: u32 = 1501;

/// The tokens of a model, read from its `tokenizer.json`.
///
/// Text tokens are byte strings of GPT-2's byte-level pair encoding; a token
/// need not end where a UTF-8 character does.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// Bytes of every token, empty for special ones; one buffer for all.
    bytes: Vec<u8>,
    /// Where token `i` lies in `bytes`.
    extents: Vec<Range<u32>>,
    by_bytes: HashMap<Vec<u8>, u32>,
    specials: HashMap<String, u32>,
    end_of_text: u32,
    start_of_transcript: u32,
    no_timestamps: u32,
    transcribe: Option<u32>,
    no_speech: Option<u32>,
}

#[derive(Deserialize)]
struct TokenizerFile {
    model: TokenizerModel,
    #[serde(default)]
    added_tokens: Vec<AddedToken>,
}

#[derive(Deserialize)]
struct TokenizerModel {
    vocab: HashMap<String, u32>,
}

#[derive(Deserialize)]
struct AddedToken {
    id: u32,
    content: String,
}

impl Vocabulary {
    /// Reads `tokenizer.json` of a model directory, for a model of `size` tokens.
    ///
    /// # Errors
    /// [`ModelError::Read`], or [`ModelError::Json`] if the file is not a
    /// byte-level tokenizer with Whisper's special tokens or does not fit `size`.
    pub fn read(directory: &Path, size: usize) -> Result<Self, ModelError> {
        let path = directory.join("tokenizer.json");
        let text = std::fs::read(&path).map_err(|source| ModelError::Read {
            path: path.clone(),
            source,
        })?;
        let file: TokenizerFile =
            serde_json::from_slice(&text).map_err(|error| ModelError::Json {
                path: path.clone(),
                reason: error.to_string(),
            })?;
        Self::build(file, size).map_err(|reason| ModelError::Json { path, reason })
    }

    fn build(file: TokenizerFile, size: usize) -> Result<Self, String> {
        let specials: HashMap<String, u32> = file
            .added_tokens
            .into_iter()
            .map(|token| (token.content, token.id))
            .collect();
        let too_large = |id: u32| format!("token {id} does not fit a model of {size} tokens");
        if let Some(id) = specials.values().find(|id| **id as usize >= size) {
            return Err(too_large(*id));
        }
        let alphabet = byte_alphabet();
        let mut texts: Vec<Vec<u8>> = vec![Vec::new(); size];
        for (text, id) in file.model.vocab {
            if specials.contains_key(&text) {
                continue;
            }
            let decoded: Option<Vec<u8>> =
                text.chars().map(|c| alphabet.get(&c).copied()).collect();
            *texts.get_mut(id as usize).ok_or_else(|| too_large(id))? = decoded
                .ok_or_else(|| format!("token {text:?} is not in the byte-level alphabet"))?;
        }
        let (mut bytes, mut extents, mut by_bytes) =
            (Vec::new(), Vec::with_capacity(size), HashMap::new());
        for (id, text) in texts.into_iter().enumerate() {
            let start = bytes.len() as u32;
            bytes.extend_from_slice(&text);
            extents.push(start..bytes.len() as u32);
            if !text.is_empty() {
                by_bytes.insert(text, id as u32);
            }
        }
        let special = |name: &str| specials.get(&format!("<|{name}|>")).copied();
        let needed = |name: &str| {
            special(name).ok_or_else(|| format!("the special token <|{name}|> is missing"))
        };
        Ok(Self {
            end_of_text: needed("endoftext")?,
            start_of_transcript: needed("startoftranscript")?,
            no_timestamps: needed("notimestamps")?,
            transcribe: special("transcribe"),
            // OpenAI renamed it; both names are in circulation.
            no_speech: special("nospeech").or_else(|| special("nocaptions")),
            bytes,
            extents,
            by_bytes,
            specials,
        })
    }

    /// Number of tokens of the model.
    #[must_use]
    pub fn len(&self) -> usize {
        self.extents.len()
    }

    /// Whether there are none; a vocabulary that loaded has some.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.extents.is_empty()
    }

    /// The bytes that a text token stands for; empty for special tokens, times
    /// and ids that do not exist.
    #[must_use]
    pub fn token_bytes(&self, id: u32) -> &[u8] {
        let extent = self.extents.get(id as usize).cloned().unwrap_or(0..0);
        self.bytes
            .get(extent.start as usize..extent.end as usize)
            .unwrap_or_default()
    }

    /// The text token that stands for exactly these bytes.
    #[must_use]
    pub fn token(&self, bytes: &[u8]) -> Option<u32> {
        self.by_bytes.get(bytes).copied()
    }

    /// Whether the id is a text token.
    #[must_use]
    pub fn is_text(&self, id: u32) -> bool {
        !self.token_bytes(id).is_empty()
    }

    /// The text of a sequence: special tokens and times are left out, bytes
    /// that are not UTF-8 become U+FFFD.
    #[must_use]
    pub fn decode(&self, tokens: &[u32]) -> String {
        let bytes: Vec<u8> = tokens
            .iter()
            .flat_map(|id| self.token_bytes(*id))
            .copied()
            .collect();
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A special token by its name without brackets: `translate`, `startofprev`.
    #[must_use]
    pub fn special(&self, name: &str) -> Option<u32> {
        self.specials.get(&format!("<|{name}|>")).copied()
    }

    /// The token of a language, by its ISO 639-1 code; `None` for a language
    /// that the model does not know, and for all of an English-only model.
    #[must_use]
    pub fn language(&self, code: &str) -> Option<u32> {
        self.special(code)
            .filter(|id| *id > self.start_of_transcript && *id < self.no_timestamps)
    }

    /// The prompt for a transcription without times: start of transcript, the
    /// language and the task where the model has them, no timestamps.
    #[must_use]
    pub fn prompt(&self, language: &str) -> Vec<u32> {
        let task = self
            .transcribe
            .filter(|_| self.language(language).is_some());
        [
            Some(self.start_of_transcript),
            self.language(language),
            task,
            Some(self.no_timestamps),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// `<|endoftext|>`
    #[must_use]
    pub fn end_of_text(&self) -> u32 {
        self.end_of_text
    }

    /// `<|startoftranscript|>`
    #[must_use]
    pub fn start_of_transcript(&self) -> u32 {
        self.start_of_transcript
    }

    /// `<|notimestamps|>`
    #[must_use]
    pub fn no_timestamps(&self) -> u32 {
        self.no_timestamps
    }

    /// `<|transcribe|>`
    #[must_use]
    pub fn transcribe(&self) -> Option<u32> {
        self.transcribe
    }

    /// `<|nospeech|>`, in older files `<|nocaptions|>`: its probability right
    /// after the start of transcript is that of there being no speech.
    #[must_use]
    pub fn no_speech(&self) -> Option<u32> {
        self.no_speech
    }

    /// The tokens for times; token `start + i` means `i * 20 ms`.
    #[must_use]
    pub fn timestamps(&self) -> Range<u32> {
        let start = self.no_timestamps.saturating_add(1);
        start..start.saturating_add(TIMESTAMPS).min(self.len() as u32)
    }
}

/// GPT-2's alphabet: which character stands for which byte. Printable Latin-1
/// characters stand for themselves, the other bytes for U+0100 and onwards.
fn byte_alphabet() -> HashMap<char, u8> {
    let printable = |byte: &u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let others = (0..=255_u8).filter(|byte| !printable(byte));
    (0..=255_u8)
        .filter(printable)
        .map(|byte| (char::from(byte), byte))
        .chain(('\u{100}'..).zip(others))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokenizer(vocab: &[(&str, u32)]) -> TokenizerFile {
        let added = [
            "endoftext",
            "startoftranscript",
            "de",
            "transcribe",
            "notimestamps",
        ];
        TokenizerFile {
            model: TokenizerModel {
                vocab: vocab
                    .iter()
                    .map(|(text, id)| ((*text).to_owned(), *id))
                    .collect(),
            },
            added_tokens: (10..)
                .zip(added)
                .map(|(id, name)| AddedToken {
                    id,
                    content: format!("<|{name}|>"),
                })
                .collect(),
        }
    }

    #[test]
    fn every_byte_has_one_character() {
        let alphabet = byte_alphabet();
        assert_eq!(alphabet.len(), 256);
        assert_eq!(alphabet[&'Ġ'], b' ');
        assert_eq!(alphabet[&'Ċ'], b'\n');
    }

    #[test]
    fn characters_may_be_split_between_tokens() {
        let vocabulary =
            Vocabulary::build(tokenizer(&[("Ġf", 0), ("Ã", 1), ("¼", 2), ("r", 3)]), 20).unwrap();
        assert_eq!(vocabulary.decode(&[11, 12, 0, 1, 2, 3, 10]), " für");
        assert_eq!(vocabulary.token_bytes(1), [0xc3]);
        assert_eq!(vocabulary.token(b" f"), Some(0));
        assert_eq!(vocabulary.decode(&[1]), "\u{fffd}");
        assert_eq!(vocabulary.decode(&[99_999]), "");
    }

    #[test]
    fn a_prompt_names_language_and_task_if_the_model_has_them() {
        let vocabulary = Vocabulary::build(tokenizer(&[]), 20).unwrap();
        assert_eq!(vocabulary.prompt("de"), [11, 12, 13, 14]);
        assert_eq!(vocabulary.prompt("en"), [11, 14]);
        assert_eq!(vocabulary.timestamps(), 15..20);
    }

    #[test]
    fn ids_beyond_the_model_and_strange_characters_are_refused() {
        assert!(
            Vocabulary::build(tokenizer(&[("a", 20)]), 20)
                .unwrap_err()
                .contains("20")
        );
        assert!(
            Vocabulary::build(tokenizer(&[("a b", 0)]), 20)
                .unwrap_err()
                .contains("alphabet")
        );
        assert!(Vocabulary::build(tokenizer(&[]), 12).is_err());
    }
}
