"""Templates of sentences: `text/README.md` describes the format.

A template is parsed to a tree once; `sample` draws a sentence from it, as pieces of text with what each piece is.
"""

import dataclasses
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

TAKEN_BACK = "-"
"""The tag of words that were said as a value and taken back."""

USUAL = {
    "recipient": "person",
    "merchant": "shop",
    "biller": "biller",
    "product": "product",
    "amount": "money",
    "max_price": "money",
    "quantity": "quantity",
    "execution_date": "date",
    "due_date": "date",
    "start_date": "date",
    "date": "date",
    "interval": "interval",
    "period": "period",
    "payment_method": "method",
    "account": "account",
    "target": "target",
    "reference": "reference",
    "query": "music",
    "room": "room",
    "city": "city",
}
"""The list that usually fills a slot."""


class TemplateError(ValueError):
    """A template that cannot be parsed; the message says where."""


@dataclasses.dataclass(frozen=True)
class Mark:
    """`{slot:kind}` or `{slot=words}`; `tag` is the slot, `-`, or empty."""

    tag: str
    kind: str | None
    words: str | None


@dataclasses.dataclass(frozen=True)
class Choice:
    """One of several sequences."""

    ways: tuple["Sequence", ...]


Part = str | Mark | Choice
Sequence = tuple[Part, ...]

Fill = Callable[[str, str], str]
"""What stands for a list, and for which tag: `fill("person", "recipient")`."""


@dataclasses.dataclass(frozen=True)
class Template:
    """A line of a file, with what it is an example of."""

    intent: str
    """Empty for what is no command."""
    language: str
    register: str
    parts: Sequence
    place: str
    """File and line."""


def parse(text: str) -> Sequence:
    """The tree of a template.

    >>> parse("Nimm (das|{product=Brot})")
    ('Nimm ', Choice(ways=(('das',), (Mark(tag='product', kind=None, words='Brot'),))))
    """
    parts, at = _sequence(text, 0, "")
    if at < len(text):
        raise TemplateError(f"`{text[at]}` at {at + 1} closes nothing")
    return parts


def _sequence(text: str, at: int, closing: str) -> tuple[Sequence, int]:
    parts: list[Part] = []
    plain = ""
    while at < len(text) and text[at] not in ")]" and not (closing and text[at] == "|"):
        letter = text[at]
        if letter in "([":
            if plain:
                parts.append(plain)
                plain = ""
            choice, at = _choice(text, at)
            parts.append(choice)
        elif letter == "{":
            if plain:
                parts.append(plain)
                plain = ""
            end = text.find("}", at)
            if end < 0:
                raise TemplateError(f"`{{` at {at + 1} is not closed")
            parts.append(_mark(text[at + 1 : end], at + 1))
            at = end + 1
        elif letter in "}|":
            raise TemplateError(f"`{letter}` at {at + 1} outside of a group")
        else:
            plain += letter
            at += 1
    if plain:
        parts.append(plain)
    return tuple(parts), at


def _choice(text: str, at: int) -> tuple[Choice, int]:
    opening, start = text[at], at
    closing = ")" if opening == "(" else "]"
    ways: list[Sequence] = [()] if opening == "[" else []
    while True:
        way, at = _sequence(text, at + 1, closing)
        ways.append(way)
        if at >= len(text) or text[at] not in f"|{closing}":
            raise TemplateError(f"`{opening}` at {start + 1} is not closed")
        if text[at] == closing:
            break
    # `[a|b]` is left out as often as not.
    if opening == "[" and len(ways) > 2:
        ways = [(), (Choice(tuple(ways[1:])),)]
    return Choice(tuple(ways)), at + 1


def _mark(inside: str, at: int) -> Mark:
    tag, sign, rest = re.fullmatch(r"([^:=]*)([:=]?)(.*)", inside).groups()  # type: ignore[union-attr]
    if tag and tag != TAKEN_BACK and tag not in USUAL:
        raise TemplateError(f"no slot is called `{tag}`, at {at}")
    if sign == "=":
        if not rest.strip():
            raise TemplateError(f"`{{{inside}}}` at {at} has no words")
        return Mark(tag, None, rest.strip())
    kind = rest if sign == ":" else USUAL.get(tag)
    if not kind:
        raise TemplateError(f"`{{{inside}}}` at {at} names no list")
    if "=" in kind:
        raise TemplateError(
            f"`{{{inside}}}` at {at} has a list and words: write the words alone, {{{tag}={kind.partition('=')[2]}}}"
        )
    return Mark(tag, kind, None)


def kinds(parts: Sequence) -> Iterator[str]:
    """The lists that a template draws from."""
    for part in parts:
        if isinstance(part, Mark) and part.kind:
            yield part.kind
        elif isinstance(part, Choice):
            for way in part.ways:
                yield from kinds(way)


def marks(parts: Sequence) -> Iterator[Mark]:
    """All marks of a template."""
    for part in parts:
        if isinstance(part, Mark):
            yield part
        elif isinstance(part, Choice):
            for way in part.ways:
                yield from marks(way)


Piece = tuple[str, str, str]
"""Text, its tag (empty for words that are no slot), and the list that it is from (empty for none)."""


def sample(parts: Sequence, fill: Fill, rng: random.Random) -> list[Piece]:
    """A sentence of the template."""
    out: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            out.append((part, "", ""))
        elif isinstance(part, Mark):
            text = part.words if part.words is not None else fill(part.kind or "", part.tag)
            out.append((text, part.tag, part.kind or ""))
        else:
            out.extend(sample(rng.choice(part.ways), fill, rng))
    return out


def load(folder: Path) -> tuple[list[Template], list[str]]:
    """All templates below `text/`, and what is wrong with the others."""
    out, wrong = [], []
    for path in sorted(folder.rglob("*.txt")):
        good, bad = load_file(path, path.relative_to(folder).parts[0])
        out += good
        wrong += bad
    return out, wrong


def load_file(path: Path, language: str) -> tuple[list[Template], list[str]]:
    """The templates of one file."""
    intent = "" if path.parent.name == "none" else path.name.split(".")[0]
    out, wrong, register = [], [], "plain"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = line.strip()
        if line.startswith("## "):
            register = line[3:].strip()
        if not line or line.startswith("#"):
            continue
        place = f"{path.name}:{number}"
        try:
            parts = parse(line)
            slots = {mark.tag for mark in marks(parts)} - {"", TAKEN_BACK}
            if not intent and slots:
                raise TemplateError(f"what is no command has no slot: {', '.join(sorted(slots))}")
            out.append(Template(intent, language, register, parts, place))
        except TemplateError as error:
            wrong.append(f"{path.parent.name}/{place}: {error}: {line}")
    return out, wrong
