//! The reader: a model's files in, texts in, readings out.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::Path;

use crate::config::{Calibration, Config, FIRST_SLOT, NONE, TAKEN_BACK};
use crate::crf::{Crf, Posteriors};
use crate::error::{CONFIG, TENSORS};
use crate::features::Features;
use crate::network::Network;
use crate::tensors::Tensors;
use crate::words::{self, MAX_WORDS, Word};
use crate::{Marked, ReadingError, Readings, Span, Vocabulary};

/// The longest `reading.json`, in bytes.
const MAX_CONFIG: u64 = 1 << 20;
/// The longest `reading.safetensors`, in bytes: ten times the default model's.
const MAX_TENSORS: u64 = 64 << 20;
/// Intents that are less probable than this are no reading.
const LEAST: f32 = 0.01;
/// The most readings.
const MOST: usize = 3;

/// Reads free sentences. Make it once and share it.
#[derive(Debug)]
pub struct Reader {
    features: Features,
    network: Network,
    crf: Crf,
    intents: Vec<Intent>,
    tags: Vec<String>,
    calibration: Calibration,
}

#[derive(Debug)]
struct Intent {
    name: String,
    /// The tags that words may have where the text has this intent.
    tags: Vec<usize>,
}

impl Reader {
    /// Loads `reading.json` and `reading.safetensors` of a model directory; `None` if it has no `reading.json`.
    ///
    /// # Errors
    /// [`ReadingError`] if a file cannot be read, is damaged, or does not fit the other.
    pub fn load(directory: &Path) -> Result<Option<Self>, ReadingError> {
        let config = match read(directory, CONFIG, MAX_CONFIG) {
            Err(ReadingError::Read { source, .. }) if source.kind() == ErrorKind::NotFound => {
                return Ok(None);
            }
            config => config?,
        };
        let config = String::from_utf8(config).map_err(|error| ReadingError::Read {
            path: directory.join(CONFIG),
            source: std::io::Error::new(ErrorKind::InvalidData, error),
        })?;
        Self::from_parts(&config, &read(directory, TENSORS, MAX_TENSORS)?).map(Some)
    }

    /// Of the text of a `reading.json` and the bytes of the `reading.safetensors` that belongs to it.
    ///
    /// # Errors
    /// [`ReadingError`] if one is damaged, or does not fit the other.
    pub fn from_parts(config_json: &str, tensors: &[u8]) -> Result<Self, ReadingError> {
        fits(CONFIG, config_json.len(), MAX_CONFIG)?;
        fits(TENSORS, tensors.len(), MAX_TENSORS)?;
        let config = Config::parse(config_json)?;
        let mut tensors = Tensors::open(tensors, &config.checksum)?;
        let count = config.tags.len();
        let features = Features {
            rows: tensors.matrix("embedding.weight", [config.buckets, config.embedding])?,
            width: config.embedding,
            lists: config.lists.clone(),
            languages: config.languages.clone(),
        };
        let network = Network::new(&config, &mut tensors)?;
        let crf = Crf::new(
            &tensors.floats("transitions", &[count, count])?,
            &tensors.floats("start", &[count])?,
            &tensors.floats("end", &[count])?,
        );
        tensors.finish()?;
        let intent = |intent| Intent {
            tags: config.tags_of(intent),
            name: intent.name.clone(),
        };
        Ok(Self {
            features,
            network,
            crf,
            intents: config.intents.iter().map(intent).collect(),
            calibration: config.calibration,
            tags: config.tags,
        })
    }

    /// The intents that a reading may have.
    pub fn intents(&self) -> impl Iterator<Item = &str> {
        self.intents[NONE + 1..]
            .iter()
            .map(|intent| intent.name.as_str())
    }

    /// What `text` may mean: one reading for each intent that is not improbable, at most three.
    ///
    /// `language` is that of the text, such as `"de"`, where it is known and the model knows it. A text without words,
    /// or with more than [`MAX_WORDS`], has no reading. Products of matrices run on the current thread pool of `rayon`.
    #[must_use]
    pub fn read(&self, text: &str, language: Option<&str>, vocabulary: &Vocabulary) -> Readings {
        let words = words::split(text, MAX_WORDS).unwrap_or_default();
        if words.is_empty() {
            return Readings::none();
        }
        let features = self.features.of(text, &words, language, vocabulary);
        let scores = self.network.run(features, words.len());
        let posteriors = self.crf.posteriors(&scores.emissions);
        let reading = |(intent, log): (&Intent, &f32)| {
            let path = self.crf.best(&scores.emissions, &intent.tags);
            // No path is more probable than all together; rounding might have it otherwise.
            let log = f64::from(*log) + (path.score - posteriors.log_z).min(0.0);
            self.marked(intent, log, &words, &path.tags, &posteriors)
        };
        let mut readings: Vec<Marked> = self
            .intents
            .iter()
            .zip(&scores.intents)
            .skip(NONE + 1)
            .filter(|(_, log)| log.exp() >= LEAST)
            .map(reading)
            .collect();
        readings.sort_by(|a, b| b.probability.total_cmp(&a.probability));
        readings.truncate(MOST);
        Readings {
            readings,
            none: scores.intents[NONE].exp().min(1.0),
        }
    }

    fn marked(
        &self,
        intent: &Intent,
        log: f64,
        words: &[Word],
        tags: &[usize],
        posteriors: &Posteriors,
    ) -> Marked {
        let mut spans = Vec::new();
        let mut taken_back = Vec::new();
        for (tag, run) in runs(tags) {
            let range = words[run.start].range.start..words[run.end - 1].range.end;
            if tag == TAKEN_BACK {
                taken_back.push(range);
            } else if tag >= FIRST_SLOT {
                let confidence = run.map(|word| posteriors.of(word, tag)).fold(1.0, f64::min);
                spans.push(Span {
                    slot: self.tags[tag].clone(),
                    range,
                    confidence: confidence as f32,
                });
            }
        }
        let probability = log.exp().min(1.0) as f32;
        Marked {
            intent: intent.name.clone(),
            spans,
            taken_back,
            probability,
            confidence: self.calibration.confidence(probability),
        }
    }
}

impl Calibration {
    /// How often a reading of this probability is right.
    fn confidence(self, probability: f32) -> f32 {
        let p = f64::from(probability).clamp(1e-6, 1.0 - 1e-6);
        let odds = f64::from(self.scale) * (p / (1.0 - p)).ln() + f64::from(self.offset);
        (1.0 / (1.0 + (-odds).exp())) as f32
    }
}

/// Neighbours of one tag: the tag, and which words.
fn runs(tags: &[usize]) -> impl Iterator<Item = (usize, Range<usize>)> {
    let mut end = 0;
    tags.chunk_by(|a, b| a == b).map(move |run| {
        let start = end;
        end += run.len();
        (run[0], start..end)
    })
}

/// A file of a model directory, if it is not longer than `limit`.
fn read(directory: &Path, file: &'static str, limit: u64) -> Result<Vec<u8>, ReadingError> {
    let path = directory.join(file);
    let mut bytes = Vec::new();
    let done = File::open(&path).and_then(|opened| opened.take(limit + 1).read_to_end(&mut bytes));
    done.map_err(|source| ReadingError::Read { path, source })?;
    fits(file, bytes.len(), limit)?;
    Ok(bytes)
}

fn fits(file: &'static str, length: usize, limit: u64) -> Result<(), ReadingError> {
    if length as u64 <= limit {
        return Ok(());
    }
    Err(ReadingError::Large { file, limit })
}
