"""Numbers in words, and what the head and the decoder are to write."""

import random

import pytest

from zahlwort_training.data import spelling
from zahlwort_training.data.written import figures, written


@pytest.mark.parametrize(
    ("number", "german", "english"),
    [
        (0, "null", "zero"),
        (1, "eins", "one"),
        (21, "einundzwanzig", "twenty one"),
        (101, "einhunderteins", "one hundred one"),
        (999, "neunhundertneunundneunzig", "nine hundred ninety nine"),
        (1100, "eintausendeinhundert", "one thousand one hundred"),
        (999_999, "neunhundertneunundneunzigtausendneunhundertneunundneunzig",
         "nine hundred ninety nine thousand nine hundred ninety nine"),
    ],
)  # fmt: skip
def test_numbers_are_spelled(number: int, german: str, english: str) -> None:
    assert spelling.german(number) == german
    assert spelling.english(number) == english


def test_numbers_have_their_everyday_forms() -> None:
    assert spelling.german(101, before_noun=True, short=True) == "hundertein"
    assert spelling.german(1200, short=True) == "tausendzweihundert"
    assert spelling.english(1101, british=True, a_hundred=True) == "a thousand one hundred and one"
    assert spelling.english(2005, british=True) == "two thousand and five"


def test_every_number_has_its_own_words() -> None:
    for spell in (spelling.german, spelling.english):
        numbers = [*range(3000), *range(3000, 1_000_000, 373)]
        assert len({spell(number) for number in numbers}) == len(numbers)


@pytest.mark.parametrize(
    ("text", "language", "target"),
    [
        ("Überweise 50 Euro an Anna!", "de", "überweise fünfzig euro an anna"),
        ("Seit 1987 – «ja».", "de", "seit neunzehnhundertsiebenundachtzig ja"),
        ("Don’t pay €5", "en", None),
        ("Don’t pay Zoë 5 at Müller's", "en", "don't pay zoe five at muller's"),
        ("In 1987, twenty-five", "en", "in nineteen eighty seven twenty five"),
        ("1.5 Liter", "de", None),
    ],
)
def test_a_target_has_only_letters_of_the_alphabet(text: str, language: str, target: str | None) -> None:
    assert spelling.target(text, language) == target


def test_a_path_of_outputs_is_read_back() -> None:
    text = "der anna zoll"
    path = [index for letter in spelling.encode(text) for index in (letter, letter, 0)]
    assert spelling.collapse(path) == text
    assert spelling.collapse(spelling.encode("nn")) == "n", "without a blank between them they are one"


def test_old_spelling_becomes_modern() -> None:
    assert spelling.modern("Daß er muß, ißt und grüßt mit Fuß.") == "Dass er muss, ißt und grüßt mit Fuß."


def test_distance_is_levenshteins() -> None:
    assert spelling.distance("kitten", "sitting") == 3
    rng = random.Random(1)
    words = ["".join(rng.choices("ab", k=rng.randint(0, 6))) for _ in range(40)]
    for one, other, third in zip(words, words[1:], words[2:]):
        assert spelling.distance(one, other) == spelling.distance(other, one)
        assert spelling.distance(one, third) <= spelling.distance(one, other) + spelling.distance(other, third)
        assert (spelling.distance(one, other) == 0) == (one == other)


def test_numbers_become_figures_as_a_transcript_has_them() -> None:
    assert figures("sende zwölf Euro fünfzig an Anna", "de") == "sende 12,50 Euro an Anna"
    assert figures("zwei Komma fünf Liter", "de") == "2,5 Liter"
    assert figures("pay one hundred and five pounds", "en") == "pay 105 pounds"
    assert figures("twelve dollars and fifty cents", "en") == "12 dollars and 50 cents"


def test_a_written_sentence_begins_with_a_capital_and_says_the_same() -> None:
    rng = random.Random(1)
    ways = {written("überweise fünf Euro", "de", rng) for _ in range(50)}
    assert ways == {"Überweise fünf Euro.", "Überweise fünf Euro", "Überweise 5 Euro.", "Überweise 5 Euro"}
