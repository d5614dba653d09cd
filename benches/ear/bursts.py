"""Short sounds that nobody says: noise, breath, clicks, thumps, hum and rustling, made of random numbers.

Every kind is a function from a generator and a length in seconds to samples at `HERTZ`; `burst` gives one a
level, and silence with a quiet room in it around. Samples are mono floats in -1 … 1.
"""

import numpy as np

HERTZ = 16_000


def burst(kind, rng):
    """A sound of a kind in `KINDS` somewhere in a quiet room, and what was drawn for it."""
    # As many short ones as long ones: of equally likely lengths most would be longer than a word.
    seconds = float(np.exp(rng.uniform(np.log(0.1), np.log(2.0))))
    peak_db, room_db = float(rng.uniform(-40, -2)), float(rng.uniform(-85, -62))
    sound = KINDS[kind](rng, seconds)
    sound = sound / np.max(np.abs(sound)) * 10 ** (peak_db / 20)
    before, after = (int(rng.uniform(0.2, 0.8) * HERTZ) for _ in range(2))
    out = unit(coloured(rng, before + len(sound) + after, 0.5)) * 10 ** (room_db / 20)
    out[before : before + len(sound)] += sound
    drawn = {"seconds": round(len(sound) / HERTZ, 3), "peak_db": round(peak_db, 1), "room_db": round(room_db, 1)}
    return np.clip(out, -1, 1), drawn


def unit(samples):
    """The samples at a mean power of 1."""
    return samples / np.sqrt(np.mean(samples**2))


def filtered(samples, gain):
    """The samples with every frequency in hertz times `gain` of it."""
    spectrum = np.fft.rfft(samples)
    return np.fft.irfft(spectrum * gain(np.fft.rfftfreq(len(samples), 1 / HERTZ)), len(samples))


def coloured(rng, length, exponent):
    """Noise whose amplitude falls with the frequency to the power of `exponent`: 0 white, ½ pink, 1 brown."""
    return filtered(rng.standard_normal(length), lambda hertz: 1 / np.maximum(hertz, 20) ** exponent)


def swelling(length, rise, fall):
    """An envelope that rises over one share of the length and falls over another, both softly."""
    at = np.linspace(0, 1, length)
    up, down = np.clip(at / rise, 0, 1), np.clip((1 - at) / fall, 0, 1)
    return np.sin(up * np.pi / 2) ** 2 * np.sin(down * np.pi / 2) ** 2


def dying(length, seconds):
    """An envelope that falls to 1/e in this time."""
    return np.exp(-np.arange(length) / (seconds * HERTZ))


def resonances(centres, widths, slope):
    """The gain of a mouth: a few resonances, and above 500 Hz less by `slope` to the power of the frequency."""

    def gain(hertz):
        peaks = sum(1 / (1 + ((hertz - centre) / width) ** 2) for centre, width in zip(centres, widths))
        return (0.05 + peaks) / np.maximum(hertz / 500, 1) ** slope

    return gain


def noise(exponent):
    def make(rng, seconds):
        length = int(seconds * HERTZ)
        # From switched on at once to a swell.
        rise, fall = rng.uniform(0.005, 0.5, 2)
        return unit(coloured(rng, length, exponent)) * swelling(length, rise, fall)

    return make


def breath(rng, seconds):
    """A breath in, a breath out, or both with a pause, in half of them hissing through the nose."""
    ways = [["in"], ["out"], ["in", "out"]][int(rng.integers(3))]
    pause = np.zeros(int(rng.uniform(0.05, 0.2) * HERTZ)) if len(ways) > 1 else np.zeros(0)
    nose = rng.random() < 0.5
    parts = []
    for way in ways:
        length = int(seconds / len(ways) * HERTZ)
        centres = rng.uniform(*(([250, 900, 2000], [400, 1400, 3000]) if nose else ([450, 1300, 2300], [900, 1900, 3200])))
        mouth = resonances(centres, rng.uniform(100, 500, 3), rng.uniform(0.3, 0.8) if way == "in" else rng.uniform(0.7, 1.4))
        rise, fall = (rng.uniform(0.3, 0.6), rng.uniform(0.1, 0.3)) if way == "in" else (rng.uniform(0.05, 0.2), rng.uniform(0.5, 0.8))
        # No breath is even: it flutters a few times a second.
        flutter = 1 + 0.3 * unit(filtered(rng.standard_normal(length), lambda hertz: hertz < 12))
        parts += [unit(filtered(rng.standard_normal(length), mouth)) * flutter * swelling(length, rise, fall), pause]
    return np.concatenate(parts[:-1])


def several(rng, seconds, most, one):
    """Up to `most` sounds at random moments of a stretch."""
    out = np.zeros(int(seconds * HERTZ))
    for number in range(int(rng.integers(1, most + 1))):
        sound = one()[: len(out)] * rng.uniform(0.4, 1)
        start = int(rng.integers(0, len(out) - len(sound) + 1)) if number else 0
        out[start : start + len(sound)] += sound
    return out


def click(rng, seconds):
    """Switches, a tongue, a pen: a few milliseconds each."""

    def one():
        length = int(0.05 * HERTZ)
        time = np.arange(length) / HERTZ
        ring = np.sin(2 * np.pi * rng.uniform(900, 6000) * time) * dying(length, rng.uniform(0.001, 0.008))
        return ring + rng.uniform(0, 1) * rng.standard_normal(length) * dying(length, rng.uniform(0.0005, 0.003))

    return several(rng, seconds, 6, one)


def thump(rng, seconds):
    """A door, a step, a cup that is put down: low, with what rattles on it."""

    def one():
        length = int(rng.uniform(0.15, 0.5) * HERTZ)
        time = np.arange(length) / HERTZ
        low = np.sin(2 * np.pi * rng.uniform(45, 160) * time) * dying(length, rng.uniform(0.02, 0.12))
        hit = filtered(rng.standard_normal(length), lambda hertz: 1 / (1 + (hertz / 400) ** 2)) * dying(length, 0.02)
        rattle = rng.uniform(0, 0.3) * rng.standard_normal(length) * dying(length, rng.uniform(0.02, 0.2))
        return low + unit(hit) * rng.uniform(0.2, 1) + rattle

    return several(rng, seconds, 3, one)


def hum(rng, seconds):
    """Mains, a fridge or a phone that buzzes, switched on and off."""
    length = int(seconds * HERTZ)
    time = np.arange(length) / HERTZ
    first = rng.choice([50, 60, rng.uniform(90, 250)])
    tones = sum(np.sin(2 * np.pi * first * n * time + rng.uniform(0, 2 * np.pi)) / n ** rng.uniform(0.3, 1.5) for n in range(1, 12))
    return (unit(tones) + rng.uniform(0.02, 0.2) * unit(coloured(rng, length, 0.5))) * swelling(length, *rng.uniform(0.005, 0.2, 2))


def rustle(rng, seconds):
    """Paper, cloth, a bag: hundreds of small high grains that come in handfuls."""
    length = int(seconds * HERTZ)
    grains = rng.standard_normal(length) * (rng.random(length) < 0.02 * np.exp(rng.standard_normal()))
    handfuls = np.exp(unit(filtered(rng.standard_normal(length), lambda hertz: hertz < 8)))
    low = rng.uniform(800, 2500)
    return filtered(grains * handfuls + 0.02 * rng.standard_normal(length), lambda hertz: 1 / (1 + (low / np.maximum(hertz, 1)) ** 4))


KINDS = {
    "white": noise(0),
    "pink": noise(0.5),
    "brown": noise(1),
    "breath": breath,
    "click": click,
    "thump": thump,
    "hum": hum,
    "rustle": rustle,
}
