"""Fits the weights of the confidence (crates/speech/src/confidence.rs) to labelled recordings.

    zahlwort eval MANIFEST --strictness 0 --list commands.jsonl
    zahlwort eval TRANSCRIPTS --non-commands --strictness 0 --list others.jsonl
    python -m zahlwort_training.confidence.fit commands.jsonl others.jsonl --check kept-aside.jsonl --plot reliability.png \\
        --fitted-to "what the lists are of" --out calibration.json

Every line that `eval --list` writes has the evidence that the confidence is computed from. What is to be
predicted is whether the command that the search came to is the labelled one. Lines in which nothing was
found say nothing and are left out. Prints the weights, and for each list how well they do.

`--out` writes them for the model of `--model`, with the search weights of the calibration that the recordings were heard
with (`--like`). A new model has none yet, and is not loaded without: to begin with, it is given the weights of
another, which hold for it roughly:

    python -m zahlwort_training.confidence.fit --model NEW --out NEW/calibration.json
"""

import argparse
import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from zahlwort_training import calibration, paths
from zahlwort_training.types import Array, Record

NAMES = ["one", *calibration.NAMES]
RIDGE = 0.02


def features(evidence: Record, search: Record) -> list[float]:
    """As `confidence` computes them, where the search had these weights."""
    prior, slow, hurried = search["prior_weight"], search["slow"], search["hurried"]
    heard = {who: evidence[who] - prior * evidence[wording] for who, wording in (("best", "wording"), ("free", "free_wording"))}
    behind = max(heard["free"] - heard["best"], 0.0)
    edits = evidence["edits"] / (evidence["closed_letters"] + 3.0)
    more = np.log((evidence["free_letters"] + 3.0) / (evidence["letters"] + 3.0))
    rate = evidence["letters"] / max(evidence["seconds"], 0.1)
    return [
        1.0,
        min(behind, 40.0),
        min(edits, 3.0),
        np.clip(more, 0.0, 3.0),
        np.clip(-more, 0.0, 3.0),
        min(-evidence["end"], 10.0),
        1.0 / (1.0 + max(evidence["margin"], 0.0)),
        float(evidence["closed_letters"] < evidence["letters"]),
        min(-evidence["best"] / max(evidence["best_tokens"], 1), 3.0),
        1.0 - evidence["language"],
        max(slow - rate, 0.0) / slow,
        max(rate - hurried, 0.0) / hurried,
        np.clip((evidence["ctc_free"] - evidence["ctc"]) / (evidence["letters"] + 3.0), 0.0, 5.0),
        min(evidence["ctc_edits"] / (evidence["closed_letters"] + 3.0), 3.0),
    ]


def right(line: Record) -> bool:
    """Whether what was found is what was said. With nothing to find, whatever was found is wrong."""
    return line["expected"].get("intent") is not None and line["right"]


def read(lists: Iterable[str | Path], search: Record) -> tuple[Array, Array]:
    lines = [json.loads(line) for path in lists for line in Path(path).read_text(encoding="utf-8").splitlines()]
    lines = [line for line in lines if line.get("evidence", {}).get("found")]
    return np.array([features(line["evidence"], search) for line in lines]), np.array([float(right(line)) for line in lines])


def fit(x: Array, y: Array, least: Iterable[tuple[str, float]] = ()) -> Array:
    """Logistic regression; doubts never raise the confidence, and those in `least` take at least so much from it."""

    def loss(weights: Array) -> float:
        logit = x @ weights
        return np.mean(np.logaddexp(0, logit) - y * logit) + RIDGE / len(y) * np.sum(weights[1:] ** 2)

    floor = dict(least)
    highest = [-floor.get(name, 0.0) for name in NAMES[1:]]
    bounds = [(None, None)] + [(None, high) for high in highest]
    return minimize(loss, np.array([0.0, *highest]), bounds=bounds).x


def probability(x: Array, weights: Array) -> Array:
    return 1.0 / (1.0 + np.exp(-(x @ weights)))


def report(name: str, x: Array, y: Array, weights: Array) -> None:
    p = probability(x, weights)
    print(f"{name}: {len(y)} found, {int(y.sum())} right, log loss {-np.mean(y * np.log(p) + (1 - y) * np.log1p(-p)):.3f}")
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        accepted = p >= threshold
        print(f"  from {threshold}: right {int((accepted & (y == 1)).sum())}, wrong {int((accepted & (y == 0)).sum())}")


def plot(path: str, x: Array, y: Array, weights: Array) -> None:
    import matplotlib.pyplot as plt

    p = probability(x, weights)
    edges = np.linspace(0, 1, 11)
    middles, shares, counts = [], [], []
    for low, high in itertools.pairwise(edges):
        inside = (p >= low) & (p < high + (high == 1))
        if inside.any():
            middles.append(p[inside].mean())
            shares.append(y[inside].mean())
            counts.append(int(inside.sum()))
    figure, axes = plt.subplots(figsize=(5, 4.5))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    axes.plot(middles, shares, marker="o")
    for middle, share, count in zip(middles, shares, counts):
        axes.annotate(str(count), (middle, share), textcoords="offset points", xytext=(6, -10), fontsize=8)
    axes.set(xlabel="confidence", ylabel="share that was right", xlim=(0, 1), ylim=(0, 1.02))
    figure.tight_layout()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lists", nargs="*", help="what eval --list wrote, to fit to; without any, --like is taken as it is")
    parser.add_argument("--check", nargs="*", default=[], help="kept aside: only reported on")
    parser.add_argument(
        "--at-least",
        nargs="*",
        default=[],
        metavar="NAME=WEIGHT",
        help="what a doubt counts at least, where the recordings hardly try it: left_out=5 misspelt=1.5 as shipped",
    )
    parser.add_argument("--plot", help="where to draw the reliability of the kept-aside lists (needs matplotlib)")
    parser.add_argument("--out", type=Path, help="the calibration to write")
    parser.add_argument("--fitted-to", help="what the lists are of, and what was set by hand: it is written into the calibration")
    parser.add_argument("--model", type=Path, default=paths.MODEL, help="the model that heard them, default %(default)s")
    parser.add_argument(
        "--like",
        type=Path,
        default=paths.MODEL / calibration.NAME,
        help="the calibration that they were heard with, whose search weights are kept, default %(default)s",
    )
    options = parser.parse_args(argv)
    like = calibration.read(options.like)
    if options.lists:
        if options.out and not options.fitted_to:
            parser.error("--out needs --fitted-to: nobody can judge a calibration that does not say what it was fitted to")
        x, y = read(options.lists, like["weights"])
        weights = fit(x, y, [(name, float(least)) for name, least in (pair.split("=") for pair in options.at_least)])
        fitted_to = options.fitted_to
        report("fitted to", x, y, weights)
    else:
        # `fit` has the logit, from which doubts are taken; the file has how much they take.
        weights = np.array([like["sure"], *(-doubt["weight"] for doubt in like["doubts"])])
        fitted_to = f"another model, for this one to begin with: {like['fitted_to']}"
    print("  ".join(f"{name} {weight:+.3f}" for name, weight in zip(NAMES, weights)))
    for path in options.check:
        report(path, *read([path], like["weights"]), weights)
    if options.plot and options.check:
        plot(options.plot, *read(options.check, like["weights"]), weights)
    if options.out:
        sure, *doubts = (float(weight) for weight in weights)
        taken = {name: -weight for name, weight in zip(calibration.NAMES, doubts)}
        text = calibration.text(like, fitted_to, sure, taken, calibration.tensors_of(options.model))
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
