"""Golden vectors for the log-mel features of zahlwort-audio.

`zahlwort_training.features`, an independent reference of Whisper's features in float64,
applied to synthetic signals that the Rust test makes again sample by sample from the same recipe.

    python -m zahlwort_training.golden.log_mel ../../crates/audio/tests/golden
    python -m zahlwort_training.golden.log_mel --check      # against other implementations

Each file holds, little-endian: u32 number of samples, u32 padding, u32 frames, then
frames x 80 float32 of features, mel-major ([80][frames]). The signals are not
stored: they come from integer arithmetic and one table, see `signals`.

--check compares this reference with transformers' WhisperFeatureExtractor (which has
to be installed) and with the filter table of openai-whisper (if MEL_FILTERS names its
mel_filters.npz). When the files were made: against transformers 5.23.0 no feature
differed by more than 1.3e-7, against openai-whisper 20250625 no filter weight by more
than 1.4e-9.
"""

import argparse
import os
import struct
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from zahlwort_training.features import RATE, log_mel, mel_filters
from zahlwort_training.types import Samples

# --- signals that need no file and no libm -----------------------------------


def lcg(count: int, seed: int) -> Samples:
    """Uniform noise in [-1, 1): Knuth's MMIX generator, its upper 24 bits."""
    out, state = np.empty(count), seed
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = (state >> 40) / 2**23 - 1.0
    return out


def parabola(phase: npt.NDArray[np.uint32]) -> Samples:
    """A sine made of parabolas; phase in 32-bit turns (uint32), exact in float64."""
    turn = phase.astype(np.float64) / 2**32
    half = np.where(turn < 0.5, turn, turn - 0.5)
    wave = 16.0 * half * (0.5 - half)
    return np.where(turn < 0.5, wave, -wave)


def chirp(count: int, first_hz: float, last_hz: float) -> Samples:
    """Step of the phase grows linearly, in 32-bit integers."""
    first, last = int(first_hz / RATE * 2**32), int(last_hz / RATE * 2**32)
    n = np.arange(count, dtype=np.int64)
    step = first + (last - first) * n // count
    phase = np.concatenate([[0], np.cumsum(step)[:-1]]) % 2**32
    return parabola(phase.astype(np.uint32))


def two_pole(x: Samples, radius: float, cosine: float) -> Samples:
    y = np.zeros(len(x))
    for i in range(len(x)):
        y[i] = x[i] + 2 * radius * cosine * (y[i - 1] if i > 0 else 0.0) - radius * radius * (y[i - 2] if i > 1 else 0.0)
    return y


def speech_like(count: int) -> Samples:
    """Pulses of falling pitch through two resonances, gated into syllables of
    190 ms with 60 ms of faint noise between them."""
    pulses, left = np.zeros(count), 0
    for i in range(count):
        if left == 0:
            pulses[i] = 1.0
            left = 100 + i // 200
        left -= 1
    voice = two_pole(two_pole(pulses, 0.97, 0.96), 0.95, 0.75)
    gate = np.array([1.0 if (i % 4000) < 3040 else 0.0 for i in range(count)])
    return 0.01 * voice * gate + 0.001 * lcg(count, 7)


def signals() -> list[tuple[str, Samples, int]]:
    """name, float32 samples, padding"""
    silence_then_noise = np.concatenate([np.zeros(4000), 0.25 * lcg(4000, 3)])
    return [
        ("chirp", 0.8 * chirp(16_000, 50, 7900), 0),
        ("noise", 0.3 * lcg(8_123, 1), 0),
        ("faint_noise", 0.0001 * lcg(4_800, 5), 0),
        ("speech_like", speech_like(24_000), 0),
        ("padded", speech_like(6_000), 4_000),
        ("onset", silence_then_noise, 0),
        ("one_frame", 0.5 * lcg(400, 9), 0),
    ]


def write(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, samples, padding in signals():
        samples = samples.astype(np.float32)
        features = log_mel(samples, padding).astype("<f4")
        with (folder / f"{name}.bin").open("wb") as out:
            out.write(struct.pack("<III", len(samples), padding, features.shape[1]))
            out.write(features.tobytes())
        print(f"{name}: {len(samples)} samples, {features.shape[1]} frames")


def check() -> None:
    if path := os.environ.get("MEL_FILTERS"):
        table = np.load(path)["mel_80"]
        print(f"openai-whisper's mel_80: differs by at most {np.abs(table - mel_filters()).max():.2e}")
    from transformers import WhisperFeatureExtractor

    extractor = WhisperFeatureExtractor()
    for name, samples, padding in signals():
        x = np.concatenate([samples.astype(np.float32), np.zeros(padding, np.float32)])
        # The extractor pads to 30 s itself, so the reference gets the same padding.
        theirs = extractor(x, sampling_rate=RATE, return_tensors="np").input_features[0]
        ours = log_mel(x, 30 * RATE - len(x))
        print(f"{name}: WhisperFeatureExtractor differs by at most {np.abs(theirs - ours).max():.2e}")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, help="where the files go")
    parser.add_argument("--check", action="store_true", help="compare with other implementations instead")
    options = parser.parse_args(argv)
    if options.check == (options.folder is not None):
        parser.error("give a folder to write to, or --check")
    if options.check:
        check()
    else:
        write(options.folder)


if __name__ == "__main__":
    main()
