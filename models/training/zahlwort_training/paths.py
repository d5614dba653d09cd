"""Where things lie in the repository: the model, the packs, and what the tests compare with.

The package works on the checkout that it stands in, which is why it is installed with `pip install --editable`.
Only training and speaking can do without one.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

MODEL = ROOT / "models/default"
"""The model directory that is shipped."""

PACKS = ROOT / "crates/commands/packs"
"""The sentences of the commands; their words stay whole in the model's vocabulary."""

PROGRAM = ROOT / "target/release/zahlwort"
"""The command line, which draws sentences from the packs' grammars."""

GOLDEN_FEATURES = ROOT / "crates/audio/tests/golden"
"""What the tests of the log-mel features compare with, a file a signal."""

GOLDEN_CONFIDENCE = ROOT / "crates/speech/tests/golden/confidence.json"
GOLDEN_HEAD = ROOT / "crates/speech/tests/golden/ctc_head.json"
GOLDEN_STATES = ROOT / "crates/speech/tests/golden/whisper_states.json"

GOLDEN_READING = ROOT / "crates/reading/tests/data"
"""A reader of random weights and what it makes of a few texts."""
