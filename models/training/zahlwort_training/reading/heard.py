"""Sentences as the recogniser writes them down when they are spoken, to train on its own mistakes.

    python -m zahlwort_training.reading.heard RUN --count 2500 --zahlwort ../../target/release/zahlwort

Sentences of the templates that are not kept aside are spoken by synthetic voices in some noise, transcribed without a
grammar, and aligned with what was said, so that each heard word has the slot of the words that it stands for.
RUN/heard.jsonl gets them, in the form of RUN/real.jsonl.
"""

import argparse
import contextlib
import io
import json
import random
import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zahlwort_training import paths
from zahlwort_training.reading.alignment import tags_of, template
from zahlwort_training.reading.data import Data, Stream
from zahlwort_training.reading.prepare import write
from zahlwort_training.reading.samples import Sample
from zahlwort_training.reading.words import split

VOICES = ("espeak-*", "flite-slt", "flite-awb", "flite-kal")
"""None of those that tests speak with."""
GRAMMAR = 'language: {}\nintents: {{Say: {{data: [{{sentences: ["{{said}}"]}}]}}}}\nlists: {{said: {{wildcard: text}}}}\n'
"""Everything that may be said is one open slot, so what is heard is written down freely."""


def spoken(samples: Sequence[Sample], folder: Path, noise: Sequence[str]) -> list[Path]:
    """Recordings of the sentences, in their order."""
    from zahlwort_training.speech import generate

    listed = folder / "said.jsonl"
    lines = [{"text": s.text, "language": s.language, "name": f"{n:05}"} for n, s in enumerate(samples)]
    listed.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    arguments = [str(listed), str(folder), "--voices", *VOICES, "--rate", "0.85:1.15", "--pitch", "0.9:1.1", *noise]
    with contextlib.redirect_stdout(io.StringIO()):
        generate.main(arguments)
    manifest = map(json.loads, (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines())
    audio = {line["name"]: folder / line["audio"] for line in manifest}
    return [audio[line["name"]] for line in lines]


def transcribed(program: Path, recordings: Sequence[Path], language: str, folder: Path) -> list[str]:
    """What is heard in each."""
    grammar = folder / f"{language}.yaml"
    grammar.write_text(GRAMMAR.format(language), encoding="utf-8")
    command = [program, "recognize", "--lang", language, "--grammar", grammar, "--reading", "grammar"]
    command += ["--threads", "1", *recordings]
    lines = subprocess.run([str(part) for part in command], check=False, capture_output=True, text=True).stdout.splitlines()
    return [line.get("heard") or line.get("transcript") or "" for line in map(json.loads, lines)]


def heard(data: Data, program: Path, count: int, seed: int) -> Iterator[dict[str, Any]]:
    """Sentences with what they are, as they were heard."""
    stream, rng = Stream(data, seed), random.Random(seed)
    drawn: list[Sample] = []
    while len(drawn) < count:
        kind = stream.template()
        if kind in stream.none or (kind.intent and kind.register not in stream.real and kind.register != "pack"):
            sample = stream.sampler.sample(kind, stream.others)
            # What a voice reads aloud: no signs that it spells.
            if 2 < len(sample.words) < 40 and not re.search(r"[→#*/_]", sample.text):
                drawn.append(sample)
    with tempfile.TemporaryDirectory() as name:
        for language in ("de", "en"):
            some = [sample for sample in drawn if sample.language == language]
            folder = Path(name) / language
            folder.mkdir()
            noise = ["--noise", "fan", "babble", "pink", "--snr", "12:25"] if rng.random() < 0.7 else []
            for sample, text in zip(some, transcribed(program, spoken(some, folder, noise), language, folder)):
                words = [word.text for word in split(text)]
                tags = tags_of(sample, words) if words else None
                if tags is not None and words != [word.text for word in sample.words]:
                    yield {"source": "heard", "language": language, "intent": sample.intent, "template": template(text, tags)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--count", type=int, default=2500, help="sentences to speak")
    parser.add_argument("--zahlwort", type=Path, default=paths.PROGRAM)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    data = Data(options.run)
    lines: list[dict[str, Any]] = []
    # In portions, so that what was heard so far is kept when this is interrupted.
    for portion in range(-(-options.count // 100)):
        lines += heard(data, options.zahlwort, 100, options.seed * 1000 + portion)
        write(options.run / "heard.jsonl", lines)


if __name__ == "__main__":
    main()
