//! Speaking aloud, by a program of the system.

use std::process::{Command, Stdio};

use zahlwort::Language;

/// A program that speaks: it gets each text as its last argument.
#[derive(Debug)]
pub struct Voice {
    /// The program and its arguments; none once it has failed.
    command: Vec<String>,
}

impl Voice {
    /// A command, its arguments separated by spaces; empty: nothing is spoken. `espeak-ng` is told the
    /// language.
    pub fn new(command: &str, language: Language) -> Self {
        let mut command: Vec<String> = command.split_whitespace().map(str::to_owned).collect();
        if command == ["espeak-ng"] {
            command.extend(["-v", language.code()].map(str::to_owned));
        }
        Self { command }
    }

    /// Says a text and waits until it is said.
    ///
    /// # Errors
    /// The program and why it failed: it is not there, or there is no sound card. It is not tried again,
    /// so this is told once.
    pub fn say(&mut self, text: &str) -> Result<(), (String, String)> {
        let Some((program, arguments)) = self.command.split_first() else {
            return Ok(());
        };
        // So that no text can be an option.
        let text = if text.starts_with('-') {
            format!(" {text}")
        } else {
            text.to_owned()
        };
        let output = Command::new(program)
            .args(arguments)
            .arg(text)
            .stdin(Stdio::null())
            .output();
        let reason = match output {
            Ok(output) if output.status.success() => return Ok(()),
            Ok(output) => {
                let said = String::from_utf8_lossy(&output.stderr);
                let last = said.lines().rfind(|line| !line.trim().is_empty());
                last.map_or_else(|| output.status.to_string(), str::to_owned)
            }
            Err(error) => error.to_string(),
        };
        let program = program.clone();
        self.command.clear();
        Err((program, reason))
    }
}
