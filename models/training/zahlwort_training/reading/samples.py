"""Sentences to train on, drawn from templates, with what people do to sentences when they speak: fillers, corrections,
asides, slips of the keyboard. Everything is drawn anew each time.
"""

import dataclasses
import random
from collections.abc import Sequence
from pathlib import Path

from zahlwort_training.reading import templates, values
from zahlwort_training.reading.mishearing import misheard
from zahlwort_training.reading.templates import TAKEN_BACK, Piece, Template
from zahlwort_training.reading.words import LANGUAGES, LISTS, MARKS, Word, split

LISTED = {
    "contacts": ("person", "male", "female", "relation"),
    "merchants": ("shop",),
    "billers": ("biller",),
    "products": ("product", "product_m", "product_f", "product_n", "product_pl", "product_one"),
    "payment_methods": ("method",),
    "accounts": ("account",),
    "rooms": ("room", "room_f", "room_mn"),
    "cities": ("city",),
}
"""The lists of names that stand for each list of a catalog."""

FILLERS = {
    "de": "äh;ähm;also;mal;bitte;halt;eben;so;ja;hm;sag mal;weißt du;doch;gerade;jetzt;noch;dann;irgendwie;öh;mhm;na".split(";"),
    "en": "uh;um;like;please;you know;er;well;so;just;now;maybe;actually;I mean;erm;kind of;then;hmm;right".split(";"),
}
TAKES_BACK = {
    "de": "nein,;nee,;äh nein,;ach nein,;nein, warte,;Quatsch,;ach Quatsch,;ich meine;ich meinte;halt, nein,;Moment, nein,;"
    "sorry,;Entschuldigung,;quatsch, ich meine;besser gesagt;vielmehr;nein, doch;nö,;ne,;stopp,;Korrektur,;falsch,;Unsinn,;"
    "warte,;nicht doch,;ach was,;beziehungsweise nein,;oder nein,;oder doch lieber;nein, lieber;nee, doch lieber;äh;ähm, nein,;"
    "Verzeihung,;pardon,;tschuldigung,;halt,".split(";"),
    "en": "no,;no wait,;wait, no,;sorry,;sorry, I mean;I mean;I meant;actually;actually no,;actually, make that;make that;"
    "no, make it;scratch that,;or rather;rather;"
    "er, no,;uh, no,;hang on,;hold on, no,;oops,;correction,;no no,;well, no,;let's say;better;"
    "not that,;my mistake,;my bad,;strike that,;oh no,;uh;excuse me,;pardon,;nope,;wait,".split(";"),
}
AFTERWARDS = {
    "de": [
        "ach nein, {}",
        "nein, doch lieber {}",
        "nee, mach {} draus",
        "Quatsch, {}",
        "Moment, {} meine ich",
        "halt, {}",
        "ich meine {}",
        "ach, nimm lieber {}",
        "Entschuldigung, {}",
        "nein, {} natürlich",
        "warte, {}",
        "oder besser {}",
        "korrigiere: {}",
        "nein, {}",
        "nee, {}",
        "sorry, {}",
        "falsch, {}",
        "doch besser {}",
        "äh, {}",
        "nein warte, {}",
        "also {} meine ich, nicht das andere",
    ],
    "en": [
        "no, {}",
        "actually {}",
        "actually, make that {}",
        "sorry, {}",
        "wait, {}",
        "I mean {}",
        "scratch that, {}",
        "no, make it {}",
        "hang on, {}",
        "or better {}",
        "oops, {}",
        "correction: {}",
        "no wait, {}",
        "well, {}",
        "make it {} instead",
        "er, {}",
        "I meant {}",
        "let's say {}",
        "better make that {}",
        "nope, {}",
    ],
}
WHOLE_BACK = {
    "de": [
        "ach nein, lass",
        "nein, lass es",
        "vergiss es",
        "ach, doch nicht",
        "nee, lass mal",
        "stopp, doch nicht",
        "ach egal, lass gut sein",
        "nein, mach das nicht",
        "ach Quatsch, vergiss es",
        "oder nein, lieber nicht",
        "nee doch nicht",
        "abbrechen",
        "halt, nicht machen",
        "war nur Spaß",
        "das mach ich lieber selbst",
        "ach, erst mal nicht",
    ],
    "en": [
        "no, forget it",
        "never mind",
        "actually, don't",
        "no, leave it",
        "oh, never mind",
        "scratch that, don't do it",
        "cancel that",
        "no wait, better not",
        "forget I said that",
        "on second thoughts, don't",
        "just kidding",
        "I'll do it myself",
        "no, don't",
        "actually, leave it for now",
    ],
}
WAKES = {
    "de": [
        "Hey Computer,",
        "Hallo,",
        "Okay,",
        "Du,",
        "Hör mal,",
        "Sag mal,",
        "Alexa,",
        "So,",
        "Ja,",
        "Guten Tag,",
        "Achtung,",
        "Ach,",
        "Übrigens,",
    ],
    "en": [
        "Hey computer,",
        "Hello,",
        "Okay,",
        "Hey,",
        "Listen,",
        "So,",
        "Alexa,",
        "Right,",
        "Hi,",
        "Good morning,",
        "Oh,",
        "By the way,",
        "Well,",
    ],
}
THANKS = {
    "de": [
        "bitte",
        "danke",
        "danke dir",
        "ja?",
        "okay?",
        "bitte schön",
        "und zwar schnell",
        "wenn's geht",
        "sei so gut",
        "vielen Dank",
        "gell",
        "jetzt gleich",
    ],
    "en": [
        "please",
        "thanks",
        "thank you",
        "okay?",
        "will you",
        "would you",
        "if you can",
        "cheers",
        "right away",
        "when you get a chance",
        "ta",
    ],
}
AND = {
    "de": [" und ", ", und ", " und dann ", ". ", " und außerdem "],
    "en": [" and ", ", and ", " and then ", ". ", " and also "],
}
REPEATED = {
    "de": set(
        "an bei für mit vom von zum zur beim auf der die das dem den meiner meinem meine meinen ein eine einen im in am".split()
    ),
    "en": set("to for from with at my the a an on in of by".split()),
}


@dataclasses.dataclass
class Sample:
    """A sentence, its words, and what they are."""

    text: str
    language: str
    intent: str
    words: list[Word]
    tags: list[str]
    template: Template

    @property
    def place(self) -> str:
        return self.template.place

    @property
    def register(self) -> str:
        return self.template.register


class Sampler:
    """Draws sentences of one set of templates."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)
        self.lists: dict[tuple[str, str], list[str]] = {}
        for path in sorted((folder / "lists").rglob("*.txt")):
            entries = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
            self.lists[path.parent.name, path.stem] = [entry for entry in entries if entry and not entry.startswith("#")]
        self.listed: dict[str, int] = {}
        for number, name in enumerate(LISTS):
            for kind in LISTED[name]:
                for language in LANGUAGES:
                    for entry in self.lists.get((language, kind), []):
                        for word in split(entry):
                            if sum(letter.isalpha() for letter in word.text) >= 3:
                                key = word.text.lower()
                                self.listed[key] = self.listed.get(key, 0) | 1 << number

    def fill(self, language: str, kind: str) -> str:
        made = values.MADE.get(kind)
        if made:
            return made(language, self.rng)
        return self.rng.choice(self.lists[language, kind])

    # --- what people do ----------------------------------------------------------------------------

    def pieces(self, template: Template, change: bool = True) -> list[Piece]:
        """A sentence of a template, perhaps corrected."""
        language, rng = template.language, self.rng
        out: list[Piece] = []
        for text, tag, kind in templates.sample(template.parts, lambda kind, tag: self.fill(language, kind), rng):
            # "of" is no part of a quantity.
            if kind == "quantity" and text.endswith(" of"):
                out += [(text[:-3], tag, kind), (" of", "", "")]
            else:
                out.append((text, tag, kind))
        if change and template.register != "corrected" and rng.random() < 0.14:
            out = self.corrected(out, language)
        return out

    def corrected(self, pieces: list[Piece], language: str) -> list[Piece]:
        rng = self.rng
        places = [at for at, (_, tag, kind) in enumerate(pieces) if kind and tag != TAKEN_BACK and kind not in ("iban",)]
        if not places:
            return pieces
        at = rng.choice(places)
        text, tag, kind = pieces[at]
        other = self.fill(language, kind).removesuffix(" of")
        back = TAKEN_BACK if tag else ""
        bare = kind in ("money", "quantity") and rng.random() < 0.4
        if rng.random() < 0.65:
            wrong = self.fill(language, "number") if bare and kind == "money" else other
            join: list[Piece] = [
                (wrong, back, kind),
                (rng.choice([", ", " ", "... "]) + rng.choice(TAKES_BACK[language]) + " ", "", ""),
            ]
            before = pieces[at - 1][0].split()[-1:] if at else []
            if before and before[0].lower() in REPEATED[language] and rng.random() < 0.5:
                join.append((before[0] + " ", "", ""))
            return [*pieces[:at], *join, *pieces[at:]]
        # The new value comes at the end, and what stood there first is taken back.
        new = self.fill(language, "number") if bare and kind == "money" else other
        before_mark, behind = rng.choice(AFTERWARDS[language]).split("{}")
        end = rng.choice([", ", ". ", " ", "; "])
        lead = ""
        before = pieces[at - 1][0].split()[-1:] if at else []
        if before and before[0].lower() in REPEATED[language] and rng.random() < 0.4:
            lead = before[0] + " "
        changed = [*pieces]
        changed[at] = (text, back, kind)
        return [*changed, (end + before_mark + lead, "", ""), (new, tag, kind), (behind, "", "")]

    def spoken(self, pieces: list[Piece], language: str) -> list[Piece]:
        """With fillers between the pieces' words."""
        rng, out = self.rng, []
        for text, tag, kind in pieces:
            if tag or " " not in text.strip() or rng.random() < 0.5:
                out.append((text, tag, kind))
                continue
            words = text.split(" ")
            at = rng.randrange(1, len(words))
            filler = rng.choice(FILLERS[language]) + rng.choice(["", "", ","])
            out.append((" ".join([*words[:at], filler, *words[at:]]), tag, kind))
        return out

    def slipped(self, pieces: list[Piece]) -> list[Piece]:
        """With a letter wrong here and there."""
        rng, out = self.rng, []
        for text, tag, kind in pieces:
            words = text.split(" ")
            for at, word in enumerate(words):
                if len(word) > 3 and word.isalpha() and rng.random() < 0.12:
                    where = rng.randrange(1, len(word) - 1)
                    kind_of = rng.randrange(4)
                    if kind_of == 0:
                        word = word[:where] + word[where + 1 :]
                    elif kind_of == 1:
                        word = word[:where] + word[where + 1] + word[where] + word[where + 2 :]
                    elif kind_of == 2:
                        word = word[:where] + word[where] + word[where:]
                    else:
                        word = word[:where] + rng.choice("abcdefghijklmnoprstuvwäöü") + word[where + 1 :]
                    words[at] = word
            out.append((" ".join(words), tag, kind))
        return out

    # --- sentences ---------------------------------------------------------------------------------

    def sample(self, template: Template, others: "Others", change: bool = True) -> Sample:
        """A sentence of a template, changed as people change them."""
        rng, language, intent = self.rng, template.language, template.intent
        pieces = self.pieces(template, change)
        if change:
            if rng.random() < 0.2:
                pieces = self.spoken(pieces, language)
            if rng.random() < 0.12:
                pieces = misheard(pieces, language, rng)
            elif rng.random() < 0.06:
                pieces = self.slipped(pieces)
            if rng.random() < 0.06:
                pieces = [(rng.choice(WAKES[language]) + " ", "", ""), *pieces]
            if rng.random() < 0.08:
                pieces = [*pieces, (rng.choice([", ", " "]) + rng.choice(THANKS[language]), "", "")]
            draw = rng.random()
            if draw < 0.07:
                aside = others.statement(language).rstrip(".")
                mark = rng.choice([". ", ". ", ", ", " "])
                pieces = [(aside + mark, "", ""), *pieces] if rng.random() < 0.6 else [*pieces, (mark + aside, "", "")]
            elif draw < 0.095 and intent:
                pieces = [*bare(pieces), (rng.choice([", ", ". ", " "]) + rng.choice(WHOLE_BACK[language]), "", "")]
                intent = ""
            elif draw < 0.12 and intent:
                second = others.command(language)
                if second.intent != intent or rng.random() < 0.5:
                    pieces = [*bare(pieces), (rng.choice(AND[language]), "", ""), *bare(self.pieces(second, False))]
                    intent = ""
        return tagged(self.written(pieces, change), template, intent)

    def written(self, pieces: list[Piece], change: bool) -> list[Piece]:
        """As a text model or a person writes it: with and without capitals and marks."""
        rng = self.rng
        if not change or rng.random() < 0.45:
            first = next((at for at, piece in enumerate(pieces) if piece[0].strip()), 0)
            text, tag, kind = pieces[first]
            text = text.lstrip()
            pieces = [*pieces[:first], (text[:1].upper() + text[1:], tag, kind), *pieces[first + 1 :]]
            if rng.random() < 0.6 and not pieces[-1][0].rstrip().endswith(("?", "!", ".")):
                pieces = [*pieces, (".", "", "")]
            return pieces
        if rng.random() < 0.5:
            pieces = [(text.lower(), tag, kind) for text, tag, kind in pieces]
        if rng.random() < 0.6:
            pieces = [(plain(text), tag, kind) for text, tag, kind in pieces]
        return pieces

    def lists_of(self, words: Sequence[Word]) -> list[tuple[int, ...]]:
        """In which lists of a catalog, drawn anew, each word is."""
        rng = self.rng
        shares = [rng.choice((0.0, 0.0, 0.15, 0.4, 0.7, 0.95)) for _ in LISTS]
        known: dict[str, tuple[int, ...]] = {}
        out = []
        for word in words:
            key = word.text.lower()
            if key not in known:
                bits = self.listed.get(key, 0)
                known[key] = tuple(
                    n
                    for n in range(len(LISTS))
                    if (bits >> n & 1 and rng.random() < shares[n]) or (len(key) > 2 and rng.random() < 0.002)
                )
            out.append(known[key])
        return out


class Others:
    """Sentences that stand beside others."""

    def __init__(self, commands: Sequence[Template], statements: dict[str, list[str]], rng: random.Random) -> None:
        self.rng, self.statements = rng, statements
        self.commands = {language: [t for t in commands if t.language == language and t.intent] for language in FILLERS}

    def statement(self, language: str) -> str:
        return self.rng.choice(self.statements[language])

    def command(self, language: str) -> Template:
        return self.rng.choice(self.commands[language])


def bare(pieces: list[Piece]) -> list[Piece]:
    """The same words with nothing marked."""
    return [(text, "", kind) for text, _, kind in pieces]


def plain(text: str) -> str:
    """Without marks at the ends of words."""
    return " ".join(word.strip(MARKS) for word in text.split(" "))


def tagged(pieces: list[Piece], template: Template, intent: str) -> Sample:
    """The words of a sentence, each with the tag of the piece in which it begins."""
    text, spans = "", []
    for piece, tag, _ in pieces:
        # Groups that were left out leave double blanks, and blanks before marks.
        if not text or text[-1].isspace():
            piece = piece.lstrip()
        text += piece
        if tag and intent:
            spans.append((len(text) - len(piece), len(text), tag))
    words = split(text)
    tags = [
        next((tag for start, end, tag in spans if start <= word.start < end or word.start < start < word.end), "")
        for word in words
    ]
    return Sample(text, template.language, intent, words, tags, template)
