"""The fit of the confidence, on evidence that is made up."""

import json
import math
import random
from pathlib import Path

import numpy as np
import pytest

from zahlwort_training import calibration, paths
from zahlwort_training.confidence import fit
from zahlwort_training.types import Record

SHIPPED = paths.MODEL / calibration.NAME
SEARCH: Record = calibration.read(SHIPPED)["weights"]

CLEAR: Record = {
    "found": True, "best": -2.0, "free": -2.0, "wording": 0.0, "free_wording": 0.0, "edits": 0, "closed_letters": 20,
    "letters": 20, "free_letters": 20, "seconds": 2.0, "end": 0.0, "margin": 1e9, "best_tokens": 10, "language": 1.0,
    "ctc_free": -1.0, "ctc": -1.0, "ctc_edits": 0,
}  # fmt: skip
"""What leaves nothing to doubt but the little that each token costs."""


def features(**evidence: float) -> dict[str, float]:
    return dict(zip(fit.NAMES, map(float, fit.features({**CLEAR, **evidence}, SEARCH)), strict=True))


def test_clear_evidence_raises_no_doubt() -> None:
    doubts = {name: value for name, value in features().items() if value > 1e-6}
    assert doubts == {"one": 1.0, "unsure": pytest.approx(0.2)}


@pytest.mark.parametrize(
    ("evidence", "name"),
    [
        ({"free": -1.0}, "behind"),
        ({"edits": 4}, "edits"),
        ({"free_letters": 30}, "left_out"),
        ({"free_letters": 10}, "made_up"),
        ({"end": -3.0}, "cut_short"),
        ({"margin": 0.5}, "contested"),
        ({"best": -9.0, "free": -9.0}, "unsure"),
        ({"language": 0.4}, "language"),
        ({"seconds": 9.0}, "slow"),
        ({"seconds": 0.5}, "hurried"),
        ({"ctc": -30.0}, "misheard"),
        ({"ctc_edits": 5}, "misspelt"),
    ],
)
def test_each_doubt_has_its_own_evidence(evidence: dict[str, float], name: str) -> None:
    before, after = features(), features(**evidence)
    assert {one for one in fit.NAMES if after[one] > before[one] + 1e-6} == {name}


def lines(count: int, seed: int) -> list[Record]:
    """Lines of a list in which what is edited, contested or misheard is often wrong."""
    rng = random.Random(seed)
    out: list[Record] = []
    for _ in range(count):
        evidence = {
            **CLEAR,
            "edits": rng.choice([0, 0, 3, 12]),
            "margin": rng.choice([0.0, 2.0, 50.0]),
            "ctc": -rng.uniform(1, 90),
        }
        doubt = 0.3 * evidence["edits"] + 2.0 / (1 + evidence["margin"]) + 0.06 * -evidence["ctc"]
        right = rng.random() < 1 / (1 + math.exp(doubt - 4))
        out.append({"expected": {"intent": "SendMoney"}, "right": right, "evidence": evidence})
    # What nothing was found in, or failed, says nothing; what was found where nothing was to be found is wrong.
    out.append({"expected": {"intent": "SendMoney"}, "right": False, "evidence": {"found": False}})
    out.append({"expected": {"intent": "SendMoney"}, "right": False})
    out.append({"expected": {"intent": None}, "right": True, "evidence": CLEAR})
    return out


@pytest.fixture
def lists(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / "one.jsonl", tmp_path / "two.jsonl"
    for seed, path in enumerate(paths):
        path.write_text("".join(json.dumps(line) + "\n" for line in lines(1500, seed)))
    return paths


def test_only_lines_in_which_something_was_found_count(lists: tuple[Path, Path]) -> None:
    x, y = fit.read([lists[0]], SEARCH)
    assert x.shape == (1501, len(fit.NAMES))
    assert y[-1] == 0.0


def test_doubts_are_found_never_raise_the_confidence_and_are_calibrated(lists: tuple[Path, Path]) -> None:
    x, y = fit.read([lists[0]], SEARCH)
    weights = fit.fit(x, y)
    found = dict(zip(fit.NAMES, weights))
    assert (weights[1:] <= 1e-9).all()
    assert min(-found[name] for name in ("edits", "contested", "misheard")) > 0.5
    x, y = fit.read([lists[1]], SEARCH)
    p = fit.probability(x, weights)
    for low, high in ((0.0, 0.3), (0.3, 0.7), (0.7, 1.0)):
        inside = (p >= low) & (p < high)
        assert inside.sum() > 50
        assert p[inside].mean() == pytest.approx(y[inside].mean(), abs=0.07)


def test_a_doubt_counts_at_least_as_much_as_is_asked(lists: tuple[Path, Path]) -> None:
    weights = dict(zip(fit.NAMES, fit.fit(*fit.read([lists[0]], SEARCH), [("left_out", 5.0), ("misheard", 0.1)])))
    assert weights["left_out"] <= -5.0 + 1e-6
    assert weights["misheard"] < -0.5, "more, where the recordings say so"


def test_what_is_written_is_what_was_fitted(lists: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "calibration.json"
    fit.main([str(lists[0]), "--at-least", "left_out=5", "--fitted-to", "made-up lines", "--out", str(out)])
    weights = fit.fit(*fit.read([lists[0]], SEARCH), [("left_out", 5.0)])
    found = calibration.read(out)
    assert "1501 found" in capsys.readouterr().out
    assert [doubt["name"] for doubt in found["doubts"]] == calibration.NAMES
    assert [doubt["weight"] for doubt in found["doubts"]] == pytest.approx(list(-weights[1:]), abs=6e-4)
    assert found["sure"] == pytest.approx(weights[0], abs=6e-4)
    assert (found["fitted_to"], found["weights"]) == ("made-up lines", SEARCH)
    assert found["model"] == calibration.tensors_of(paths.MODEL)


def test_a_new_model_begins_with_the_weights_of_another(tmp_path: Path) -> None:
    header = json.dumps({"__metadata__": {"crc32.tensors": "0a1b2c3d"}}).encode()
    (tmp_path / "model.safetensors").write_bytes(len(header).to_bytes(8, "little") + header)
    out = tmp_path / calibration.NAME
    fit.main(["--model", str(tmp_path), "--out", str(out)])
    shipped, found = calibration.read(SHIPPED), calibration.read(out)
    assert (found["sure"], found["doubts"]) == (shipped["sure"], shipped["doubts"])
    assert found["model"] == "0a1b2c3d"
    assert found["fitted_to"].startswith("another model")


def test_what_was_fitted_to_nothing_is_not_written(lists: tuple[Path, Path], tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        fit.main([str(lists[0]), "--out", str(tmp_path / "calibration.json")])
    assert not (tmp_path / "calibration.json").exists()


def test_a_changed_calibration_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / calibration.NAME
    path.write_text(SHIPPED.read_text(encoding="utf-8").replace('"sure": 1', '"sure": 2'), encoding="utf-8")
    with pytest.raises(SystemExit, match="damaged"):
        calibration.read(path)


def test_the_recordings_have_the_confidence_that_the_rust_tests_expect() -> None:
    shipped = calibration.read(SHIPPED)
    weights = np.array([shipped["sure"], *(-doubt["weight"] for doubt in shipped["doubts"])])
    golden = json.loads(paths.GOLDEN_CONFIDENCE.read_text(encoding="utf-8"))
    assert len(golden) > 20
    for line in golden:
        x = np.array(fit.features(line["evidence"], SEARCH))
        assert list(x[1:]) == pytest.approx(line["doubts"], abs=1e-5), line["file"]
        assert fit.probability(x, weights) == pytest.approx(line["confidence"], abs=1e-6), line["file"]
