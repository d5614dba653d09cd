"""Mishearing as a change of a sentence to train on."""

import random

from zahlwort_training.reading.mishearing import PAIRS, misheard
from zahlwort_training.reading.templates import Piece

SAID: list[Piece] = [
    ("Bitte besorge für morgen ", "", ""),
    ("getreidefreies Hundefutter", "product", "product"),
    (" und nimm keine Marke, die ich nicht kenne, von ", "", ""),
    ("500 g", "quantity", "quantity"),
]


def test_marks_stay_and_words_change() -> None:
    rng = random.Random(1)
    heard = [misheard(SAID, "de", rng) for _ in range(300)]
    assert all([(tag, kind) for _, tag, kind in one] == [(tag, kind) for _, tag, kind in SAID] for one in heard)
    texts = {"".join(text for text, _, _ in one) for one in heard}
    assert len(texts) > 150
    # Words come apart and together, sounds change.
    assert any("Hundefutter" not in text and "-" in text for text in texts)
    assert any("besorge" not in text for text in texts)


def test_what_turns_a_sentence_round_and_figures_stay() -> None:
    rng = random.Random(2)
    for _ in range(300):
        text = "".join(text for text, _, _ in misheard(SAID, "de", rng))
        assert set("keine nicht 500 g".split()) <= set(text.replace(",", "").split())


def test_a_word_loses_a_letter_at_most() -> None:
    rng = random.Random(3)
    for language in PAIRS:
        for _ in range(300):
            text = misheard([("ho um an in as", "", "")], language, rng)[0][0]
            assert sum(letter.isalpha() for letter in text) >= 5
