"""Lays noise, rooms and levels over the speech and stores its log-mel frames.

    python features.py RUN [--versions 2] [--minutes 20] [--kerstin FOLDER] [--coffee FOLDER]

RUN/mel/<set>.f16 holds every utterance's frames one after the other, [frames, 80] in float16, and
<set>.jsonl an object an utterance with `start` and `length` in it. Sets: train, valid (clean, the held-out
voices and every tenth of the recorded German), coffee-clean and coffee-6db (for measuring only).
"""

import argparse
import json
import random
import re
import sys
import time
from pathlib import Path

import numpy as np
import soundfile
import torch

import spelling
import whisper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "speech"))
import effects  # noqa: E402

HERTZ = whisper.HERTZ
_OLD_SPELLING = re.compile(r"\b(da|mu|la|lä|wu|bewu|ha|ku|schlu|flu|gewi|bi|mü|pa|ri|fa|pro[zc]e)ß(?=\b|t|chen)", re.I)


def modern(text):
    """Old German spelling (daß, muß) as it is written since 1996."""
    return _OLD_SPELLING.sub(lambda m: m[1] + "ss", text)


def trim(samples, frame=320, below=35.0):
    """Without the silence before and after: frames more than 35 dB below the loudest."""
    count = len(samples) // frame
    power = np.mean(samples[: count * frame].reshape(count, frame).astype(np.float64) ** 2, axis=1) + 1e-12
    loud = np.flatnonzero(power > power.max() * 10 ** (-below / 10))
    return samples[max(0, (loud[0] - 2) * frame) : (loud[-1] + 3) * frame]


class Augment:
    """Noise on 60 %, a room on 30 %, a telephone band on 10 %, speed, silence around and level on all."""

    def __init__(self, babblers, seed):
        self.babblers, self.rng, self.rooms = babblers, np.random.default_rng(seed), []

    def room(self, samples):
        import scipy.signal

        if len(self.rooms) < 60:
            self.rooms.append(effects.room_response(self.rng.uniform(0.15, 0.6), HERTZ, self.rng))
        heard = scipy.signal.fftconvolve(samples, self.rooms[self.rng.integers(len(self.rooms))])
        # The tail of the room may be cut: what follows the last word is short in the project too.
        heard = heard[: len(samples) + int(self.rng.uniform(0, 0.2) * HERTZ)]
        return (heard * np.sqrt(effects.active_power(samples) / effects.active_power(heard))).astype(np.float32)

    def nothing(self):
        """A few seconds in which nobody says anything to be written."""
        rng = self.rng
        kind = str(rng.choice([name for name in effects.NOISES if name != "babble"]))
        noise = effects.noise(kind, int(rng.uniform(0.5, 3.0) * HERTZ), HERTZ, rng)
        return effects.at_peak(noise, 0.5 * 10 ** (rng.uniform(-50, 0) / 20))

    def __call__(self, samples):
        rng = self.rng
        speed = rng.uniform(0.9, 1.1)
        samples = effects.resample(samples, round(HERTZ * speed / 200) * 200, HERTZ)
        lead, trail = (np.zeros(int(rng.uniform(0, 0.4) * HERTZ), np.float32) for _ in range(2))
        samples = np.concatenate([lead, samples, trail])
        if rng.random() < 0.3:
            samples = self.room(samples)
        if rng.random() < 0.6:
            kind = str(rng.choice(["white", "pink", "brown", "fan", "clatter", "babble", "babble", "clatter", "fan"]))
            people = [self.babblers[i] for i in rng.integers(len(self.babblers), size=7)]
            noise = effects.noise(kind, len(samples), HERTZ, rng, people)
            samples = effects.mix(samples, noise, rng.uniform(0, 25), rng.choice(["loudest", "active"]))
        if rng.random() < 0.1:
            samples = effects.telephone(effects.at_peak(samples, 0.5), HERTZ)
        return effects.at_peak(samples, 0.5 * 10 ** (rng.uniform(-24, 5) / 20))


class Writer:
    """Frames of many utterances in one file, which has its name once it is complete."""

    def __init__(self, folder, name):
        folder.mkdir(exist_ok=True)
        self.paths = [folder / f"{name}.f16", folder / f"{name}.jsonl"]
        self.data, self.index = (path.with_suffix(path.suffix + ".part").open("wb") for path in self.paths)
        self.at = 0

    def add(self, samples, **what):
        frames = whisper.log_mel(samples).T.numpy().astype(np.float16)
        self.data.write(frames.tobytes())
        line = json.dumps({**what, "start": self.at, "length": len(frames)}, ensure_ascii=False) + "\n"
        self.index.write(line.encode())
        self.at += len(frames)

    def close(self):
        for file, path in zip((self.data, self.index), self.paths):
            file.close()
            path.with_suffix(path.suffix + ".part").rename(path)


def read(path):
    samples, hertz = soundfile.read(path, dtype="float32")
    assert hertz == HERTZ, path
    return samples


def kitchen(samples, noise, rng, snr_db):
    """The speech-to-intent benchmark's mixture, at half scale."""
    start = int(rng.integers(0, len(noise) - len(samples)))
    return effects.at_peak(effects.mix(samples, noise[start : start + len(samples)], snr_db), 0.5)


def coffee(folder, out):
    noise = read(folder / "kitchen-noise.flac")
    lines = [json.loads(line) for line in (folder / "labels.jsonl").read_text().splitlines()]
    for name, snr in (("coffee-clean", None), ("coffee-6db", 6.0)):
        writer, rng = Writer(out, name), np.random.default_rng(6)
        for line in lines:
            samples = read(folder / line["audio"])
            writer.add(samples if snr is None else kitchen(samples, noise, rng, snr), slots=line["slots"])
        writer.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--versions", type=int, default=2, help="augmented versions of each synthetic utterance")
    parser.add_argument("--minutes", type=float, default=60, help="for the training set; what is missing is left out")
    parser.add_argument("--kerstin", type=Path)
    parser.add_argument("--coffee", type=Path)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--sets", nargs="+", default=["valid", "coffee", "train"])
    parser.add_argument("--name", default="train", help="file name of the training set")
    parser.add_argument("--skip", type=Path, help="index of an earlier training set: its utterances are left out")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    out = options.run / "mel"
    lines = [json.loads(line) for line in (options.run / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    train, valid = [], []
    for line in lines:
        path = options.run / "speech" / f"{line['id']}.flac"
        if path.exists():
            target = modern(line["target"]) if line["language"] == "de" else line["target"]
            held = line["split"] != "train"
            (valid if held else train).append((path, {"id": line["id"], "text": line["text"], "target": target, "language": line["language"], "set": line["split"]}))
    recorded = []
    if options.kerstin:
        for number, text in enumerate((options.kerstin / "transcripts.jsonl").read_text(encoding="utf-8").splitlines()):
            line = json.loads(text)
            target = spelling.target(modern(line["text"]), "de")
            if target is None:
                continue
            item = (options.kerstin / line["audio"], {"id": line["audio"], "text": line["text"], "target": target, "language": "de", "set": "kerstin"})
            (valid if number % 10 == 9 else recorded).append(item)
    if "valid" in options.sets:
        writer = Writer(out, "valid")
        for path, what in valid:
            writer.add(trim(read(path)), **what)
        writer.close()
        # And the same under noise and rooms, a version each.
        babblers = [read(path) for path, _ in train[:60]]
        writer, augment = Writer(out, "valid-noisy"), Augment(babblers, 99)
        for path, what in valid:
            writer.add(augment(trim(read(path))), **what)
        writer.close()
    if "coffee" in options.sets and options.coffee:
        coffee(options.coffee, out)
    if "train" in options.sets:
        if options.skip:
            had = {json.loads(line)["id"] for line in options.skip.read_text(encoding="utf-8").splitlines()}
            train = [item for item in train if item[1]["id"] not in had]
            recorded = [item for item in recorded if item[1]["id"] not in had]
        jobs = (train + recorded) * options.versions
        # Whole rounds over all utterances, each shuffled, so that a run out of time has a bit of everything.
        rng = random.Random(options.seed)
        rounds = [rng.sample(train + recorded, len(train + recorded)) for _ in range(options.versions)]
        babblers = [read(path) for path, _ in rng.sample(train + recorded, min(300, len(train + recorded)))]
        writer, augment = Writer(out, options.name), Augment(babblers, options.seed)
        began, done = time.monotonic(), 0
        for path, what in (job for one in rounds for job in one):
            if time.monotonic() - began > 60 * options.minutes:
                break
            writer.add(augment(trim(read(path))), **what)
            done += 1
            if done % 40 == 0:
                writer.add(augment.nothing(), id=f"nothing-{done}", text="", target="", language=what["language"], set="nothing")
            if done % 500 == 0:
                print(f"{done}/{len(jobs)}, {writer.at / 100:.0f} s of speech in {time.monotonic() - began:.0f} s", flush=True)
        writer.close()
        print(f"{done} of {len(jobs)}, {writer.at / 100:.0f} s of speech in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
