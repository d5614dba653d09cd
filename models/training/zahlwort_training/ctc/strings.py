"""Strings of digits, put together of single ones that one person said: with gaps as people leave them, with hardly any,
and with the digits running into each other.
"""

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from zahlwort_training.data import short
from zahlwort_training.types import Array, Record, Samples

HERTZ = 16_000


def tight(piece: Samples, below: float = 26.0, frame: int = 160) -> Samples:
    """The piece without its soft beginning and end, as somebody in a hurry says it."""
    count = len(piece) // frame
    power = np.mean(piece[: count * frame].reshape(count, frame) ** 2, axis=1) + 1e-12
    loud = np.flatnonzero(power > power.max() * 10 ** (-below / 10))
    return piece[loud[0] * frame : (loud[-1] + 1) * frame]


def joined(pieces: Sequence[Samples], rng: random.Random) -> Samples:
    """The pieces one after the other; a gap below zero lets two of them overlap."""
    manner = rng.random()
    low, high = (-0.07, 0.0) if manner < 0.25 else (0.0, 0.12) if manner < 0.5 else (0.05, 0.3) if manner < 0.85 else (0.2, 0.7)
    hurried = manner < 0.25 or rng.random() < 0.25
    fade = np.linspace(0, 1, 96, dtype=np.float32)
    level = rng.uniform(0.0, 0.25)
    at, placed = 0, []
    for piece in pieces:
        piece = (tight(piece) if hurried else piece) * np.float32(np.exp(rng.gauss(0, level)))
        piece[: len(fade)] *= fade
        piece[-len(fade) :] *= fade[::-1]
        placed.append((max(0, at), piece))
        at = max(0, at) + len(piece) + int(rng.uniform(low, high) * HERTZ)
    before, after = (int(rng.uniform(0.02, 0.4) * HERTZ) for _ in range(2))
    out = np.zeros(before + max(start + len(piece) for start, piece in placed) + after, np.float32)
    for start, piece in placed:
        out[before + start : before + start + len(piece)] += piece
    # No gap is quite silent.
    out += np.random.default_rng(rng.getrandbits(32)).standard_normal(len(out), np.float32) * 10 ** (rng.uniform(-75, -50) / 20)
    return out * (0.5 / np.abs(out).max())


def strings(samples: Array, items: Sequence[Record], count: int, seed: int, name: str) -> Iterator[tuple[Samples, Record]]:
    """So many strings of 2 to 8 digits with what is known of each; `samples` are int16, `items` single digits in them."""
    rng = random.Random(f"{name} {seed}")
    takes: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for item in items:
        takes[item["language"], item["speaker"]].append(item)
    people = sorted(takes)
    for number in range(count if people else 0):
        language, speaker = people[number % len(people)]
        chosen = [rng.choice(takes[language, speaker]) for _ in range(rng.choice([2, 3, 3, 4, 4, 4, 5, 6, 6, 7, 8]))]
        cut = [samples[item["start"] : item["start"] + item["length"]].astype(np.float32) / 32768 for item in chosen]
        words = [item["text"] for item in chosen]
        yield (
            joined(cut, rng),
            {
                "language": language,
                "set": name,
                "text": " ".join(words),
                "target": " ".join(item["target"] for item in chosen),
                "written": short.digit_ways([item["digit"] for item in chosen], words),
            },
        )
