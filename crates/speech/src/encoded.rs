//! An utterance as the encoder has heard it.

use std::time::Instant;

use zahlwort_audio::Utterance;

use crate::model::{CrossKv, CtcHead, CtcLogProbs};
use crate::options::Search;
use crate::{DecodeOptions, Recogniser, SpeechError, Timing};

/// An utterance as the encoder has heard it, to be searched for one grammar and then for another.
#[derive(Debug)]
pub struct Encoded<'u> {
    pub(crate) utterance: &'u Utterance,
    /// What the CTC head hears in each frame; `None` where only attention searches.
    pub(crate) log_probs: Option<Box<CtcLogProbs>>,
    /// What the decoder attends to.
    pub(crate) cross: CrossKv,
    /// What it took; a search adds its own.
    pub(crate) timing: Timing,
}

/// Tokens of speech in a second, with room for the fastest speaker.
const TOKENS_PER_SECOND: f32 = 8.0;

impl Recogniser {
    /// The most tokens that so many seconds of speech may have.
    pub(crate) fn most_tokens(&self, seconds: f32) -> usize {
        let tokens = (seconds * TOKENS_PER_SECOND) as usize + 8;
        tokens.min(self.model().config.max_target_positions - 8)
    }

    /// Hears an utterance without looking for anything in it. Silence around the speech should be cut off before.
    ///
    /// # Errors
    /// If the audio or the model fails.
    pub fn encode<'u>(
        &self,
        utterance: &'u Utterance,
        options: &DecodeOptions,
    ) -> Result<Encoded<'u>, SpeechError> {
        self.within(|| {
            let mut timing = Timing::default();
            let clock = Instant::now();
            let model = self.model();
            let head = model
                .ctc
                .as_ref()
                .filter(|_| options.search != Search::Attention);
            let padding = self.calibration(head.is_some()).search.padding();
            let features = self.log_mel.compute_padded(utterance.samples(), padding)?;
            timing.features_ms = milliseconds(clock);

            let clock = Instant::now();
            let keep = if head.is_some() { CtcHead::BLOCKS } else { 0 };
            let states = model.encoder.forward_keeping(features.view(), keep)?;
            let log_probs = head.map(|head| head.forward(&states)).transpose()?;
            let cross = model.decoder.start(&states)?;
            timing.encoder_ms = milliseconds(clock);
            Ok(Encoded {
                utterance,
                log_probs,
                cross,
                timing,
            })
        })
    }
}

pub(crate) fn milliseconds(since: Instant) -> f32 {
    since.elapsed().as_secs_f32() * 1e3
}
