"""How a spoken sentence is written: a capital first, a full stop, amounts in figures.

What the attention decoder is to write has to look like what Whisper was taught to write, or training
would bend the encoder towards a style. Numbers stay in words now and then, as Whisper leaves them.
"""

import functools
import random
import re

from zahlwort_training.data import spelling

_CURRENCY = r"(Euro|Dollar|Pfund|Franken|euros?|dollars?|pounds?)"


@functools.cache
def _figures(language: str) -> dict[str, int]:
    """Number words, lower case, to the number: every form that `spelling` speaks."""
    out = {}
    if language == "de":
        for number in range(2, 100_000):
            for before_noun in (False, True):
                for short in (False, True):
                    out[spelling.german(number, before_noun, short)] = number
    else:
        for number in [*range(2, 10_000), *range(10_000, 100_000, 100)]:
            for british in (False, True):
                for a_hundred in (False, True):
                    out[spelling.english(number, british, a_hundred)] = number
    return out


def figures(text: str, language: str) -> str:
    """The text with its numbers from 2 on in figures."""
    known, words, out = _figures(language), text.split(), []
    longest = 9 if language == "en" else 1
    while words:
        for length in range(min(longest, len(words)), 0, -1):
            number = known.get(" ".join(words[:length]).lower())
            if number is not None:
                out.append(str(number))
                words = words[length:]
                break
        else:
            out.append(words.pop(0))
    text = " ".join(out)
    point, word = (",", "Komma") if language == "de" else (".", "point")
    text = re.sub(rf"(\d+) {word} ((?:\d )*\d)\b", lambda m: f"{m[1]}{point}{m[2].replace(' ', '')}", text)
    return re.sub(rf"(\d+) {_CURRENCY} (\d\d)\b(?! (?:Cent|cents|pence))", rf"\1{point}\3 \2", text)


def written(text: str, language: str, rng: random.Random) -> str:
    """The text as a transcript has it, in one of the usual ways."""
    text = " ".join(text.split())
    if rng.random() < 0.65:
        text = figures(text, language)
    text = text[:1].upper() + text[1:]
    if not text.endswith((".", "!", "?")):
        text = text.rstrip(" ,;:") + ("." if rng.random() < 0.75 else "")
    return text
