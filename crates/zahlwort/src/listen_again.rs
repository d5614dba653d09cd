//! What was said in somebody's own words is listened for again: free transcription knows the structure of a sentence
//! and loses names and amounts, which the grammar's lists and types hear.

use std::collections::BTreeSet;
use std::time::Instant;

use zahlwort_commands::heard_reading;
use zahlwort_grammar::{Match, Value};
use zahlwort_speech::{DecodeOptions, Encoded, Hypothesis, Recognition, Transcript};

use crate::engine::{rejected, uncertain};
use crate::heard::{add_heard, readings};
use crate::interpreter::Grammars;
use crate::own_words::{self, Marking, SURE};
use crate::understand::Text;
use crate::{Engine, Error, Outcome, Reason};

/// A word of a name that nothing vouches for, and that the model finds less probable than this, was misheard more often
/// than not: "Möffner" for "Dosenöffner". Seen with synthetic voices on sentences kept aside in training.
const OPEN_WORD: f32 = 0.35;
/// The same of a name that a list has: only what the sound speaks against.
const KNOWN_WORD: f32 = 0.002;

/// So many transcriptions are read: where a word was misheard or divided in the wrong place, another has it right.
const TRANSCRIPTS: usize = 4;
/// A transcription with this share of the probability is not passed over where it speaks against an order.
const OBJECTS: f32 = 0.25;
/// A transcription with this share is asked what a name is: where it has another, the name was not heard.
const DIFFERS: f32 = 0.15;

/// A transcription and what it is.
struct Heard<'a> {
    text: String,
    /// Its share of the probability of all that are read.
    share: f32,
    marking: Marking<'a>,
}

impl Heard<'_> {
    /// What they are compared by: how likely it was said, and means this.
    fn weight(&self) -> f32 {
        self.share * self.marking.marked.confidence
    }

    /// Whether both may be listened for as one order.
    fn is_like(&self, other: &Self) -> bool {
        self.marking.marked.intent == other.marking.marked.intent
            && self.marking.options == other.marking.options
    }

    /// The slots that something fills.
    fn slots(&self) -> BTreeSet<&str> {
        let spans = self.marking.marked.spans.iter();
        spans.map(|span| span.slot.as_str()).collect()
    }

    /// What fills a slot, its letters and figures alone: how a name is divided makes no difference.
    fn filled(&self, slot: &str) -> Option<String> {
        let spans = &self.marking.marked.spans;
        let span = spans.iter().find(|span| span.slot == slot)?;
        let said = self.text.get(span.range.clone())?.chars();
        Some(
            said.filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect(),
        )
    }

    /// Whether another transcription of the same order has another slot filled, or another name where any may stand.
    fn differs(&self, other: &Self, found: &Match) -> bool {
        let mut open = found.slots.iter().filter(|slot| slot.open);
        self.slots() != other.slots()
            || open.any(|slot| self.filled(&slot.name) != other.filled(&slot.name))
    }
}

impl Engine {
    /// What an utterance comes to of which the grammar understood nothing: its free transcription is a sentence with
    /// unknown words in between, or one of a few is marked by the learned reading, and the sentences that this gives,
    /// with all that may stand in their slots, are listened for.
    /// `None` where it is no order in any words.
    pub(crate) fn listen_again(
        &self,
        speech: &Encoded<'_>,
        heard: &Recognition,
        grammars: &Grammars,
        negated: bool,
        offset_ms: u32,
    ) -> Result<Option<(Outcome, Recognition)>, Error> {
        let clock = Instant::now();
        let mut marked = match self.passing_over(heard, grammars) {
            Some(one) => vec![one],
            None => self.in_own_words(speech, heard, grammars)?,
        };
        let objects = |one: &Heard<'_>| one.marking.objection(&one.text).is_some();
        if marked
            .iter()
            .any(|one| one.share >= OBJECTS && objects(one))
        {
            return Ok(None);
        }
        // What is negated is not, if that was only taken back.
        marked.retain(|one| {
            let negated = negated && one.marking.marked.taken_back.is_empty();
            !negated && !one.marking.is_unlikely() && !objects(one)
        });
        marked.sort_by(|a, b| b.weight().total_cmp(&a.weight()));
        let Some((first, others)) = marked.split_first() else {
            return Ok(None);
        };
        let Some(options) = first.marking.options.clone() else {
            return Ok(None);
        };
        let alike = others.iter().filter(|other| first.is_like(other));
        let rivals: Vec<&Heard<'_>> = alike.clone().filter(|one| one.share >= DIFFERS).collect();
        let alike: Vec<_> = std::iter::once(first)
            .chain(alike)
            .map(|one| (one.text.as_str(), &one.marking))
            .collect();
        let Some(sentences) = own_words::sentences(&alike, &options) else {
            return Ok(None);
        };
        let decode = DecodeOptions {
            doubt_agreed_spellings: false,
            ..self.decode
        };
        let mut again = self
            .recogniser
            .search(speech, &[&sentences], &options, &decode)?;
        again.timing.decoder_ms = clock.elapsed().as_secs_f32() * 1e3;
        let Some((best, others)) = again.hypotheses.split_first() else {
            return Ok(None);
        };
        let found: Vec<Match> = readings(best)
            .into_iter()
            .filter_map(|found| heard_reading(found, &options))
            .collect();
        let languages = vec![again.language; found.len()];
        let sure = first.marking.marked.confidence;
        let said = Text {
            text: &best.text,
            readings: &found,
            languages: &languages,
            confidence: best.confidence * sure,
            read_by: first.marking.read_by,
        };
        let outcome = match said.outcome().filter(|_| sure >= SURE) {
            Some(Ok((mut outcome, found)))
                if again.accepted
                    && !is_unclear(found, best)
                    && !rivals.iter().any(|rival| first.differs(rival, found)) =>
            {
                add_heard(&mut outcome, found, best, others, offset_ms);
                outcome
            }
            Some(Ok((_, found))) => rejected(uncertain(best, &found.intent), heard),
            Some(Err(reason)) if again.accepted => rejected(reason, heard),
            _ => rejected(Reason::NotInGrammar, heard),
        };
        Ok(Some((outcome, again)))
    }

    /// The free transcription as a sentence of the grammar with unknown words in between. A slot's word that was misheard
    /// is no unknown word: the grammar's own sentence that sounds most like it has to mean the same.
    fn passing_over<'a>(&self, heard: &Recognition, grammars: &'a Grammars) -> Option<Heard<'a>> {
        let text = heard.free_text.clone();
        let marking = self
            .interpreter
            .mark_unknown(&text, grammars, heard.language)?;
        let nearest = heard.hypotheses.first();
        let means = nearest.is_none_or(|nearest| marking.means(&nearest.reading));
        means.then_some(Heard {
            text,
            share: 1.0,
            marking,
        })
    }

    /// The likeliest transcriptions, as the learned reading marks them.
    fn in_own_words<'a>(
        &self,
        speech: &Encoded<'_>,
        heard: &Recognition,
        grammars: &'a Grammars,
    ) -> Result<Vec<Heard<'a>>, Error> {
        // A host's own orders are read by the grammar alone, and nothing has to be transcribed for them.
        if !self.interpreter.knows_own_words(grammars, heard.language) {
            return Ok(Vec::new());
        }
        let options = self.interpreter.options(grammars, false);
        let code = heard.language.code();
        let all = self.recogniser.transcribe(speech, code, TRANSCRIPTS)?;
        let most = all.first().map_or(0.0, |best| best.log_prob);
        let total: f32 = all.iter().map(|one| (one.log_prob - most).exp()).sum();
        let mark = |one: Transcript| {
            let language = Some(heard.language);
            let marking = self
                .interpreter
                .mark(&one.text, grammars, language, &options)?;
            Some(Heard {
                share: (one.log_prob - most).exp() / total,
                text: one.text,
                marking,
            })
        };
        Ok(all.into_iter().filter_map(mark).collect())
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
