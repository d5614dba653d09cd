//! New names while an engine runs: `cargo run --release --example swap_catalog`

use zahlwort::{Catalog, Engine};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let interpreter = Engine::builder().interpreter()?;
    let text = "send Kim twenty euros";
    let recipient = || {
        let outcome = interpreter.parse(text);
        let slots = outcome.understood().map(|said| said.slots.clone());
        slots.and_then(|slots| slots.get("recipient").map(|slot| slot.value.to_string()))
    };

    // Nobody of the example catalog is called Kim: the name is what was said, and marked as open.
    println!("{text}: to {:?}", recipient());

    // A file in a program that runs: zahlwort::load_catalog("names.yaml")?
    let catalog = Catalog::parse(
        "names.yaml",
        "contacts: [{name: Kim Novak, id: kim-7, say: [Kim]}]",
    )?;
    interpreter.set_catalog(&catalog)?;
    println!("{text}: to {:?}", recipient());
    Ok(())
}
