"""A text's words and what the network sees of them. The crate `reading` computes the same.

A text is split at white space, and marks are stripped from both ends of a piece. Of a word, the network sees hashed
character n-grams (Bojanowski et al., 2017, *Enriching Word Vectors with Subword Information*) and a few flags.
"""

import dataclasses
import functools
import re

BUCKETS = 32_768
LISTS = ("contacts", "merchants", "billers", "products", "payment_methods", "accounts", "rooms", "cities")
"""The lists of a catalog, of each of which a flag says whether the word is in one of its entries."""
LANGUAGES = ("de", "en")
MARKS = ".,;:!?…\"'„“”‚‘’«»()[]{}–—"
"""What is stripped from both ends of a word."""
DIGITS = "0123456789"
MOST = 64
"""A longer text is not read."""
FLAGS = len(LISTS) + 8 + len(LANGUAGES)


@dataclasses.dataclass(frozen=True)
class Word:
    """A word of a text, from `start` to `end`, and the marks behind it."""

    text: str
    start: int
    end: int
    comma: bool
    stop: bool


def split(text: str) -> list[Word]:
    """The words of a text.

    >>> [word.text for word in split("Nein, „50 €“ – an Anna!")]
    ['Nein', '50', '€', 'an', 'Anna']
    """
    out: list[Word] = []
    for piece in re.finditer(r"\S+", text):
        start, end = piece.span()
        while start < end and text[start] in MARKS:
            start += 1
        behind = end
        while end > start and text[end - 1] in MARKS:
            end -= 1
        marks = text[end:behind] if start < end else piece[0]
        comma, stop = any(m in ",;:–—" for m in marks), any(m in ".!?…" for m in marks)
        if start < end:
            out.append(Word(text[start:end], start, end, comma, stop))
        elif out:
            out[-1] = dataclasses.replace(out[-1], comma=out[-1].comma or comma, stop=out[-1].stop or stop)
    return out


def fnv1a(data: bytes) -> int:
    """FNV-1a, 32 bits (Fowler, Noll, Vo)."""
    value = 2166136261
    for byte in data:
        value = ((value ^ byte) * 16777619) & 0xFFFFFFFF
    return value


@functools.lru_cache(maxsize=400_000)
def buckets(word: str) -> tuple[int, ...]:
    """The buckets of a word's n-grams of 2 to 5 letters, and of the whole word; a digit is like any other."""
    word = "".join("0" if letter in DIGITS else letter for letter in word.lower())[:24]
    padded = f"<{word}>"
    grams = [padded[at : at + n] for n in range(2, 6) for at in range(len(padded) - n + 1)]
    return tuple(fnv1a(gram.encode()) % BUCKETS for gram in [*grams, "=" + word])


def shape(word: str) -> tuple[bool, bool, bool, bool]:
    """Has a digit; is all digits; begins with a capital; is all capitals."""
    letters = [letter for letter in word if letter.isalpha()]
    return (
        any(letter in DIGITS for letter in word),
        any(letter in DIGITS for letter in word) and all(letter in DIGITS + ".," for letter in word),
        word[0].isupper(),
        len(letters) >= 2 and all(letter.isupper() for letter in letters),
    )


def flags(words: list[Word], lists: list[tuple[int, ...]], language: str | None) -> list[list[int]]:
    """Of each word the numbers of the flags that are set; `lists` has the numbers of the lists that it is in."""
    out = []
    for at, (word, listed) in enumerate(zip(words, lists)):
        base = len(LISTS)
        rest = (*shape(word.text), word.comma, word.stop, at == 0, at == len(words) - 1)
        set_ = [*listed, *(base + number for number, flag in enumerate(rest) if flag)]
        if language:
            set_.append(base + len(rest) + LANGUAGES.index(language))
        out.append(set_)
    return out
