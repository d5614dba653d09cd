"""Collects what the reading is trained on beside its templates.

    python -m zahlwort_training.reading.prepare RUN --text TEXT --zahlwort ../../target/release/zahlwort

RUN/packs.jsonl gets templates made of random sentences of the packs' grammars. RUN/real.jsonl gets sentences of real
people: SLURP, BANKING77, NLU-Evaluation-Data de-en and Tatoeba from the folder TEXT, and Debian's fortunes. Nearly all
of them are no command; those that are, `labels/*.tsv` says by line number and word numbers.
"""

import argparse
import csv
import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zahlwort_training import paths
from zahlwort_training.data.sentences import general
from zahlwort_training.reading.words import split

HERE = Path(__file__).parent


def escaped(text: str) -> str:
    """Without what a template gives a meaning to."""
    return "".join(" " if letter in "()[]{}|" else letter for letter in text)


def packs(program: Path, language: str, count: int) -> Iterator[dict[str, str]]:
    """Sentences of the packs, each with marks for its slots."""
    seen = set()
    for pack in ("payments", "home"):
        command = [str(program), "grammar", "sample", "--grammar", pack, "--lang", language, "-n", str(count), "--seed", "11"]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        for line in map(json.loads, lines):
            intent = line.get("intent")
            if line.get("status") not in ("understood", "incomplete") or not intent:
                continue
            template = escaped(line["transcript"])
            said = {slot: held for slot, held in line["slots"].items() if held.get("text")}
            for slot, held in sorted(said.items(), key=lambda item: -len(item[1]["text"])):
                template = template.replace(held["text"], "{" + slot + "}", 1)
            if template not in seen:
                seen.add(template)
                yield {"intent": intent, "language": language, "template": template}


def sources(text: Path) -> Iterator[tuple[str, str, list[str]]]:
    """Name, language and sentences of each collection; a sentence's number is its line, counted from 0."""
    slurp = (text / "slurp-devel.jsonl").read_text(encoding="utf-8").splitlines()
    yield "slurp", "en", [json.loads(line)["text"] for line in slurp]
    with (text / "banking77-train.csv").open(encoding="utf-8", newline="") as file:
        yield "banking77", "en", [row["text"] for row in csv.DictReader(file)]
    yield "assistant", "de", (text / "assistant-de.txt").read_text(encoding="utf-8").splitlines()
    yield "tatoeba", "de", (text / "tatoeba-de.txt").read_text(encoding="utf-8").splitlines()
    for language in ("de", "en"):
        yield f"fortunes-{language}", language, general(language)


def labels(name: str) -> dict[int, tuple[str, list[tuple[str, int, int]]]]:
    """Line number to intent and slots (name, first and last word). The intent `skip` leaves a sentence out."""
    path, out = HERE / "labels" / f"{name}.tsv", {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        if line and not line.startswith("#"):
            number, intent, *slots = line.split("\t")
            spans = []
            for slot, _, span in (slot.partition("=") for slot in slots if slot):
                first, _, last = span.partition("-")
                spans.append((slot, int(first), int(last)))
            out[int(number)] = (intent, spans)
    return out


def marked(text: str, slots: Sequence[tuple[str, int, int]]) -> str:
    """A template of a sentence with its slots."""
    words, out, at = split(text), "", 0
    for slot, first, last in sorted(slots, key=lambda s: s[1]):
        start, end = words[first].start, words[last].end
        out += escaped(text[at:start]) + "{" + slot + "=" + escaped(text[start:end]) + "}"
        at = end
    return out + escaped(text[at:])


def real(text: Path) -> Iterator[dict[str, Any]]:
    for name, language, sentences in sources(text):
        known, seen = labels(name), set()
        for number, sentence in enumerate(sentences):
            intent, slots = known.get(number, ("", []))
            sentence = " ".join(sentence.replace('"', " ").split())
            if intent != "skip" and sentence and (sentence, intent) not in seen:
                seen.add((sentence, intent))
                yield {"source": name, "language": language, "intent": intent, "template": marked(sentence, slots)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--text", type=Path, required=True)
    parser.add_argument("--zahlwort", type=Path, default=paths.PROGRAM)
    parser.add_argument("--count", type=int, default=12000, help="sentences drawn of each pack and language")
    options = parser.parse_args(argv)
    options.run.mkdir(parents=True, exist_ok=True)
    write(
        options.run / "packs.jsonl",
        [line for language in ("de", "en") for line in packs(options.zahlwort, language, options.count)],
    )
    write(options.run / "real.jsonl", list(real(options.text)))


def write(path: Path, lines: Sequence[dict[str, Any]]) -> None:
    part = path.with_suffix(".part")
    part.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    part.rename(path)
    print(f"{path.name}: {len(lines)} lines")


if __name__ == "__main__":
    main()
