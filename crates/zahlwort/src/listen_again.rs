//! What was said in somebody's own words is listened for again: free transcription knows the structure of a sentence
//! and loses names and amounts, which the grammar's lists and types hear.

use zahlwort_commands::heard_reading;
use zahlwort_grammar::{Match, Value};
use zahlwort_speech::{DecodeOptions, Encoded, Hypothesis, Recognition};

use crate::engine::{rejected, uncertain};
use crate::heard::{add_heard, readings};
use crate::interpreter::Grammars;
use crate::own_words::SURE;
use crate::understand::Text;
use crate::{Engine, Error, Outcome, Reason};

/// A word of a name that nothing vouches for, and that the model finds less probable than this, was misheard more often
/// than not: "Möffner" for "Dosenöffner". Seen with synthetic voices on sentences kept aside in training.
const OPEN_WORD: f32 = 0.35;
/// The same of a name that a list has: only what the sound speaks against.
const KNOWN_WORD: f32 = 0.002;

impl Engine {
    /// What an utterance comes to of which the grammar understood nothing: its free transcription is a sentence with
    /// unknown words in between, or marked by the learned reading, and the sentence that this gives, with all that may
    /// stand in its slots, is listened for.
    /// `None` where it is no order in any words.
    pub(crate) fn listen_again(
        &self,
        speech: &Encoded<'_>,
        heard: &Recognition,
        grammars: &Grammars,
        negated: bool,
        offset_ms: u32,
    ) -> Result<Option<(Outcome, Recognition)>, Error> {
        let options = self.interpreter.options(grammars, false);
        let text = &heard.free_text;
        let language = Some(heard.language);
        let interpreter = &self.interpreter;
        // A slot's word that was misheard is no unknown word: the grammar's own sentence that sounds most like it has to
        // mean the same.
        let unknown = interpreter
            .mark_unknown(text, grammars, heard.language)
            .filter(|marking| {
                let nearest = heard.hypotheses.first();
                nearest.is_none_or(|nearest| marking.means(&nearest.reading))
            });
        let marking = unknown.or_else(|| interpreter.mark(text, grammars, language, &options));
        let Some(marking) = marking else {
            return Ok(None);
        };
        // What is negated is not, if that was only taken back.
        if marking.is_unlikely() || negated && marking.marked.taken_back.is_empty() {
            return Ok(None);
        }
        if marking.objection(text).is_some() {
            return Ok(None);
        }
        let Some(options) = marking.options.clone() else {
            return Ok(None);
        };
        let Some(sentence) = marking.sentence(text, &options) else {
            return Ok(None);
        };
        let decode = DecodeOptions {
            doubt_agreed_spellings: false,
            ..self.decode
        };
        let again = self
            .recogniser
            .search(speech, &[&sentence], &options, &decode)?;
        let Some((best, others)) = again.hypotheses.split_first() else {
            return Ok(None);
        };
        let found: Vec<Match> = readings(best)
            .into_iter()
            .filter_map(|found| heard_reading(found, &options))
            .collect();
        let languages = vec![again.language; found.len()];
        let sure = marking.marked.confidence;
        let said = Text {
            text: &best.text,
            readings: &found,
            languages: &languages,
            confidence: best.confidence * sure,
            read_by: marking.read_by,
        };
        let outcome = match said.outcome().filter(|_| sure >= SURE) {
            Some(Ok((mut outcome, found))) if again.accepted && !is_unclear(found, best) => {
                add_heard(&mut outcome, found, best, others, offset_ms);
                outcome
            }
            Some(Ok((_, found))) => rejected(uncertain(best, &found.intent), heard),
            Some(Err(reason)) if again.accepted => rejected(reason, heard),
            _ => rejected(Reason::NotInGrammar, heard),
        };
        Ok(Some((outcome, again)))
    }
}

/// Whether a name was hardly heard.
fn is_unclear(found: &Match, heard: &Hypothesis) -> bool {
    found.slots.iter().any(|slot| {
        let least = match slot.value {
            _ if slot.open => OPEN_WORD,
            Ok(Value::Name(_)) => KNOWN_WORD,
            _ => return false,
        };
        let inside = |start: usize, end: usize| start < slot.span.end && slot.span.start < end;
        heard
            .words
            .iter()
            .any(|word| inside(word.range.start, word.range.end) && word.confidence < least)
    })
}
