"""What happens to speech between a mouth and a file: a room, noise, a telephone line, a level.

Samples are mono float32 arrays in −1 … 1; powers are mean squares; rates are in hertz.
"""

from collections.abc import Sequence

import numpy as np
import scipy.signal

from zahlwort_training.types import Array, Samples

NOISES = ("white", "pink", "brown", "hum", "fan", "clatter", "babble")

SPEED_OF_SOUND = 343.0
"""Metres a second, at 20 °C."""


def resample(samples: Samples, hertz: float, target: float) -> Samples:
    """Band-limited resampling from one rate to another (both rounded to whole hertz)."""
    hertz, target = round(hertz), round(target)
    if hertz == target:
        return samples
    divisor = int(np.gcd(hertz, target))
    return scipy.signal.resample_poly(samples, target // divisor, hertz // divisor).astype(np.float32)


# --- noise ---------------------------------------------------------------------------------------


def noise(kind: str, length: int, hertz: float, rng: np.random.Generator, babblers: Sequence[Samples] = ()) -> Samples:
    """Noise of a kind in `NOISES`, of unit mean power. `babblers` are recordings of other speech."""
    made = {
        "white": lambda: rng.standard_normal(length),
        "pink": lambda: _coloured(length, rng, 0.5),
        "brown": lambda: _coloured(length, rng, 1.0),
        "hum": lambda: _hum(length, hertz, rng),
        "fan": lambda: _fan(length, hertz, rng),
        "clatter": lambda: _clatter(length, hertz, rng),
        "babble": lambda: _babble(length, rng, babblers),
    }[kind]()
    return (made / max(np.sqrt(np.mean(made**2)), 1e-12)).astype(np.float32)


def _coloured(length: int, rng: np.random.Generator, exponent: float) -> Samples:
    """Gaussian noise whose amplitude falls with frequency to the power of `exponent`."""
    spectrum = np.fft.rfft(rng.standard_normal(length))
    spectrum[0] = 0.0
    spectrum[1:] /= np.arange(1, len(spectrum)) ** exponent
    return np.fft.irfft(spectrum, length)


def _hum(length: int, hertz: float, rng: np.random.Generator) -> Samples:
    """Mains hum: 50 Hz and its harmonics over a little pink noise."""
    time = np.arange(length) / hertz
    tones = sum(np.sin(2 * np.pi * 50 * n * time + rng.uniform(0, 2 * np.pi)) / n ** rng.uniform(0.5, 1.5) for n in range(1, 12))
    return tones + 0.2 * np.std(tones) * _unit(_coloured(length, rng, 0.5))


def _fan(length: int, hertz: float, rng: np.random.Generator) -> Samples:
    """A fan or extractor hood: pink noise that swells slowly, and the tone of its blades."""
    time = np.arange(length) / hertz
    swell = 1 + 0.2 * np.sin(2 * np.pi * rng.uniform(0.2, 1.5) * time + rng.uniform(0, 2 * np.pi))
    blades = np.sin(2 * np.pi * rng.uniform(80, 250) * time)
    return swell * (_unit(_coloured(length, rng, 0.5)) + 0.3 * blades)


def _clatter(length: int, hertz: float, rng: np.random.Generator) -> Samples:
    """Dishes: ringing knocks at random moments over a quiet kitchen."""
    out = 0.1 * _unit(_coloured(length, rng, 0.5))
    for _ in range(max(1, rng.poisson(2.5 * length / hertz))):
        span = int(rng.uniform(0.03, 0.25) * hertz)
        start = int(rng.integers(0, max(1, length - span)))
        time = np.arange(min(span, length - start)) / hertz
        decay = np.exp(-time * 5 / (span / hertz))
        ring = sum(np.sin(2 * np.pi * rng.uniform(700, 6000) * time) for _ in range(4))
        out[start : start + len(time)] += rng.uniform(0.3, 1.0) * decay * ring
    return out


def _babble(length: int, rng: np.random.Generator, babblers: Sequence[Samples]) -> Samples:
    """Several people at once, each from a random moment of a random recording, in a circle."""
    if not babblers:
        raise ValueError("babble needs recordings of other speech to mix")
    out = np.zeros(length, np.float64)
    for _ in range(7):
        one = babblers[int(rng.integers(len(babblers)))]
        repeated = np.resize(np.roll(one, int(rng.integers(len(one)))), length)
        out += rng.uniform(0.5, 1.0) * repeated / np.sqrt(np.mean(one**2))
    return out


def _unit(samples: Samples) -> Samples:
    return samples / np.sqrt(np.mean(samples**2))


def loudest_frame_power(samples: Samples, frame: int = 2048) -> float:
    """The highest mean power of any frame of 2048 samples."""
    frames = np.resize(samples, (max(1, len(samples) // frame), min(frame, len(samples))))
    return float(np.max(np.mean(frames.astype(np.float64) ** 2, axis=1)))


def active_power(samples: Samples, frame: int = 512) -> float:
    """The mean power of the frames within 30 dB of the loudest: speech without its pauses."""
    whole = samples[: max(1, len(samples) // frame) * frame]
    frames = np.resize(whole, (max(1, len(whole) // frame), min(frame, len(whole))))
    powers = np.mean(frames.astype(np.float64) ** 2, axis=1)
    return float(np.mean(powers[powers >= np.max(powers) * 1e-3]))


def mix(speech: Samples, noise_samples: Samples, snr_db: float, by: str = "loudest") -> Samples:
    """Speech in noise.

    By `loudest` frame of both, as the public speech-to-intent benchmarks mix: some 5 dB more noise
    than by `active` power, which is what "signal-to-noise ratio" means elsewhere.
    """
    power = {"loudest": loudest_frame_power, "active": active_power}[by]
    wanted = power(speech) / 10 ** (snr_db / 10)
    have = loudest_frame_power(noise_samples) if by == "loudest" else np.mean(noise_samples**2)
    return speech + noise_samples * np.sqrt(wanted / max(have, 1e-20))


# --- room ----------------------------------------------------------------------------------------


def room_response(rt60: float, hertz: float, rng: np.random.Generator) -> Samples:
    """The impulse response of a random room with this reverberation time, the direct sound first.

    The image source method (Allen and Berkley, 1979) for a box whose walls all absorb alike, by
    Sabine's formula. Arrival times are rounded to whole samples.
    """
    size: Array = rng.uniform([3.0, 2.5, 2.3], [7.0, 6.0, 3.0])
    mouth = rng.uniform(0.5, size - 0.5)
    ear = _within(mouth, size, rng)
    volume, surface = np.prod(size), 2 * (size[0] * size[1] + size[1] * size[2] + size[0] * size[2])
    absorbed = min(0.161 * volume / (surface * rt60), 0.95)
    reflected = np.sqrt(1 - absorbed)
    reach = SPEED_OF_SOUND * rt60
    counts = np.ceil(reach / (2 * size)).astype(int)
    grid = np.stack(np.meshgrid(*(np.arange(-count, count + 1) for count in counts), indexing="ij"), -1).reshape(-1, 3)
    response = np.zeros(int(hertz * rt60) + 1, np.float64)
    direct = np.linalg.norm(mouth - ear)
    for corner in np.ndindex(2, 2, 2):
        mirrored = np.array(corner)
        images = (1 - 2 * mirrored) * mouth + 2 * grid * size
        bounces = np.abs(2 * grid - mirrored).sum(axis=1)
        distance = np.linalg.norm(images - ear, axis=1)
        arrival = np.round((distance - direct) / SPEED_OF_SOUND * hertz).astype(int)
        near = (arrival >= 0) & (arrival < len(response))
        np.add.at(response, arrival[near], (reflected**bounces / distance)[near])
    # Whole-sample image sources add up at low frequencies, which no real room does.
    high_pass = scipy.signal.butter(2, 60, "highpass", fs=hertz, output="sos")
    return scipy.signal.sosfilt(high_pass, response / np.max(np.abs(response)))


def _within(mouth: Array, size: Array, rng: np.random.Generator) -> Array:
    """A place to listen from, 0.8 to 3 m away where the room has one."""
    place = rng.uniform(0.3, size - 0.3)
    for _ in range(50):
        if 0.8 <= np.linalg.norm(place - mouth) <= 3.0:
            break
        place = rng.uniform(0.3, size - 0.3)
    return place


def in_room(samples: Samples, hertz: float, rt60: float, rng: np.random.Generator) -> Samples:
    """The samples as heard in a random room, at the loudness that they had."""
    heard = scipy.signal.fftconvolve(samples, room_response(rt60, hertz, rng))
    return (heard * np.sqrt(active_power(samples) / active_power(heard))).astype(np.float32)


# --- line and level ------------------------------------------------------------------------------


def telephone(samples: Samples, hertz: float) -> Samples:
    """A telephone line: 300 to 3400 Hz, 8 kHz, and the 8 bits of G.711's μ-law."""
    band = scipy.signal.butter(4, [300, 3400], "bandpass", fs=hertz, output="sos")
    line = resample(scipy.signal.sosfilt(band, samples).astype(np.float32), hertz, 8000)
    line = np.clip(line, -1, 1)
    coded = np.round(np.sign(line) * np.log1p(255 * np.abs(line)) / np.log(256) * 127) / 127
    decoded = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    return resample(decoded.astype(np.float32), 8000, hertz)[: len(samples)]


def at_peak(samples: Samples, peak: float) -> Samples:
    """Scaled so that the loudest sample has this absolute value; silence stays silence."""
    loudest = float(np.max(np.abs(samples))) if len(samples) else 0.0
    return samples if loudest == 0 else (samples * (peak / loudest)).astype(np.float32)
