"""python -m unittest: the sets are what they say. Needs no recordings."""

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import numpy as np
import soundfile

import bursts
import sets
import table
import texts
from bursts import HERTZ


def spoken(seconds, before=0.2, after=0.3, floor=1e-4):
    """A tone with a quiet room around it."""
    rng = np.random.default_rng(1)
    tone = 0.1 * np.sin(2 * np.pi * 300 * np.arange(int(seconds * HERTZ)) / HERTZ)
    out = np.concatenate([np.zeros(int(before * HERTZ)), tone, np.zeros(int(after * HERTZ))])
    return out + floor * rng.standard_normal(len(out))


class Strings(unittest.TestCase):
    def test_speech_is_found_in_its_silence(self):
        start, end, level = sets.speech(spoken(0.4))
        self.assertAlmostEqual(start / HERTZ, 0.2, delta=0.011)
        self.assertAlmostEqual(end / HERTZ, 0.6, delta=0.011)
        self.assertAlmostEqual(level, -80, delta=2)

    def test_gaps_are_as_long_as_asked_for(self):
        pieces = [np.full(1600, 0.1)] * 3
        fade = 80
        for gap in (0.0, 0.1):
            out = sets.joined(pieces, [gap, gap], fade / HERTZ)
            self.assertEqual(len(out), 3 * 1600 + 2 * (int(gap * HERTZ) - fade))
        silent = np.flatnonzero(out == 0)
        self.assertGreaterEqual(len(silent), 2 * (0.1 * HERTZ - fade))

    def test_a_crossfade_leaves_no_click_and_no_hole(self):
        out = sets.joined([np.full(1600, 0.1)] * 2, [0.0], 0.005)
        inside = out[200:-200]
        self.assertAlmostEqual(float(inside.min()), 0.1, places=6)
        self.assertAlmostEqual(float(inside.max()), 0.1, places=6)

    def test_a_string_says_its_takes_by_one_speaker(self):
        with tempfile.TemporaryDirectory() as folder, contextlib.redirect_stderr(io.StringIO()):
            folder = Path(folder)
            found = {}
            for speaker in ("00", "01"):
                for digit in "0123456789":
                    path = folder / f"{speaker}-{digit}.wav"
                    soundfile.write(path, spoken(0.3), HERTZ)
                    line = {"audio": str(path), "text": digit, "speaker": speaker, "held_aside": speaker == "01"}
                    found["de", speaker, digit] = [line]
            natural, tight = sets.strings(found, "de", 6, 1, folder)
            for line, quick in zip(natural, tight):
                self.assertEqual(line["slots"]["pin"], line["text"].replace(" ", ""))
                self.assertEqual(line["takes"], [f"{line['speaker']}-{digit}" for digit in line["slots"]["pin"]])
                self.assertEqual(line["held_aside"], line["speaker"] == "01")
                self.assertEqual(line["takes"], quick["takes"])
                long, short = (soundfile.info(folder / one["audio"]).duration for one in (line, quick))
                self.assertTrue(1.5 < short < long < 2.7, (short, long))


class Bursts(unittest.TestCase):
    def test_every_kind_is_short_has_its_level_and_follows_its_seed(self):
        for kind in bursts.KINDS:
            for seed in range(20):
                one, drawn = bursts.burst(kind, np.random.default_rng(seed))
                same, _ = bursts.burst(kind, np.random.default_rng(seed))
                self.assertTrue(np.array_equal(one, same), kind)
                self.assertTrue(np.isfinite(one).all(), kind)
                self.assertTrue(0.09 < drawn["seconds"] < 2.3, (kind, drawn))
                peak = 20 * np.log10(np.max(np.abs(one)))
                self.assertAlmostEqual(peak, drawn["peak_db"], delta=1, msg=kind)


class Figures(unittest.TestCase):
    def test_what_is_accepted_is_right_or_wrong(self):
        def line(right, **got):
            return {"right": right, "got": {"timing": {"total_ms": 10}, **got}}

        found = table.counted([
            line(True, status="understood", intent="Digits"),
            line(False, status="understood", intent="SendMoney"),
            line(True, status="rejected"),
            line(False, status="no_speech"),
        ], {"SendMoney"})
        self.assertEqual((found["right"], found["accepted"], found["wrong"], found["spending"]), (2, 2, 1, 1))
        self.assertEqual((found["rejected"], found["no speech"], found["failed"]), (1, 1, 0))

    def test_a_stricter_run_rejects_what_it_is_less_sure_of(self):
        def line(intent, right):
            got = {"status": "understood", "intent": "Digits", "confidence": 0.4}
            return {"right": right, "expected": {"intent": intent}, "got": got}

        for intent, right in (("Digits", True), (None, False)):
            loose, strict = (table.counted([table.stricter(line(intent, right), at)], set()) for at in (0.4, 0.5))
            self.assertEqual((loose["accepted"], loose["right"]), (1, right))
            self.assertEqual((strict["accepted"], strict["right"], strict["rejected"]), (0, not right, 1))

    def test_texts_are_read_in_their_formats(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_text('"Er heißt ""Tom""."\nNein, danke.\n', encoding="utf-8")
            self.assertEqual([text for text, _ in texts.plain(path)], ['Er heißt "Tom".', "Nein, danke."])
            path.write_text('text,category\n"Two\nlines, one text",card\n', encoding="utf-8")
            self.assertEqual(list(texts.table(path)), [("Two\nlines, one text", "card")])
            path.write_text(json.dumps({"text": "stop", "intent": "x"}) + "\n", encoding="utf-8")
            self.assertEqual(list(texts.records(path)), [("stop", "x")])

    def test_a_program_that_leaves_a_sentence_out_is_told(self):
        options = mock.Mock(zahlwort="true", arguments=[])
        with self.assertRaises(SystemExit):
            texts.parsed(options, "de", ["ein Satz"])


if __name__ == "__main__":
    unittest.main()
