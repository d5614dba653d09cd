"""The package as a whole: every step can be asked what it does, and data flows one way."""

import ast
import importlib
import re
from pathlib import Path

import pytest

import zahlwort_training

PACKAGE = Path(zahlwort_training.__file__).parent
FOLDERS = ("speech", "data", "ctc", "model", "confidence", "reading", "golden")
"""In the order of the work."""
STEPS = sorted(
    ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    for path in PACKAGE.glob("*/*.py")
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
)
OPTIONAL = {"torch": "ctc", "transformers": "golden", "safetensors": "model", "tokenizers": "model"}
"""Packages that a step may need, and the group of requirements that brings each."""


@pytest.mark.parametrize("step", STEPS)
def test_a_step_tells_what_it_takes_with_an_example(step: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        module = importlib.import_module(f"zahlwort_training.{step}")
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing not in OPTIONAL:
            raise
        pytest.skip(f"needs {missing}: pip install --editable '.[{OPTIONAL[missing]}]'")
    with pytest.raises(SystemExit) as ended:
        module.main(["--help"])
    assert ended.value.code == 0
    assert f"\n    python -m zahlwort_training.{step}" in capsys.readouterr().out


def test_the_package_names_every_step() -> None:
    named = re.findall(r"^    (\w+\.\w+)\b", str(zahlwort_training.__doc__), re.M)
    # This one only compares what the training computes.
    assert set(named) == set(STEPS) - {"ctc.whisper"}


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_folder_uses_only_those_before_it(folder: str) -> None:
    allowed = FOLDERS[: FOLDERS.index(folder) + 1]
    for path in (PACKAGE / folder).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and str(node.module).startswith("zahlwort_training."):
                used = str(node.module).split(".")[1]
                assert used in (*allowed, "calibration", "features", "paths", "types"), f"{path.name} imports {node.module}"


def test_nothing_edits_the_search_path_or_grows_too_long() -> None:
    for path in [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.txt"), *Path(__file__).parent.glob("*.py")]:
        if "lists" in path.parts:  # names, an entry a line
            continue
        text = path.read_text(encoding="utf-8")
        assert "sys." + "path" not in text, path
        assert len(text.splitlines()) < 500, path
