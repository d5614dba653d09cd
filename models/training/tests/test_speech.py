"""python -m unittest: the effects do what they say. Needs no voice."""

import unittest

import effects
import generate
import numpy as np

HERTZ = 16_000


def tone(seconds=1.0, frequency=440.0):
    return (0.5 * np.sin(2 * np.pi * frequency * np.arange(int(seconds * HERTZ)) / HERTZ)).astype(np.float32)


class Effects(unittest.TestCase):
    def test_every_noise_has_unit_power_and_follows_its_seed(self):
        for kind in effects.NOISES:
            one, same, other = (
                effects.noise(kind, HERTZ, HERTZ, np.random.default_rng(seed), [tone(0.3), tone(0.4, 900)]) for seed in (1, 1, 2)
            )
            self.assertAlmostEqual(float(np.mean(one**2)), 1.0, places=4)
            self.assertTrue(np.array_equal(one, same), kind)
            self.assertFalse(np.array_equal(one, other), kind)

    def test_noise_lands_at_the_ratio_that_was_asked_for(self):
        speech = tone()
        hiss = effects.noise("white", len(speech), HERTZ, np.random.default_rng(1))
        for by in ("loudest", "active"):
            added = effects.mix(speech, hiss, 10, by) - speech
            ratio = 10 * np.log10(np.mean(speech**2) / np.mean(added**2))
            self.assertAlmostEqual(ratio, 10, delta=0.5)

    def test_a_room_rings_for_its_reverberation_time(self):
        response = effects.room_response(0.4, HERTZ, np.random.default_rng(3))
        left = np.cumsum(response[::-1] ** 2)[::-1]
        decay = 10 * np.log10(left / left[0] + 1e-12)
        # From -5 to -25 dB, three times over, is the usual estimate (ISO 3382).
        reverberation = 3 * (np.argmax(decay < -25) - np.argmax(decay < -5)) / HERTZ
        self.assertGreater(reverberation, 0.2)
        self.assertLess(reverberation, 0.6)

    def test_a_telephone_cuts_what_lies_outside_its_band(self):
        power = {f: np.mean(effects.telephone(tone(1, f), HERTZ)[2000:-2000] ** 2) for f in (100, 1000, 6000)}
        self.assertLess(power[100], 0.01 * power[1000])
        self.assertLess(power[6000], 0.01 * power[1000])

    def test_resampling_keeps_a_tone(self):
        there_and_back = effects.resample(effects.resample(tone(), HERTZ, 44_100), 44_100, HERTZ)
        self.assertLess(np.max(np.abs(there_and_back[500:-500] - tone()[500:-500])), 0.01)


class Options(unittest.TestCase):
    def test_a_range_is_a_number_or_two(self):
        self.assertEqual(generate.span("0.9:1.1"), (0.9, 1.1))
        self.assertEqual(generate.span("10"), (10.0, 10.0))
        with self.assertRaises(ValueError):
            generate.span("fast")

    def test_what_is_drawn_depends_on_seed_sentence_and_voice_only(self):
        draws = [generate.generator(*key).random() for key in [(1, "a", "x"), (1, "a", "x"), (2, "a", "x"), (1, "a", "y")]]
        self.assertEqual(draws[0], draws[1])
        self.assertEqual(len(set(draws)), 3)


if __name__ == "__main__":
    unittest.main()
