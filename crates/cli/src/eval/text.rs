//! The results for people.

use serde_json::Value;

use super::tally::{Block, Confusion};

/// A block of results.
pub fn readable(block: &Block) -> String {
    let condition = match block.snr_db {
        Some(db) => format!("{db} dB SNR"),
        None => "clean".to_owned(),
    };
    let mut out = vec![format!(
        "== {condition}: {} recordings, {:.0} s ==",
        block.recordings, block.audio_seconds
    )];
    if block.failed > 0 {
        out.push(format!("could not be processed  {}", block.failed));
    }
    let commands = &block.commands;
    if commands.exact.total > 0 {
        out.push(format!("exactly right           {}", commands.exact));
        out.push(format!("  and nothing besides   {}", commands.strict));
        out.push(format!("intent right            {}", commands.intent));
        out.push(format!("slots right             {}", commands.slots));
        out.push(format!(
            "misunderstood           {}",
            commands.misunderstood
        ));
        for (why, count) in &commands.rejected {
            out.push(format!("rejected, {why:<14}{count}"));
        }
    }
    let others = &block.non_commands;
    if others.total > 0 {
        out.push(format!(
            "non-commands            {} ({:.0} s)",
            others.total, others.seconds
        ));
        out.push(format!("  taken for a command   {}", others.accepted));
        out.push(format!(
            "  that moves money      {}",
            others.accepted_moving_money
        ));
        for (why, count) in &others.rejected {
            out.push(format!("  {why:<22}{count}"));
        }
    }
    if block.status.total > 0 {
        out.push(format!("status right            {}", block.status));
    }
    if block.language.total > 0 {
        out.push(format!("language right          {}", block.language));
    }
    if !block.latency_ms.is_empty() {
        out.push("latency in ms              p50     p90     p99     max".to_owned());
        for stage in ["total", "features", "encoder", "decoder"] {
            if let Some(p) = block.latency_ms.get(stage) {
                out.push(format!(
                    "  {stage:<18}{:>10.1}{:>8.1}{:>8.1}{:>8.1}",
                    p.p50, p.p90, p.p99, p.max
                ));
            }
        }
    }
    if !block.confusions.is_empty() {
        out.push(format!("wrong: {}", block.confusions.len()));
        out.extend(block.confusions.iter().map(confusion));
    }
    out.join("\n")
}

fn confusion(confusion: &Confusion) -> String {
    let expected = &confusion.expected;
    let wanted = match &expected.intent {
        Some(intent) => format!("{intent} {}", slots(expected.slots.iter())),
        None => "nothing".to_owned(),
    };
    let got = &confusion.got;
    let text = |key: &str| got.get(key).and_then(Value::as_str).unwrap_or_default();
    let mut result = match text("status") {
        "understood" => {
            let slots = got
                .get("slots")
                .and_then(Value::as_object)
                .into_iter()
                .flatten();
            let values: Vec<(&String, &Value)> = slots
                .filter_map(|(n, s)| Some((n, s.get("value")?)))
                .collect();
            let confidence = got
                .get("confidence")
                .and_then(Value::as_f64)
                .unwrap_or_default();
            format!(
                "{} {} “{}” {confidence:.2}",
                text("intent"),
                self::slots(values.into_iter()),
                text("transcript")
            )
        }
        "incomplete" => format!(
            "incomplete {} “{}”, missing {}",
            text("intent"),
            text("transcript"),
            got.get("missing").unwrap_or(&Value::Null)
        ),
        "" => format!(
            "error: {}",
            got.pointer("/error/message")
                .and_then(Value::as_str)
                .unwrap_or_default()
        ),
        status => {
            let guess = got.pointer("/guess/transcript").and_then(Value::as_str);
            let guess = guess
                .map(|g| format!(", perhaps “{g}”"))
                .unwrap_or_default();
            format!(
                "{status} {}{guess}; heard “{}”",
                text("reason"),
                text("heard")
            )
        }
    };
    if let Some(said) = &expected.text {
        result += &format!("; said “{said}”");
    }
    format!(
        "  {}\n      expected {wanted}\n      got      {result}",
        confusion.file
    )
}

fn slots<'a>(slots: impl Iterator<Item = (&'a String, &'a Value)>) -> String {
    let slots: Vec<String> = slots
        .map(|(name, value)| match value {
            Value::String(text) => format!("{name}={text}"),
            other => format!("{name}={other}"),
        })
        .collect();
    format!("{{{}}}", slots.join(", "))
}
