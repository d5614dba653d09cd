//! The labelled recordings.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::values::Answer;

/// A recording and what has to come out of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// The recording as the manifest names it.
    #[serde(skip)]
    pub name: String,
    /// Where it is.
    #[serde(skip)]
    pub audio: PathBuf,
    /// The intent; `None` if it must not be understood.
    pub intent: Option<String>,
    /// The slots that have to come out.
    pub slots: BTreeMap<String, Value>,
    /// The answer that is listened for, if the manifest names one.
    #[serde(skip)]
    pub expect: Option<Answer>,
    /// The status, if the manifest names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The language, if the manifest names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The words, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

#[derive(Deserialize)]
struct Line {
    audio: PathBuf,
    /// The outer option is whether the key is there at all.
    #[serde(default, deserialize_with = "present")]
    intent: Option<Option<String>>,
    #[serde(default)]
    slots: BTreeMap<String, Value>,
    expect: Option<String>,
    status: Option<String>,
    language: Option<String>,
    text: Option<String>,
}

fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// Reads a manifest. With `non_commands`, lines without `intent` are speech that must not be
/// understood; otherwise they are mistakes.
pub fn read(path: &Path, non_commands: bool) -> Result<Vec<Expected>, String> {
    let text = std::fs::read_to_string(path).map_err(|e| {
        format!(
            "cannot read {}: {e}; check the path and its permissions",
            path.display()
        )
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    parse(&text, &path.display().to_string(), folder, non_commands)
}

fn parse(
    text: &str,
    file: &str,
    folder: &Path,
    non_commands: bool,
) -> Result<Vec<Expected>, String> {
    let mut out = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let place = format!("{file}:{}", number + 1);
        let line: Line = serde_json::from_str(line).map_err(|e| {
            format!("{place}: {e}; each line is an object such as {{\"audio\":\"a.wav\",\"intent\":\"Confirm\",\"slots\":{{}}}}")
        })?;
        let intent = match line.intent {
            Some(intent) => intent,
            None if non_commands => None,
            None => {
                return Err(format!(
                    "{place}: there is no `intent`; add it (null if it must not be understood), or pass --non-commands"
                ));
            }
        };
        if let Some(status) = &line.status
            && !["understood", "incomplete", "rejected", "no_speech"].contains(&status.as_str())
        {
            return Err(format!(
                "{place}: `status` is \"{status}\"; write understood, incomplete, rejected or no_speech"
            ));
        }
        let expect = line.expect.map(|name| {
            Answer::from_str(&name, false).map_err(|_| {
                format!(
                    "{place}: `expect` is \"{name}\"; write what --expect takes, such as yes-no"
                )
            })
        });
        out.push(Expected {
            name: line.audio.display().to_string(),
            audio: folder.join(&line.audio),
            intent,
            slots: line.slots,
            expect: expect.transpose()?,
            status: line.status,
            language: line.language,
            text: line.text,
        });
    }
    if out.is_empty() {
        return Err(format!(
            "{file} names no recordings; give one JSON object a line"
        ));
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, non_commands: bool) -> Result<Vec<Expected>, String> {
        parse(text, "m.jsonl", Path::new("data"), non_commands)
    }

    #[test]
    fn recordings_are_found_beside_the_manifest() {
        let lines = read(
            "{\"audio\":\"a/b.wav\",\"intent\":\"Confirm\",\"expect\":\"yes-no\"}\n\n{\"audio\":\"c.wav\",\"intent\":null}\n",
            false,
        );
        let lines = lines.unwrap();
        assert_eq!(lines[0].audio, Path::new("data/a/b.wav"));
        assert_eq!(lines[0].name, "a/b.wav");
        assert_eq!(lines[0].intent.as_deref(), Some("Confirm"));
        assert_eq!(lines[0].expect, Some(Answer::YesNo));
        assert_eq!((&lines[1].intent, lines[1].expect), (&None, None));
    }

    #[test]
    fn mistakes_are_named_with_file_and_line() {
        for (text, wanted) in [
            (
                "{\"audio\":\"a.wav\",\"intent\":null}\n{\"audio\":",
                "m.jsonl:2: ",
            ),
            ("{\"audio\":\"a.wav\",\"text\":\"hello\"}", "--non-commands"),
            (
                "{\"audio\":\"a.wav\",\"intent\":null,\"status\":\"ok\"}",
                "understood, incomplete, rejected or no_speech",
            ),
            (
                "{\"audio\":\"a.wav\",\"intent\":\"Confirm\",\"expect\":\"maybe\"}",
                "such as yes-no",
            ),
            ("\n", "names no recordings"),
        ] {
            let error = read(text, false).unwrap_err();
            assert!(error.contains(wanted), "{error}");
        }
        assert_eq!(
            read("{\"audio\":\"a.wav\",\"text\":\"hello\"}", true).unwrap()[0].intent,
            None
        );
    }
}
