"""Text to the phonemes that the neural voices know, by way of espeak-ng.

espeak-ng writes the International Phonetic Alphabet. Kokoro was trained on a slightly different
alphabet (one letter for each English diphthong and affricate) and never on German, so what it does
not know is written with its nearest neighbour. Which neighbour was chosen by ear of a recogniser:
a tapped `ɾ` for the German r (`ʁ` came out as h or not at all) and the English diphthong `O` for
`oː` were transcribed best. Kokoro's French speaker is the exception: with her, all are said as they are.
"""

import re
import subprocess

TIE = "\u200d"
"""espeak-ng --ipa=3 joins the letters of a diphthong or affricate with this (zero width joiner)."""

# fmt: off
_COMMON = [("t‍s", "ʦ"), ("t‍ʃ", "ʧ"), ("d‍ʒ", "ʤ"), ("a‍ɪ", "I"), ("a‍ʊ", "W"), ("g", "ɡ")]
_KOKORO = {
    "de": _COMMON
    + [("ɔ‍ø", "Y"), ("ʏ", "y"), ("ɜ", "ɐ"), ("oː", "O"), ("r", "ɾ"), (TIE, "")],
    "de-french": _COMMON + [("ɔ‍ø", "Y"), ("ɜ", "ɐ"), ("r", "ʁ"), (TIE, "")],
    "en-us": _COMMON
    + [("e‍ɪ", "A"), ("ɔ‍ɪ", "Y"), ("o‍ʊ", "O"), ("ɚ", "əɹ"), ("ɜː", "ɜɹ"), ("ɐ", "ə"), ("r", "ɹ")]
    + [("ɾ", "T"), ("ʔ", "t"), ("x", "k"), ("ː", ""), (TIE, "")],
    "en-gb": _COMMON
    + [("e‍ɪ", "A"), ("ɔ‍ɪ", "Y"), ("ə‍ʊ", "Q"), ("o‍ʊ", "Q"), ("ɐ", "ə"), ("r", "ɹ"), ("x", "k")]
    + [(TIE, "")],
}
# fmt: on

_PUNCTUATION = re.compile(r"([,;:.!?]+)\s*")


def ipa(text: str, espeak_voice: str) -> str:
    """espeak-ng's phonemes of a text, its punctuation kept and always a mark at the end."""
    pieces = _PUNCTUATION.split(text.strip())
    out = ""
    for clause, mark in zip(pieces[::2], pieces[1::2] + ["."]):
        if not clause.strip():
            continue
        spoken = subprocess.run(
            ["espeak-ng", "-v", espeak_voice, "-q", "--ipa=3", clause],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        # espeak-ng marks words that it reads as another language: "(en)…(de)".
        spoken = re.sub(r"\([a-z-]+\)", "", spoken)
        out += ("" if not out else " ") + " ".join(spoken.split()) + mark[0]
    return out


def kokoro(text: str, accent: str) -> str:
    """A text in Kokoro's alphabet: `de`, `de-french`, `en-us` or `en-gb`."""
    phonemes = ipa(text, accent.removesuffix("-french"))
    for theirs, ours in _KOKORO[accent]:
        phonemes = phonemes.replace(theirs, ours)
    return phonemes
