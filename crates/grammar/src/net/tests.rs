use super::*;
use crate::{alt, lit, opt, seq, space, words};

/// Every text that a net reads, tags in braces.
fn texts(expr: &Expr, boundary_first: bool) -> Vec<String> {
    let net = compile(&[(expr, None)], boundary_first, &mut |_, _| 7).unwrap();
    let mut out = Vec::new();
    let mut stack = vec![(0u32, String::new())];
    while let Some((state, text)) = stack.pop() {
        if net.is_final(state) {
            out.push(text.clone());
        }
        for arc in net.arcs(state) {
            let piece = match arc.symbol.kind() {
                Kind::Char(c) => c.to_string(),
                Kind::Tag(t) => format!("{{{}}}", t.0),
                other => format!("{other:?}"),
            };
            stack.push((arc.target, text.clone() + &piece));
        }
    }
    out.sort();
    out
}

#[test]
fn boundaries_collapse() {
    let expr = seq([
        lit("turn on "),
        opt(lit("the")),
        lit(" light "),
        opt(lit("now")),
    ]);
    assert_eq!(
        texts(&expr, true),
        [
            " turn on light",
            " turn on light now",
            " turn on the light",
            " turn on the light now"
        ]
    );
    assert_eq!(
        texts(&seq([lit(" a "), space(), lit(" b ")]), false),
        ["a b"]
    );
}

#[test]
fn words_glue_without_a_boundary() {
    assert_eq!(
        texts(&seq([words(["un", "re"]), lit("lock")]), true),
        [" relock", " unlock"]
    );
}

#[test]
fn a_tag_between_boundaries_is_read_once() {
    let expr = seq([lit("a "), Expr::Tag(Tag(3)), lit(" b")]);
    assert_eq!(texts(&expr, true), [" a{3} b"]);
    assert_eq!(
        texts(&seq([Expr::Tag(Tag(3)), lit("b"), Expr::Tag(Tag(4))]), true),
        ["{3} b{4}"]
    );
}

#[test]
fn permutations_say_each_part_once() {
    let expr = Expr::Perm(vec![lit("a"), lit("b"), opt(lit("c"))]);
    let all = texts(&expr, true);
    assert_eq!(all.len(), 2 + 6);
    assert!(all.contains(&" b c a".to_owned()));
}

#[test]
fn beginnings_and_ends_are_shared() {
    let days: Vec<String> = ["mon", "tues", "wednes", "thurs", "fri"]
        .map(|d| d.to_owned() + "day")
        .into();
    let expr = alt(days.iter().map(lit));
    let net = compile(&[(&expr, None)], false, &mut |_, _| 0).unwrap();
    // m o n | t u e s | t h u r s | w e d n e s | f r i → one "day".
    assert!(net.state_count() < 22, "{}", net.state_count());
}

#[test]
fn the_empty_text_is_refused() {
    let error = compile(&[(&opt(lit("a")), None)], false, &mut |_, _| 0).unwrap_err();
    assert_eq!(error, NetError::AcceptsNothing);
}

#[test]
fn open_words_are_bounded() {
    let net = Net::any_words(2);
    let walk = |text: &str| net.read(0, text).is_some_and(|state| net.is_final(state));
    assert!(walk("ab") && walk("ab cd"));
    assert!(!walk("") && !walk("ab ") && !walk("a b c"));
}
