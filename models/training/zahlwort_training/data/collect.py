"""Gathers all that training hears into RUN/pack: one folder that can be carried to where a GPU is.

    python -m zahlwort_training.data.collect RUN --recordings DATA --kilobits 17

What a pack has already stays, so later recordings can be added to it.

RUN/pack/NN.ogg holds utterances one after the other (16 kHz, Opus), each with a little silence around it;
index.jsonl an object an utterance: `file`, `start` and `length` in samples, `text`, `target`, `language`, `set`
and `written`, ways to write it. rooms.npy has impulse responses. `set` is train (synthetic speech), kerstin (read
sentences), digits (single ones, cut close; with `speaker` and `digit`), words, noise (without texts; `text` says what it
is), or a name of what is held out: a voice's, recorded (every tenth sentence), digits-aside (two of the speakers).

Of the noises, what `ASIDE` names is not in the pack: it is for measuring.
"""

import argparse
import dataclasses
import json
import random
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from zahlwort_training.data import short, spelling
from zahlwort_training.data.spelling import modern
from zahlwort_training.data.written import written
from zahlwort_training.speech import effects
from zahlwort_training.types import Record, Samples

HERTZ = 16_000
ROOMS, ROOM = 150, 9600
"""How many rooms, and how long their responses are: 0.6 s."""


def trim(samples: Samples, frame: int = 320, below: float = 35.0) -> Samples:
    """Without the silence before and after: frames more than 35 dB below the loudest."""
    count = len(samples) // frame
    power = np.mean(samples[: count * frame].reshape(count, frame).astype(np.float64) ** 2, axis=1) + 1e-12
    loud = np.flatnonzero(power > power.max() * 10 ** (-below / 10))
    return samples[max(0, (loud[0] - 2) * frame) : (loud[-1] + 3) * frame]


@dataclasses.dataclass
class Utterance:
    """A recording and what is known of it."""

    path: Path
    text: str
    target: str
    language: str
    set: str
    written: Sequence[str] = ()
    more: Record = dataclasses.field(default_factory=dict)
    span: tuple[float, float] = (0.0, 1.0)
    """The share of the recording that is taken."""

    @property
    def id(self) -> str:
        return self.path.stem


def lines_of(path: Path) -> list[Record]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def synthetic(run: Path) -> Iterator[Utterance]:
    for line in lines_of(run / "sentences.jsonl") if (run / "sentences.jsonl").exists() else []:
        path = run / "speech" / f"{line['id']}.flac"
        if path.exists():
            written = line.get("written", ())
            yield Utterance(path, line["text"], line["target"], line["language"], line["split"], written)


def sentences(folder: Path) -> Iterator[Utterance]:
    """Read German sentences by one speaker, every tenth held out."""
    for number, line in enumerate(lines_of(folder / "transcripts.jsonl")):
        target = spelling.target(modern(line["text"]), "de")
        if target is not None:
            yield Utterance(folder / line["audio"], line["text"], target, "de", "recorded" if number % 10 == 9 else "kerstin")


def digits(folder: Path) -> Iterator[Utterance]:
    """Single digits by several speakers, the last two of them by name held out."""
    lines = lines_of(folder / "labels.jsonl")
    aside = sorted({line["speaker"] for line in lines})[-2:]
    for line in lines:
        digit, language = int(line["digit"]), line["language"]
        word = line.get("text") or short.DIGITS[language][digit]
        one = "digits-aside" if line["speaker"] in aside else "digits"
        written = short.digit_ways([digit], [word])
        target = spelling.target(word, language)
        if target:
            more = {"speaker": line["speaker"], "digit": digit}
            yield Utterance(folder / line["audio"], word, target, language, one, written, more)


def words(folder: Path) -> Iterator[Utterance]:
    """Single words by many people, every other recording: who speaks is not known, so nothing better can be kept apart."""
    for path in sorted((folder / "audio").glob("*.flac"))[::2]:
        word = path.stem.partition("-")[0]
        yield Utterance(path, word.capitalize(), word, "en", "words")


ASIDE = ("clock-tick", "dog-bark", "sea-waves")
"""Kinds of noise that are kept for measuring; beside them the second half of the dishes."""


def noises(folder: Path) -> Iterator[Utterance]:
    """Real noise, without what is kept for measuring."""
    for path in sorted(folder.glob("*/*")):
        kind = re.sub(r"-\d.*", "", path.stem)
        if path.suffix in (".flac", ".ogg") and kind not in ASIDE:
            span = (0.0, 0.5) if kind == "doing_the_dishes" else (0.0, 1.0)
            yield Utterance(path, kind, "", "", "noise", span=span)


def recordings(data: Path) -> Iterator[Utterance]:
    """All of a folder with kerstin-train, digits-train, words-dev and noise that is there."""
    for name, read in (("kerstin-train", sentences), ("digits-train", digits), ("words-dev", words), ("noise", noises)):
        if (data / name).exists():
            yield from read(data / name)


class Encoder:
    """An Ogg file with Opus. `opusenc`, where it is installed, is five times as fast as libsndfile."""

    def __init__(self, path: Path, kilobits: float) -> None:
        self.file: soundfile.SoundFile | None = None
        self.program: subprocess.Popen[bytes] | None = None
        if shutil.which("opusenc"):
            command = f"opusenc --quiet --raw --raw-rate {HERTZ} --raw-chan 1 --comp 5 --discard-comments --bitrate {kilobits} -"
            self.program = subprocess.Popen([*command.split(), str(path)], stdin=subprocess.PIPE)
        else:
            # libsndfile's scale of Opus: 0 is 256 kbit/s a channel, 1 is 6.
            level = 1 - (kilobits - 6) / 250
            self.file = soundfile.SoundFile(path, "w", HERTZ, 1, format="OGG", subtype="OPUS", compression_level=level)

    def write(self, samples: Samples) -> None:
        if self.program and self.program.stdin:
            self.program.stdin.write(np.round(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
        elif self.file:
            self.file.write(samples)

    def close(self) -> None:
        if self.program:
            self.program.communicate()
            if self.program.returncode:
                raise RuntimeError(f"opusenc ended with {self.program.returncode}")
        elif self.file:
            self.file.close()


class Pack:
    """Files of about ten minutes each, so that they can be read side by side."""

    MINUTES = 10

    def __init__(self, folder: Path, kilobits: float) -> None:
        self.folder, self.at, self.kilobits = folder, 0, kilobits
        self.file: Encoder | None = None
        before = folder / "index.jsonl"
        lines = before.read_text(encoding="utf-8").splitlines() if before.exists() else []
        self.known = {json.loads(line)["id"] for line in lines}
        self.number = max((int(json.loads(line)["file"][:-4]) for line in lines), default=-1)
        self.index = (folder / "index.part").open("w", encoding="utf-8")
        self.index.writelines(line + "\n" for line in lines)

    def add(self, samples: Samples, **what: object) -> None:
        if self.file is None or self.at > self.MINUTES * 60 * HERTZ:
            self.close_file()
            self.number, self.at = self.number + 1, 0
            self.file = Encoder(self.folder / f"{self.number:02}.ogg", self.kilobits)
        self.file.write(samples)
        line = {"file": f"{self.number:02}.ogg", "start": self.at, "length": len(samples), **what}
        self.index.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.at += len(samples)

    def close_file(self) -> None:
        if self.file is not None:
            self.file.close()
            self.file = None

    def close(self) -> None:
        self.close_file()
        self.index.close()
        (self.folder / "index.part").rename(self.folder / "index.jsonl")


def ready(samples: Samples, item: Utterance, rng: random.Random) -> Samples:
    """A recording as it goes into the pack."""
    if item.set == "noise":
        first, last = (int(share * len(samples)) for share in item.span)
        return effects.at_peak(samples[first:last], 0.5)
    if item.set.startswith("digits"):
        # Strings are put together of these, so that nothing may be around them but a breath; soft ends stay.
        return effects.at_peak(trim(samples, below=42.0), 0.5)
    around = [np.zeros(int(rng.uniform(0.02, 0.4) * HERTZ), np.float32) for _ in range(2)]
    return np.concatenate([around[0], effects.at_peak(trim(samples), 0.5), around[1]])


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--recordings", type=Path, help="the folder of recordings of people and of noise")
    parser.add_argument("--kilobits", type=float, default=17, help="a second of speech")
    parser.add_argument("--noise-kilobits", type=float, default=28, help="a second of noise")
    options = parser.parse_args(argv)
    out = options.run / "pack"
    out.mkdir(parents=True, exist_ok=True)
    rng, rooms = random.Random(1), np.random.default_rng(1)
    if not (out / "rooms.npy").exists():
        responses = np.zeros((ROOMS, ROOM), np.float16)
        for row in responses:
            response = effects.room_response(rooms.uniform(0.12, 0.7), HERTZ, rooms)[:ROOM]
            row[: len(response)] = response
        np.save(out / "rooms.npy", responses)
    pack, seconds = Pack(out, options.kilobits), 0.0
    items = [*synthetic(options.run), *(recordings(options.recordings) if options.recordings else [])]
    # Shuffled, so that each file has a bit of everything; noise has files of its own.
    items = [item for item in items if item.id not in pack.known]
    rng.shuffle(items)
    items.sort(key=lambda item: item.set != "noise")
    for item in items:
        kilobits = options.noise_kilobits if item.set == "noise" else options.kilobits
        if pack.kilobits != kilobits:
            pack.close_file()
            pack.kilobits = kilobits
        samples, hertz = soundfile.read(item.path, dtype="float32")
        samples = ready(effects.resample(samples if samples.ndim == 1 else samples.mean(1), hertz, HERTZ), item, rng)
        # What is louder than nothing: some clips of noise are.
        if len(samples) < HERTZ // 10 or not np.any(samples):
            continue
        says: Record = {
            "id": item.id,
            "text": item.text,
            "target": modern(item.target),
            "language": item.language,
            "set": item.set,
        }
        text = modern(item.text) if item.language == "de" else item.text
        if item.set != "noise":
            says["written"] = list(item.written) or sorted({written(text, item.language, rng) for _ in range(4)})
        pack.add(samples, **says, **item.more)
        seconds += len(samples) / HERTZ
    pack.close()
    print(f"{len(items)} recordings, {seconds:.0f} s, {sum(f.stat().st_size for f in out.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
