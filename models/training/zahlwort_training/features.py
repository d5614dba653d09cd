"""Whisper's log-mel features in float64, written from their published definition.

torch.stft with centred, mirrored frames; librosa's Slaney mel filters; clamp, log10, 8 decades, (x + 4) / 4.
"""

import numpy as np
import numpy.typing as npt

from zahlwort_training.types import Array

RATE, N_FFT, HOP, N_MELS = 16_000, 400, 160, 80


def hz_to_mel(hz: npt.ArrayLike) -> Array:
    hz = np.asarray(hz, dtype=np.float64)
    linear = hz * 3.0 / 200.0
    log = 15.0 + 27.0 * np.log(np.maximum(hz, 1e-9) / 1000.0) / np.log(6.4)
    return np.where(hz >= 1000.0, log, linear)


def mel_to_hz(mel: npt.ArrayLike) -> Array:
    mel = np.asarray(mel, dtype=np.float64)
    return np.where(mel >= 15.0, 1000.0 * 6.4 ** ((mel - 15.0) / 27.0), mel * 200.0 / 3.0)


def mel_filters() -> Array:
    """[80][201], triangles of unit area in Hz."""
    bins = np.fft.rfftfreq(N_FFT, 1.0 / RATE)
    edges = mel_to_hz(np.linspace(0.0, hz_to_mel(RATE / 2), N_MELS + 2))
    low, mid, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    up = (bins[None, :] - low) / (mid - low)
    down = (high - bins[None, :]) / (high - mid)
    return np.maximum(0.0, np.minimum(up, down)) * 2.0 / (high - low)


def log_mel(samples: npt.ArrayLike, padding: int = 0) -> Array:
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
