"""Makes the sets that weights, shares and thresholds are chosen on: what training never hears.

    python aside.py DATA OUT [--takes 8] [--strings 100] [--seed 1]

DATA is the folder of the recordings; a set whose recordings are missing is left out, with a message. OUT gets

    aside-single.{de,en}.jsonl      single digits of the two speakers who are held aside
    aside-strings.{de,en}.jsonl     four digits of one of them, 60 to 200 ms between them
    the same with -10 and -6        in noise of kinds that are kept from training, so many dB below (loudest frame to loudest)
    aside-kerstin.jsonl             every tenth read German sentence: no command
    aside-words.jsonl               the half of the single words that training does not hear: no command
"""

import argparse
import json
import re
import sys
from pathlib import Path

import numpy as np
import soundfile

from bursts import HERTZ
from sets import digits, generator, joined, lines, singles, speech, write

KEPT = ("clock-tick", "dog-bark", "sea-waves")
"""ESC-10's kinds that training does not hear; beside them the second half of the dishes."""


def noises(data):
    """The kept noises, each long enough to cut from."""
    out = []
    for path in sorted((data / "noise").glob("*/*")):
        kind = re.sub(r"-\d.*", "", path.stem)
        if kind not in (*KEPT, "doing_the_dishes"):
            continue
        samples, hertz = soundfile.read(path, dtype="float32")
        if hertz != HERTZ:
            samples = np.interp(np.arange(0, len(samples), hertz / HERTZ), np.arange(len(samples)), samples)
        samples = samples[len(samples) // 2 :] if kind == "doing_the_dishes" else samples
        if np.max(np.abs(samples)) > 0.01:
            out.append((kind, samples))
    # As much of each kind.
    return {kind: [samples for other, samples in out if other == kind] for kind, _ in out}


def loudest(samples, frame=2048):
    """The mean power of the loudest 2048 samples, as the speech-to-intent benchmark measures it."""
    whole = np.resize(samples, -(-len(samples) // frame) * frame).reshape(-1, frame)
    return np.max(np.mean(whole**2, axis=1))


def mixed(samples, noise, decibels, rng):
    """The samples in a random cut of the noise, a little of it before and after."""
    lead = int(0.3 * HERTZ)
    samples = np.concatenate([np.zeros(lead), samples, np.zeros(lead)])
    noise = np.resize(np.roll(noise, -int(rng.integers(len(noise)))), len(samples))
    noise = noise * np.sqrt(loudest(samples) / max(loudest(noise), 1e-12)) * 10 ** (-decibels / 20)
    out = samples + noise
    return out * min(1, 0.9 / np.max(np.abs(out)))


def in_noise(manifest, folder, name, kept, decibels, seed):
    """The set's recordings in noise, and their manifest."""
    target = folder / f"{name}-{decibels}"
    target.mkdir(parents=True, exist_ok=True)
    out, kinds = [], sorted(kept)
    for number, line in enumerate(manifest):
        rng = generator(seed, "aside", name, decibels, number)
        kind = kinds[number % len(kinds)]
        noise = kept[kind][int(rng.integers(len(kept[kind])))]
        samples, _ = soundfile.read(folder / line["audio"], dtype="float32")
        soundfile.write(target / f"{number:04}.wav", mixed(samples, noise, decibels, rng), HERTZ, subtype="PCM_16")
        out.append({**line, "audio": f"{name}-{decibels}/{number:04}.wav", "noise": kind})
    write(folder / f"{name}-{decibels}.jsonl", out)


def strings(spoken, language, count, folder, seed):
    """Strings of four digits of the speakers held aside."""
    speakers = sorted({speaker for of, speaker, _ in spoken if of == language})
    (folder / f"aside-strings.{language}").mkdir(parents=True, exist_ok=True)
    out = []
    for number in range(count):
        rng = generator(seed, "aside strings", language, number)
        speaker = speakers[number % len(speakers)]
        said = "".join(str(digit) for digit in rng.integers(0, 10, 4))
        pieces = []
        for digit in said:
            takes = spoken[language, speaker, digit]
            samples, _ = soundfile.read(takes[int(rng.integers(len(takes)))]["audio"], dtype="float64")
            first, last, _ = speech(samples)
            pieces.append(samples[max(0, first - 160) : last + 160])
        gaps = [float(rng.uniform(0.06, 0.2)) for _ in pieces[1:]]
        quiet = np.zeros(int(0.3 * HERTZ))
        parts = [quiet, pieces[0]]
        for gap, piece in zip(gaps, pieces[1:]):
            parts += [np.zeros(int(gap * HERTZ)), piece]
        name = f"aside-strings.{language}/{number:04}.wav"
        soundfile.write(folder / name, np.concatenate([*parts, quiet]), HERTZ, subtype="PCM_16")
        out.append({"audio": name, "intent": "Digits", "slots": {"pin": said}, "language": language, "speaker": speaker})
    write(folder / f"aside-strings.{language}.jsonl", out)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--takes", type=int, default=8, help="of each digit by each speaker")
    parser.add_argument("--strings", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    data, out = options.data, options.out
    out.mkdir(parents=True, exist_ok=True)
    kept = noises(data) if (data / "noise").exists() else {}
    if not kept:
        print("no noise: the sets in noise are left out", file=sys.stderr)
    if (data / "digits-train").exists():
        spoken = {key: takes for key, takes in digits(data).items() if takes[0]["held_aside"]}
        for language in ("de", "en"):
            single = [
                {"audio": line["audio"], "intent": "Number", "slots": {"n": int(line["digit"])}, "language": language, "speaker": line["speaker"]}
                for line in singles(spoken, language, options.takes, options.seed)
            ]
            write(out / f"aside-single.{language}.jsonl", single)
            several = strings(spoken, language, options.strings, out, options.seed)
            for name, manifest in (("aside-single", single), ("aside-strings", several)):
                for decibels in (10, 6) if kept else ():
                    in_noise(manifest, out, f"{name}.{language}", kept, decibels, options.seed)
    else:
        print("no digits-train: the digits are left out", file=sys.stderr)
    if (data / "kerstin-train").exists():
        read = lines(data / "kerstin-train/transcripts.jsonl")[9::10]
        folder = data / "kerstin-train"
        write(
            out / "aside-kerstin.jsonl",
            [{"audio": str(folder / line["audio"]), "intent": None, "text": line["text"], "language": "de"} for line in read],
        )
    else:
        print("no kerstin-train: the sentences are left out", file=sys.stderr)
    if (data / "words-dev").exists():
        paths = sorted((data / "words-dev/audio").glob("*.flac"))[1::2]
        write(
            out / "aside-words.jsonl",
            [{"audio": str(path), "intent": None, "text": path.stem.partition("-")[0]} for path in paths],
        )
    else:
        print("no words-dev: the words are left out", file=sys.stderr)


if __name__ == "__main__":
    main()
