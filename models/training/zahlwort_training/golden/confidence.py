"""Write what the fit makes of what the search saw in the recordings of `tests/audio`.

The file it writes is what the tests of `crates/speech/src/confidence.rs` compare with: doubts and probability are
computed there and in `confidence.fit`, and must be the same.

    zahlwort eval tests/audio/manifest.jsonl --strictness 0 --list LIST
    python -m zahlwort_training.golden.confidence LIST
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from zahlwort_training import calibration, paths
from zahlwort_training.confidence import fit


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("list", type=Path, help="what eval --list wrote")
    parser.add_argument("--out", type=Path, default=paths.GOLDEN_CONFIDENCE, help="the file to write")
    options = parser.parse_args(argv)
    shipped = calibration.read(paths.MODEL / calibration.NAME)
    weights = np.array([shipped["sure"], *(-doubt["weight"] for doubt in shipped["doubts"])])
    out = []
    for line in map(json.loads, options.list.read_text(encoding="utf-8").splitlines()):
        if not line.get("evidence", {}).get("found"):
            continue
        x = np.array(fit.features(line["evidence"], shipped["weights"]))
        doubts, sure = [round(float(doubt), 6) for doubt in x[1:]], round(float(fit.probability(x, weights)), 7)
        out.append({"file": line["file"], "evidence": line["evidence"], "doubts": doubts, "confidence": sure})
    text = ",\n".join(json.dumps(one) for one in out)
    options.out.write_text(f"[\n{text}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
