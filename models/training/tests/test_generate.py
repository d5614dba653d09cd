"""Recordings and their manifest. What is spoken is a tone, so no voice is needed."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from zahlwort_training.speech import generate, voices
from zahlwort_training.types import Record


@pytest.fixture
def sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list of four sentences, and voices that hum for as long as a text is."""

    def hum(voice: voices.Voice, text: str, rate: float = 1.0, pitch: float = 1.0, seed: int = 0) -> voices.Spoken:
        time = np.arange(int(1500 * len(text) / rate)) / 22_050
        return (0.4 * np.sin(2 * np.pi * 200 * pitch * voice.shift * time)).astype(np.float32), 22_050

    monkeypatch.setattr(voices, "speak", hum)
    path = tmp_path / "list.jsonl"
    lines = [{"text": text, "language": "de", "intent": "X"} for text in ("Ja bitte.", "Nein.", "Zahl das.")]
    lines.append({"text": "Pay it.", "language": "en", "intent": "X"})
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def manifest(folder: Path) -> list[Record]:
    return [json.loads(line) for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines()]


def test_a_range_is_a_number_or_two() -> None:
    assert generate.span("0.9:1.1") == (0.9, 1.1)
    assert generate.span("10") == (10.0, 10.0)
    with pytest.raises(ValueError, match="fast"):
        generate.span("fast")


def test_what_is_drawn_depends_on_seed_sentence_and_voice_only() -> None:
    draws = [generate.generator(*key).random() for key in [(1, "a", "x"), (1, "a", "x"), (2, "a", "x"), (1, "a", "y")]]
    assert draws[0] == draws[1]
    assert len(set(draws)) == 3


def test_each_sentence_is_spoken_by_a_voice_of_its_language(sentences: Path, tmp_path: Path) -> None:
    generate.main([str(sentences), str(tmp_path / "out"), "--voices", "pico*", "--lead", "0.1"])
    lines = manifest(tmp_path / "out")
    assert [line["text"] for line in lines] == ["Ja bitte.", "Nein.", "Zahl das.", "Pay it."]
    assert len({line["voice"] for line in lines[:3]}) == 3, "in turn"
    for line in lines:
        assert voices.VOICES[line["voice"]].language == line["language"]
        assert line["intent"] == "X"
        info = soundfile.info(tmp_path / "out" / line["audio"])
        assert (info.samplerate, info.channels) == (16_000, 1)
        assert info.duration == pytest.approx(1500 * len(line["text"]) / 22_050 + 0.2, abs=0.01)


def test_effects_lie_over_recordings_are_noted_and_are_the_same_in_every_run(sentences: Path, tmp_path: Path) -> None:
    generate.main([str(sentences), str(tmp_path / "clean"), "--voices", "pico-de", "pico-us"])
    noisy = ["--noise", "pink", "hum", "--snr", "5:15", "--room", "0.2:0.3", "--telephone", "0.5", "--gain=-9:0"]
    heard = []
    for folder in ("one", "two"):
        generate.main([str(tmp_path / "clean/manifest.jsonl"), str(tmp_path / folder), *noisy])
        heard.append([(tmp_path / folder / line["audio"]).read_bytes() for line in manifest(tmp_path / folder)])
    assert heard[0] == heard[1]
    for line in manifest(tmp_path / "one"):
        effect = line["effects"]
        assert effect["noise"] in ("pink", "hum")
        assert 5 <= effect["snr_db"] <= 15
        assert 0.2 <= effect["room_rt60"] <= 0.3
        assert line["voice"] in ("pico-de", "pico-us"), "who spoke it first"


def test_a_run_goes_on_where_it_was(sentences: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    arguments = [str(sentences), str(tmp_path / "out"), "--voices", "pico-de", "pico-us"]
    generate.main([*arguments, "--limit", "2"])

    made: list[str] = []
    speak = voices.speak

    def noted(voice: voices.Voice, text: str, *how: Any) -> voices.Spoken:
        made.append(text)
        return speak(voice, text, *how)

    monkeypatch.setattr(voices, "speak", noted)
    generate.main(arguments)
    assert made == ["Zahl das.", "Pay it."]
    assert len(manifest(tmp_path / "out")) == 4


def test_a_language_without_a_voice_is_told(sentences: Path, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"no voice of .*joe.* speaks de"):
        generate.main([str(sentences), str(tmp_path / "out"), "--voices", "joe"])


def test_a_german_voice_gets_english_names_as_germans_say_them() -> None:
    assert voices.spoken(voices.VOICES["pico-de"], "Zahl mit PayPal.") == "Zahl mit Pehpell."
    assert voices.spoken(voices.VOICES["pico-us"], "Pay with PayPal.") == "Pay with PayPal."
