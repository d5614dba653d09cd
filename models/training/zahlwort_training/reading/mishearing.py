"""Sentences as a recogniser mishears them: what belongs together comes apart, what stands apart is written as one word, a
letter is heard as one that sounds like it, or goes over to the next word.

`reading.heard` has the recogniser's own mistakes for some sentences, which takes seconds each; these rules, the kinds that
are seen there, make some of all.
"""

import random
import re

from zahlwort_training.reading.templates import Piece

SOUNDS_LIKE = {
    "de": "b:p d:t g:k p:b t:d k:g f:v v:f w:v v:w ä:e e:ä ö:e ü:i i:ü ei:ai ie:i i:ie eu:äu ss:s s:ss s:z z:ts tz:z "
    "ck:k k:ck c:k ph:f sch:ch ch:sch h: m:n n:m er:a a:er en:n n:en r: ll:l l:ll tt:t t:tt nn:n mm:m y:i oo:u au:o",
    "en": "b:p d:t g:k p:b t:d k:g f:v v:f th:f th:d s:z z:s c:k c:s ck:k k:c ph:f ee:ea ea:ee i:e e:i a:e o:u u:o "
    "er:a a:er er:or or:er y:ie ie:y oo:u ou:ow ow:ou ll:l tt:t nn:n m:n n:m h: wh:w w:wh r: ey:y s: ed:d igh:i ai:a",
}
"""What is written, and what is written instead because it sounds nearly the same."""

PAIRS = {language: [pair.partition(":")[::2] for pair in table.split()] for language, table in SOUNDS_LIKE.items()}
SHARE = 0.09
"""Of the words of a sentence that is misheard, so many are changed."""
KEPT = re.compile("kein.*|nicht|nie.*|ohne|not|no|never|none|without", re.IGNORECASE)
"""Words that turn a sentence round: what is misheard here is another sentence."""
LEAST = 7
"""Only words with so many letters come apart."""


def misheard(pieces: list[Piece], language: str, rng: random.Random) -> list[Piece]:
    """The sentence with some of its words misheard; each piece keeps its mark."""
    return [(_piece(text, language, rng), tag, kind) for text, tag, kind in pieces]


def _piece(text: str, language: str, rng: random.Random) -> str:
    words, out = text.split(" "), ""
    for at, word in enumerate(words):
        blank = " " if at else ""
        bare = word.strip(",.?!")
        if not bare.isalpha() or KEPT.fullmatch(bare) or rng.random() >= SHARE:
            out += blank + word
            continue
        draw = rng.random()
        joins = at > 0 and words[at - 1].isalpha() and not KEPT.fullmatch(words[at - 1])
        if draw < 0.3 and joins:
            # With the word before: "ma Tomaten", "Matomaten".
            out += rng.choice(("", "", "-")) + (word.lower() if rng.random() < 0.7 else word)
        elif draw < 0.5 and len(word) >= LEAST:
            out += blank + _apart(word, rng)
        elif draw < 0.6 and joins and len(word) > 3:
            # Its first letter ends the word before: "zwei Döner", "zweid Öner"; or is heard once of two.
            letter = word[0].lower() if rng.random() < 0.5 else ""
            rest = word[1:].capitalize() if word[0].isupper() else word[1:]
            out += letter + blank + rest
        else:
            out += blank + alike(word, language, rng)
    return out


def _apart(word: str, rng: random.Random) -> str:
    where = rng.randrange(3, len(word) - 2)
    behind = word[where:]
    return f"{word[:where]}{rng.choice((' ', ' ', '-'))}{behind.capitalize() if rng.random() < 0.5 else behind}"


def alike(word: str, language: str, rng: random.Random) -> str:
    """A word with one sound written otherwise, or as it is if it has none that could be."""
    lower = word.lower()
    places = [
        (at, old, new)
        for old, new in PAIRS[language]
        for at in range(len(word) - len(old) + 1)
        if lower.startswith(old, at) and len(word) - len(old) + len(new) > 1
    ]
    if not places:
        return word
    at, old, new = rng.choice(places)
    changed = word[:at] + new + word[at + len(old) :]
    return changed[:1].upper() + changed[1:] if word[:1].isupper() else changed
