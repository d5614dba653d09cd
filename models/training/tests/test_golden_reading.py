"""The reference of the reader, and the files that the Rust tests compare with."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

needs = "pip install --editable '.[model]'"
pytest.importorskip("safetensors", reason=f"needs safetensors: {needs}")

from zahlwort_training import paths
from zahlwort_training.golden import reading
from zahlwort_training.types import Array, Tensors


def test_the_files_of_the_rust_tests_come_out_again(tmp_path: Path) -> None:
    reading.main(["--out", str(tmp_path)])
    for name in ("reading.json", "reading.safetensors"):
        assert (tmp_path / name).read_bytes() == (paths.GOLDEN_READING / name).read_bytes()
    ours, known = (json.loads((folder / "expected.json").read_text()) for folder in (tmp_path, paths.GOLDEN_READING))
    assert ours["vocabulary"] == known["vocabulary"]
    for one, other in zip(ours["texts"], known["texts"], strict=True):
        for name in ("features", "intents", "emissions"):
            assert np.abs(np.array(one[name]) - np.array(other[name])).max() < 1e-5
        assert [found["intent"] for found in one["readings"]] == [found["intent"] for found in other["readings"]]


def test_hashes_are_those_of_the_published_function() -> None:
    assert [reading.fnv1a(text) for text in ("", "a", "foobar")] == [0x811C9DC5, 0xE40C292C, 0xBF9CF968]
    assert len(reading.grams("x" * 30)) == 25 + 24 + 23 + 22 + 1


@pytest.fixture
def field() -> tuple[Array, Tensors]:
    random, tags = np.random.default_rng(3), 4

    def draw(*shape: int) -> Array:
        return random.normal(0, 2, shape)

    return draw(5, tags), {"transitions": draw(tags, tags), "start": draw(tags), "end": draw(tags)}


def test_the_field_agrees_with_all_paths(field: tuple[Array, Tensors]) -> None:
    emissions, weights = field
    words, tags = emissions.shape

    def score(path: tuple[int, ...]) -> float:
        moved = sum(weights["transitions"][pair] for pair in itertools.pairwise(path))
        ends = weights["start"][path[0]] + weights["end"][path[-1]]
        return float(ends + moved + sum(emissions[word, tag] for word, tag in enumerate(path)))

    every = {path: score(path) for path in itertools.product(range(tags), repeat=words)}
    log_z, posteriors = reading.sums(emissions, weights)
    assert log_z == pytest.approx(np.log(sum(np.exp(list(every.values())))))
    for word, tag in itertools.product(range(words), range(tags)):
        through = sum(np.exp(value - log_z) for path, value in every.items() if path[word] == tag)
        assert posteriors[word, tag] == pytest.approx(through)
    some = {path: value for path, value in every.items() if 2 not in path}
    path, value = reading.best(emissions, weights, [0, 1, 3])
    assert tuple(path) == max(some, key=lambda path: some[path])
    assert value == pytest.approx(max(some.values()))
