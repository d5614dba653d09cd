"""Makes the sets of the ear: recordings with what has to be heard in them, as manifests of `zahlwort eval`.

    python sets.py DATA OUT [--takes 3] [--strings 400] [--bursts 200] [--seed 1]

DATA has the folders words-dev, digits-train and kerstin-train; OUT gets the manifests and what is put together
or made up for them. Recordings that are used as they are stay where they lie.

    words.jsonl                  single words by many people: no command
    kerstin.jsonl                read German sentences: no command
    single-digits.{de,en}.jsonl  a digit by each of eight people: no string of digits (`{@digits:pin}` takes 3 to 20)
    number.{de,en}.jsonl         the same recordings: a number (`{@number:n}`)
    strings.{de,en}.jsonl        four digits of one person one after the other: that string
    strings-tight.{de,en}.jsonl  the same digits with hardly a gap, and what lies between them cut off
    bursts.jsonl                 noise, breath, clicks, thumps, hum, rustling: no command

A line says besides who speaks, and `held_aside` for the last two of the speakers by name: nothing may be trained
or chosen with those. The same seed makes the same sets.
"""

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import soundfile

import bursts
from bursts import HERTZ

ASIDE = 2
"""How many speakers are held aside."""

FRAME = HERTZ // 100


def generator(seed, *key):
    """A random generator of its own for every recording, so that the number of others does not matter."""
    digest = hashlib.sha256("\0".join(map(str, (seed, *key))).encode()).digest()
    return np.random.default_rng(int.from_bytes(digest[:8], "little"))


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def write(path, manifest):
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in manifest), encoding="utf-8")
    print(f"{path}: {len(manifest)}", file=sys.stderr)


def progress(what, done, total):
    if done % 50 == 0 or done == total:
        print(f"{what}: {done} of {total}", file=sys.stderr)


# --- recordings as they are --------------------------------------------------------------------------


def words(data):
    paths = sorted((data / "words-dev/audio").glob("*.flac"))
    return [{"audio": str(path), "intent": None, "text": path.name.split("-")[0]} for path in paths]


def sentences(data):
    folder = data / "kerstin-train"
    return [
        {"audio": str(folder / line["audio"]), "intent": None, "text": line["text"]}
        for line in lines(folder / "transcripts.jsonl")
    ]


def digits(data):
    """All spoken digits, by language, speaker and digit."""
    folder, found = data / "digits-train", defaultdict(list)
    labels = lines(folder / "labels.jsonl")
    aside = sorted({line["speaker"] for line in labels})[-ASIDE:]
    for line in sorted(labels, key=lambda line: line["audio"]):
        line = {**line, "audio": str(folder / line["audio"]), "held_aside": line["speaker"] in aside}
        found[line["language"], line["speaker"], line["digit"]].append(line)
    return found


def singles(spoken, language, takes, seed):
    """So many takes of every digit by every speaker."""
    chosen = []
    for (of, *key), all_takes in sorted(spoken.items()):
        if of == language:
            rng = generator(seed, "single", of, *key)
            picked = sorted(rng.permutation(len(all_takes))[:takes])
            chosen += [all_takes[number] for number in picked]
    return chosen


# --- strings of digits -------------------------------------------------------------------------------


def levels(samples):
    """The level of every 10 ms in dB of full scale."""
    frames = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    return 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)


def speech(samples):
    """Where the speech begins and ends, and the level of the silence around it in dB of full scale."""
    level = levels(samples)
    loudest, floor = np.max(level), np.percentile(level, 10)
    # Soft ends, as of "six", are 30 dB below the vowel; a recording without silence must not lose them.
    threshold = min(max(loudest - 40, floor + 8), loudest - 30)
    loud = np.flatnonzero(level > threshold)
    return loud[0] * FRAME, (loud[-1] + 1) * FRAME, min(floor, -55.0)


def joined(pieces, gaps, fade):
    """The pieces with gaps in seconds between them, each softly begun and ended over `fade` seconds, and over
    the one before where the gap is shorter than that."""
    ramp = np.sin(np.linspace(0, np.pi / 2, max(2, int(fade * HERTZ)))) ** 2
    starts, at = [], 0
    for piece, gap in zip(pieces, [*gaps, 0]):
        starts.append(at)
        at += len(piece) - len(ramp) + int(gap * HERTZ)
    out = np.zeros(starts[-1] + len(pieces[-1]))
    for piece, start in zip(pieces, starts):
        piece = piece.copy()
        piece[: len(ramp)] *= ramp
        piece[-len(ramp) :] *= ramp[::-1]
        out[start : start + len(piece)] += piece
    return out


def in_quiet(samples, room_db, rng):
    """The samples with a little silence around them, and the room's noise below everything."""
    before, after = (np.zeros(int(rng.uniform(0.2, 0.35) * HERTZ)) for _ in range(2))
    out = np.concatenate([before, samples, after])
    return out + rng.standard_normal(len(out)) * 10 ** (room_db / 20)


def strings(spoken, language, count, seed, out):
    """Four-digit strings with gaps as people make them, and the same digits cut to the quick."""
    speakers = sorted({speaker for of, speaker, _ in spoken if of == language})
    natural, tight = [], []
    for number in range(count):
        speaker = speakers[number % len(speakers)]
        rng = generator(seed, "string", language, number)
        wanted = [str(digit) for digit in rng.integers(0, 10, 4)]
        takes = [spoken[language, speaker, digit] for digit in wanted]
        takes = [of[int(rng.integers(len(of)))] for of in takes]
        heard = [soundfile.read(take["audio"])[0] for take in takes]
        found = [speech(samples) for samples in heard]
        room_db = min(level for _, _, level in found)
        for manifest, name, margin, shortest, longest in (
            (natural, "strings", FRAME, 0.06, 0.2),
            (tight, "strings-tight", 0, 0.0, 0.02),
        ):
            pieces = [
                samples[max(0, start - margin) : end + margin] for samples, (start, end, _) in zip(heard, found)
            ]
            gaps = rng.uniform(shortest, longest, 3) - 2 * margin / HERTZ
            path = out / name / f"{language}-{number:03}-{''.join(wanted)}.wav"
            path.parent.mkdir(parents=True, exist_ok=True)
            soundfile.write(path, in_quiet(joined(pieces, gaps, 0.005), room_db, rng), HERTZ, subtype="PCM_16")
            manifest.append({
                "audio": str(path.relative_to(out)),
                "intent": "Digits",
                "slots": {"pin": "".join(wanted)},
                "language": language,
                "text": " ".join(take["text"] for take in takes),
                "speaker": speaker,
                "held_aside": takes[0]["held_aside"],
                "takes": [Path(take["audio"]).stem for take in takes],
            })
        progress(f"strings of digits, {language}", number + 1, count)
    return natural, tight


# --- sounds ------------------------------------------------------------------------------------------


def sounds(count, seed, out):
    manifest = []
    for number in range(count):
        kind = list(bursts.KINDS)[number % len(bursts.KINDS)]
        samples, drawn = bursts.burst(kind, generator(seed, "burst", number))
        path = out / "bursts" / f"{kind}-{number:03}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(path, samples, HERTZ, subtype="PCM_16")
        manifest.append({"audio": str(path.relative_to(out)), "intent": None, "kind": kind, **drawn})
        progress("bursts", number + 1, count)
    return manifest


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder of the recordings")
    parser.add_argument("out", type=Path, help="the folder for the sets")
    parser.add_argument("--takes", type=int, default=3, help="single digits of each kind by each speaker, of at most 20")
    parser.add_argument("--strings", type=int, default=400, help="strings of digits, half of them German")
    parser.add_argument("--bursts", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    data, out = options.data.resolve(), options.out
    for folder in ("words-dev", "digits-train", "kerstin-train"):
        if not (data / folder).is_dir():
            sys.exit(f"{data} has no folder {folder}; give the folder of the recordings")
    out.mkdir(parents=True, exist_ok=True)

    write(out / "words.jsonl", words(data))
    write(out / "kerstin.jsonl", sentences(data))
    spoken = digits(data)
    for language in ("de", "en"):
        chosen = singles(spoken, language, options.takes, options.seed)
        write(out / f"single-digits.{language}.jsonl", [{**line, "intent": None} for line in chosen])
        numbers = [{**line, "intent": "Number", "slots": {"n": int(line["digit"])}} for line in chosen]
        write(out / f"number.{language}.jsonl", numbers)
        natural, tight = strings(spoken, language, options.strings // 2, options.seed, out)
        write(out / f"strings.{language}.jsonl", natural)
        write(out / f"strings-tight.{language}.jsonl", tight)
    write(out / "bursts.jsonl", sounds(options.bursts, options.seed, out))


if __name__ == "__main__":
    main()
