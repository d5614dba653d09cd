#![allow(clippy::unwrap_used)]

use super::*;
use crate::source::print::print_template;
use crate::source::resolve::{Resolver, Scope, Syntax};
use std::collections::{BTreeMap, BTreeSet};

/// The template as it is written out again, with a list `x` and a rule `r` defined.
fn canonical(text: &str) -> String {
    let rules = BTreeMap::from([(
        "r".to_owned(),
        crate::source::resolve::Rule {
            origin: 0,
            body: parse("eine|die").unwrap(),
        },
    )]);
    let scope = Scope {
        rules: &rules,
        local_rules: &BTreeMap::new(),
        lists: &BTreeSet::from(["x".to_owned(), "y".to_owned()]),
        local_lists: &BTreeMap::new(),
        syntax: Syntax::Hassil,
    };
    let expr = Resolver::new(scope, &mut 1000, &mut BTreeMap::new())
        .sentence(0, &parse(text).unwrap())
        .unwrap();
    print_template(&expr)
}

#[test]
fn every_construct_is_understood() {
    for (text, expected) in [
        ("mach das Licht an", "mach das Licht an"),
        ("( a | b ) c", "(a|b) c"),
        ("a | b", "(a|b)"),
        ("[ bitte ] los", "[bitte] los"),
        ("[a|b]", "[a|b]"),
        ("(a|b|)", "[a|b]"),
        ("(TV; pause)", "(TV;pause)"),
        ("{x}", "{x}"),
        ("{x:ding}", "{x:ding}"),
        ("{ x : ding }", "{x:ding}"),
        ("{@money}", "{@money}"),
        ("{@money:amount}", "{@money:amount}"),
        ("{0..100:n} Prozent", "{0..100:n} Prozent"),
        ("{-5..10,5:n}", "{-5..10,5:n}"),
        ("<r> Lampe", "(eine|die) Lampe"),
        ("zwei  \t Worte", "zwei Worte"),
        // hassil's captures are slots.
        ("{@x}", "{x}"),
        ("{x:@was}", "{x:was}"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn what_touches_belongs_to_one_word() {
    assert_eq!(canonical("(un|re)lock"), "(un|re)lock");
    assert_eq!(canonical("turn(s | ed | ing)"), "turn(s|ed|ing)");
    assert_eq!(canonical("{x}%"), "{x}%");
    // A space on one side only is meant.
    assert_eq!(canonical("[the ]light"), "[the\\ ]light");
    assert_eq!(canonical("[the |a ]light"), "[the\\ |a\\ ]light");
    assert_eq!(canonical("a(\\ b)"), "a b");
}

#[test]
fn unspoken_punctuation_goes_at_the_end_of_words_only() {
    for (text, expected) in [
        ("ja, bitte!", "ja bitte"),
        ("wie geht's?!", "wie geht's"),
        ("ja,[ bitte]", "ja[\\ bitte]"),
        ("{x}, {y}.", "{x} {y}"),
        ("{x},[ bitte]", "{x}[\\ bitte]"),
        ("12,50 Euro", "12,50 Euro"),
        ("{x},{y} Euro", "{x}\\,{y} Euro"),
        ("z.B. E-Mail", "z.B E-Mail"),
        ("Yahoo\\!", "Yahoo\\!"),
        ("das ist’s", "das ist's"),
    ] {
        assert_eq!(canonical(text), expected, "{text}");
    }
}

#[test]
fn a_backslash_takes_any_character_literally() {
    assert_eq!(parse(r"\(a\) \; \{b\}"), Ok(Node::Text("(a) ; {b}".into())));
    assert_eq!(canonical(r"\(a\)"), r"\(a\)");
}

#[test]
fn errors_say_where_and_how_to_mend() {
    for (text, at, message) in [
        ("an (b", 3, "never closed"),
        ("an [b", 3, "never closed"),
        ("a {x", 2, "never closed"),
        ("a {x (b)}", 2, "never closed"),
        ("a <x", 2, "never closed"),
        ("ä) b", 2, "closes nothing"),
        ("(a] b", 2, "closes nothing"),
        ("a }", 2, "closes nothing"),
        ("a ()", 2, "empty"),
        ("a [ ]", 2, "empty"),
        ("a {}", 2, "no name"),
        ("a {x:}", 2, "no name"),
        ("{a b}", 0, "cannot be the name"),
        ("(a|b;c)", 4, "| and ;"),
        ("(a;)", 0, "permutation is empty"),
        ("a \\", 2, "backslash"),
        ("{5..1:n}", 0, "ends before"),
        ("{1..5,0:n}", 0, "step is 0"),
        ("{1..5x:n}", 0, "not a range"),
        ("{1..5}", 0, "no slot"),
        ("{0..99999999:n}", 0, "more than"),
        ("  ", 0, "empty"),
    ] {
        let error = parse(text).expect_err(text);
        assert_eq!(error.at, at, "{text}: {error:?}");
        assert!(error.message.contains(message), "{text}: {error:?}");
        assert!(!error.hint.is_empty(), "{text}");
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |depth| format!("{}a{}", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(MAX_TEMPLATE_DEPTH)).is_ok());
    assert!(
        parse(&nested(MAX_TEMPLATE_DEPTH + 1))
            .unwrap_err()
            .message
            .contains("deeper")
    );
    assert!(parse(&"(".repeat(10_000)).is_err());
    assert!(
        parse(&"a".repeat(MAX_TEMPLATE_BYTES + 1))
            .unwrap_err()
            .message
            .contains("long")
    );
}
