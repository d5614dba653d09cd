//! From the readings of one text to what it means: the only place where that is decided, for texts and for
//! speech alike.

use zahlwort_grammar::{Match, SlotMatch};

use crate::{Command, Draft, Rejection};

/// The key in a sentence's `metadata` that names the intents to which it gives way where both can read the same
/// words. "Bestell noch einmal Kaffee" repeats an order; it is not a purchase of one more.
const YIELDS_TO: &str = "yields_to";

/// Readings whose [`Match::cost`] differs by this much count half as much: a word that has to be passed over.
const HALF: f32 = 2.0;

/// What a text means, of all the ways to read it.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// It is one of these, each once, the likeliest first.
    Commands(Vec<Reading<Command>>),
    /// It is an order, but something is missing from it: one of these, the likeliest first.
    Incomplete(Vec<Reading<Draft>>),
    /// It asks for something impossible, such as a payment on the 31st of April.
    Invalid {
        /// Which of the readings does.
        at: usize,
        /// Why it is impossible.
        rejection: Rejection,
    },
}

/// One of the things that a text may mean.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading<T> {
    /// Which of the readings it is.
    pub at: usize,
    /// What it means.
    pub meaning: T,
    /// How much speaks for it beside the others, 0 … 1; those of one text add up to 1.
    pub share: f32,
}

impl Meaning {
    /// What a text means that may be read in these ways; `None` where there is none. Their order counts only
    /// where they fit the text equally well.
    ///
    /// A complete order is preferred to an incomplete one, and that to an impossible one. But an impossible
    /// reading that fits the text better is never replaced by a possible one that fits it worse: "… an Eva am
    /// 31. April" is no payment to somebody called "Eva am 31. April". Nor is a letter changed where there is a
    /// reading without: "Anna Schmitt" is not taken for the known Anna Schmidt where any name may be said.
    ///
    /// ```
    /// use zahlwort_commands::{Catalog, Meaning, Order, Pack};
    /// use zahlwort_grammar::{Automaton, Language, MatchOptions};
    /// let catalog = Catalog::example()?;
    /// let grammar = Automaton::compile(&Pack::HOME.load(Language::EN)?, &catalog.lists())?;
    /// let readings = grammar.parse("stop the music", &MatchOptions::default());
    /// let Some(Meaning::Commands(commands)) = Meaning::of(&readings) else { panic!() };
    /// assert_eq!((commands[0].meaning.order(), commands[0].share), (Some(&Order::StopMusic), 1.0));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(readings: &[Match]) -> Option<Meaning> {
        let is_spelt = |reading: &Match| reading.score >= 1.0;
        let any_spelt = readings.iter().any(is_spelt);
        let mut order: Vec<(usize, &Match)> = readings
            .iter()
            .enumerate()
            .filter(|(_, reading)| is_spelt(reading) || !any_spelt)
            .collect();
        order.sort_by_key(|(_, reading)| reading.cost);
        let mut commands = Vec::new();
        let mut drafts = Vec::new();
        let mut invalid: Option<(u32, usize, Rejection)> = None;
        for (at, found) in order {
            if invalid
                .as_ref()
                .is_some_and(|(cost, ..)| found.cost > *cost)
            {
                break;
            }
            match read(found) {
                Ok(Read::Command(command)) => commands.push((at, found, command)),
                Ok(Read::Draft(draft)) => drafts.push((at, found, draft)),
                Err(rejection) => {
                    invalid.get_or_insert((found.cost, at, rejection));
                }
            }
        }
        if !commands.is_empty() {
            return Some(Meaning::Commands(shared(commands)));
        }
        if !drafts.is_empty() {
            return Some(Meaning::Incomplete(shared(drafts)));
        }
        invalid.map(|(_, at, rejection)| Meaning::Invalid { at, rejection })
    }
}

/// What one reading is.
enum Read {
    Command(Command),
    Draft(Draft),
}

fn read(found: &Match) -> Result<Read, Rejection> {
    let rejection = match Command::from_match(found) {
        Ok(command) => return Ok(Read::Command(command)),
        Err(rejection) => rejection,
    };
    match rejection {
        Rejection::MissingSlot { .. } => match Draft::from_match(found)? {
            Some(draft) => Ok(Read::Draft(draft)),
            None => Err(rejection),
        },
        _ => Err(rejection),
    }
}

/// Each meaning once, with its share. The readings come the best first.
fn shared<T: PartialEq>(readings: Vec<(usize, &Match, T)>) -> Vec<Reading<T>> {
    let all: Vec<&Match> = readings.iter().map(|(_, found, _)| *found).collect();
    let gives_way = |found: &Match| {
        all.iter()
            .any(|other| yields(found, &other.intent) || splits(found, other))
    };
    let stays: Vec<bool> = all.iter().map(|found| !gives_way(found)).collect();
    // Two that yield to one another both stay.
    let any = stays.contains(&true);
    let best = readings.first().map_or(0, |(_, found, _)| found.cost);
    let mut out: Vec<Reading<T>> = Vec::new();
    for ((at, found, meaning), stays) in readings.into_iter().zip(stays) {
        if (stays || !any) && out.iter().all(|known| known.meaning != meaning) {
            let share = (-(found.cost.saturating_sub(best) as f32) / HALF).exp2();
            out.push(Reading { at, meaning, share });
        }
    }
    let all: f32 = out.iter().map(|reading| reading.share).sum();
    for reading in &mut out {
        reading.share /= all;
    }
    out
}

/// Whether a sentence gives way to those of another intent.
fn yields(found: &Match, to: &str) -> bool {
    let named = match found.metadata.get(YIELDS_TO) {
        Some(serde_json::Value::Array(names)) => names.as_slice(),
        Some(name) => std::slice::from_ref(name),
        None => &[],
    };
    found.intent != to && named.iter().any(|name| name == to)
}

/// Whether a reading splits a slot of the other: in "jede Woche am Mittwoch" the weekday is part of the
/// interval, not a separate first day.
fn splits(found: &Match, other: &Match) -> bool {
    let within = |piece: &SlotMatch| {
        let mut wholes = other.slots.iter().map(|whole| &whole.span);
        wholes.any(|whole| whole.start <= piece.span.start && piece.span.end <= whole.end)
    };
    found.intent == other.intent
        && found.cost >= other.cost
        && found.slots.len() > other.slots.len()
        && found.slots.iter().all(within)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that fails may panic")]
    use std::collections::BTreeMap;

    use zahlwort_grammar::source::LoadOptions;
    use zahlwort_grammar::{Automaton, Grammar, MatchOptions};

    use super::*;

    fn grammar(intents: &str) -> String {
        format!(
            "language: de\nintents:\n{intents}lists:\n  people:\n    values: [{{in: Anna, out: Anna Schmidt}}, {{in: Anna, out: Anna Weber}}, Ben]\n  anybody: {{wildcard: true}}\n  things: {{values: [Kaffee, Tee]}}\nskip_words: [bitte]\n"
        )
    }

    fn read_in(yaml: &str, text: &str) -> (Vec<Match>, Option<Meaning>) {
        let grammar = Grammar::from_yaml("test.yaml", yaml, &LoadOptions::default()).unwrap();
        let automaton = Automaton::compile(&grammar, &BTreeMap::new()).unwrap();
        let readings = automaton.parse(text, &MatchOptions::default());
        let meaning = Meaning::of(&readings);
        (readings, meaning)
    }

    /// What a text means in a small grammar, in one line.
    fn meaning(intents: &str, text: &str) -> String {
        let (readings, meaning) = read_in(&grammar(intents), text);
        let line = |at: usize, share: f32| format!("{} {share:.2}", readings[at].intent);
        let lines: Vec<String> = match meaning {
            None => vec!["nothing".to_owned()],
            Some(Meaning::Commands(all)) => all.iter().map(|r| line(r.at, r.share)).collect(),
            Some(Meaning::Incomplete(all)) => all
                .iter()
                .map(|r| format!("{} without {:?}", line(r.at, r.share), r.meaning.missing()))
                .collect(),
            Some(Meaning::Invalid { at, rejection }) => {
                vec![format!("{} {}", readings[at].intent, rejection.slot())]
            }
        };
        lines.join(", ")
    }

    const TWO: &str = "  BuyProduct:\n    data:\n      - sentences: ['bestell [noch] [{@quantity:quantity}] {things:product}']\n  Reorder:\n    data:\n      - sentences: ['bestell noch einmal {things:product}']\n";

    #[test]
    fn readings_of_one_text_share_it() {
        assert_eq!(meaning(TWO, "bestell noch Kaffee"), "BuyProduct 1.00");
        assert_eq!(
            meaning(TWO, "bestell noch einmal Kaffee"),
            "BuyProduct 0.50, Reorder 0.50"
        );
        assert_eq!(meaning(TWO, "Kaffee"), "nothing");
    }

    #[test]
    fn a_reading_that_has_to_pass_over_a_word_counts_half() {
        let intents = TWO.replace("einmal {", "einmal bitte {");
        assert_eq!(
            meaning(&intents, "bestell noch einmal bitte Kaffee"),
            "Reorder 0.67, BuyProduct 0.33"
        );
    }

    #[test]
    fn a_sentence_gives_way_to_what_its_metadata_names() {
        for names in ["Reorder", "[ShowCart, Reorder]"] {
            let intents = TWO.replacen(
                "product}']\n",
                &format!("product}}']\n        metadata: {{yields_to: {names}}}\n"),
                1,
            );
            assert_eq!(
                meaning(&intents, "bestell noch einmal Kaffee"),
                "Reorder 1.00"
            );
            assert_eq!(meaning(&intents, "bestell zwei Kaffee"), "BuyProduct 1.00");
        }
    }

    #[test]
    fn what_is_read_whole_is_not_read_in_pieces() {
        let intents = "  Remind:\n    data:\n      - sentences: ['erinnere mich {@interval:often} [{@date:first}]']\n";
        assert_eq!(
            meaning(intents, "erinnere mich jede Woche am Mittwoch"),
            "Remind 1.00"
        );
    }

    const SEND: &str = "  SendMoney:\n    data:\n      - sentences:\n          - 'sende {@money:amount} an ({people:recipient}|{anybody:recipient}) [{@date:execution_date}]'\n          - 'sende {@money:amount}'\n          - 'sende an {people:recipient}'\n";

    #[test]
    fn two_of_one_name_share_and_a_known_name_goes_before_an_open_one() {
        assert_eq!(meaning(SEND, "sende 5 Euro an Ben"), "SendMoney 1.00");
        assert_eq!(
            meaning(SEND, "sende 5 Euro an Anna"),
            "SendMoney 0.50, SendMoney 0.50"
        );
        assert_eq!(meaning(SEND, "sende 5 Euro an Eva"), "SendMoney 1.00");
    }

    #[test]
    fn a_name_is_taken_for_another_only_where_it_can_be_nothing_else() {
        let closed = "  Show:\n    data:\n      - sentences: ['zeig {things:product}']\n";
        let open = closed.replace("{things:product}", "({things:product}|{anybody:product})");
        for (intents, misspelt) in [(closed, true), (&open, false)] {
            let yaml = grammar(intents).replace("Kaffee", "Orangensaft");
            let (readings, meaning) = read_in(&yaml, "zeig Orangensft");
            let Some(Meaning::Commands(commands)) = meaning else {
                panic!("{meaning:?}")
            };
            assert_eq!(commands.len(), 1);
            assert_eq!(readings[commands[0].at].score < 1.0, misspelt);
        }
    }

    #[test]
    fn what_is_missing_is_told_where_nothing_is_complete() {
        assert_eq!(
            meaning(SEND, "sende 5 Euro"),
            "SendMoney 1.00 without [Recipient]"
        );
        assert_eq!(
            meaning(SEND, "sende an Anna"),
            "SendMoney 0.50 without [Amount], SendMoney 0.50 without [Amount]"
        );
        assert_eq!(meaning(SEND, "sende null Euro"), "SendMoney amount");
    }

    #[test]
    fn what_cannot_be_is_passed_over_only_for_what_fits_as_well() {
        // The day could as well be a part of the name, at a price.
        assert_eq!(
            meaning(SEND, "sende 5 Euro an Eva am 31. April"),
            "SendMoney execution_date"
        );
        let numbers = "  ProvidePin:\n    data:\n      - sentences: ['{@digits:pin}']\n  ProvideQuantity:\n    data:\n      - sentences: ['{@quantity:quantity}']\n";
        assert_eq!(meaning(numbers, "zwei"), "ProvideQuantity 1.00");
    }
}
