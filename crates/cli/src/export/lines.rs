//! Lines of what `recognize`, `parse` and `listen` print.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use serde_json::Value;
use zahlwort::{Command, Order};

use crate::output::Stop;

/// Our own lines are far shorter; more is another file.
const MAX_LINE_BYTES: u64 = 1 << 20;

/// A file or standard input, line by line.
pub struct Lines {
    name: String,
    input: Box<dyn BufRead>,
    number: u64,
}

impl Lines {
    pub fn open(path: &Path) -> Result<Self, Stop> {
        let (name, input): (String, Box<dyn BufRead>) = if path.as_os_str() == "-" {
            (
                "standard input".to_owned(),
                Box::new(std::io::stdin().lock()),
            )
        } else {
            let name = path.display().to_string();
            let file = File::open(path).map_err(|e| {
                Stop::Failed(format!(
                    "cannot read {name}: {e}; check the path and its permissions"
                ))
            })?;
            (name, Box::new(BufReader::new(file)))
        };
        Ok(Self {
            name,
            input,
            number: 0,
        })
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The next line that is not empty, with its number; the line itself may be unreadable.
    #[allow(clippy::type_complexity, reason = "a line, or why it is none")]
    pub fn next(&mut self) -> Result<Option<(u64, Result<String, String>)>, Stop> {
        loop {
            let mut bytes = Vec::new();
            let read = (&mut self.input)
                .take(MAX_LINE_BYTES)
                .read_until(b'\n', &mut bytes);
            let read = read.map_err(|e| Stop::Failed(format!("cannot read {}: {e}", self.name)))?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if read as u64 == MAX_LINE_BYTES && !bytes.ends_with(b"\n") {
                return Err(Stop::Failed(format!(
                    "{}:{}: longer than {MAX_LINE_BYTES} bytes; give what `zahlwort recognize` printed",
                    self.name, self.number
                )));
            }
            if bytes.trim_ascii().is_empty() {
                continue;
            }
            let line = String::from_utf8(bytes).map_err(|e| format!("not UTF-8: {e}"));
            return Ok(Some((self.number, line)));
        }
    }
}

/// The order in a line. `None` for the events of `listen` that are no outcome.
pub fn order(line: &str) -> Result<Option<Order>, String> {
    let value: Value = serde_json::from_str(line).map_err(|e| {
        format!("no JSON: {e}; give what `zahlwort recognize` or `zahlwort parse` printed")
    })?;
    let text = |name: &str| value.get(name).and_then(Value::as_str);
    if text("event").is_some_and(|event| event != "outcome") {
        return Ok(None);
    }
    match text("status") {
        Some("understood") => {}
        Some(status) => return Err(format!("`status` is {status}, so there is no command")),
        None => {
            return Err(
                match value.pointer("/error/message").and_then(Value::as_str) {
                    Some(message) => format!("was not processed: {message}"),
                    None => "has no `status`; give what `zahlwort recognize` printed".to_owned(),
                },
            );
        }
    }
    let command = value.get("command").cloned().unwrap_or_default();
    match serde_json::from_value(command) {
        Ok(Command::Order(order)) => Ok(Some(order)),
        Ok(Command::Answer(answer)) => Err(format!(
            "\"{}\" answers a question; only commands are exported",
            answer.name()
        )),
        Err(e) => Err(format!("`command` is none: {e}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_a_command_or_says_why_not() {
        let understood = r#"{"status":"understood","command":{"type":"show_cart"},"new":1}"#;
        assert_eq!(order(understood), Ok(Some(Order::ShowCart)));
        let live = r#"{"event":"outcome","status":"understood","command":{"type":"show_cart"}}"#;
        assert_eq!(order(live), Ok(Some(Order::ShowCart)));
        assert_eq!(order(r#"{"event":"speech_started","at_ms":300}"#), Ok(None));
        for (line, why) in [
            ("überweise", "no JSON"),
            ("[1]", "no `status`"),
            (
                r#"{"status":"rejected","reason":"uncertain"}"#,
                "is rejected",
            ),
            (
                r#"{"file":"a","error":{"kind":"k","message":"truncated"}}"#,
                "truncated",
            ),
            (r#"{"status":"understood"}"#, "`command` is none"),
            (
                r#"{"status":"understood","command":{"type":"provide_pin","pin":"0471"}}"#,
                "\"provide_pin\" answers a question",
            ),
            (
                r#"{"status":"understood","command":{"type":"custom","intent":"NameContact","slots":{"name":"Anna"}}}"#,
                "\"NameContact\" answers a question",
            ),
            (
                r#"{"status":"understood","command":{"type":"top_up","target":{"name":"x"},"amount":{"amount":"-1","currency":"EUR"}}}"#,
                "greater than zero",
            ),
        ] {
            let error = order(line).expect_err(line);
            assert!(error.contains(why), "{error}");
        }
    }
}
