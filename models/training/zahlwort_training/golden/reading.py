"""Write a reader of random weights, and what it makes of a few texts, for the tests of `crates/reading`.

Words, features, network and random field are computed here a second time, in float64 and as plainly as can be: what the
Rust crate gives must be the same. The order of the LSTM's gates and the layout of its weights are `torch.nn.LSTM`'s.

    python -m zahlwort_training.golden.reading
"""

import argparse
import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import numpy as np
from safetensors.numpy import save

from zahlwort_training import paths
from zahlwort_training.types import Array, Record, Tensors

EMBEDDING, HIDDEN, LAYERS, BUCKETS = 6, 20, 2, 64
LANGUAGES = ["de", "en"]
LISTS = ["contacts", "merchants", "products"]
INTENTS = {
    "": [],
    "SendMoney": ["recipient", "amount", "note"],
    "OrderProduct": ["product", "quantity"],
    "PayBill": ["biller", "amount"],
    "CheckBalance": [],
}
TAGS = ["", "-", "recipient", "amount", "note", "product", "quantity", "biller"]
CALIBRATION = {"scale": 1.25, "offset": -0.5}

VOCABULARY = [
    ("contacts", "Anna Schmidt"),
    ("contacts", "Jörg O'Neill"),
    ("merchants", "Bäckerei „Schmidt“ (Köln)"),
    ("products", "Hafer-Milch 1,5 l"),
    ("rooms", "Anna"),
]
TEXTS = [
    ("Überweise „ANNA“ bitte 12,50 € – nein, warte: 15!", "de"),
    ("send jörg o'neill twenty quid for the pizza, please.", "en"),
    ("Hafer-Milch", None),
    ("Donaudampfschifffahrtsgesellschaftskapitän 2026 B2B an an an …", "fr"),
    ("(pay) SCHMIDT 3.000,00 ?! and then some more , or less; whatever you like [really]", "en"),
]

COMMAS, STOPS, AROUND = ",;:–—", ".!?…", "\"'„“”‚‘’«»()[]{}"
LEAST, MOST = 0.01, 3


def logistic(x: Array) -> Array:
    return 1 / (1 + np.exp(-x))


def log_sum_exp(x: Array, axis: int | None = None) -> Array:
    top = x.max(axis=axis, keepdims=True)
    return np.squeeze(top + np.log(np.exp(x - top).sum(axis=axis, keepdims=True)), axis=axis)


# --- words and features ----------------------------------------------------------------------------------------------


def split(text: str) -> list[Record]:
    """The words of a text: their characters, and what stands behind them."""
    words: list[Record] = []
    end = 0
    for piece in text.split():
        start = text.index(piece, end)
        end = start + len(piece)
        behind = piece
        if bare := piece.strip(COMMAS + STOPS + AROUND):
            first = start + piece.index(bare)
            words.append({"start": first, "end": first + len(bare), "comma": False, "stop": False})
            behind = text[first + len(bare) : end]
        if words:
            words[-1]["comma"] |= any(mark in behind for mark in COMMAS)
            words[-1]["stop"] |= any(mark in behind for mark in STOPS)
    return words


def fnv1a(text: str) -> int:
    value = 2166136261
    for byte in text.encode():
        value = (value ^ byte) * 16777619 % 2**32
    return value


def grams(word: str) -> list[int]:
    """The hashes of a word's n-grams and of the word itself."""
    word = "".join("0" if c in "0123456789" else c for c in word.lower())[:24]
    framed = f"<{word}>"
    parts = [framed[at : at + n] for n in range(2, 6) for at in range(len(framed) - n + 1)]
    return [fnv1a(part) for part in [*parts, f"={word}"]]


def listed() -> dict[str, set[str]]:
    """The words of three or more letters of each list."""
    lists: dict[str, set[str]] = {}
    for name, entry in VOCABULARY:
        words = (entry[word["start"] : word["end"]].lower() for word in split(entry))
        lists.setdefault(name, set()).update(word for word in words if sum(c.isalpha() for c in word) >= 3)
    return lists


def features(text: str, language: str | None, embedding: Array) -> Array:
    """A row for each word: mean embedding of its n-grams, flags."""
    words, lists, rows = split(text), listed(), []
    for index, word in enumerate(words):
        written = text[word["start"] : word["end"]]
        letters = [c for c in written if c.isalpha()]
        digits = [c for c in written if c in "0123456789"]
        flags = [
            *(written.lower() in lists.get(name, ()) for name in LISTS),
            bool(digits),
            bool(digits) and not written.strip("0123456789.,"),
            written[0].isupper(),
            len(letters) >= 2 and all(c.isupper() for c in letters),
            word["comma"],
            word["stop"],
            index == 0,
            index == len(words) - 1,
            *(language == one for one in LANGUAGES),
        ]
        mean = embedding[[gram % BUCKETS for gram in grams(written)]].mean(0)
        rows.append(np.concatenate([mean, np.array(flags, float)]))
    return np.array(rows)


# --- the network -----------------------------------------------------------------------------------------------------


def lstm(x: Array, weight_ih: Array, weight_hh: Array, bias: Array) -> Array:
    """One direction of one layer, gates in the order input, forget, cell, output."""
    state, cell, out = np.zeros(HIDDEN), np.zeros(HIDDEN), []
    for row in x:
        i, f, g, o = (weight_ih @ row + weight_hh @ state + bias).reshape(4, HIDDEN)
        cell = logistic(f) * cell + logistic(i) * np.tanh(g)
        state = logistic(o) * np.tanh(cell)
        out.append(state)
    return np.array(out)


def network(x: Array, weights: Tensors) -> tuple[Array, Array]:
    """The logarithms of the intents' probabilities, and the tags' emissions."""
    for layer in range(LAYERS):
        forward, backward = (
            [weights[f"lstm.{layer}.{side}.{part}"] for part in ("weight_ih", "weight_hh", "bias")]
            for side in ("forward", "backward")
        )
        x = np.concatenate([lstm(x, *forward), lstm(x[::-1], *backward)[::-1]], axis=1)
    attention = x @ weights["attention.weight"][0]
    attention = np.exp(attention - log_sum_exp(attention))
    pooled = np.concatenate([attention @ x, x.max(0)])
    intents = weights["intent.weight"] @ pooled + weights["intent.bias"]
    return intents - log_sum_exp(intents), x @ weights["tag.weight"].T + weights["tag.bias"]


# --- the random field ------------------------------------------------------------------------------------------------


def best(emissions: Array, weights: Tensors, allowed: list[int]) -> tuple[list[int], float]:
    """The best path of allowed tags, and its score."""
    paths = [([tag], weights["start"][tag] + emissions[0, tag]) for tag in allowed]
    for row in emissions[1:]:
        step = weights["transitions"] + row
        longer = [[([*path, tag], score + step[path[-1], tag]) for path, score in paths] for tag in allowed]
        paths = [max(ways, key=lambda way: way[1]) for ways in longer]
    path, score = max(paths, key=lambda way: way[1] + weights["end"][way[0][-1]])
    return path, float(score + weights["end"][path[-1]])


def sums(emissions: Array, weights: Tensors) -> tuple[float, Array]:
    """The logarithm of the sum over all paths, and the probability of each tag at each word."""
    forward = [weights["start"] + emissions[0]]
    for row in emissions[1:]:
        forward.append(log_sum_exp(forward[-1][:, None] + weights["transitions"], axis=0) + row)
    backward = [weights["end"]]
    for row in emissions[:0:-1]:
        backward.append(log_sum_exp(weights["transitions"] + row + backward[-1], axis=1))
    both = np.array(forward) + np.array(backward[::-1])
    log_z = float(log_sum_exp(both[-1]))
    return log_z, np.exp(both - log_z)


# --- readings --------------------------------------------------------------------------------------------------------


def readings(text: str, intents: Array, emissions: Array, weights: Tensors) -> Iterator[Record]:
    """What `Reader::read` has to give."""
    log_z, posteriors = sums(emissions, weights)
    words = split(text)
    place = lambda index: len(text[:index].encode())
    for (name, slots), log in list(zip(INTENTS.items(), intents))[1:]:
        if np.exp(log) < LEAST:
            continue
        tags, score = best(emissions, weights, [0, 1, *(TAGS.index(slot) for slot in slots)])
        spans: list[Record] = []
        for tag, group in groupby(enumerate(tags), key=lambda one: one[1]):
            run = [index for index, _ in group]
            if tag != 0:
                at = [place(words[run[0]]["start"]), place(words[run[-1]]["end"])]
                spans.append({"slot": TAGS[tag], "range": at, "confidence": float(posteriors[run, tag].min())})
        p = float(np.exp(log + score - log_z))
        odds = np.log(np.clip(p, 1e-6, 1 - 1e-6) / (1 - np.clip(p, 1e-6, 1 - 1e-6)))
        confidence = float(logistic(CALIBRATION["scale"] * odds + CALIBRATION["offset"]))
        yield {"intent": name, "spans": spans, "probability": p, "confidence": confidence}


def model(random: np.random.Generator) -> Tensors:
    """The tensors of a model's file, of random weights."""
    tensors: Tensors = {}

    def matrix(name: str, rows: int, columns: int, reach: float = 2.0) -> None:
        tensors[name] = random.integers(-127, 128, (rows, columns)).astype(np.int8)
        scale = random.uniform(0.5, 1.5, rows) * reach / np.sqrt(columns) / 127
        tensors[f"{name}.scale"] = scale.astype(np.float32)

    def floats(name: str, *shape: int) -> None:
        tensors[name] = random.normal(0, 0.5, shape).astype(np.float32)

    matrix("embedding.weight", BUCKETS, EMBEDDING, reach=20.0)
    for layer in range(LAYERS):
        inputs = EMBEDDING + len(LISTS) + 8 + len(LANGUAGES) if layer == 0 else 2 * HIDDEN
        for side in ("forward", "backward"):
            matrix(f"lstm.{layer}.{side}.weight_ih", 4 * HIDDEN, inputs)
            matrix(f"lstm.{layer}.{side}.weight_hh", 4 * HIDDEN, HIDDEN)
            floats(f"lstm.{layer}.{side}.bias", 4 * HIDDEN)
    floats("attention.weight", 1, 2 * HIDDEN)
    matrix("intent.weight", len(INTENTS), 4 * HIDDEN, reach=4.0)
    floats("intent.bias", len(INTENTS))
    matrix("tag.weight", len(TAGS), 2 * HIDDEN, reach=40.0)
    floats("tag.bias", len(TAGS))
    floats("transitions", len(TAGS), len(TAGS))
    floats("start", len(TAGS))
    floats("end", len(TAGS))
    return tensors


def dequantised(tensors: Tensors) -> Tensors:
    """All weights in float64."""
    weights = {name: values.astype(float) for name, values in tensors.items()}
    return {
        name: values * weights[f"{name}.scale"][:, None] if f"{name}.scale" in weights else values
        for name, values in weights.items()
    }


def rounded(values: Array) -> list[float] | list[list[float]]:
    out: list[float] | list[list[float]] = np.round(values, 6).tolist()
    return out


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=paths.GOLDEN_READING, help="the folder to write to")
    options = parser.parse_args(argv)
    tensors = model(np.random.default_rng(54))
    file = save(tensors)
    config = {
        "format": "zahlwort-reading",
        "format_version": 1,
        "crc32.tensors": f"{zlib.crc32(file):08x}",
        "buckets": BUCKETS,
        "embedding": EMBEDDING,
        "hidden": HIDDEN,
        "layers": LAYERS,
        "languages": LANGUAGES,
        "lists": LISTS,
        "intents": [{"name": name, "slots": slots} for name, slots in INTENTS.items()],
        "tags": TAGS,
        "calibration": CALIBRATION,
    }
    weights = dequantised(tensors)
    texts = []
    for text, language in TEXTS:
        x = features(text, language, weights["embedding.weight"])
        intents, emissions = network(x, weights)
        read = sorted(readings(text, intents, emissions, weights), key=lambda one: -one["probability"])[:MOST]
        texts.append(
            {
                "text": text,
                "language": language,
                "features": rounded(x),
                "intents": rounded(intents),
                "emissions": rounded(emissions),
                "readings": read,
                "none": float(np.exp(intents[0])),
            }
        )
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "reading.safetensors").write_bytes(file)
    write = lambda name, value: (options.out / name).write_text(json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8")
    write("reading.json", config)
    write("expected.json", {"vocabulary": VOCABULARY, "texts": texts})


if __name__ == "__main__":
    main()
