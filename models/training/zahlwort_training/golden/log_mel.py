#!/usr/bin/env python3
"""Golden vectors for the log-mel features of zahlwort-audio.

An independent reference of Whisper's features in float64 numpy, written from the
published definition (torch.stft with centred, mirrored frames; librosa's Slaney
mel filters; clamp, log10, 8 decades, (x + 4) / 4), applied to synthetic signals
that the Rust test makes again sample by sample from the same recipe.

    python -m venv .venv && .venv/bin/pip install -r requirements.txt
    .venv/bin/python log_mel.py ../../../crates/audio/tests/golden
    .venv/bin/python log_mel.py --check          # against other implementations

Each file holds, little-endian: u32 number of samples, u32 padding, u32 frames, then
frames x 80 float32 of features, mel-major ([80][frames]). The signals are not
stored: they come from integer arithmetic and one table, see `signals`.

--check compares this reference with transformers' WhisperFeatureExtractor (which has
to be installed) and with the filter table of openai-whisper (if MEL_FILTERS names its
mel_filters.npz). When the files were made: against transformers 5.23.0 no feature
differed by more than 1.3e-7, against openai-whisper 20250625 no filter weight by more
than 1.4e-9.
"""

import os
import struct
import sys

import numpy as np

RATE, N_FFT, HOP, N_MELS = 16_000, 400, 160, 80


# --- the reference -----------------------------------------------------------

def hz_to_mel(hz):
    hz = np.asarray(hz, dtype=np.float64)
    linear = hz * 3.0 / 200.0
    log = 15.0 + 27.0 * np.log(np.maximum(hz, 1e-9) / 1000.0) / np.log(6.4)
    return np.where(hz >= 1000.0, log, linear)


def mel_to_hz(mel):
    mel = np.asarray(mel, dtype=np.float64)
    return np.where(mel >= 15.0, 1000.0 * 6.4 ** ((mel - 15.0) / 27.0), mel * 200.0 / 3.0)


def mel_filters():
    """[80][201], triangles of unit area in Hz."""
    bins = np.fft.rfftfreq(N_FFT, 1.0 / RATE)
    edges = mel_to_hz(np.linspace(0.0, hz_to_mel(RATE / 2), N_MELS + 2))
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    up = (bins[None, :] - low) / (mid - low)
    down = (high - bins[None, :]) / (high - mid)
    return np.maximum(0.0, np.minimum(up, down)) * 2.0 / (high - low)


def log_mel(samples, padding=0):
    """[80][frames] of float64."""
    x = np.concatenate([np.asarray(samples, dtype=np.float64), np.zeros(padding)])
    x = np.pad(x, N_FFT // 2, mode="reflect")
    window = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(N_FFT) / N_FFT)
    starts = np.arange(0, len(x) - N_FFT + 1, HOP)
    frames = x[starts[:, None] + np.arange(N_FFT)[None, :]] * window
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    mel = mel_filters() @ power[:-1].T
    log = np.log10(np.maximum(mel, 1e-10))
    return (np.maximum(log, log.max() - 8.0) + 4.0) / 4.0


# --- signals that need no file and no libm -----------------------------------

def lcg(count, seed):
    """Uniform noise in [-1, 1): Knuth's MMIX generator, its upper 24 bits."""
    out, state = np.empty(count), seed
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = (state >> 40) / 2**23 - 1.0
    return out


def parabola(phase):
    """A sine made of parabolas; phase in 32-bit turns (uint32), exact in float64."""
    turn = phase.astype(np.float64) / 2**32
    half = np.where(turn < 0.5, turn, turn - 0.5)
    wave = 16.0 * half * (0.5 - half)
    return np.where(turn < 0.5, wave, -wave)


def chirp(count, first_hz, last_hz):
    """Step of the phase grows linearly, in 32-bit integers."""
    first, last = int(first_hz / RATE * 2**32), int(last_hz / RATE * 2**32)
    n = np.arange(count, dtype=np.int64)
    step = first + (last - first) * n // count
    phase = np.concatenate([[0], np.cumsum(step)[:-1]]) % 2**32
    return parabola(phase.astype(np.uint32))


def two_pole(x, radius, cosine):
    y = np.zeros(len(x))
    for i in range(len(x)):
        y[i] = x[i] + 2 * radius * cosine * (y[i - 1] if i > 0 else 0.0) \
            - radius * radius * (y[i - 2] if i > 1 else 0.0)
    return y


def speech_like(count):
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


def signals():
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


def write(folder):
    os.makedirs(folder, exist_ok=True)
    for name, samples, padding in signals():
        samples = samples.astype(np.float32)
        features = log_mel(samples, padding).astype("<f4")
        with open(os.path.join(folder, name + ".bin"), "wb") as out:
            out.write(struct.pack("<III", len(samples), padding, features.shape[1]))
            out.write(features.tobytes())
        print(f"{name}: {len(samples)} samples, {features.shape[1]} frames")


def check():
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


if __name__ == "__main__":
    if sys.argv[1:] == ["--check"]:
        check()
    elif len(sys.argv) == 2:
        write(sys.argv[1])
    else:
        sys.exit(__doc__)
