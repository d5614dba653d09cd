"""Speaking the sentences and gathering the recordings. What is spoken is a tone."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from zahlwort_training.data import collect, speak
from zahlwort_training.speech import voices
from zahlwort_training.types import Record, Samples

HERTZ = 16_000


def tone(seconds: float, hertz: int = HERTZ) -> Samples:
    return (0.4 * np.sin(2 * np.pi * 300 * np.arange(int(seconds * hertz)) / hertz)).astype(np.float32)


def write_lines(path: Path, lines: list[Record]) -> None:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run whose sentences nobody has spoken yet."""
    folder = tmp_path / "run"
    folder.mkdir()
    lines = [
        {"id": f"{voice}-{i:04}", "voice": voice, "language": "de", "text": text, "target": text.lower(), "split": split}
        for voice, split in (("pico-de", "train"), ("kokoro-de-kumo", "train"), ("pico-de-high", "pico-de-high"))
        for i, text in enumerate(["Zahl fünf Euro", "Daß es geht"])
    ]
    write_lines(folder / "sentences.jsonl", lines)
    return folder


def spoken(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, float, float]]:
    """Lets voices hum; gives the list that says who spoke, how fast and how high."""
    calls = []

    def hum(voice: voices.Voice, text: str, rate: float = 1.0, pitch: float = 1.0, seed: int = 0) -> voices.Spoken:
        calls.append((voice.name, rate, pitch))
        if "kokoro" in voice.name and text.startswith("Daß"):
            raise RuntimeError("choked")
        return tone(1.0, 22_050), 22_050

    monkeypatch.setattr(voices, "speak", hum)
    return calls


def test_speaking_goes_on_where_it_was_and_survives_a_sentence(
    run: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = spoken(monkeypatch)
    speak.main([str(run), "--only", "quick"])
    assert {name for name, *_ in calls} == {"pico-de", "pico-de-high"}
    for name, rate, pitch in calls:
        # Held-out voices speak as they are; the others vary.
        assert (rate, pitch) == (1.0, 1.0) if name == "pico-de-high" else (0.85 <= rate <= 1.25 and 0.93 <= pitch <= 1.05)
    calls.clear()
    speak.main([str(run)])
    assert [name for name, *_ in calls] == ["kokoro-de-kumo"] * 2
    assert "1 failed" in capsys.readouterr().out
    paths = sorted((run / "speech").iterdir())
    assert len(paths) == 5
    for path in paths:
        samples, hertz = soundfile.read(path)
        assert hertz == HERTZ
        assert np.max(np.abs(samples)) == pytest.approx(0.5, abs=1e-3)


def test_two_parts_speak_everything_once(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = spoken(monkeypatch)
    speak.main([str(run), "--part", "1/2", "--only", "quick"])
    speak.main([str(run), "--part", "2/2", "--only", "quick"])
    assert len(calls) == 4


def test_silence_around_speech_is_trimmed() -> None:
    speech = np.concatenate([np.zeros(8000, np.float32), tone(0.5), np.zeros(8000, np.float32)])
    assert len(collect.trim(speech)) == pytest.approx(0.5 * HERTZ, abs=1600)


def test_a_pack_has_every_recording_and_takes_later_ones(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "ROOMS", 3)
    (run / "speech").mkdir()
    soundfile.write(run / "speech/pico-de-0000.flac", tone(0.5), HERTZ)
    soundfile.write(run / "speech/pico-de-high-0001.flac", tone(1.0), HERTZ)
    kerstin = tmp_path / "data/kerstin-train"
    kerstin.mkdir(parents=True)
    texts = [f"Er muß {number} Häuser sehen." for number in range(1, 11)] + ["Kostet 5 €."]
    write_lines(kerstin / "transcripts.jsonl", [{"audio": f"{i}.flac", "text": text} for i, text in enumerate(texts)])
    for number in range(len(texts)):
        soundfile.write(kerstin / f"{number}.flac", tone(0.3), HERTZ)

    collect.main([str(run), "--recordings", str(tmp_path / "data")])
    lines = [json.loads(line) for line in (run / "pack/index.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) == 2 + 10, "what the head cannot write is left out"
    by_id = {line["id"]: line for line in lines}
    assert by_id["pico-de-high-0001"]["set"] == "pico-de-high"
    assert by_id["pico-de-high-0001"]["target"] == "dass es geht", "in modern spelling"
    assert [by_id[str(i)]["set"] for i in range(10)] == ["kerstin"] * 9 + ["recorded"], "every tenth is held out"
    assert all(0 < len(line["written"]) <= 4 for line in lines)

    samples, hertz = soundfile.read(run / "pack/00.ogg")
    assert hertz == HERTZ
    assert len(samples) == lines[-1]["start"] + lines[-1]["length"]
    for before, after in itertools.pairwise(lines):
        assert after["start"] == before["start"] + before["length"]
    one = by_id["pico-de-high-0001"]
    heard = samples[one["start"] : one["start"] + one["length"]]
    assert len(collect.trim(heard)) == pytest.approx(HERTZ, abs=2000)

    rooms = np.load(run / "pack/rooms.npy")
    assert rooms.shape == (3, collect.ROOM)
    assert np.isfinite(rooms).all()

    soundfile.write(run / "speech/pico-de-0001.flac", tone(0.5), HERTZ)
    collect.main([str(run), "--recordings", str(tmp_path / "data")])
    again = [json.loads(line) for line in (run / "pack/index.jsonl").read_text(encoding="utf-8").splitlines()]
    assert again[: len(lines)] == lines
    assert [(line["id"], line["file"], line["start"]) for line in again[len(lines) :]] == [("pico-de-0001", "01.ogg", 0)]


def test_people_and_noise_are_told_apart(run: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collect, "ROOMS", 1)
    (run / "sentences.jsonl").write_text("")
    data = tmp_path / "data"
    for folder in ("digits-train/audio", "words-dev/audio", "noise/esc10", "noise/kitchen-and-room"):
        (data / folder).mkdir(parents=True)
    labels = [
        {"audio": f"audio/de-{speaker}-0-{digit}.flac", "language": "de", "speaker": speaker, "digit": str(digit), "text": word}
        for speaker in ("00", "01", "02")
        for digit, word in ((0, "null"), (5, "fünf"))
    ]
    write_lines(data / "digits-train/labels.jsonl", labels)
    paths = [data / "digits-train" / line["audio"] for line in labels]
    paths += [data / "words-dev/audio" / f"snowboy-{number}.flac" for number in range(4)]
    paths += [data / "noise/esc10" / f"{name}-1-2-A.flac" for name in ("rain", "dog-bark")]
    paths += [data / "noise/kitchen-and-room/doing_the_dishes.flac"]
    for path in paths:
        soundfile.write(path, tone(1.0), HERTZ)
    collect.main([str(run), "--recordings", str(data)])
    lines = [json.loads(line) for line in (run / "pack/index.jsonl").read_text(encoding="utf-8").splitlines()]
    by_set = {name: [line for line in lines if line["set"] == name] for name in {line["set"] for line in lines}}
    assert {name: len(found) for name, found in by_set.items()} == {"digits": 2, "digits-aside": 4, "words": 2, "noise": 2}
    assert {line["speaker"] for line in by_set["digits-aside"]} == {"01", "02"}
    assert {line["text"]: line["length"] for line in by_set["noise"]} == {"rain": HERTZ, "doing_the_dishes": HERTZ // 2}
    assert by_set["digits"][0]["digit"] in (0, 5)
    assert "5." in next(line["written"] for line in lines if line["text"] == "fünf")
    # Noise and speech are in files of their own.
    assert not {line["file"] for line in by_set["noise"]} & {line["file"] for line in lines if line["set"] != "noise"}
