//! A grammar of one's own instead of the packs: `cargo run --release --example own_grammar`
//!
//! Text is read here, which needs no model; `build` instead of `interpreter` makes an engine that hears.

use zahlwort::grammar::source::LoadOptions;
use zahlwort::{Engine, Grammar, Order};

const TICKETS: &str = r#"
language: en
intents:
  OrderTicket:
    data:
      - sentences: ["(buy|order) [me] {@number:count} ticket[s] (to|for) {city} [<when>]"]
lists:
  city: {values: [Berlin, {in: "(Munich|Muenchen)", out: MUC}]}
expansion_rules: {when: "[on] {@date:day}"}
skip_words: [please]
"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Names of lists that a program sets while it runs would go into the options.
    let grammar = Grammar::from_yaml("tickets.yaml", TICKETS, &LoadOptions::default())?;
    let interpreter = Engine::builder().grammar(grammar).interpreter()?;
    for text in [
        "Please order two tickets to Munich",
        "buy 3 tickets for Berlin on the 24th of December",
        "cancel my ticket to Berlin",
    ] {
        match interpreter.parse(text).order() {
            Some(Order::Custom { intent, slots, .. }) => println!("{text}: {intent} {slots:?}"),
            Some(other) => println!("{text}: {other:?}"),
            None => println!("{text}: is no sentence of the grammar"),
        }
    }
    Ok(())
}
