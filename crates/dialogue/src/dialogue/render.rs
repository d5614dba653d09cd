//! Prompts as text and as SSML.

use super::say::{capitalise, visible};
use crate::dialogue::{Ask, Note, Prompt, Templates};

/// A prompt to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spoken {
    /// As plain text.
    pub text: String,
    /// As SSML (W3C Speech Synthesis Markup Language 1.1), where names cannot be markup.
    pub ssml: String,
}

impl Templates {
    /// A prompt in words.
    ///
    /// ```
    /// use zahlwort_commands::{Expectation, Missing};
    /// use zahlwort_dialogue::{Address, Ask, Prompt, Templates};
    /// use zahlwort_grammar::Language;
    /// let prompt = Prompt { ask: Ask::Slot(Missing::Recipient), note: None, total: None, declared: None, expect: Expectation::default() };
    /// let spoken = Templates::new(Language::DE, Address::Familiar).render(&prompt);
    /// assert_eq!(spoken.text, "An wen?");
    /// assert_eq!(spoken.ssml, r#"<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="de"><s>An wen?</s></speak>"#);
    /// ```
    pub fn render(&self, prompt: &Prompt) -> Spoken {
        self.render_for(prompt, |_| true)
    }

    /// As [`Templates::render`]; help names only what the host can do, by the commands' `type` in JSON
    /// ([`Host::can`](crate::host::Host::can)).
    pub fn render_for(&self, prompt: &Prompt, can: impl Fn(&str) -> bool) -> Spoken {
        let plain = |name: &str| self.get(name).to_owned();
        let mut sentences: Vec<String> = Vec::new();
        sentences.extend(prompt.note.and_then(|note| match note {
            Note::Help => self.hint(&prompt.ask).map(str::to_owned),
            Note::NotUnderstood => Some(plain("note.not_understood")),
            Note::Negated => Some(plain("note.negated")),
            Note::Several => Some(plain("note.several")),
            Note::WrongPin => Some(plain("note.wrong_pin")),
            Note::PinNeeded => Some(plain("note.pin_needed")),
        }));
        match &prompt.ask {
            Ask::Slot(missing) => sentences.push(plain(&format!("ask.{}", missing.slot()))),
            Ask::Choose(options) => sentences.push(self.choose(options)),
            Ask::ReadBack(command) => {
                sentences.push(self.read(command, prompt.total, prompt.declared.as_ref()));
                sentences.push(plain("ask.confirm"));
            }
            Ask::Pin(command) => {
                sentences.push(self.read(command, prompt.total, prompt.declared.as_ref()));
                sentences.push(plain("ask.pin"));
            }
            Ask::Correction(_) => sentences.push(plain("ask.correction")),
            Ask::Anything if prompt.note == Some(Note::Help) => sentences.push(self.offer(can)),
            Ask::Anything => sentences.push(plain("ask.anything")),
        }
        sentences.iter_mut().for_each(capitalise);
        self.spoken(&sentences)
    }

    /// Words of the host's own, as text and as SSML. What cannot be spoken is left out.
    pub fn say_text(&self, text: &str) -> Spoken {
        self.spoken(&[visible(text)])
    }

    pub(super) fn spoken(&self, sentences: &[String]) -> Spoken {
        let marked: String = sentences
            .iter()
            .map(|sentence| format!("<s>{}</s>", escape(sentence)))
            .collect();
        Spoken {
            text: sentences.join(" "),
            ssml: format!(
                r#"<speak version="1.1" xmlns="http://www.w3.org/2001/10/synthesis" xml:lang="{}">{marked}</speak>"#,
                self.language().code()
            ),
        }
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            c if c.is_control() => escaped.push(' '),
            c => escaped.push(c),
        }
    }
    escaped
}
