//! Files that cannot mean what they say are refused when they are loaded, with the place of the mistake
//! and a way to mend it; what is refused in a grammar built in code is in `src/check.rs`.

use zahlwort_grammar::source::{GrammarError, LoadOptions};
use zahlwort_grammar::{Automaton, Grammar};

/// Stands in a file where its mistake is.
const HERE: char = '‸';

fn refused(text: &str) -> GrammarError {
    Grammar::from_yaml("test.yaml", text, &LoadOptions::default()).expect_err(text)
}

/// A file with this sentence, and more lines.
fn file(sentence: &str, more: &str) -> String {
    let sentence = sentence.replace('\'', "''");
    format!("language: en\nintents:\n  I:\n    data:\n      - sentences: ['{sentence}']\n{more}")
}

/// Each file is refused at the place that is marked in it, with this in its message or its hint.
fn all_refused(files: &[(String, &str)]) {
    for (marked, told) in files {
        let (before, after) = marked.split_once(HERE).expect("a marked place");
        let error = refused(&format!("{before}{after}"));
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        assert_eq!(
            (error.line, error.column),
            (line, column),
            "{marked}\n{error}"
        );
        assert!(error.to_string().contains(told), "{marked}\n{error}");
        assert_eq!(error.file, "test.yaml");
        assert!(!error.hint.is_empty(), "{error}");
    }
}

#[test]
fn a_skip_word_fills_no_slot() {
    let lists =
        "lists: {n: {values: [a]}}\nexpansion_rules: {r: 'x [<s>]', s: 'y {n}', t: '{@money}'}\n";
    let skip = |words: &str| file("on", &format!("{lists}skip_words: [please, '{words}']\n"));
    all_refused(&[
        (skip("‸{n}"), "a skip word refers to a list"),
        (skip("so [‸{n:slot}]"), "put the list into the sentences"),
        (skip("‸{@number}"), "a skip word refers to a list"),
        (skip("‸{@text}"), "a skip word refers to a list"),
        (skip("‸{1..9:n}"), "a skip word refers to a list"),
        (skip("(so; ‸{n})"), "a skip word refers to a list"),
        // Behind a rule, and behind a rule of a rule.
        (skip("hm ‸<t>"), "a skip word refers to a list"),
        (skip("‸<r>"), "a skip word refers to a list"),
        // What is not defined at all cannot stand there either.
        (skip("‸{nobody}"), "a skip word refers to a list"),
    ]);
}

#[test]
fn what_can_be_left_out_means_nothing() {
    let rule = "expansion_rules: {r: '[a] [<s>]', s: b}\n";
    let skip = |words: &str| file("on", &format!("{rule}skip_words: [please, \"{words}\"]\n"));
    let list = |say: &str| {
        file(
            "on {n}",
            &format!("{rule}lists: {{n: {{values: [{{in: \"{say}\", out: x}}]}}}}\n"),
        )
    };
    let left_out = "can be left out";
    all_refused(&[
        (file("‸[turn] [on]", ""), left_out),
        (file("‸[turn]", ""), "obligatory"),
        (file("‸(on|[off])", ""), left_out),
        (file("‸([on]; [now])", ""), left_out),
        (file("‸(on|)", ""), left_out),
        (file("‸<r>", rule), left_out),
        (file("‸-", ""), left_out),
        (file("‸' [on]", ""), left_out),
        (skip("‸[please]"), left_out),
        (skip("‸<r>"), left_out),
        (skip("‸"), "empty"),
        (skip("‸'"), left_out),
        (skip("‸…"), "nothing of the template can be said"),
        (list("‸[a]"), left_out),
        (list("‸[a] [b]"), left_out),
        (list("‸<r>"), left_out),
        (list("‸ "), "empty"),
        (list("‸?"), "nothing of the template can be said"),
    ]);
    // An entry that says itself has no empty text.
    let text = file("on {n}", "lists: {n: {values: ['[a|b]']}}\n");
    let grammar = Grammar::from_yaml("t", &text, &LoadOptions::default()).expect("it loads");
    assert!(Automaton::compile(&grammar, &Default::default()).is_ok());
}

#[test]
fn an_entry_holds_no_list_however_deep() {
    let list = |say: &str| {
        file(
            "{n}",
            &format!(
                "expansion_rules: {{r: 'x [<s>]', s: '{{m}}', t: '{{@money}}', u: '{{1..9:u}}'}}\nlists: {{m: {{values: [a]}}, n: {{values: [{{in: '{say}', out: x}}]}}}}\n"
            ),
        )
    };
    let told = "an entry of a list refers to a list";
    all_refused(&[
        (list("‸{m}"), told),
        (list("a [‸{@number}]"), told),
        (list("‸{1..9:x}"), told),
        (list("‸<r>"), told),
        (list("a ‸<t>"), told),
        (list("‸<u>"), told),
    ]);
}

#[test]
fn names_are_names() {
    let own = "lists: {date: {values: [a]}}\n";
    all_refused(&[
        (file("‸{a:}", ""), "the slot has no name"),
        (file("‸{:b}", ""), "the list has no name"),
        (file("on ‸{}", ""), "the list has no name"),
        (file("‸{@}", ""), "the list has no name"),
        (file("‸{a:b:c}", ""), "cannot be the name of a slot"),
        (file("‸{@@money}", ""), "cannot be the name of a list"),
        (file("‸{@money:@@a}", ""), "cannot be the name of a slot"),
        (file("‸{a b}", ""), "cannot be the name of a list"),
        (file("‸<>", ""), "the rule has no name"),
        (file("‸<a b>", ""), "cannot be the name of a rule"),
        (
            file("on", "lists: {‸'@money': {values: [a]}}\n"),
            "cannot be the name of a list",
        ),
        (
            file("on", "expansion_rules: {‸'@r': a}\n"),
            "cannot be the name of a rule",
        ),
        // Which of the two is meant?
        (
            file("on ‸{@date}", own),
            "write {date} where the list is meant",
        ),
    ]);
    let text = file("on {date}", own);
    assert!(Grammar::from_yaml("t", &text, &LoadOptions::default()).is_ok());
}

#[test]
fn ranges_hold_numbers() {
    let range = |fields: &str| file("{n}", &format!("lists: {{n: {{range: {fields}}}}}\n"));
    let (from, to) = (i64::MIN, i64::MAX);
    all_refused(&[
        (file("‸{30..1:n}", ""), "ends before it"),
        (file("‸{1..30,0:n}", ""), "step is 0"),
        (file("‸{1..30,-1:n}", ""), "step is -1"),
        (file("‸{1..30}", ""), "no slot"),
        (file("‸{1..x:n}", ""), "not a range of whole numbers"),
        (file("‸{0..20000:n}", ""), "more than 20000 values"),
        (
            file(&format!("‸{{{from}..{to}:n}}"), ""),
            "more than 20000 values",
        ),
        (
            file("‸{1..9223372036854775808:n}", ""),
            "not a range of whole numbers",
        ),
        (range("‸{from: 30, to: 1}"), "ends before it"),
        (range("‸{from: 1, to: 30, step: 0}"), "step is 0"),
        (range("‸{from: 1, to: 30, step: -5}"), "step is -5"),
        (range("‸{from: 0, to: 20000}"), "more than 20000 values"),
        (
            range(&format!("‸{{from: {from}, to: {to}}}")),
            "more than 20000 values",
        ),
        (
            range("{from: 1, to: ‸9223372036854775808}"),
            "no whole number",
        ),
        (range("{from: ‸1.5, to: 3}"), "no whole number"),
        (
            range("‸{from: 1, to: 3, multiplier: 0}"),
            "makes 0 of every number",
        ),
        (
            range("{from: 1, to: 3, multiplier: ‸.nan}"),
            "no decimal number",
        ),
        (
            range("{from: 1, to: 3, multiplier: ‸1e99}"),
            "no decimal number",
        ),
        (
            range("{from: 1, to: 3, multiplier: ‸0.00000000000000000000000000001}"),
            "no decimal number",
        ),
        (
            range("‸{from: 1, to: 30, multiplier: 79228162514264337593543950335}"),
            "makes the numbers too large",
        ),
    ]);
    for text in [
        file(&format!("{{{from}..{from}:n}}"), ""),
        range(&format!("{{from: {}, to: {to}}}", to - 3)),
    ] {
        let grammar = Grammar::from_yaml("t", &text, &LoadOptions::default()).expect("it loads");
        assert!(Automaton::compile(&grammar, &Default::default()).is_ok());
    }
}

#[test]
fn conditions_can_hold() {
    let with = |key: &str, value: &str| file("on", &format!("        {key}: {value}\n"));
    all_refused(&[
        (with("requires_context", "‸[a]"), "not a mapping"),
        (with("requires_context", "‸kitchen"), "not a mapping"),
        (
            with("excludes_context", "{area: ‸[]}"),
            "a list of no values",
        ),
        (
            with("requires_context", "{area: {‸vlaue: x}}"),
            "did you mean `value`?",
        ),
    ]);
    for fine in [
        "",
        "{}",
        "{area: }",
        "{area: {slot: true}}",
        "{area: {value: x, slot: true}}",
        "{area: [1, true, {a: b}, null]}",
    ] {
        let text = with("requires_context", fine);
        assert!(
            Grammar::from_yaml("t", &text, &LoadOptions::default()).is_ok(),
            "{text}"
        );
    }
}

#[test]
fn depth_and_width_are_bounded() {
    let nested = |open: &str, close: &str| {
        file(
            &format!(
                "{}‸{}a{}",
                open.repeat(32),
                open.repeat(968),
                close.repeat(1_000)
            ),
            "",
        )
    };
    let many = (0..9)
        .map(|i| format!("a{i}"))
        .collect::<Vec<_>>()
        .join(";");
    let long = file("<r0>", "expansion_rules:\n")
        + &(0..200).fold(String::new(), |all, i| {
            format!("{all}  r{i}: '[<r{}>]'\n", i + 1)
        });
    all_refused(&[
        (nested("(", ")"), "nest deeper"),
        (nested("[", "]"), "nest deeper"),
        (file(&format!("on ‸({many})"), ""), "9 parts; 8 are allowed"),
    ]);
    let error = refused(&long);
    assert!(error.message.contains("in a chain"), "{error}");
}

#[test]
fn a_blocks_own_list_never_takes_the_place_of_another() {
    let text = file(
        "one {n}",
        "      - sentences: ['two {n}']
        lists: {n: {values: [mine]}}
      - sentences: ['three {I.1.n}']
lists: {n: {values: [ours]}, I.1.n: {values: [theirs]}}
",
    );
    let grammar = Grammar::from_yaml("t", &text, &LoadOptions::default()).expect("it loads");
    let automaton = Automaton::compile(&grammar, &Default::default()).expect("it compiles");
    let reads = |text| !automaton.parse(text, &Default::default()).is_empty();
    assert!(reads("one ours") && reads("two mine") && reads("three theirs"));
    assert!(!reads("two theirs") && !reads("three mine"));
}

#[test]
fn what_takes_exponential_work_to_compile_is_refused_before_it_is_done() {
    // How many letters are still to come is not known until the last.
    let template = |n: usize| format!("{}x{}", "[x|y]".repeat(n), "(x|y)".repeat(n));
    let compile = |n| {
        let text = file(&template(n), "");
        let grammar = Grammar::from_yaml("t", &text, &LoadOptions::default()).expect("it loads");
        Automaton::compile(&grammar, &Default::default())
    };
    assert!(compile(8).is_ok());
    let error = compile(40).expect_err("it is refused").to_string();
    assert!(error.contains("too large to compile"), "{error}");
}
