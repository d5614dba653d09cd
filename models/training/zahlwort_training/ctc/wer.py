"""Word error rate of the free transcription, from what `zahlwort eval --list` wrote.

    zahlwort eval KERSTIN/transcripts.jsonl --non-commands --lang de --strictness 1 --list before.jsonl --model …
    python -m zahlwort_training.ctc.wer before.jsonl after.jsonl --every 10

Both texts are compared as the head spells: lower case, numbers in words, no punctuation. `--every 10` looks at
every tenth line only, those recorded sentences that training has kept aside.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from zahlwort_training.data import spelling
from zahlwort_training.data.spelling import modern


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--language", default="de", choices=("de", "en"))
    options = parser.parse_args(argv)
    for path in options.lists:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        wrong = words = wrong_letters = letters = left_out = 0
        for line in lines[options.every - 1 :: options.every]:
            said, heard = (
                spelling.target(modern(text or ""), options.language)
                for text in (line["expected"]["text"], line["got"].get("heard"))
            )
            if said is None or heard is None:
                left_out += 1
                continue
            wrong += spelling.distance(said.split(), heard.split())
            words += len(said.split())
            wrong_letters += spelling.distance(said, heard)
            letters += len(said)
        print(
            f"{path}: {100 * wrong / words:.1f} % of {words} words, "
            f"{100 * wrong_letters / letters:.1f} % of the letters; {left_out} left out"
        )


if __name__ == "__main__":
    main()
