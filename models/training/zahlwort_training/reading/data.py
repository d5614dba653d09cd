"""What the reading is trained and validated on: the templates, the packs' sentences, and sentences of real people.

`RUN/packs.jsonl` and `RUN/real.jsonl` are made by `reading.prepare`, `RUN/vectors.npz` by `reading.vectors` and
`RUN/heard.jsonl` by `reading.heard`, which both may be left out; the templates are part of this package.
"""

import json
import random
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch

from zahlwort_training.reading import templates
from zahlwort_training.reading.meanings import Meanings
from zahlwort_training.reading.samples import Others, Sample, Sampler
from zahlwort_training.reading.templates import TAKEN_BACK, Template
from zahlwort_training.reading.words import FLAGS, MOST, buckets, flags

HERE = Path(__file__).parent
KEPT_ASIDE = 10
"""Every so many templates and real sentences are kept aside."""

Batch = tuple[torch.Tensor, ...]
"""Grams, offsets, flags, lengths, intents, tags; and where there is a teacher, sentences' vectors, and words' grams, offsets
and vectors."""


def is_kept_aside(text: str) -> bool:
    return zlib.crc32(text.encode()) % KEPT_ASIDE == 0


class Data:
    """All of it, divided into what is trained on and what is kept aside."""

    def __init__(self, run: Path, without: str = "", everything: bool = False) -> None:
        """`without` names a file of real sentences that is kept aside whole."""
        written, wrong = templates.load(HERE / "text")
        for line in wrong:
            print(f"left out: {line}")
        packs = [
            Template(line["intent"], line["language"], "pack", templates.parse(line["template"]), "pack")
            for line in map(json.loads, (run / "packs.jsonl").read_text(encoding="utf-8").splitlines())
        ]
        real, heard = [
            [
                Template(line["intent"], line["language"], line["source"], templates.parse(line["template"]), line["source"])
                for line in map(json.loads, path.read_text(encoding="utf-8").splitlines() if path.exists() else ())
            ]
            for path in (run / "real.jsonl", run / "heard.jsonl")
        ]
        aside = lambda t: not everything and is_kept_aside(repr(t.parts))
        self.written = [t for t in written if not aside(t)]
        self.aside = [t for t in written if aside(t)]
        known = {t.intent for t in written}
        self.packs = [t for t in packs if t.intent in known]
        self.heard = heard
        self.real = [t for t in real if t.register != without and not (not without and aside(t))]
        self.real_aside = [t for t in real if (t.register == without if without else aside(t))]
        self.intents = ["", *sorted({t.intent for t in written} - {""})]
        self.tags = ["", TAKEN_BACK, *sorted({m.tag for t in written for m in templates.marks(t.parts)} - {"", TAKEN_BACK})]
        path = run / "vectors.npz"
        self.meanings = Meanings(path) if path.exists() else None
        allowed: dict[str, set[str]] = {intent: set() for intent in self.intents}
        for t in written:
            allowed[t.intent] |= {m.tag for m in templates.marks(t.parts)} - {"", TAKEN_BACK}
        self.allowed = {intent: sorted(slots) for intent, slots in allowed.items()}
        plain = lambda source: [
            text
            for t in self.real
            if t.register == source and not t.intent
            for text in ["".join(p for p in t.parts if isinstance(p, str))]
            if 2 < len(text.split()) <= 9 and not text.endswith("?")
        ]
        # Whichever of the sources is kept aside whole, there are statements left.
        self.statements = {"de": plain("tatoeba") or plain("fortunes-de"), "en": plain("fortunes-en") or plain("slurp")}


class Stream:
    """Samples without end, mixed by the shares of what they are from."""

    SHARES = (("commands", 0.45), ("none", 0.20), ("packs", 0.05), ("real", 0.20), ("heard", 0.10))

    def __init__(self, data: Data, seed: int) -> None:
        self.sampler, self.data = Sampler(HERE, seed), data
        self.rng = self.sampler.rng
        self.others = Others(data.written, data.statements, self.rng)
        by_intent: dict[tuple[str, str], list[Template]] = {}
        for t in data.written:
            by_intent.setdefault((t.intent, t.language), []).append(t)
        self.commands = {key: ts for key, ts in by_intent.items() if key[0]}
        self.none = [t for t in data.written if not t.intent]
        # An intent with four times the templates is drawn twice as often.
        self.weights = [len(ts) ** 0.5 for ts in self.commands.values()]
        self.real = {s: [t for t in data.real if t.register == s] for s in sorted({t.register for t in data.real})}
        self.real_weights = [len(ts) ** 0.5 for ts in self.real.values()]

    def template(self) -> Template:
        rng = self.rng
        kind = rng.choices([k for k, _ in self.SHARES], [s for _, s in self.SHARES])[0]
        if kind == "commands":
            return rng.choice(rng.choices(list(self.commands.values()), self.weights)[0])
        if kind == "none":
            return rng.choice(self.none)
        if kind == "packs" and self.data.packs:
            return rng.choice(self.data.packs)
        if kind == "heard" and self.data.heard:
            return rng.choice(self.data.heard)
        return rng.choice(rng.choices(list(self.real.values()), self.real_weights)[0])

    def samples(self) -> Iterator[Sample]:
        while True:
            sample = self.sampler.sample(self.template(), self.others)
            if 0 < len(sample.words) <= MOST:
                yield sample

    def batches(self, size: int) -> Iterator[Batch]:
        stream = self.samples()
        while True:
            some = [next(stream) for _ in range(size)]
            one, meanings = batch(some, self.data, self.sampler), self.data.meanings
            if meanings:
                # A sentence that was taken back or doubled does not mean what its template means.
                same = [s.template if s.intent == s.template.intent else None for s in some]
                one = (*one, meanings.of(same), *meanings.draw(self.rng))
            yield one


def batch(samples: Sequence[Sample], data: Data, sampler: Sampler) -> Batch:
    """Samples as the network takes them."""
    grams: list[int] = []
    offsets, rows, columns, at = [0], [], [], 0
    longest = max(len(sample.words) for sample in samples)
    tags = torch.zeros(len(samples), longest, dtype=torch.long)
    number = {tag: n for n, tag in enumerate(data.tags)}
    for row, sample in enumerate(samples):
        language = sample.language if sampler.rng.random() < 0.7 else None
        for word, set_ in zip(sample.words, flags(sample.words, sampler.lists_of(sample.words), language)):
            grams += buckets(word.text)
            offsets.append(len(grams))
            rows += [at] * len(set_)
            columns += set_
            at += 1
        tags[row, : len(sample.tags)] = torch.tensor([number[tag] for tag in sample.tags])
    flag = torch.zeros(at, FLAGS)
    flag[rows, columns] = 1.0
    lengths = torch.tensor([len(sample.words) for sample in samples])
    intents = torch.tensor([data.intents.index(sample.intent) for sample in samples])
    return torch.tensor(grams, dtype=torch.int32), torch.tensor(offsets, dtype=torch.int32), flag, lengths, intents, tags


def aside(data: Data, ts: Sequence[Template], each: int, change: bool, seed: int = 5) -> list[Sample]:
    """Sentences to validate with."""
    sampler = Sampler(HERE, seed)
    others = Others(data.written, data.statements, random.Random(seed))
    out = [sampler.sample(t, others, change) for t in ts for _ in range(each)]
    return [sample for sample in out if 0 < len(sample.words) <= MOST]
