"""How text becomes what the head learns to write: lower-case letters, numbers in words.

The alphabet is the head's: blank first, then space, apostrophe, a–z, ä ö ü ß.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from zahlwort_training.speech.numerals import TENS, UNITS

ALPHABET = "_ 'abcdefghijklmnopqrstuvwxyzäöüß"
"""The character of each output; the first stands for CTC's blank."""

INDEX = {letter: index for index, letter in enumerate(ALPHABET) if index}


def german(number: int, before_noun: bool = False, short: bool = False) -> str:
    """A number below a million in German words: one word up to 999 999.

    `before_noun` leaves the s of a final "eins" away (ein Euro); `short` says "hundert" for
    "einhundert" at its beginning.
    """
    if number == 0:
        return "null"

    def below_hundred(n: int) -> str:
        if n < 20:
            return UNITS["de"][n]
        ten, unit = divmod(n, 10)
        return (UNITS["de"][unit] + "und" if unit else "") + TENS["de"][ten]

    def below_thousand(n: int, short: bool) -> str:
        hundreds, rest = divmod(n, 100)
        out = ""
        if hundreds:
            out = ("" if short and hundreds == 1 else UNITS["de"][hundreds]) + "hundert"
        return out + (below_hundred(rest) if rest else "")

    thousands, rest = divmod(number, 1000)
    out = ""
    if thousands:
        out = ("" if short and thousands == 1 else below_thousand(thousands, short)) + "tausend"
    if rest:
        out += below_thousand(rest, short and not thousands)
    if not before_noun and number % 100 == 1:
        out += "s"
    return out


def english(number: int, british: bool = False, a_hundred: bool = False) -> str:
    """A number below a million in English words, its parts apart; `british` says "and"."""
    if number == 0:
        return "zero"

    def below_hundred(n: int) -> str:
        if n < 20:
            return UNITS["en"][n]
        ten, unit = divmod(n, 10)
        return TENS["en"][ten] + (" " + UNITS["en"][unit] if unit else "")

    def below_thousand(n: int, lead: bool) -> str:
        hundreds, rest = divmod(n, 100)
        words = []
        if hundreds:
            words.append(("a" if lead and a_hundred and hundreds == 1 else UNITS["en"][hundreds]) + " hundred")
        if rest:
            if hundreds and british:
                words.append("and")
            words.append(below_hundred(rest))
        return " ".join(words)

    thousands, rest = divmod(number, 1000)
    words = []
    if thousands:
        words.append("a thousand" if a_hundred and thousands == 1 else below_thousand(thousands, True) + " thousand")
    if rest:
        if thousands and rest < 100 and british:
            words.append("and")
        words.append(below_thousand(rest, not thousands))
    return " ".join(words)


def in_words(text: str, language: str) -> str:
    """Whole numbers below a million, and years, as words; other digits stay."""

    def one(match: re.Match[str]) -> str:
        number = int(match[0])
        if language == "de":
            if 1100 <= number < 2000:
                century, rest = divmod(number, 100)
                return german(century) + "hundert" + (german(rest) if rest else "")
            return german(number, before_noun=False)
        if 1100 <= number < 2000 and number % 100 >= 10:
            century, rest = divmod(number, 100)
            return f"{english(century)} {english(rest)}"
        return english(number)

    return re.sub(r"(?<![\w.,])[1-9]\d{0,5}(?![\w.,]*\d)(?!\w)", one, text)


_OLD_SPELLING = re.compile(r"\b(da|mu|la|lä|wu|bewu|ha|ku|schlu|flu|gewi|bi|mü|pa|ri|fa|pro[zc]e)ß(?=\b|t|chen)", re.I)


def modern(text: str) -> str:
    """Old German spelling (daß, muß) as it is written since 1996."""
    return _OLD_SPELLING.sub(lambda m: m[1] + "ss", text)


def target(text: str, language: str) -> str | None:
    """What the head is to write for a text, or None if a character has no spelling.

    Accents are folded, hyphens part words, punctuation goes.
    """
    text = in_words(text, language).lower()
    for old, new in (("’", "'"), ("ʼ", "'"), ("ʻ", "'"), ("`", "'"), ("ø", "ö"), ("æ", "ä"), ("œ", "ö")):
        text = text.replace(old, new)
    out = []
    for letter in text:
        if letter in INDEX:
            if letter in "äöüß" and language == "en":
                letter = unicodedata.normalize("NFD", letter)[0]
            out.append(letter)
        elif letter in '-–—/.,;:!?"„“”‚‘«»()…\n\t':
            out.append(" ")
        else:
            base = unicodedata.normalize("NFD", letter)[0]
            if base not in INDEX:
                return None
            out.append(base)
    words = [word.strip("'") for word in "".join(out).split()]
    return " ".join(word for word in words if word)


def encode(text: str) -> list[int]:
    return [INDEX[letter] for letter in text]


def collapse(indices: Iterable[int]) -> str:
    """The text of a path of outputs: repetitions and blanks dropped."""
    out, last = [], 0
    for index in indices:
        if index and index != last:
            out.append(ALPHABET[index])
        last = index
    return "".join(out)


def distance(one: Sequence[object], other: Sequence[object]) -> int:
    """Levenshtein's, over any two sequences."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]
