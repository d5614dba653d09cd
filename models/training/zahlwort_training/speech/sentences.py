"""Prints a list of sentences for `generate`: commands with what they mean, or speech that is none.

    python -m zahlwort_training.speech.sentences tune > tune.jsonl              # 160 German and 120 English commands
    python -m zahlwort_training.speech.sentences test > test.jsonl              # 120 and 90, worded otherwise
    python -m zahlwort_training.speech.sentences other-tune > other-tune.jsonl  # 60 and 90 sentences that are no command
    python -m zahlwort_training.speech.generate tune.jsonl out --voices 'pico*'

The sentences are written as people speak, not drawn from the project's grammar, so that they also
measure whether the grammar knows how people put things. `tune` and `test` share no sentence and no
amount. Names are mostly those of the example catalog, and dates count from 2026-11-23, a Monday.
The lists are the same in every run.
"""

import argparse
import hashlib
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from zahlwort_training.speech.numerals import TENS, UNITS
from zahlwort_training.types import Record


def german(number: int, short: bool = False) -> str:
    """A number from 1 to 9999 as it stands before a noun: `ein`, `hundertzwanzig` if short."""
    for size, word in ((1000, "tausend"), (100, "hundert")):
        if number >= size:
            count, rest = divmod(number, size)
            head = "" if short and count == 1 else german(count)
            return head + word + (german(rest) if rest else "")
    tens, unit = divmod(number, 10)
    if tens < 2:
        return UNITS["de"][number]
    return (UNITS["de"][unit] + "und" if unit else "") + TENS["de"][tens]


def english(number: int, short: bool = False, british: bool = False) -> str:
    """A number from 1 to 9999: `a hundred twenty` if short, `one hundred and twenty` if British."""
    for size, word in ((1000, "thousand"), (100, "hundred")):
        if number >= size:
            count, rest = divmod(number, size)
            head = "a" if short and count == 1 else english(count)
            link = " and " if british and 0 < rest < 100 else " "
            return f"{head} {word}" + (link + english(rest, british=british) if rest else "")
    tens, unit = divmod(number, 10)
    if tens < 2:
        return UNITS["en"][number]
    return TENS["en"][tens] + (f"-{UNITS['en'][unit]}" if unit else "")


# fmt: off
COINS = {
    "de": {"EUR": ("Euro", "Euro", "Cent"), "USD": ("Dollar", "Dollar", "Cent"), "GBP": ("Pfund", "Pfund", "Pence"),
           "CHF": ("Franken", "Franken", "Rappen")},
    "en": {"EUR": ("euro", "euros", "cents"), "USD": ("dollar", "dollars", "cents"), "GBP": ("pound", "pounds", "pence")},
}
# fmt: on
SLANG = {"bucks": "USD", "quid": "GBP"}


def money(written: str, language: str) -> tuple[str, Record]:
    """`12.50 USD bare` in words, and its value.

    What may follow the amount: a currency, its everyday name (bucks, quid), and how it is said:
    bare (twelve fifty), and (twelve euros and fifty cents), short, british, hundreds (twelve hundred).
    """
    amount, *how = written.split()
    whole, cents = (int(part or 0) for part in f"{amount}.".split(".")[:2])
    slang = next((word for word in how if word in SLANG), None)
    currency = SLANG[slang] if slang else next((word for word in how if word.isupper()), "EUR")
    one, many, small = COINS[language][currency]
    if language == "de":
        spell = lambda number: german(number, "short" in how)
        main = f"{german(whole // 100)}hundert" if "hundreds" in how else spell(whole)
    else:
        spell = lambda number: english(number, "short" in how, "british" in how)
        main = f"{english(whole // 100)} hundred" if "hundreds" in how else spell(whole)
    unit = slang or (one if whole == 1 else many)
    if not whole:
        said = f"{spell(cents)} {small}"
    elif not cents:
        said = f"{main} {unit}"
    elif "bare" in how:
        said = f"{main} {spell(cents)}"
    elif "and" in how:
        said = f"{main} {unit} {'und' if language == 'de' else 'and'} {spell(cents)} {small}"
    else:
        said = f"{main} {unit} {spell(cents)}"
    return said, {"amount": f"{whole}.{cents:02}", "currency": currency}


def options(text: str) -> list[str]:
    """A list written with semicolons."""
    return [one.strip() for one in text.split(";")]


# `said=value`, or one word for both. A pool with a dot has the articles that its place needs: the
# slot's words stand after a bar. Amounts are for `money`.
# fmt: off
POOLS = {
    "de": {
        "amount": options(
            "50; 20; 12.50; 8.90; 0.99; 120 short; 250; 1200; 35; 15; 7.49; 100; 80; 5; 19.99; 300; 64.30 and; 45; 17; 1; "
            "9.95 bare; 500; 22; 75; 1500; 110 short; 2.20 and; 33; 480; 60; 12.80 bare; 90; 6; 3.75; 150 short; 28.50; "
            "1250; 25; 40 USD; 30 CHF; 18; 27.40; 0.50; 0.80; 2000; 1000 short; 10; 70; 99; 200; 41; 55; 13; 66; 2345; 875; "
            "14.60; 4.20; 1100 hundreds; 1800 hundreds; 15 GBP; 85 USD; 3; 2; 65; 95; 236; 744; 9; 11; 31.15; 54.99"),
        "price": options("20; 9.99; 15; 5; 30; 12.50; 45; 8"),
        "recipient": options(
            "Anna; Lukas Becker; Maria; Mama; Thomas Müller; Anna Weber; Oma; Sophie; Papa; Emily Clark; Lukas; Anna Schmidt; "
            "Jonas; Maria Hoffmann; Thomas; Sophie Wagner; John; John Miller; Frau Krüger; Emily"),
        "merchant.dat": options(
            "Rewe; der |Bäckerei Müller; Edeka; Lidl; der |Pizzeria Napoli; MediaMarkt; der |Apotheke am Markt; Amazon; "
            "Starbucks; Tesco; Alnatura"),
        "merchant.acc": options(
            "die |Bäckerei Müller; Rewe; die |Apotheke am Markt; Amazon; die |Pizzeria Napoli; MediaMarkt; Edeka; Lidl; "
            "die |Buchhandlung Seidel"),
        "biller.gen": options(
            "der |Stadtwerke; von |Vodafone; der |Telekom; von |Vattenfall; vom |Finanzamt; von |Netflix; von |Spotify"),
        "biller.acc": options("die |Stadtwerke; die |Telekom; Vodafone; das |Finanzamt; Vattenfall; Netflix"),
        "product": options(
            "Kaffee; Hafermilch; Zahnpasta; Batterien; Druckerpapier; Kopfhörer; Waschmittel; Toilettenpapier; Spülmittel; "
            "Olivenöl; Nudeln; Butter; Käse; Reis; Bananen; Klopapier=Toilettenpapier; Tomaten; Orangensaft; Brot"),
        "item": options(
            "zwei Packungen=2 pack|Kaffee; drei Flaschen=3 bottle|Wasser; ein Kilo=1 kilogram|Äpfel; zehn=10 piece|Eier; "
            "zwei Liter=2 litre|Milch; einen Kasten=1 crate|Bier; fünf=5 piece|Bananen; ein Pfund=1 pound|Tomaten; "
            "vier Tuben=4 tube|Zahnpasta; zwei Tüten=2 bag|Nudeln; sechs Flaschen=6 bottle|Orangensaft; "
            "drei Packungen=3 pack|Butter; eine Packung=1 pack|Reis; zwölf=12 piece|Batterien; "
            "eine Tafel=1 bar|Schokolade; ein halbes Kilo=0.5 kilogram|Käse; zwei=2 piece|Ladekabel; "
            "acht Rollen=8 roll|Klopapier"),
        "date": options("heute=2026-11-23; morgen=2026-11-24; am Freitag=2026-11-27; übermorgen=2026-11-25; "
                        "am Mittwoch=2026-11-25; am Samstag=2026-11-28; am ersten Dezember=2026-12-01"),
        "method.dat": options("PayPal; meiner |Kreditkarte; Apple Pay; der |Visakarte; meiner |Mastercard"),
        "target": options("mein |Handy; meine |Prepaidkarte; mein |PayPal-Konto; das |Handyguthaben"),
    },
    "en": {
        "amount": options(
            "50; 20 bucks; 12.99 bare; 15 GBP; 120; 8.50; 100 short USD; 35 USD; 0.99; 250 GBP british; 1200; 5; 40 quid; 19.95; "
            "75; 300 USD; 64; 22.50 bare; 1500 hundreds USD; 10 bucks; 7.20 GBP; 45; 18 USD; 90 GBP; 1000 short; 1; "
            "33 USD; 500; 14.75 and; 130 british GBP; 60; 0.50 GBP; 2350 british; 28; 6.40 USD and; 80; 11 GBP; 9.49 bare; "
            "1100 hundreds USD; 200; 55 bucks; 3; 17 USD; 425 british; 70 GBP; 0.75; 99; 31.60; 12 USD; 48; 150 short USD; "
            "865; 27 GBP; 16.30 bare; 13; 2 USD; 24; 110 USD; 85; 36 bucks"),
        "price": options("20 USD; 10; 15; 5 GBP; 30; 8 USD"),
        "recipient": options(
            "Anna; John; Mum; Emily Clark; Lukas; Dad; Sophie; John Miller; Thomas; Emily; Maria; Anna Weber; Olivia; "
            "Sophie Wagner; Lukas Becker; Maria Hoffmann; Anna Schmidt; Mrs Taylor"),
        "merchant.dat": options("Tesco; Amazon; Starbucks; the |Corner Bakery; MediaMarkt; Rewe; Lidl; Walmart; Pizzeria Napoli"),
        "merchant.acc": options("the |Corner Bakery; Starbucks; Tesco; Pizzeria Napoli; Amazon; Lidl; Green Garden Cafe"),
        "biller.gen": options("Netflix; Vodafone; Telekom; Vattenfall; Spotify"),
        "biller.acc": options("the |electricity company; the |water company; Vodafone; Netflix; Telekom; Vattenfall"),
        "product": options(
            "coffee; oat milk; toothpaste; batteries; headphones; printer paper; dish soap; laundry detergent; toilet paper; "
            "dog food; pasta; butter; cheese; rice; bread; orange juice; bananas"),
        "item": options(
            "two packs of=2 pack|coffee; a bottle of=1 bottle|water; a dozen=1 dozen|eggs; three=3 piece|bananas; "
            "two litres of=2 litre|milk; a loaf of=1 loaf|bread; six bottles of=6 bottle|beer; "
            "half a kilo of=0.5 kilogram|cheese; "
            "a pack of=1 pack|batteries; four cans of=4 can|tuna; two bags of=2 bag|rice; a tube of=1 tube|toothpaste; "
            "one kilo of=1 kilogram|tomatoes; five=5 piece|apples; a carton of=1 carton|oat milk"),
        "date": options("today=2026-11-23; tomorrow=2026-11-24; on Friday=2026-11-27; on Wednesday=2026-11-25; "
                        "the day after tomorrow=2026-11-25; on Saturday=2026-11-28; on the first of December=2026-12-01"),
        "method.dat": options("PayPal; my |credit card; Apple Pay; my |Visa card; my |Mastercard"),
        "target": options("my |phone; my |prepaid card; my |PayPal account; my |mobile"),
    },
}

VALUES = {
    "Anna": "Anna Schmidt", "Lukas": "Lukas Becker", "Maria": "Maria Hoffmann", "Thomas": "Thomas Müller",
    "Sophie": "Sophie Wagner", "John": "John Miller", "Emily": "Emily Clark", "Wasser": "Mineralwasser",
    "Klopapier": "Toilettenpapier", "water": "mineral water", "Visakarte": "Visa", "Visa card": "Visa",
    "credit card": "Kreditkarte", "checking account": "Girokonto", "current account": "Girokonto",
    "savings account": "Sparkonto", "PayPal-Konto": "PayPal", "PayPal account": "PayPal", "mobile": "phone",
    "Handyguthaben": "Handy",
    "jeden Monat": {"every": 1, "frequency": "monthly"}, "monatlich": {"every": 1, "frequency": "monthly"},
    "every month": {"every": 1, "frequency": "monthly"}, "monthly": {"every": 1, "frequency": "monthly"},
    "a month": {"every": 1, "frequency": "monthly"}, "each month": {"every": 1, "frequency": "monthly"},
    "jede Woche": {"every": 1, "frequency": "weekly"}, "wöchentlich": {"every": 1, "frequency": "weekly"},
    "every week": {"every": 1, "frequency": "weekly"}, "weekly": {"every": 1, "frequency": "weekly"},
    "a week": {"every": 1, "frequency": "weekly"}, "alle zwei Wochen": {"every": 2, "frequency": "weekly"},
    "every two weeks": {"every": 2, "frequency": "weekly"}, "jedes Jahr": {"every": 1, "frequency": "yearly"},
    "every year": {"every": 1, "frequency": "yearly"}, "jeden Freitag": {"every": 1, "frequency": "weekly", "weekday": 5},
    "every Friday": {"every": 1, "frequency": "weekly", "weekday": 5},
    "jeden Montag": {"every": 1, "frequency": "weekly", "weekday": 1},
    "every Monday": {"every": 1, "frequency": "weekly", "weekday": 1},
}
# fmt: on
"""What words mean where that is not the words themselves."""

WORDINGS = Path(__file__).parent / "wordings"
"""A file for each set and language. Of what is no command, a sentence a line. Of commands, an intent, how many
sentences to make of it (without a number each line makes one), and its wordings: `{amount}` takes the next of a
pool, `{date due_date}` names the slot, `{amount|50}` and `{reference|Pizza}` give the words,
`{position|zweite=2}` the value too."""


def wordings(name: str, language: str) -> list[str]:
    """The lines of a set."""
    return (WORDINGS / f"{name}.{language}.txt").read_text(encoding="utf-8").splitlines()


def shuffled(pool: list[str], *key: str) -> list[str]:
    """The pool in an order of its own for every key, the same in every run and every version."""
    digest = hashlib.sha256("\0".join(key).encode()).digest()
    return random.Random(digest).sample(pool, len(pool))


class Filler:
    """Puts words into the wordings of one set and language, going round each pool in turn."""

    PLACE = re.compile(r"\{([\w.]+)(?: (\w+))?(?:\|([^}]*))?\}")

    def __init__(self, name: str, language: str) -> None:
        self.language = language
        self.pools = {}
        for pool, entries in POOLS[language].items():
            if pool in ("amount", "price"):
                entries = entries[name == "test" :: 2]
            self.pools[pool] = shuffled(entries, name, language, pool)
        self.at = dict.fromkeys(self.pools, 0)

    def next(self, pool: str) -> str:
        entry = self.pools[pool][self.at[pool] % len(self.pools[pool])]
        self.at[pool] += 1
        return entry

    def value(self, slot: str, words: str) -> tuple[str, Any]:
        """`said=value` as the words and what they mean."""
        if slot in ("amount", "max_price"):
            return money(words, self.language)
        said, _, value = words.partition("=")
        if slot == "quantity":
            amount, unit = value.split()
            return said, {"amount": amount, "unit": unit}
        if slot == "position":
            return said, int(value)
        value = value or said
        return said, VALUES.get(value, value)

    def places(self, wording: str) -> list[tuple[str, str | None, str | None]]:
        """The pool, the slot and the given words of each place."""
        return [(match[1], match[2], match[3]) for match in self.PLACE.finditer(wording)]

    def fill(self, wording: str) -> tuple[str, Record]:
        """The sentence and its slots."""
        slots = {}

        def place(match: re.Match[str]) -> str:
            pool, slot, words = match.groups()
            slot = slot or pool.partition(".")[0]
            entry = self.next(pool) if words is None else words
            article, bar, rest = entry.partition("|")
            if pool == "item":
                said, slots["quantity"] = self.value("quantity", article)
                product, slots["product"] = self.value("product", rest)
                return f"{said} {product}"
            article, entry = (article, rest) if bar else ("", entry)
            said, slots[slot] = self.value(slot, entry)
            return article + said

        text = self.PLACE.sub(place, wording)
        return text[0].upper() + text[1:], slots


def commands(name: str, language: str) -> Iterator[Record]:
    """Records of one set and language, in the order in which they are written."""
    filler = Filler(name, language)
    groups: list[tuple[str, int, list[str]]] = []
    for line in wordings(name, language):
        if heading := re.fullmatch(r"([A-Z]\w+)(?: (\d+))?", line):
            groups.append((heading[1], int(heading[2] or 0), []))
        else:
            groups[-1][2].append(line)
    for intent, count, ways in groups:
        # Only what takes words from a pool says something new the second time.
        again = [wording for wording in ways if any(words is None for *_, words in filler.places(wording))]
        for wording in itertools.islice(itertools.chain(ways, itertools.cycle(again)), count or len(ways)):
            text, slots = filler.fill(wording)
            yield {"text": text, "language": language, "intent": intent, "slots": slots}


def sentences(name: str) -> Iterator[Record]:
    """All records of a set."""
    for language in ("de", "en"):
        if name.startswith("other-"):
            for text in wordings(name, language):
                yield {"text": text, "language": language, "intent": None, "slots": {}}
        else:
            yield from commands(name, language)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", choices=("tune", "test", "other-tune", "other-test"))
    for record in sentences(parser.parse_args(argv).set):
        print(json.dumps(record, ensure_ascii=False))


if __name__ == "__main__":
    main()
