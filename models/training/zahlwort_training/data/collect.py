"""Gathers all speech that training hears into RUN/pack: one folder that can be carried to where a GPU is.

    python -m zahlwort_training.data.collect RUN --kerstin FOLDER --kilobits 18

What a pack has already stays, so later recordings can be added to it.

RUN/pack/NN.ogg holds utterances one after the other (16 kHz, Opus), each with a little silence around it;
index.jsonl an object an utterance: `file`, `start` and `length` in samples, `text`, `target`, `language`, `set`
(train, kerstin, or a held-out voice's name) and `written`, ways to write it. rooms.npy has impulse responses.
Held out of the recorded sentences is every tenth.
"""

import argparse
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import soundfile

from zahlwort_training.data import spelling
from zahlwort_training.data.spelling import modern
from zahlwort_training.data.written import written
from zahlwort_training.speech import effects
from zahlwort_training.types import Samples

HERTZ = 16_000
ROOMS, ROOM = 150, 9600
"""How many rooms, and how long their responses are: 0.6 s."""


def trim(samples: Samples, frame: int = 320, below: float = 35.0) -> Samples:
    """Without the silence before and after: frames more than 35 dB below the loudest."""
    count = len(samples) // frame
    power = np.mean(samples[: count * frame].reshape(count, frame).astype(np.float64) ** 2, axis=1) + 1e-12
    loud = np.flatnonzero(power > power.max() * 10 ** (-below / 10))
    return samples[max(0, (loud[0] - 2) * frame) : (loud[-1] + 3) * frame]


def utterances(run: Path, kerstin: Path | None) -> Iterator[tuple[Path, str, str, str, str]]:
    """Pairs of a recording's path and what is known of it."""
    for line in map(json.loads, (run / "sentences.jsonl").read_text(encoding="utf-8").splitlines()):
        path = run / "speech" / f"{line['id']}.flac"
        if path.exists():
            yield path, line["text"], line["target"], line["language"], line["split"]
    lines = (kerstin / "transcripts.jsonl").read_text(encoding="utf-8").splitlines() if kerstin else []
    for number, line in enumerate(map(json.loads, lines)):
        target = spelling.target(modern(line["text"]), "de")
        if target is not None:
            yield kerstin / line["audio"], line["text"], target, "de", "recorded" if number % 10 == 9 else "kerstin"


class Pack:
    """Files of about 20 minutes each, so that they can be read side by side."""

    def __init__(self, folder: Path, kilobits: float) -> None:
        self.folder, self.at = folder, 0
        self.file: soundfile.SoundFile | None = None
        before = folder / "index.jsonl"
        lines = before.read_text(encoding="utf-8").splitlines() if before.exists() else []
        self.known = {json.loads(line)["id"] for line in lines}
        self.number = max((int(json.loads(line)["file"][:-4]) for line in lines), default=-1)
        self.index = (folder / "index.part").open("w", encoding="utf-8")
        self.index.writelines(line + "\n" for line in lines)
        # libsndfile's scale of Opus: 0 is 256 kbit/s a channel, 1 is 6.
        self.level = 1 - (kilobits - 6) / 250

    def add(self, samples: Samples, **what: object) -> None:
        if self.file is None or self.at > 20 * 60 * HERTZ:
            self.close_file()
            self.number, self.at = self.number + 1, 0
            path = self.folder / f"{self.number:02}.ogg"
            self.file = soundfile.SoundFile(path, "w", HERTZ, 1, format="OGG", subtype="OPUS", compression_level=self.level)
        self.file.write(samples)
        line = {"file": f"{self.number:02}.ogg", "start": self.at, "length": len(samples), **what}
        self.index.write(json.dumps(line, ensure_ascii=False) + "\n")
        self.at += len(samples)

    def close_file(self) -> None:
        if self.file is not None:
            self.file.close()

    def close(self) -> None:
        self.close_file()
        self.index.close()
        (self.folder / "index.part").rename(self.folder / "index.jsonl")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--kerstin", type=Path)
    parser.add_argument("--kilobits", type=float, default=18, help="a second of speech")
    options = parser.parse_args(argv)
    out = options.run / "pack"
    out.mkdir(exist_ok=True)
    rng, rooms = random.Random(1), np.random.default_rng(1)
    if not (out / "rooms.npy").exists():
        responses = np.zeros((ROOMS, ROOM), np.float16)
        for row in responses:
            response = effects.room_response(rooms.uniform(0.12, 0.7), HERTZ, rooms)[:ROOM]
            row[: len(response)] = response
        np.save(out / "rooms.npy", responses)
    pack, seconds = Pack(out, options.kilobits), 0.0
    # Shuffled, so that each file has a bit of everything.
    items = [item for item in utterances(options.run, options.kerstin) if item[0].stem not in pack.known]
    rng.shuffle(items)
    for path, text, target, language, one in items:
        samples, hertz = soundfile.read(path, dtype="float32")
        assert hertz == HERTZ, path
        around = [np.zeros(int(rng.uniform(0.02, 0.4) * HERTZ), np.float32) for _ in range(2)]
        samples = np.concatenate([around[0], effects.at_peak(trim(samples), 0.5), around[1]])
        ways = sorted({written(modern(text) if language == "de" else text, language, rng) for _ in range(4)})
        pack.add(samples, id=path.stem, text=text, target=modern(target), language=language, set=one, written=ways)
        seconds += len(samples) / HERTZ
    pack.close()
    print(f"{len(items)} utterances, {seconds:.0f} s, {sum(f.stat().st_size for f in out.iterdir()) / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
