"""The reference of the log-mel features, and the files that the Rust tests compare with."""

import struct
from pathlib import Path

import numpy as np
import pytest

from zahlwort_training import features, paths
from zahlwort_training.golden import log_mel
from zahlwort_training.types import Array


def read(path: Path) -> tuple[int, int, Array]:
    data = path.read_bytes()
    samples, padding, frames = struct.unpack_from("<III", data)
    return samples, padding, np.frombuffer(data, "<f4", offset=12).reshape(80, frames)


def test_the_files_of_the_rust_tests_come_out_again(tmp_path: Path) -> None:
    log_mel.main([str(tmp_path)])
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == sorted(path.name for path in paths.GOLDEN_FEATURES.glob("*.bin"))
    for name in made:
        samples, padding, ours = read(tmp_path / name)
        known_samples, known_padding, known = read(paths.GOLDEN_FEATURES / name)
        assert (samples, padding) == (known_samples, known_padding)
        # Another processor's matrix products may round otherwise.
        assert np.abs(ours - known).max() < 1e-6


def test_every_filter_is_a_triangle_of_one_area() -> None:
    filters = features.mel_filters()
    assert filters.shape == (80, 201)
    # The narrow ones have only a bin or two, 40 Hz apart.
    assert np.allclose(40 * filters[50:].sum(1), 1, atol=0.02)
    assert np.allclose(features.mel_to_hz(features.hz_to_mel([60, 999, 1000, 5000])), [60, 999, 1000, 5000])
    for row in filters:
        inside = np.flatnonzero(row)
        assert len(inside) == inside[-1] - inside[0] + 1


def test_a_tone_is_loudest_in_the_filter_around_it() -> None:
    for hertz in (300, 1000, 3000):
        tone = 0.5 * np.sin(2 * np.pi * hertz * np.arange(16_000) / 16_000)
        mel = features.log_mel(tone, padding=800)
        assert mel.shape == (80, (16_000 + 800) // 160)
        centres = features.mel_to_hz(np.linspace(0, features.hz_to_mel(8000), 82))[1:-1]
        assert centres[mel[:, 50].argmax()] == pytest.approx(hertz, rel=0.1)
        assert mel.max() - mel.min() <= 2.0 + 1e-9, "eight decades, divided by four"


def test_a_folder_or_the_comparison_is_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in ([], ["--check", "folder"]):
        with pytest.raises(SystemExit):
            log_mel.main(arguments)
        assert "give a folder to write to, or --check" in capsys.readouterr().err
