"""Speaks a list of sentences with several voices and writes the recordings and their manifest.

    python -m zahlwort_training.speech.generate SENTENCES.jsonl OUT --voices 'pico-de*' --assign all --noise babble --snr 5:15

A line of the list is an object with `text` and `language` (de, en); all its other fields (intent,
slots …) go to the manifest as they are. A line that already has `audio` is not spoken again: the
effects are laid over that recording, so a manifest of this program can be its next list. Ranges are
`LOW:HIGH` or one number; what is drawn depends on the seed, the sentence and the voice alone.
"""

import argparse
import fnmatch
import hashlib
import json
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from zahlwort_training.speech import effects, voices
from zahlwort_training.types import Record, Samples

HERTZ = 16_000
"""The rate at which effects are laid over speech."""

BABBLE = {
    "de": [
        "Am Wochenende soll es wieder regnen, sagt der Wetterbericht.",
        "Hast du gestern Abend das Spiel gesehen, das war ja unglaublich.",
        "Die Kinder spielen schon den ganzen Nachmittag hinten im Garten.",
        "Wir haben damals in einer kleinen Wohnung am Fluss gelebt.",
    ],
    "en": [
        "They said on the radio that it might rain again this weekend.",
        "We used to live in a small flat near the river back then.",
        "The children have been playing in the garden all afternoon.",
        "I never thought that the film would be that long, did you?",
    ],
}
"""What the people in the background talk about."""


def span(text: str) -> tuple[float, float]:
    """`0.9:1.1` or `1.0` as a pair of numbers."""
    low, _, high = text.partition(":")
    return float(low), float(high or low)


def generator(seed: int, *key: object) -> np.random.Generator:
    """A random generator of its own for every recording, so that order and selection do not matter."""
    digest = hashlib.sha256("\0".join(map(str, (seed, *key))).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))


def arguments(argv: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("sentences", type=Path, nargs="?", help="JSON Lines; not needed with --list-voices")
    add("out", type=Path, nargs="?", help="folder for the recordings")
    add("--manifest", default="manifest.jsonl", help="its name inside OUT")
    add("--voices", nargs="+", default=["*"], help="names or patterns; only those of a sentence's language speak it")
    add("--assign", choices=("one", "all"), default="one", help="one voice a sentence, in turn, or all of them")
    add("--limit", type=int, help="only the first sentences")
    add("--rate", type=span, default=(1, 1), help="speaking rate, 1 is the voice's own")
    add("--pitch", type=span, default=(1, 1), help="factor on pitch and formants")
    add("--room", type=span, help="reverberation time in seconds (RT60)")
    add("--noise", nargs="+", choices=effects.NOISES, help="one of these is drawn for each recording")
    add("--snr", type=span, default=(10, 10), help="signal-to-noise ratio in dB")
    add("--snr-by", choices=("loudest", "active"), default="loudest", help="see effects.mix")
    add("--telephone", type=float, default=0.0, help="share of recordings that pass a telephone line")
    add("--gain", type=span, default=(0, 0), help="dB relative to a peak of half scale")
    add("--lead", type=span, default=(0.2, 0.2), help="seconds of silence before and after the speech")
    add("--sample-rate", type=int, default=HERTZ)
    add("--seed", type=int, default=1)
    add("--force", action="store_true", help="speak again what is already there")
    add("--list-voices", action="store_true")
    options = parser.parse_args(argv)
    if not options.list_voices and options.out is None:
        parser.error("SENTENCES and OUT are needed")
    return options


class Studio:
    """Makes recordings to one set of options."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self._babblers: dict[str, list[Samples]] = {}

    def babblers(self, language: str) -> list[Samples]:
        """People to hear in the background, spoken once by the quick voices."""
        if language not in self._babblers:
            names = {"de": ("pico-de", "pico-de-low", "pico-de-high"), "en": ("pico-us", "flite-rms", "flite-slt")}
            self._babblers[language] = [
                effects.resample(*voices.speak(voices.VOICES[name], text), HERTZ)
                for name in names[language]
                for text in BABBLE[language]
            ]
        return self._babblers[language]

    def speech(
        self, record: Record, voice: voices.Voice | None, rng: np.random.Generator, folder: Path
    ) -> tuple[Samples, Record]:
        """The bare speech at `HERTZ`, and how it was spoken."""
        if "audio" in record:
            samples, hertz = soundfile.read(folder / record["audio"], dtype="float32")
            samples = samples if samples.ndim == 1 else samples.mean(axis=1)
            return effects.resample(samples, hertz, HERTZ), {}
        if voice is None:
            raise ValueError("a record without audio needs a voice")
        rate, pitch = (float(rng.uniform(*span)) for span in (self.options.rate, self.options.pitch))
        samples, hertz = voices.speak(voice, record["text"], rate, pitch, self.options.seed)
        samples = effects.at_peak(effects.resample(samples, hertz, HERTZ), 0.5)
        lead, trail = (np.zeros(int(rng.uniform(*self.options.lead) * HERTZ), np.float32) for _ in range(2))
        how = {name: round(value, 3) for name, value in (("rate", rate), ("pitch", pitch)) if value != 1}
        return np.concatenate([lead, samples, trail]), how

    def record(self, record: Record, voice: voices.Voice | None, folder: Path) -> tuple[Samples, Record]:
        """One recording, its rate being `--sample-rate`, and the effects that it went through."""
        options = self.options
        voice_name = voice.name if voice else record.get("voice", "")
        rng = generator(options.seed, record["text"], voice_name)
        samples, effect = self.speech(record, voice, rng, folder)
        if options.room:
            effect["room_rt60"] = round(float(rng.uniform(*options.room)), 3)
            samples = effects.in_room(samples, HERTZ, effect["room_rt60"], rng)
        if options.noise:
            effect["noise"] = str(rng.choice(options.noise))
            effect["snr_db"] = round(float(rng.uniform(*options.snr)), 2)
            people = self.babblers(record["language"]) if effect["noise"] == "babble" else ()
            noise = effects.noise(effect["noise"], len(samples), HERTZ, rng, people)
            samples = effects.mix(samples, noise, effect["snr_db"], options.snr_by)
        if rng.random() < options.telephone:
            effect["telephone"] = True
            samples = effects.telephone(effects.at_peak(samples, 0.5), HERTZ)
        gain = float(rng.uniform(*options.gain))
        samples = effects.at_peak(samples, min(1.0, 0.5 * 10 ** (gain / 20)))
        if gain:
            effect["gain_db"] = round(gain, 2)
        return effects.resample(samples, HERTZ, options.sample_rate), effect

    def recipe(self, record: Record, voice: voices.Voice | None) -> str:
        """A short mark of everything that the recording depends on, for its file name."""
        ignored = ("sentences", "out", "manifest", "voices", "assign", "limit", "force", "list_voices")
        how = {name: value for name, value in vars(self.options).items() if name not in ignored}
        text = voices.spoken(voice, record["text"]) if voice else record["text"]
        what = [text, record.get("audio"), repr(voice), how]
        return hashlib.sha256(json.dumps(what, sort_keys=True).encode()).hexdigest()[:8]


def cast(records: list[Record], options: argparse.Namespace) -> Iterator[tuple[Record, voices.Voice | None]]:
    """Who speaks what: pairs of a record and its voice (none where the record has audio)."""
    for index, record in enumerate(records):
        if "audio" in record:
            yield record, None
            continue
        wanted = [record["voice"]] if "voice" in record else options.voices
        able = [
            voice
            for voice in voices.VOICES.values()
            if voice.language == record["language"] and any(fnmatch.fnmatch(voice.name, one) for one in wanted)
        ]
        if not able:
            raise SystemExit(f"no voice of {wanted} speaks {record['language']}: see --list-voices")
        for voice in able if options.assign == "all" else [able[index % len(able)]]:
            yield record, voice


def main(argv: Sequence[str] | None = None) -> None:
    options = arguments(argv)
    if options.list_voices:
        for one in voices.VOICES.values():
            print(f"{one.name:22}{one.language}  {voices.LICENCES[one.engine]}")
        return
    records = [json.loads(line) for line in options.sentences.read_text(encoding="utf-8").splitlines() if line.strip()]
    records = records[: options.limit]
    jobs = list(cast(records, options))
    options.out.mkdir(parents=True, exist_ok=True)
    studio, started, seconds = Studio(options), time.monotonic(), 0.0
    with (options.out / options.manifest).open("w", encoding="utf-8") as manifest:
        for done, (record, voice) in enumerate(jobs, 1):
            name = voice.name if voice else record.get("voice", "")
            stem = record.get("id") or f"{records.index(record) + 1:04}"
            path = options.out / f"{stem}-{name}-{studio.recipe(record, voice)}.wav"
            notes = path.with_suffix(".effects.json")
            if options.force or not (path.exists() and notes.exists()):
                samples, effect = studio.record(record, voice, options.sentences.parent)
                soundfile.write(path, samples, options.sample_rate, subtype="PCM_16")
                notes.write_text(json.dumps(effect), encoding="utf-8")
            line = {**record, "audio": path.name, "voice": name}
            line["effects"] = {**record.get("effects", {}), **json.loads(notes.read_text(encoding="utf-8"))}
            manifest.write(json.dumps(line, ensure_ascii=False) + "\n")
            manifest.flush()
            seconds += soundfile.info(path).duration
            if sys.stderr.isatty():
                took = time.monotonic() - started
                shown = f"\r[{done}/{len(jobs)}] {seconds:.0f} s of speech in {took:.0f} s  {name:24}"
                print(shown, end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)


if __name__ == "__main__":
    main()
