//! What is refused in every grammar. The loader of files checks the same and names line and column; a grammar
//! that was built in code is checked only here.

use crate::builtin::Builtin;
use crate::source::{InlineRange, List, check_range};
use crate::{CompileError, Expr, Grammar};

/// How deep expressions may nest: compiling goes down into them.
const MAX_DEPTH: usize = 512;

/// Refuses what cannot be compiled to what its author means.
pub(crate) fn grammar(grammar: &Grammar) -> Result<(), CompileError> {
    for intent in &grammar.intents {
        for wording in intent.data.iter().flat_map(|block| &block.sentences) {
            sentence(&intent.name, wording)?;
        }
    }
    for words in &grammar.skip_words {
        let place = || "`skip_words`".to_owned();
        said(words, place)?;
        obligatory(words, place)?;
        if words.has_slot() {
            return Err(CompileError::SlotInSkipWords);
        }
    }
    Ok(())
}

/// Refuses a sentence that no net can be made of.
pub(crate) fn sentence(intent: &str, sentence: &Expr) -> Result<(), CompileError> {
    let place = || format!("a sentence of the intent `{intent}`");
    said(sentence, place)?;
    obligatory(sentence, place)
}

/// Refuses a list that no net can be made of.
pub(crate) fn list(name: &str, list: &List) -> Result<(), CompileError> {
    if Builtin::from_name(name).is_some() {
        return Err(CompileError::BuiltinReplaced {
            list: name.to_owned(),
        });
    }
    match list {
        List::Wildcard(_) => Ok(()),
        List::Values(entries) => entries.iter().try_for_each(|entry| {
            said(&entry.say, || format!("list `{name}`"))?;
            match entry.say.has_slot() {
                true => Err(CompileError::NestedList {
                    list: name.to_owned(),
                }),
                false => Ok(()),
            }
        }),
        &List::Range {
            from,
            to,
            step,
            multiplier,
        } => check_range(InlineRange { from, to, step }, multiplier).map_err(|reason| {
            CompileError::InvalidRange {
                list: name.to_owned(),
                reason,
            }
        }),
    }
}

fn said(expr: &Expr, place: impl Fn() -> String) -> Result<(), CompileError> {
    if expr.nests_deeper(MAX_DEPTH) {
        return Err(CompileError::TooLarge {
            place: place(),
            hint: format!("groups nest at most {MAX_DEPTH} deep"),
        });
    }
    if expr.any(&mut |e| matches!(e, Expr::Tag(_))) {
        return Err(CompileError::StrayTag { place: place() });
    }
    if expr.any(&mut |e| matches!(e, Expr::Alt(parts) if parts.is_empty())) {
        return Err(CompileError::NoChoice { place: place() });
    }
    Ok(())
}

fn obligatory(expr: &Expr, place: impl Fn() -> String) -> Result<(), CompileError> {
    match expr.can_be_wordless() {
        true => Err(CompileError::AcceptsNothing { place: place() }),
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::normal::normalise;
    use crate::source::{Entry, Intent, IntentData};
    use crate::{Automaton, Language, Tag, lit, opt, seq, words};

    fn grammar_of(sentence: Expr, skip_words: Vec<Expr>) -> Grammar {
        Grammar {
            language: Language::DE,
            intents: vec![Intent {
                name: "I".into(),
                data: vec![IntentData {
                    sentences: vec![sentence],
                    ..IntentData::default()
                }],
            }],
            lists: BTreeMap::new(),
            skip_words,
        }
    }

    fn slot(list: &str) -> Expr {
        Expr::Slot {
            list: list.to_owned(),
            slot: "s".into(),
        }
    }

    fn refused(sentence: Expr, skip_words: Vec<Expr>, lists: &[(&str, List)]) -> CompileError {
        let lists = lists.iter().map(|(n, l)| ((*n).to_owned(), l.clone()));
        let grammar = grammar_of(sentence, skip_words);
        Automaton::compile(&grammar, &lists.collect()).expect_err("it is refused")
    }

    #[test]
    fn skip_words_fill_no_slot() {
        let hidden = opt(Expr::Perm(vec![lit("bitte"), slot("@number")]));
        for skip in [slot("n"), slot("@text"), seq([lit("mal"), hidden])] {
            let error = refused(lit("an"), vec![lit("bitte"), skip], &[]);
            assert_eq!(error, CompileError::SlotInSkipWords);
        }
    }

    #[test]
    fn what_can_be_left_out_is_no_sentence_and_no_skip_word() {
        for nothing in [
            opt(lit("an")),
            Expr::Perm(vec![opt(lit("an")), opt(lit("aus"))]),
            seq([]),
            lit(" - "),
            words(["an", "'"]),
        ] {
            let error = refused(nothing.clone(), Vec::new(), &[]);
            assert!(error.to_string().contains("the intent `I`"), "{error}");
            let error = refused(lit("an"), vec![nothing], &[]);
            assert!(error.to_string().contains("`skip_words`"), "{error}");
        }
    }

    #[test]
    fn tags_and_choices_of_nothing_are_refused_everywhere() {
        for (bad, error) in [
            (seq([lit("an"), Expr::Tag(Tag(7))]), "tag"),
            (seq([lit("an"), Expr::Alt(Vec::new())]), "choice"),
        ] {
            let entry = Entry {
                say: bad.clone(),
                ..Entry::from("x")
            };
            let list = [("n", List::Values(vec![entry]))];
            for found in [
                refused(bad.clone(), Vec::new(), &[]),
                refused(lit("an"), vec![bad], &[]),
                refused(slot("n"), Vec::new(), &list),
            ] {
                assert!(found.to_string().contains(error), "{found}");
            }
        }
    }

    #[test]
    fn ranges_at_the_edges_of_numbers_are_counted_right() {
        let range = |from, to, step, multiplier: Option<&str>| List::Range {
            from,
            to,
            step,
            multiplier: multiplier.map(|m| m.parse().unwrap()),
        };
        for bad in [
            range(i64::MIN, i64::MAX, 1, None),
            range(2, 1, 1, None),
            range(1, 2, 0, None),
            range(1, 2, -1, None),
            range(0, 20_000, 1, None),
            range(1, 2, 1, Some("0")),
            range(1, i64::MAX, i64::MAX, Some("79228162514264337593543950335")),
        ] {
            let error = refused(slot("n"), Vec::new(), &[("n", bad)]);
            assert!(
                matches!(error, CompileError::InvalidRange { .. }),
                "{error}"
            );
        }
        let grammar = grammar_of(slot("n"), Vec::new());
        for (from, to) in [(i64::MIN, i64::MIN + 9), (i64::MAX - 9, i64::MAX)] {
            let lists = BTreeMap::from([("n".to_owned(), range(from, to, 3, None))]);
            let automaton = Automaton::compile(&grammar, &lists).unwrap();
            let said = (from + 6).to_string();
            let found = automaton.parse(&said, &Default::default());
            let number = crate::Value::Number((from + 6).into());
            assert_eq!(found[0].slots[0].value, Ok(number));
        }
    }

    #[test]
    fn a_built_in_type_is_not_replaced_by_a_list() {
        let list = List::Values(vec!["eins".into()]);
        let error = refused(slot("@number"), Vec::new(), &[("@number", list.clone())]);
        assert!(error.to_string().contains("@number"), "{error}");
        let automaton =
            Automaton::compile(&grammar_of(slot("@number"), Vec::new()), &BTreeMap::new());
        assert!(automaton.unwrap().with_list("@number", &list).is_err());
    }

    #[test]
    fn depth_is_bounded() {
        let deep = (0..10_000).fold(lit("a"), |inner, _| Expr::Alt(vec![inner]));
        let error = refused(deep, Vec::new(), &[]);
        assert!(error.to_string().contains("512"), "{error}");
    }

    /// What counts as a word here is what matching takes for one.
    #[test]
    fn words_are_what_matching_reads() {
        for c in ('!'..'\u{250}').chain(['€', '‐', '–', '…', '“', '本', '😀']) {
            let normalise = |text: &str| normalise(text, &Language::DE.definition().numbers);
            let read = normalise(&format!("a {c} b")).len() > normalise("a b").len();
            assert_eq!(!lit(c).can_be_wordless(), read, "{c:?}");
        }
    }
}
