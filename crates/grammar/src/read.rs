//! From paths to matches: which slot each path filled with which value.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use serde_json::Value as Json;

use crate::automaton::{Automaton, Data, Meaning};
use crate::net::{Kind, Net};
use crate::normal::{Letter, fold, normalise};
use crate::open::objection::may_be_unknown;
use crate::search::{Event, Path, Unknown, Valid, cost, readings};
use crate::{Match, Name, SlotMatch, Tag, Value, ValueContext, ValueError, builtin};

/// What a text is matched under.
#[derive(Clone, Debug, PartialEq)]
pub struct MatchOptions {
    /// What dates and bare amounts are resolved against.
    pub values: ValueContext,
    /// The context that sentences may require or exclude.
    pub context: BTreeMap<String, Json>,
    /// Whether list values may be misspelt a little. Numbers and sentences never may.
    pub fuzzy: bool,
    /// So many words between known ones may be none of the sentence's, at the cost of a tenth of the score each: "could
    /// you *like* start the coffee". At most [`MAX_UNKNOWN_WORDS`] count. Words that negate, correct, count or join are never
    /// passed over.
    pub unknown_words: u8,
}

/// The most words of a text that may be passed over.
pub const MAX_UNKNOWN_WORDS: u8 = 2;
/// What is left of the score for each word that is passed over.
const UNKNOWN_SCORE: f32 = 0.9;

impl Default for MatchOptions {
    /// Misspellings allowed, no context, euro, and 1 January 2000 as today: a caller with dates in
    /// its grammar sets the day.
    fn default() -> Self {
        Self {
            values: ValueContext::on(jiff::civil::Date::constant(2000, 1, 1)),
            context: BTreeMap::new(),
            fuzzy: true,
            unknown_words: 0,
        }
    }
}

impl Automaton {
    /// Every reading of a text, the best first; none if it is not in the grammar.
    ///
    /// Case, sentence punctuation, the spelling of umlauts and ß, and hyphens do not matter. A list
    /// value may be misspelt by one letter in six, which its score says. Readings that mean the same
    /// are reported once.
    pub fn parse(&self, text: &str, options: &MatchOptions) -> Vec<Match> {
        let letters = normalise(text, &self.language.definition().numbers);
        let valid = self.validity(&options.context);
        let paths = readings(self, &letters, false, None, &valid);
        let mut found = self.read_all(text, &letters, paths, options);
        let certain = found.first().is_some_and(|m| m.found.cost < cost::OPEN);
        if options.fuzzy && !certain {
            let paths = readings(self, &letters, true, None, &valid);
            found.extend(self.read_all(text, &letters, paths, options));
        }
        if found.is_empty()
            && let Some(unknown) = self.unknown(&letters, options.unknown_words)
        {
            let paths = readings(self, &letters, options.fuzzy, Some(&unknown), &valid);
            found.extend(self.read_all(text, &letters, paths, options));
        }
        found.sort_by_key(|r| {
            (
                r.found.cost,
                r.found.slots.iter().any(|s| s.value.is_err()),
                r.data,
            )
        });
        let mut out: Vec<Match> = Vec::new();
        for reading in found {
            if !out.iter().any(|m| m.means_the_same(&reading.found)) {
                out.push(reading.found);
            }
        }
        out
    }

    /// The words of a text that may be passed over: none at its ends, and none that changes what is meant.
    fn unknown(&self, letters: &[Letter], most: u8) -> Option<Unknown> {
        let most = most.min(MAX_UNKNOWN_WORDS);
        // Most grammars allow none, and every text that is not theirs comes by here.
        if most == 0 {
            return None;
        }
        let is_space = |at: &usize| letters.get(*at).is_some_and(|l| l.c == ' ');
        let edges = std::iter::once(0).chain((1..letters.len()).filter(is_space));
        let edges: Vec<usize> = edges.chain([letters.len()]).collect();
        let words: Vec<String> = edges
            .windows(2)
            .map(|edge| {
                let inside = letters.get(edge[0]..edge[1]).unwrap_or_default();
                inside.iter().map(|l| l.c).filter(|c| *c != ' ').collect()
            })
            .collect();
        let may = may_be_unknown(&words, self.language);
        let mut ends = vec![None; letters.len()];
        let inner = 1..words.len().saturating_sub(1);
        for at in inner.filter(|&at| may[at] && !self.is_value(&words[at])) {
            ends[edges[at]] = u32::try_from(edges[at + 1]).ok();
        }
        ends.iter().any(Option::is_some).then(|| Unknown {
            ends,
            price: cost::unknown(most),
        })
    }

    /// Whether some list has this word for an entry: such a word is not unknown, and what it fills is perhaps another.
    fn is_value(&self, word: &str) -> bool {
        self.nets
            .iter()
            .any(|subnet| matches!(subnet.meaning, Meaning::Values(_)) && spells(&subnet.net, word))
    }

    fn read_all(
        &self,
        text: &str,
        letters: &[Letter],
        paths: Vec<Path>,
        options: &MatchOptions,
    ) -> Vec<Reading> {
        let mut found: Vec<Reading> = paths
            .iter()
            .filter_map(|p| self.read(text, letters, p, options))
            .collect();
        // Paths beyond this were kept only in case cheaper ones turn out not to be valid.
        let cheapest = found.iter().map(|r| r.found.cost).min().unwrap_or_default();
        found.retain(|r| r.found.cost <= cheapest + cost::SLACK);
        found
    }

    /// Whether each data block is valid in a context.
    fn validity(&self, context: &BTreeMap<String, Json>) -> Vec<Valid> {
        let mut added: BTreeSet<&String> = BTreeSet::new();
        if self
            .data
            .iter()
            .any(|d| !d.requires.is_empty() || !d.excludes.is_empty())
        {
            for subnet in &self.nets {
                if let Meaning::Values(entries) = &subnet.meaning {
                    added.extend(entries.iter().flat_map(|e| e.context.keys()));
                }
            }
        }
        let valid = |data: &Data| {
            let (requires, excludes) = (data.requires.iter(), data.excludes.iter());
            let known = |(key, _): &(&String, &Json)| !added.contains(key);
            if !allowed(
                requires.clone().filter(known),
                excludes.clone().filter(known),
                context,
            ) {
                Valid::Never
            } else if requires.chain(excludes).all(|condition| known(&condition)) {
                Valid::Always
            } else {
                Valid::Perhaps
            }
        };
        self.data.iter().map(valid).collect()
    }

    fn read(
        &self,
        text: &str,
        letters: &[Letter],
        path: &Path,
        options: &MatchOptions,
    ) -> Option<Reading> {
        let mut slots: Vec<SlotMatch> = Vec::new();
        let mut context = options.context.clone();
        let mut open_call: Option<Call> = None;
        let mut ended = None;
        let (mut total_edits, mut unknown) = (0, 0);
        for &(event, at) in &path.events {
            match event {
                Event::Enter(site) => {
                    open_call = Some(Call {
                        site,
                        from: at,
                        tags: Vec::new(),
                        edits: 0,
                    })
                }
                Event::Tag(tag) => {
                    if let Some(call) = &mut open_call {
                        call.tags.push(tag);
                    }
                }
                Event::Edit => {
                    total_edits += 1;
                    if let Some(call) = &mut open_call {
                        call.edits += 1;
                    }
                }
                // Without a call, it is the end of skip words.
                Event::Exit => {
                    if let Some(call) = open_call.take() {
                        slots.push(self.slot(text, letters, &call, at, options, &mut context)?);
                    }
                }
                Event::Unknown => unknown += 1,
                Event::End(data) => ended = Some(data),
                Event::Read | Event::Skip => {}
            }
        }
        let data = ended?;
        let info = &self.data[data as usize];
        if !allowed(info.requires.iter(), info.excludes.iter(), &context) {
            return None;
        }
        let length = letters.iter().filter(|l| l.c != ' ').count().max(1);
        Some(Reading {
            data,
            found: Match {
                intent: info.intent.clone(),
                slots,
                fixed: info.fixed.clone(),
                metadata: info.metadata.clone(),
                score: (1.0 - (total_edits as f32 / length as f32).min(1.0))
                    * UNKNOWN_SCORE.powi(unknown),
                cost: path.cost,
            },
        })
    }

    fn slot(
        &self,
        text: &str,
        letters: &[Letter],
        call: &Call,
        to: usize,
        options: &MatchOptions,
        context: &mut BTreeMap<String, Json>,
    ) -> Option<SlotMatch> {
        let site = &self.sites[call.site as usize];
        let inside = letters[call.from..to].iter().filter(|l| l.c != ' ');
        let span = inside.clone().next()?.start..inside.clone().next_back()?.end;
        let length = inside.count();
        if call.edits > (length / 6).min(2) {
            return None;
        }
        let said = &text[span.clone()];
        let mut metadata = BTreeMap::new();
        let mut open = false;
        let value = match &self.nets[site.net as usize].meaning {
            Meaning::Builtin(b) => {
                builtin::evaluate(*b, self.language, &call.tags, said, &options.values)
            }
            Meaning::Open(kind) if !kind.holds(said) => return None,
            Meaning::Open(_) => {
                open = true;
                Ok(Value::Text(said.to_owned()))
            }
            Meaning::Values(entries) => {
                let entry = entries.get(call.tags.first()?.0 as usize)?;
                context.extend(entry.context.clone());
                metadata.clone_from(&entry.metadata);
                Ok(entry_value(&entry.out, entry.id.as_deref()))
            }
            Meaning::Range {
                from,
                step,
                multiplier,
            } => {
                let said = from + step * i64::from(call.tags.first()?.0);
                Decimal::from(said)
                    .checked_mul(multiplier.unwrap_or(Decimal::ONE))
                    .map(|n| Value::Number(n.normalize()))
                    .ok_or_else(|| ValueError::OutOfRange(said.to_string()))
            }
            Meaning::Sentences | Meaning::SkipWords => return None,
        };
        Some(SlotMatch {
            name: site.slot.clone(),
            list: site.list.clone(),
            text: said.to_owned(),
            span,
            value,
            open,
            score: 1.0 - call.edits as f32 / length as f32,
            metadata,
        })
    }
}

/// Whether a net reads a word whose letters are folded, whatever tags it has on the way.
fn spells(net: &Net, word: &str) -> bool {
    let letters: Vec<char> = word.chars().collect();
    let mut seen: BTreeSet<(u32, usize)> = BTreeSet::new();
    let mut open = vec![(0, 0)];
    while let Some((state, at)) = open.pop() {
        if !seen.insert((state, at)) {
            continue;
        }
        if at == letters.len() && net.is_final(state) {
            return true;
        }
        for arc in net.arcs(state) {
            match arc.symbol.kind() {
                Kind::Tag(_) => open.push((arc.target, at)),
                Kind::Char(c) => {
                    let (first, second) = fold(c);
                    let spelled = [Some(first), second];
                    let spelled: Vec<char> = spelled.into_iter().flatten().collect();
                    if letters[at..].starts_with(&spelled) {
                        open.push((arc.target, at + spelled.len()));
                    }
                }
                _ => {}
            }
        }
    }
    false
}

struct Reading {
    data: u32,
    found: Match,
}

struct Call {
    site: u32,
    from: usize,
    tags: Vec<Tag>,
    edits: usize,
}

fn entry_value(out: &Json, id: Option<&str>) -> Value {
    match out {
        Json::Number(n) => match n.to_string().parse() {
            Ok(n) => Value::Number(n),
            Err(_) => Value::Text(n.to_string()),
        },
        Json::String(name) => Value::Name(Name {
            name: name.clone(),
            id: id.map(str::to_owned),
        }),
        other => Value::Name(Name {
            name: other.to_string(),
            id: id.map(str::to_owned),
        }),
    }
}

/// hassil's rule: a required key must be there (with this value, or one of these, unless null); an
/// excluded key must not have the value.
fn allowed<'a>(
    mut requires: impl Iterator<Item = (&'a String, &'a Json)>,
    mut excludes: impl Iterator<Item = (&'a String, &'a Json)>,
    context: &BTreeMap<String, Json>,
) -> bool {
    let has = |wanted: &Json, key: &String| match (context.get(key), wanted) {
        (None, _) => false,
        (Some(_), Json::Null) => true,
        (Some(value), Json::Array(any)) => any.contains(value),
        // `{value: …, slot: true}` is how Home Assistant writes a requirement that also fills a slot.
        (Some(value), Json::Object(o)) => o.get("value").is_none_or(|v| v == value),
        (Some(value), wanted) => value == wanted,
    };
    requires.all(|(k, v)| has(v, k)) && !excludes.any(|(k, v)| has(v, k))
}
