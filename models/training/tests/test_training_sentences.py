"""What the training speech says, and who says it. The program that draws from the grammars is a script here."""

import json
import random
from collections import Counter
from pathlib import Path

import pytest

from zahlwort_training.data import names, sentences, speak, spelling
from zahlwort_training.types import Record

PROGRAM = """#!/bin/sh
echo "$@" >> "$0.calls"
echo '{"transcript": "sende Anna bitte Geld"}'
echo '{"transcript": "sende Anna bitte Geld"}'
echo '{"transcript": "zahle 5 Euro"}'
echo '{"transcript": "die IBAN ist falsch"}'
echo '{"transcript": "ja"}'
echo '{}'
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "zahlwort"
    path.write_text(PROGRAM)
    path.chmod(0o755)
    return path


@pytest.fixture
def fortunes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Short files of sayings in place of Debian's."""
    folder = tmp_path / "fortunes"
    (folder / "de").mkdir(parents=True)
    rng = random.Random(1)
    for path, words in (
        (folder / "fortunes", "the cat dog house sees under tree quickly never river runs gold".split()),
        (folder / "de/zitate", "der Hund Haus sieht unter Baum schnell nie Fluss größer läuft gern".split()),
    ):
        sayings = [" ".join(rng.choices(words, k=rng.randint(3, 12))).capitalize() + "." for _ in range(300)]
        sayings += ["Zu kurz.", "Dr Hund sieht nie.", "Hund USA Baum.", "Der Hund kostet 5 Mark.", "Der Hund\n-- sagte jemand"]
        path.write_text("\n%\n".join(sayings), encoding="utf-8")
    monkeypatch.setattr(sentences, "FORTUNES", folder)
    return folder


def drawn(run: Path, program: Path, *more: str) -> list[Record]:
    sentences.main([str(run), "--zahlwort", str(program), "--scale", "0.02", *more])
    return [json.loads(line) for line in (run / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]


def test_general_text_is_plain_sentences(fortunes: Path) -> None:
    for language in ("de", "en"):
        found = sentences.general(language)
        assert len(found) > 200
        assert len({text.lower() for text in found}) == len(found)
        for text in found:
            assert 3 <= len(text.split()) <= 13
            assert not any(character.isdigit() for character in text)
            assert "USA" not in text
            assert "Dr" not in text.split()
            assert "sagte" not in text


def test_of_the_grammar_only_what_every_voice_reads_alike_is_said(program: Path, tmp_path: Path) -> None:
    assert sentences.grammar("de", program, tmp_path, "payments", 6, 7) == ["sende Anna bitte Geld"]
    call = program.with_name("zahlwort.calls").read_text().split()
    assert call[:6] == ["grammar", "sample", "--grammar", "payments", "--lang", "de"]
    assert call[-4:] == ["-n", "6", "--seed", "7"]
    catalog = (tmp_path / "catalog-de.yaml").read_text(encoding="utf-8")
    assert '  - "Hafermilch"\n' in catalog
    assert catalog.startswith("products:\n")


@pytest.mark.parametrize("language", ["de", "en"])
def test_templates_are_filled_with_what_the_head_can_write(language: str) -> None:
    rng = random.Random(3)
    texts = [sentences.templated(language, rng) for _ in range(500)]
    assert len(set(texts)) > 450
    for text in texts:
        assert "{" not in text
    # A name with a letter that the head does not have is drawn now and then, and passed over.
    assert sum(spelling.target(text, language) is None for text in texts) <= 10


def test_every_voice_gets_its_sentences_once(program: Path, fortunes: Path, tmp_path: Path) -> None:
    lines = drawn(tmp_path / "one", program)
    assert lines == drawn(tmp_path / "two", program), "the same each time"
    assert len({line["id"] for line in lines}) == len(lines)
    # Only what is short is said by several voices.
    long = [line["target"] for line in lines if line["kind"] not in ("number", "short", "name")]
    assert len(set(long)) == len(long)
    counts = Counter(line["voice"] for line in lines)
    for language in ("de", "en"):
        for voice, count in sentences.HELD_OUT[language].items():
            assert counts[voice] == count
            assert voice not in sentences.HEARD[language]
    for line in lines:
        held_out = line["voice"] in sentences.HELD_OUT[line["language"]]
        assert line["split"] == (line["voice"] if held_out else "train")
        assert speak.VOICES[line["voice"]].language == line["language"]
    assert {line["kind"] for line in lines} == {"general", "grammar", "amounts", "number", "cents", "short", "name"}


def test_every_voice_that_is_to_speak_can() -> None:
    for table in (sentences.HEARD, sentences.HELD_OUT):
        for language, heard in table.items():
            for voice in heard:
                assert speak.VOICES[voice].language == language


def test_other_sentences_are_not_those_of_training(
    program: Path, fortunes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = {line["target"] for line in drawn(tmp_path, program)}
    capsys.readouterr()
    sentences.main([str(tmp_path), "--other", "5"])
    other = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert Counter(line["language"] for line in other) == {"de": 5, "en": 5}
    assert not known & {spelling.target(line["text"], line["language"]) for line in other}


def test_names_are_clean_and_their_own() -> None:
    for language, kinds in names.NAMES.items():
        for kind in kinds:
            found = names.names(language, kind)
            assert len(set(found)) == len(found) > 5, (language, kind)
            assert all(name == " ".join(name.split()) for name in found)
            assert sum(spelling.target(name, language) is None for name in found) <= 1
