"""What the learned reading is trained on: templates, the sentences drawn from them, and the words of a sentence."""

import random
from pathlib import Path

import pytest

from zahlwort_training.reading import alignment, samples, templates, values, words
from zahlwort_training.reading.prepare import marked

HERE = Path(templates.__file__).parent
TEMPLATES, WRONG = templates.load(HERE / "text")


def test_every_template_can_be_read_and_draws_from_lists_that_there_are() -> None:
    assert WRONG == []
    lists = {(path.parent.name, path.stem) for path in (HERE / "lists").rglob("*.txt")}
    unknown = {
        (t.place, kind)
        for t in TEMPLATES
        for kind in templates.kinds(t.parts)
        if kind not in values.MADE and (t.language, kind) not in lists
    }
    assert unknown == set()


def test_a_template_becomes_a_sentence_whose_words_are_tagged() -> None:
    parts = templates.parse("Schick {recipient=Oma Erna} {-=fünfzig}, nein, {amount=sechzig Euro}[!]")
    template = templates.Template("SendMoney", "de", "corrected", parts, "here")
    sampler = samples.Sampler(HERE, 1)
    found = samples.tagged(sampler.pieces(template, change=False), template, "SendMoney")
    assert [word.text for word in found.words] == ["Schick", "Oma", "Erna", "fünfzig", "nein", "sechzig", "Euro"]
    assert found.tags == ["", "recipient", "recipient", "-", "", "amount", "amount"]


@pytest.mark.parametrize("text", ["(a|b", "a)", "{nobody}", "{amount=}", "{amount:money=ten}", "a|b", "{amount"])
def test_a_template_that_cannot_be_read_says_where(text: str) -> None:
    with pytest.raises(templates.TemplateError, match=r"\d|no words"):
        templates.parse(text)


def test_changed_sentences_keep_a_tag_for_every_word() -> None:
    sampler = samples.Sampler(HERE, 2)
    others = samples.Others(TEMPLATES, {"de": ["Tom ist müde."], "en": ["Tom is tired."]}, sampler.rng)
    for template in random.Random(3).sample(TEMPLATES, 400):
        drawn = sampler.sample(template, others)
        assert len(drawn.words) == len(drawn.tags)
        if not drawn.intent:
            assert set(drawn.tags) <= {""}


def test_words_and_their_features() -> None:
    found = words.split("Nein, „50 €“ – an Anna!")
    assert [(w.text, w.comma, w.stop) for w in found][:3] == [("Nein", True, False), ("50", False, False), ("€", True, False)]
    assert words.fnv1a(b"a") == 0xE40C292C  # from the published test vectors
    assert words.buckets("50") == words.buckets("99")


def test_a_labelled_sentence_becomes_a_template_with_its_slots() -> None:
    assert marked("play some jazz please", [("query", 2, 2)]) == "play some {query=jazz} please"


def test_what_was_heard_is_aligned_with_what_was_said() -> None:
    parts = templates.parse("Bitte {quantity=drei} {product=Dosenöffner} notieren")
    template = templates.Template("AddToCart", "de", "plain", parts, "here")
    sampler = samples.Sampler(HERE, 1)
    said = samples.tagged(sampler.pieces(template, change=False), template, "AddToCart")
    text = "Bitte 3 Dosen Öffner notiren."
    tags = alignment.tags_of(said, [word.text for word in words.split(text)])
    assert tags == ["", "quantity", "product", "product", ""]
    assert alignment.template(text, tags) == "Bitte {quantity=3} {product=Dosen Öffner} notiren."
    # What was not heard at all teaches nothing, nor does a sentence in which two slots have become one word.
    assert alignment.tags_of(said, ["Schönes", "Wetter", "heute"]) is None
    assert alignment.tags_of(said, ["Bitte", "dreidosenöffner", "notieren"]) is None
