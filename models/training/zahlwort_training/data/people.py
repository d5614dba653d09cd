"""Sentences that people wrote or said: everyday ones, to an assistant, to a bank. Nearly all are no command.

`sentences` reads what of them every voice reads alike: no figures, no abbreviations, no signs. One in ten of each file
is kept for measuring and never trained on.
"""

import csv
import json
import random
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path


def _records(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)["text"]


def _table(path: Path) -> Iterator[str]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield row["text"]


def _plain(path: Path) -> Iterator[str]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield next(csv.reader([line]))[0] if line.startswith('"') else line


FILES: dict[str, dict[str, tuple[Callable[[Path], Iterator[str]], float]]] = {
    "de": {"tatoeba-de.txt": (_plain, 1.0), "assistant-de.txt": (_plain, 0.25)},
    "en": {"slurp-devel.jsonl": (_records, 1.0), "banking77-train.csv": (_table, 0.6)},
}
"""How each file is read, and how often it is drawn from beside the others until it is used up."""


def kept(text: str) -> bool:
    """Whether a sentence is for measuring alone."""
    return zlib.crc32(text.encode()) % 10 == 9


def readable(text: str, longest: int = 90, words: int = 15) -> bool:
    """Whether all voices read it alike: plain words, none of them shouted or shortened, in so many letters and words."""
    return (
        1 <= len(text.split()) <= words
        and len(text) <= longest
        and re.fullmatch(r"[A-Za-zÄÖÜäöüß ,.!?;:'’„“\"-]+", text) is not None
        and not re.search(r"[A-ZÄÖÜ]{2}|\.\w|[a-zäöü][A-Z]|\b(Dr|Mr|Mrs|St|Prof|bzw|usw|etc|ca|vgl|PDA)\b", text)
        and all(re.search("[aeiouyäöü]", word.lower()) for word in text.split())
    )


def sentences(folder: Path, language: str, rng: random.Random, measure: bool = False) -> list[str]:
    """All that can be read, each once, shuffled; or, to `measure`, those kept from training."""
    drawn: list[tuple[float, str]] = []
    for name, (read, share) in FILES[language].items():
        if not (folder / name).exists():
            continue
        found = dict.fromkeys(" ".join(text.replace("’", "'").split()).strip('"„“') for text in read(folder / name))
        texts = [text for text in found if readable(text) and kept(text) == measure]
        rng.shuffle(texts)
        names = 0
        for number, text in enumerate(texts):
            # Every fourth everyday sentence is about Tom or Mary: one in twenty is enough.
            if re.search(r"\b(Toms?|Mar(y|ia)s?)\b", text):
                names += 1
                if names % 5:
                    continue
            drawn.append((number / share, text))
    return [text for _, text in sorted(drawn)]
