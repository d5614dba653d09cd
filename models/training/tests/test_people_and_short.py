"""Sentences of people, what is short, names as Germans say them, and strings of digits."""

import json
import random
from pathlib import Path

import numpy as np
import pytest

from zahlwort_training.ctc import strings
from zahlwort_training.data import names, people, short, spelling, styles
from zahlwort_training.types import Array, Record


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    plain = [
        f"Das {word} ist {other}." for word in ("Haus", "Auto", "Kind", "Bild") for other in ("alt", "neu", "weg", "gut", "da")
    ]
    quoted = ['"Er heißt ""Otto""."', "Tom schläft.", "Tom isst.", "Es kostet 5 Mark.", "Die ARD sendet.", "Nein,danke z.B. so."]
    (tmp_path / "tatoeba-de.txt").write_text("\n".join(plain + quoted) + "\n", encoding="utf-8")
    rows = [{"text": f"please {verb} it", "intent": "x"} for verb in ("play", "stop", "take", "make", "open", "close")]
    (tmp_path / "slurp-devel.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (tmp_path / "banking77-train.csv").write_text('text,category\n"Where is it, then?",card\n', encoding="utf-8")
    return tmp_path


def test_what_is_kept_for_measuring_is_not_trained_on(texts: Path) -> None:
    for language in ("de", "en"):
        heard = people.sentences(texts, language, random.Random(1))
        kept = people.sentences(texts, language, random.Random(1), measure=True)
        assert heard
        assert not set(heard) & set(kept)
        assert all(people.readable(text) for text in heard + kept)
    assert "Es kostet 5 Mark." not in people.sentences(texts, "de", random.Random(1))


def test_a_folder_without_texts_has_none(tmp_path: Path) -> None:
    assert people.sentences(tmp_path, "de", random.Random(1)) == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("make", [short.answer, short.number, short.cents, short.name])
def test_what_is_short_can_be_written_by_the_head(language: str, make: object) -> None:
    rng = random.Random(2)
    assert callable(make)
    for text, ways in (make(language, rng) for _ in range(300)):
        assert text == " ".join(text.split())
        assert "{" not in text
        assert spelling.target(text, language)
        assert all(ways)
        # The words to say have no figures: each voice would read those in its own way.
        assert not any(letter.isdigit() for letter in text)


def test_a_string_of_digits_is_written_in_figures_and_words() -> None:
    assert short.digit_ways([7, 4, 2], ["sieben", "vier", "zwei"]) == [
        "742.", "742", "Sieben vier zwei.", "7 4 2", "7 4 2.", "7, 4, 2.", "Sieben, vier, zwei.",
    ]  # fmt: skip
    assert short.digit_ways([4], ["vier"]) == ["4.", "4", "Vier."]


def test_germans_say_english_names_in_their_way() -> None:
    assert names.aloud("Zahl bei Spotify mit Apple Pay.", "de") == "Zahl bei Spottifei mit Äppel Peh."
    assert names.aloud("bei Lieferando und Uber", "de") == "bei Lieferando und Uhber"
    assert names.aloud("pay Spotify", "en") == "pay Spotify"


def test_no_speaker_is_blended_with_one_that_is_held_out() -> None:
    assert not {"jf_gongitsune", "if_sara", "af_nova", "bm_daniel"} & set(styles.OTHER_STYLES)


def singles() -> tuple[Array, list[Record]]:
    """Two people who hum ten digits."""
    tone = (8000 * np.sin(np.arange(6400) / 8)).astype(np.int16)
    items = [
        {"language": "de", "speaker": speaker, "digit": digit, "text": word, "target": word,
         "start": 6400 * (10 * at + digit), "length": 6400}
        for at, speaker in enumerate(("00", "01")) for digit, word in enumerate(short.DIGITS["de"])
    ]  # fmt: skip
    return np.concatenate([tone] * 20), items


def test_strings_are_of_one_speaker_and_the_same_for_the_same_seed() -> None:
    samples, items = singles()
    one, two = (list(strings.strings(samples, items, 40, 3, "strings")) for _ in range(2))
    assert len(one) == 40
    for (sound, record), (again, _) in zip(one, two, strict=True):
        assert np.array_equal(sound, again)
        count = len(record["text"].split())
        assert 2 <= count <= 8
        assert record["target"] == record["text"]
        assert f"{'0123456789'[short.DIGITS['de'].index(record['text'].split()[0])]}" == record["written"][1][0]
        # However much they overlap, most of each digit is left.
        assert len(sound) > 0.55 * 6400 * count
        assert np.abs(sound).max() == pytest.approx(0.5, abs=1e-3)
    assert not list(strings.strings(samples, [], 40, 3, "strings"))
