"""Which words of a transcript stand for which words that were said, and so what the heard words are."""

import difflib
from collections.abc import Sequence

from zahlwort_training.reading.prepare import marked
from zahlwort_training.reading.samples import Sample

GROUPS = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (1, 0), (0, 1))
"""So many words that were said may have become so many that were heard."""
LIKE = 0.65
"""Below this likeness of the whole, a sentence was not heard at all."""


def likeness(said: Sequence[str], heard: Sequence[str]) -> float:
    """From 0 to 1, by letters; figures may stand for any words."""
    a, b = "".join(said).lower(), "".join(heard).lower()
    if not a or not b:
        return 0.0
    if any(not c.isalpha() for c in a + b) and a.isalpha() != b.isalpha() and not (set(a) & set(b)):
        return 0.7
    return difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def aligned(said: Sequence[str], heard: Sequence[str]) -> list[tuple[range, range, float]]:
    """Which words became which, with their likeness; by dynamic programming over groups of words."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            here = best.get((i, j))
            if here is None:
                continue
            for m, n in GROUPS:
                if i + m <= len(said) and j + n <= len(heard):
                    like = likeness(said[i : i + m], heard[j : j + n])
                    # Words that are left out or put in cost as much as ones that are half alike.
                    gain = here[0] + (like - 0.5) * (m + n) if m and n else here[0] - 0.25
                    if (i + m, j + n) not in best or gain > best[i + m, j + n][0]:
                        best[i + m, j + n] = (gain, (m, n))
    out, at = [], (len(said), len(heard))
    while at != (0, 0):
        m, n = best[at][1]
        i, j = at[0] - m, at[1] - n
        out.append((range(i, i + m), range(j, j + n), likeness(said[i : i + m], heard[j : j + n])))
        at = (i, j)
    return out[::-1]


def tags_of(sample: Sample, heard: Sequence[str]) -> list[str] | None:
    """The tag of each heard word; nothing where it is not clear which words were which."""
    pairs = aligned([word.text for word in sample.words], heard)
    tags: list[str | None] = [None] * len(heard)
    like = 0.0
    for said, became, ratio in pairs:
        of = [sample.tags[n] for n in said]
        marked = sorted(set(of) - {""})
        if len(marked) > 1 or (marked and not became):
            return None
        like += ratio * len(said)
        for n in became if said else ():
            tags[n] = marked[0] if marked else ""
    if like < LIKE * len(sample.words):
        return None
    # A word that was put in belongs to what is on both sides of it.
    for n, tag in enumerate(tags):
        if tag is None:
            before = tags[n - 1] if n else ""
            behind = next((t for t in tags[n + 1 :] if t is not None), "")
            tags[n] = before if before == behind else ""
    return [tag or "" for tag in tags]


def template(text: str, tags: Sequence[str]) -> str:
    """The heard sentence with marks for its slots."""
    slots: list[tuple[str, int, int]] = []
    for n, tag in enumerate(tags):
        if tag and n and tags[n - 1] == tag:
            slots[-1] = (tag, slots[-1][1], n)
        elif tag:
            slots.append((tag, n, n))
    return marked(text, slots)
