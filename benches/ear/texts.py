"""Reads sentences of real people with `zahlwort parse`, each file in its language, and counts what becomes a command.

    python texts.py ZAHLWORT TEXTS OUT [--limit N] [-- ARGUMENTS OF parse …]

TEXTS is the folder with the files below. OUT gets accepted.tsv, the accepted sentences and what they became, those
that spend money first, to be read by somebody; and counts.json. The table goes to standard output. Nearly all of
these sentences are no order to a purse, but some are ("order me a pizza"), which only a reader can tell.
"""

import argparse
import csv
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from spending import orders, spending

BLOCK = 2000
"""Sentences for one start of the program, between two messages of progress."""


def records(path):
    """The sentences of JSON lines with `text` and `intent`, and the intent."""
    for line in path.read_text(encoding="utf-8").splitlines():
        line = json.loads(line)
        yield line["text"], line["intent"]


def table(path):
    """The sentences of a table with the columns `text` and `category`, and the category."""
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"], row["category"]


def plain(path):
    """The sentences of a file with one a line; one in quotes is written as in a table."""
    for line in path.read_text(encoding="utf-8").splitlines():
        yield next(csv.reader([line]))[0] if line.startswith('"') else line, ""


FILES = {
    "slurp-devel.jsonl": ("en", records),
    "banking77-train.csv": ("en", table),
    "assistant-de.txt": ("de", plain),
    "tatoeba-de.txt": ("de", plain),
}
"""The language of each file, and how it is read."""


def parsed(options, language, texts):
    """What the program makes of each text."""
    command = [options.zahlwort, "parse", "--lang", language, *options.arguments, "-"]
    out = []
    for start in range(0, len(texts), BLOCK):
        block = texts[start : start + BLOCK]
        told = subprocess.run(command, input="\n".join(block) + "\n", capture_output=True, text=True, encoding="utf-8")
        got = [json.loads(line) for line in told.stdout.splitlines()]
        if len(got) != len(block):
            sys.exit(f"{len(block)} sentences gave {len(got)} lines: {told.stderr.strip()}")
        out += got
        print(f"{len(out)} of {len(texts)}", file=sys.stderr)
    return out


def meaning(got):
    slots = got.get("slots", {})
    return " ".join(f"{name}={json.dumps(slot['value'], ensure_ascii=False)}" for name, slot in sorted(slots.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zahlwort", help="the program")
    parser.add_argument("texts", type=Path, help="the folder of the texts")
    parser.add_argument("out", type=Path)
    parser.add_argument("--limit", type=int, help="only the first sentences of each file")
    parser.add_argument("arguments", nargs="*", help="for parse, behind --")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    counts, accepted, spend = {}, [], spending(orders(options.zahlwort))
    for name, (language, read) in FILES.items():
        print(name, file=sys.stderr)
        sentences = [(" ".join(text.split()), label) for text, label in read(options.texts / name)]
        sentences = [(text, label) for text, label in sentences if text][: options.limit]
        started = time.monotonic()
        all_got = parsed(options, language, [text for text, _ in sentences])
        understood = [(label, text, got) for (text, label), got in zip(sentences, all_got) if got["status"] == "understood"]
        accepted += [(name, label, text, got) for label, text, got in understood]
        counts[name] = {
            "sentences": len(sentences),
            "commands": len(understood),
            "spending": sum(got["intent"] in spend for *_, got in understood),
            "intents": dict(Counter(got["intent"] for *_, got in understood).most_common()),
            "rejected": dict(Counter(got.get("reason") for got in all_got if got["status"] == "rejected").most_common()),
            "seconds": round(time.monotonic() - started, 1),
        }
    (options.out / "counts.json").write_text(json.dumps(counts, indent=2) + "\n", encoding="utf-8")
    accepted.sort(key=lambda one: (one[3]["intent"] not in spend, one[0], one[3]["intent"]))
    with (options.out / "accepted.tsv").open("w", encoding="utf-8") as file:
        print("spends", "file", "label", "confidence", "intent", "sentence", "slots", sep="\t", file=file)
        for name, label, text, got in accepted:
            spends = "yes" if got["intent"] in spend else ""
            print(spends, name, label, got["confidence"], got["intent"], text, meaning(got), sep="\t", file=file)
    print("| file | sentences | commands | spending | commands by intent | rejected |\n| --- | --- | --- | --- | --- | --- |")
    for name, of in counts.items():
        by_intent, why = (", ".join(f"{key} {count}" for key, count in of[kind].items()) for kind in ("intents", "rejected"))
        print(f"| {name} | {of['sentences']} | {of['commands']} | {of['spending']} | {by_intent} | {why} |")


if __name__ == "__main__":
    main()
