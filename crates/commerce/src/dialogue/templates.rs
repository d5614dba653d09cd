//! The sentences that prompts are made of.

use std::collections::BTreeMap;

use zahlwort_grammar::Language;

/// How German speaks to the speaker. English has one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Address {
    /// "du".
    #[default]
    Familiar,
    /// "Sie".
    Formal,
}

/// Sentences by name, with `{amount}`, `{payee}`, `{thing}`, `{options}` and `{details}` where
/// values go. A host replaces single ones with [`Templates::set`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Templates {
    pub(super) language: Language,
    pub(super) sentences: BTreeMap<&'static str, String>,
}

/// A sentence that cannot be a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// No sentence of that name.
    #[error("no sentence is called \"{0}\"; use a name of Templates::names")]
    UnknownName(String),
    /// A placeholder that the sentence has no value for, or a brace that is not closed.
    #[error("\"{name}\" has no value for {placeholder}; use only what the default sentence uses")]
    UnknownPlaceholder {
        /// The sentence's name.
        name: String,
        /// What stands between the braces.
        placeholder: String,
    },
    /// A value that the speaker must hear before saying yes.
    #[error(
        "\"{name}\" must say {{{placeholder}}}, or the speaker confirms what was not read back"
    )]
    MissingPlaceholder {
        /// The sentence's name.
        name: String,
        /// The placeholder.
        placeholder: String,
    },
}

/// Name, German with du, German with Sie, English.
const SENTENCES: [[&str; 4]; 45] = [
    ["ask.recipient", "An wen?", "An wen?", "To whom?"],
    [
        "ask.target",
        "Was soll ich aufladen?",
        "Was soll ich aufladen?",
        "What should I top up?",
    ],
    [
        "ask.product",
        "Welches Produkt?",
        "Welches Produkt?",
        "Which product?",
    ],
    [
        "ask.merchant",
        "Wen soll ich bezahlen?",
        "Wen soll ich bezahlen?",
        "Who should I pay?",
    ],
    [
        "ask.biller",
        "Welche Rechnung?",
        "Welche Rechnung?",
        "Which bill?",
    ],
    [
        "ask.payment_method",
        "Welche Karte oder welches Konto?",
        "Welche Karte oder welches Konto?",
        "Which card or account?",
    ],
    ["ask.amount", "Wie viel?", "Wie viel?", "How much?"],
    ["ask.interval", "Wie oft?", "Wie oft?", "How often?"],
    [
        "ask.choose",
        "Was meinst du: {options}?",
        "Was meinen Sie: {options}?",
        "Which one do you mean: {options}?",
    ],
    [
        "ask.correction",
        "Was soll ich ändern?",
        "Was soll ich ändern?",
        "What should I change?",
    ],
    [
        "ask.anything",
        "Was möchtest du tun?",
        "Was möchten Sie tun?",
        "What would you like to do?",
    ],
    [
        "ask.pin",
        "Sag bitte deine PIN.",
        "Sagen Sie bitte Ihre PIN.",
        "Please say your PIN.",
    ],
    [
        "ask.confirm",
        "Stimmt das?",
        "Stimmt das?",
        "Is that right?",
    ],
    [
        "note.not_understood",
        "Das habe ich nicht verstanden.",
        "Das habe ich nicht verstanden.",
        "I did not understand that.",
    ],
    [
        "note.wrong_pin",
        "Die PIN war falsch.",
        "Die PIN war falsch.",
        "That PIN was wrong.",
    ],
    [
        "note.pin_needed",
        "Dafür brauche ich die PIN.",
        "Dafür brauche ich die PIN.",
        "I need the PIN for that.",
    ],
    [
        "note.help",
        "Du kannst antworten, wiederholen lassen oder abbrechen.",
        "Sie können antworten, wiederholen lassen oder abbrechen.",
        "You can answer, ask me to repeat, or cancel.",
    ],
    [
        "read.send_money",
        "{amount} an {payee} überweisen{details}.",
        "{amount} an {payee} überweisen{details}.",
        "Send {amount} to {payee}{details}.",
    ],
    [
        "read.request_money",
        "{amount} von {payee} anfordern{details}.",
        "{amount} von {payee} anfordern{details}.",
        "Request {amount} from {payee}{details}.",
    ],
    [
        "read.create_standing_order",
        "Dauerauftrag über {amount} an {payee}{details}.",
        "Dauerauftrag über {amount} an {payee}{details}.",
        "Standing order of {amount} to {payee}{details}.",
    ],
    [
        "read.top_up",
        "{thing} mit {amount} aufladen.",
        "{thing} mit {amount} aufladen.",
        "Top up {thing} with {amount}.",
    ],
    [
        "read.pay_merchant",
        "{amount} an {payee} zahlen{details}.",
        "{amount} an {payee} zahlen{details}.",
        "Pay {amount} to {payee}{details}.",
    ],
    [
        "read.pay_bill",
        "Rechnung von {payee} bezahlen: {amount}{details}.",
        "Rechnung von {payee} bezahlen: {amount}{details}.",
        "Pay the bill from {payee}: {amount}{details}.",
    ],
    [
        "read.buy_product",
        "{thing} kaufen, Preis: {amount}{details}.",
        "{thing} kaufen, Preis: {amount}{details}.",
        "Buy {thing}, price: {amount}{details}.",
    ],
    [
        "read.checkout",
        "Den Warenkorb bezahlen: {amount}{details}.",
        "Den Warenkorb bezahlen: {amount}{details}.",
        "Pay for the cart: {amount}{details}.",
    ],
    [
        "read.reorder",
        "{thing} noch einmal bestellen: {amount}.",
        "{thing} noch einmal bestellen: {amount}.",
        "Order {thing} again: {amount}.",
    ],
    [
        "read.cancel_order",
        "Bestellung stornieren: {thing}.",
        "Bestellung stornieren: {thing}.",
        "Cancel the order: {thing}.",
    ],
    [
        "read.set_payment_method",
        "Ab jetzt mit {thing} zahlen.",
        "Ab jetzt mit {thing} zahlen.",
        "Pay with {thing} from now on.",
    ],
    [
        "read.block_card",
        "Karte sperren: {thing}.",
        "Karte sperren: {thing}.",
        "Block the card: {thing}.",
    ],
    [
        "read.book_rental_car",
        "Mietwagen buchen{details}.",
        "Mietwagen buchen{details}.",
        "Book a rental car{details}.",
    ],
    [
        "read.check_balance",
        "Kontostand ansagen.",
        "Kontostand ansagen.",
        "Read out the balance.",
    ],
    [
        "read.list_transactions",
        "Umsätze ansagen.",
        "Umsätze ansagen.",
        "Read out the transactions.",
    ],
    [
        "read.add_to_cart",
        "{thing} in den Warenkorb legen.",
        "{thing} in den Warenkorb legen.",
        "Add {thing} to the cart.",
    ],
    [
        "read.remove_from_cart",
        "{thing} aus dem Warenkorb nehmen.",
        "{thing} aus dem Warenkorb nehmen.",
        "Remove {thing} from the cart.",
    ],
    ["word.card", "deine Karte", "Ihre Karte", "your card"],
    [
        "read.declared",
        "{thing}: {amount}{details}.",
        "{thing}: {amount}{details}.",
        "{thing}: {amount}{details}.",
    ],
    [
        "read.other",
        "Auftrag: {thing}.",
        "Auftrag: {thing}.",
        "Your request: {thing}.",
    ],
    [
        "word.unknown_amount",
        "offener Betrag",
        "offener Betrag",
        "an open amount",
    ],
    ["word.last", "das Letzte", "das Letzte", "the last one"],
    ["word.or", "oder", "oder", "or"],
    ["word.on", "am", "am", "on"],
    ["word.from", "ab", "ab", "from"],
    ["word.with", "mit", "mit", "with"],
    ["word.to", "an", "an", "to"],
    [
        "word.reference",
        "Verwendungszweck",
        "Verwendungszweck",
        "reference",
    ],
];

impl Templates {
    /// The sentences that ship.
    ///
    /// ```
    /// use zahlwort_commerce::dialogue::{Address, Templates};
    /// use zahlwort_grammar::Language;
    /// let mut templates = Templates::new(Language::De, Address::Formal);
    /// templates.set("ask.amount", "Welcher Betrag?")?;
    /// assert!(templates.set("read.send_money", "Alles klar.").is_err());
    /// # Ok::<(), zahlwort_commerce::dialogue::TemplateError>(())
    /// ```
    pub fn new(language: Language, address: Address) -> Self {
        let sentences = SENTENCES.map(|[name, familiar, formal, english]| {
            let sentence = match (language, address) {
                (Language::De, Address::Familiar) => familiar,
                (Language::De, Address::Formal) => formal,
                (Language::En, _) => english,
            };
            (name, sentence.to_owned())
        });
        Self {
            language,
            sentences: sentences.into(),
        }
    }

    /// The names of the sentences.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SENTENCES.into_iter().map(|[name, ..]| name)
    }

    /// Replaces a sentence. It must have the placeholders of the one that ships, each once or
    /// more, so that nothing is confirmed that was not said.
    ///
    /// # Errors
    /// If no sentence has the name, or a placeholder is missing or unknown.
    pub fn set(&mut self, name: &str, sentence: impl Into<String>) -> Result<(), TemplateError> {
        let unknown = || TemplateError::UnknownName(name.to_owned());
        let [known, default, ..] = SENTENCES
            .into_iter()
            .find(|[known, ..]| *known == name)
            .ok_or_else(unknown)?;
        let sentence = sentence.into();
        let (needed, given) = (placeholders(default), placeholders(&sentence));
        if let Some(placeholder) = given.iter().find(|given| !needed.contains(given)) {
            return Err(TemplateError::UnknownPlaceholder {
                name: name.to_owned(),
                placeholder: (*placeholder).to_owned(),
            });
        }
        if let Some(placeholder) = needed.iter().find(|needed| !given.contains(needed)) {
            return Err(TemplateError::MissingPlaceholder {
                name: name.to_owned(),
                placeholder: (*placeholder).to_owned(),
            });
        }
        self.sentences.insert(known, sentence);
        Ok(())
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.sentences.get(name).map_or("", String::as_str)
    }
}

/// What stands between braces; a brace that is never closed counts to the end.
fn placeholders(sentence: &str) -> Vec<&str> {
    let parts = sentence.split('{').skip(1);
    parts
        .map(|part| part.split_once('}').map_or(part, |(name, _)| name))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_says_the_same_values() {
        for [name, familiar, formal, english] in SENTENCES {
            let mut sorted = [familiar, formal, english].map(placeholders);
            sorted.iter_mut().for_each(|names| names.sort_unstable());
            let [familiar, formal, english] = sorted;
            assert!(familiar == formal && formal == english, "{name}");
        }
    }
}
