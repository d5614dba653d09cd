"""The teacher's vectors of words and sentences (`reading.vectors` makes them), as they are drawn in training."""

import hashlib
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from zahlwort_training.reading.templates import Template

SIZE = 128
"""Of the teacher's 512 directions so many are kept."""
WORDS = 2048
"""So many words are learned a step, half of them from the texts here."""


def key(template: Template) -> int:
    """Names a template in RUN/vectors.npz."""
    return int.from_bytes(hashlib.blake2b(repr(template.parts).encode(), digest_size=7).digest())


class Meanings:
    """All of the vectors."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as held:
            self.grams, self.offsets = held["grams"], held["offsets"]
            self.words, self.known = held["words"], int(held["known"])
            self.sentences = held["sentences"]
            self.numbers = {int(k): number for number, k in enumerate(held["keys"])}

    def of(self, templates: Sequence[Template | None]) -> torch.Tensor:
        """[templates, SIZE]; zeros for none and for what has no vector."""
        out = np.zeros((len(templates), SIZE), dtype=np.float32)
        for row, template in enumerate(templates):
            number = self.numbers.get(key(template)) if template else None
            if number is not None:
                out[row] = self.sentences[number]
        return torch.from_numpy(out)

    def draw(self, rng: random.Random) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """Grams, offsets and vectors of some words."""
        numbers = [rng.randrange(self.known if n % 2 else len(self.words)) for n in range(WORDS)]
        grams = [self.grams[self.offsets[n] : self.offsets[n + 1]] for n in numbers]
        offsets = np.cumsum([0, *map(len, grams)], dtype=np.int32)
        return (
            torch.from_numpy(np.concatenate(grams).astype(np.int32)),
            torch.from_numpy(offsets),
            torch.from_numpy(self.words[numbers].astype(np.float32)),
        )


class Student(nn.Module):
    """How far the network's embedded words and its summary of a sentence are from the teacher's vectors."""

    def __init__(self, embedding: int, hidden: int) -> None:
        super().__init__()
        self.of_word, self.of_sentence = nn.Linear(embedding, SIZE), nn.Linear(4 * hidden, SIZE)

    def forward(self, words: torch.Tensor, vectors: torch.Tensor, summary: torch.Tensor, meanings: torch.Tensor) -> torch.Tensor:
        """The mean distances (one less the cosine), of words and of sentences that have a vector, added."""
        there = meanings.abs().sum(1) > 0
        of_words = 1 - F.cosine_similarity(self.of_word(words), vectors)
        of_sentences = (1 - F.cosine_similarity(self.of_sentence(summary), meanings)) * there
        return of_words.mean() + of_sentences.sum() / there.sum().clamp(min=1)
