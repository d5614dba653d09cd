"""The labelled sentences that are measured with."""

from collections import Counter

import pytest

from zahlwort_training.speech import sentences


@pytest.mark.parametrize(
    ("name", "german", "english"), [("tune", 160, 120), ("test", 120, 90), ("other-tune", 60, 90), ("other-test", 60, 90)]
)
def test_a_set_has_as_many_sentences_as_it_says_and_is_the_same_each_time(name: str, german: int, english: int) -> None:
    records = list(sentences.sentences(name))
    assert Counter(record["language"] for record in records) == {"de": german, "en": english}
    assert records == list(sentences.sentences(name))
    for record in records:
        assert "{" not in record["text"]
        assert "|" not in record["text"]
        assert (record["intent"] is None) == name.startswith("other")


def test_tune_and_test_share_neither_a_sentence_nor_an_amount() -> None:
    tune, test = (list(sentences.sentences(name)) for name in ("tune", "test"))
    assert not {record["text"] for record in tune} & {record["text"] for record in test}
    for language in ("de", "en"):
        fillers = [sentences.Filler(name, language) for name in ("tune", "test")]
        for pool in ("amount", "price"):
            one, other = ({sentences.money(words, language)[0] for words in filler.pools[pool]} for filler in fillers)
            assert one
            assert not one & other


@pytest.mark.parametrize(
    ("language", "written", "said", "amount", "currency"),
    [
        ("de", "12.50", "zwölf Euro fünfzig", "12.50", "EUR"),
        ("de", "12.80 bare", "zwölf achtzig", "12.80", "EUR"),
        ("de", "64.30 and", "vierundsechzig Euro und dreißig Cent", "64.30", "EUR"),
        ("de", "1", "ein Euro", "1.00", "EUR"),
        ("de", "0.99", "neunundneunzig Cent", "0.99", "EUR"),
        ("de", "1100 hundreds", "elfhundert Euro", "1100.00", "EUR"),
        ("de", "120 short", "hundertzwanzig Euro", "120.00", "EUR"),
        ("en", "20 bucks", "twenty bucks", "20.00", "USD"),
        ("en", "250 GBP british", "two hundred and fifty pounds", "250.00", "GBP"),
        ("en", "1500 hundreds USD", "fifteen hundred dollars", "1500.00", "USD"),
        ("en", "100 short USD", "a hundred dollars", "100.00", "USD"),
        ("en", "0.50 GBP", "fifty pence", "0.50", "GBP"),
    ],
)
def test_money_is_said_as_it_is_marked(language: str, written: str, said: str, amount: str, currency: str) -> None:
    assert sentences.money(written, language) == (said, {"amount": amount, "currency": currency})


def test_a_wording_names_its_slots() -> None:
    filler = sentences.Filler("tune", "de")
    text, slots = filler.fill("Bezahl {biller.gen} {date due_date} {amount|50} für {reference|Pizza}, den {position|zweiten=2}.")
    assert set(slots) == {"biller", "due_date", "amount", "reference", "position"}
    assert slots["amount"] == {"amount": "50.00", "currency": "EUR"}
    assert (slots["reference"], slots["position"]) == ("Pizza", 2)
    assert "fünfzig Euro" in text
    assert "zweiten" in text
