"""`calibration.json`: what the engine computes a confidence with (crates/speech/src/calibration.rs reads it).

The file belongs to one model, whose tensors' checksum it names, and ends with a checksum of all that stands before
it: neither another model's calibration nor a damaged one is ever used.
"""

import datetime
import json
import struct
import zlib
from pathlib import Path

from zahlwort_training.types import Record

NAME = "calibration.json"
VERSION = 1
NAMES = [
    "behind", "edits", "left_out", "made_up", "cut_short", "contested", "open", "unsure", "language", "slow", "hurried",
    "misheard", "misspelt",
]  # fmt: skip
"""The doubts, in the order of `DOUBTS` in crates/speech/src/confidence.rs."""


def read(path: Path) -> Record:
    text = path.read_text(encoding="utf-8")
    found: Record = json.loads(text)
    if found["crc32"] != checksum(text[: text.rindex('  "crc32"')]):
        raise SystemExit(f"{path}: damaged, its checksum is another")
    return found


def text(
    like: Record, fitted_to: str, sure: float, doubts: dict[str, float], tensors: str | None, date: datetime.date | None = None
) -> str:
    """The file of newly fitted weights, for the search of the calibration that the recordings were heard with."""
    calibration = {
        "version": VERSION,
        "date": (date or datetime.date.today()).isoformat(),
        "fitted_to": fitted_to,
        "model": tensors,
        "search": like["search"],
        "weights": like["weights"],
        "sure": round(sure, 3),
        "doubts": [{"name": name, "weight": round(max(doubts[name], 0.0), 3)} for name in NAMES],
    }
    lines = [f"  {json.dumps(key)}: {pretty(value)},\n" for key, value in calibration.items()]
    before = "{\n" + "".join(lines)
    return f'{before}  "crc32": "{checksum(before)}"\n}}\n'


def pretty(value: object) -> str:
    """A line for each thing in it, so that versions of the file can be compared."""
    dump = lambda value: json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"    {dump(key)}: {dump(one)}" for key, one in value.items()) + "\n  }"
    if isinstance(value, list):
        return "[\n" + ",\n".join(f"    {dump(one)}" for one in value) + "\n  ]"
    return dump(value)


def tensors_of(model: Path) -> str | None:
    """The checksum of a model's tensors, as its file states it; `None` for a checkpoint that states none."""
    with (model / "model.safetensors").open("rb") as file:
        (size,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(size))
    about = header.get("__metadata__", {})
    found: str | None = about.get("crc32.tensors")
    return found


def checksum(text: str) -> str:
    return f"{zlib.crc32(text.encode()):08x}"
