"""The effects do what they say. Needs no voice."""

import numpy as np
import pytest

from zahlwort_training.speech import effects
from zahlwort_training.types import Samples

HERTZ = 16_000


def tone(seconds: float = 1.0, frequency: float = 440.0) -> Samples:
    return (0.5 * np.sin(2 * np.pi * frequency * np.arange(int(seconds * HERTZ)) / HERTZ)).astype(np.float32)


@pytest.mark.parametrize("kind", effects.NOISES)
def test_every_noise_has_unit_power_and_follows_its_seed(kind: str) -> None:
    one, same, other = (
        effects.noise(kind, HERTZ, HERTZ, np.random.default_rng(seed), [tone(0.3), tone(0.4, 900)]) for seed in (1, 1, 2)
    )
    assert float(np.mean(one**2)) == pytest.approx(1.0, abs=5e-5)
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_babble_without_other_speech_is_refused() -> None:
    with pytest.raises(ValueError, match="recordings of other speech"):
        effects.noise("babble", HERTZ, HERTZ, np.random.default_rng(1))


@pytest.mark.parametrize("by", ["loudest", "active"])
def test_noise_lands_at_the_ratio_that_was_asked_for(by: str) -> None:
    speech = tone()
    hiss = effects.noise("white", len(speech), HERTZ, np.random.default_rng(1))
    added = effects.mix(speech, hiss, 10, by) - speech
    ratio = 10 * np.log10(np.mean(speech**2) / np.mean(added**2))
    assert ratio == pytest.approx(10, abs=0.5)


def test_a_room_rings_for_its_reverberation_time() -> None:
    response = effects.room_response(0.4, HERTZ, np.random.default_rng(3))
    left = np.cumsum(response[::-1] ** 2)[::-1]
    decay = 10 * np.log10(left / left[0] + 1e-12)
    # From -5 to -25 dB, three times over, is the usual estimate (ISO 3382).
    reverberation = 3 * (np.argmax(decay < -25) - np.argmax(decay < -5)) / HERTZ
    assert 0.2 < reverberation < 0.6


def test_what_is_heard_in_a_room_is_as_loud_as_it_was() -> None:
    speech = tone()
    heard = effects.in_room(speech, HERTZ, 0.3, np.random.default_rng(3))
    assert len(heard) > len(speech)
    assert effects.active_power(heard) == pytest.approx(effects.active_power(speech), rel=1e-3)


def test_a_telephone_cuts_what_lies_outside_its_band() -> None:
    power = {f: np.mean(effects.telephone(tone(1, f), HERTZ)[2000:-2000] ** 2) for f in (100, 1000, 6000)}
    assert power[100] < 0.01 * power[1000]
    assert power[6000] < 0.01 * power[1000]


def test_resampling_keeps_a_tone() -> None:
    there_and_back = effects.resample(effects.resample(tone(), HERTZ, 44_100), 44_100, HERTZ)
    assert np.max(np.abs(there_and_back[500:-500] - tone()[500:-500])) < 0.01


def test_a_level_is_that_of_the_loudest_sample_and_silence_stays_silence() -> None:
    assert np.max(np.abs(effects.at_peak(tone(), 0.25))) == pytest.approx(0.25)
    assert not effects.at_peak(np.zeros(10, np.float32), 0.25).any()
    assert len(effects.at_peak(np.zeros(0, np.float32), 0.25)) == 0
