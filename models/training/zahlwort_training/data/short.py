"""What is short and hard to hear: digits, numbers, amounts with their cents, answers, names as they are said.

Each generator gives the text as it is said and the ways in which a transcript would write it; none where the usual
ones will do (`written.written`).
"""

import random

from zahlwort_training.data import names, spelling
from zahlwort_training.speech.numerals import UNITS

DIGITS = {"de": ["null", "eins", *UNITS["de"][2:10]], "en": ["zero", *UNITS["en"][1:10]]}

# fmt: off
ANSWERS = {
    "de": """ja;ja;ja bitte;ja, genau;ja, gerne;ja, mach das;ja, das stimmt;jawohl;jo;jap;jup;joa;klar;na klar;sicher;okay;
        alles klar;passt;passt so;stimmt;stimmt so;richtig;genau;genau so;einverstanden;bestätigen;ich bestätige;bestätigt;
        doch;bitte;gern;gerne;mach das;mach mal;ja mach;auf jeden Fall;natürlich;selbstverständlich;in Ordnung;
        nein;nein;nein danke;nee;nee, lass mal;nö;nö danke;ne;nein, nicht;nein, falsch;falsch;das ist falsch;
        das stimmt nicht;stimmt nicht;lieber nicht;auf keinen Fall;bloß nicht;lass das;lass es;lass mal;nicht bestätigen;
        stopp;stopp mal;halt;halt, stopp;abbrechen;abbruch;brich ab;vergiss es;doch nicht;schon gut;hör auf;aufhören;
        weiter;zurück;wiederholen;wiederhole das bitte;noch mal;noch einmal bitte;wie bitte;was hast du gesagt;Hilfe;hilf mir;
        was kann ich sagen;das erste;das zweite;das dritte;die erste;die zweite;die letzte;den ersten;der zweite;
        das letzte;Nummer eins;Nummer zwei;Nummer drei;Nummer vier;Nummer fünf;die Nummer vier;das obere;das untere;
        danke;vielen Dank;hallo;guten Morgen;Moment;warte;warte mal;gleich;später;vielleicht;weiß ich nicht""",
    "en": """yes;yes;yes please;yes, that's right;yeah;yep;yup;sure;sure thing;of course;okay;ok then;all right;right;correct;
        that's correct;exactly;confirm;I confirm;confirmed;go ahead;do it;please do;go for it;absolutely;definitely;sounds good;
        no;no;no thanks;no, thank you;nope;nah;no way;no, that's wrong;wrong;that's not right;not that;don't;don't do it;
        please don't;rather not;stop;stop it;stop that;cancel;cancel that;abort;forget it;never mind;scrap that;hold on;wait;
        wait a second;continue;go on;next;back;go back;repeat;repeat that please;say that again;once more;pardon;
        what did you say;help;help me;what can I say;the first one;the second one;the third one;the last one;the first;the second;
        number one;number two;number three;number four;number five;option two;option four;the top one;
        thank you;thanks;hello;good morning;one moment;later;maybe;I don't know""",
}
# fmt: on


def answer(language: str, rng: random.Random) -> tuple[str, list[str]]:
    return rng.choice([" ".join(one.split()) for one in ANSWERS[language].split(";")]), []


def digit_ways(digits: list[int], words: list[str], sign: str = ".") -> list[str]:
    """A string of digits as transcripts have it: "7 4 2", "742", "Sieben, vier, zwei."."""
    apart, together = " ".join(map(str, digits)), "".join(map(str, digits))
    said = " ".join(words)
    said = said[:1].upper() + said[1:]
    ways = [together + sign, together, said + sign]
    if len(digits) > 1:
        ways += [apart, apart + sign, ", ".join(map(str, digits)) + sign, (", ".join(words)).capitalize() + sign]
    return ways


def number(language: str, rng: random.Random) -> tuple[str, list[str]]:
    """A digit, a string of them, or a number, with nothing around it; those that sound alike more often."""
    kind = rng.random()
    if kind < 0.4:
        digits = [rng.randint(0, 9)]
        words = [DIGITS[language][digits[0]]]
        if language == "de" and digits[0] == 2 and rng.random() < 0.4:
            words = ["zwo"]
        if language == "de" and digits[0] == 1 and rng.random() < 0.2:
            words = ["ein"]
        if language == "en" and digits[0] == 0 and rng.random() < 0.3:
            words = ["oh"]
        return words[0], digit_ways(digits, words)
    if kind < 0.6:
        digits = [rng.randint(0, 9) for _ in range(rng.randint(2, 8))]
        words = ["zwo" if digit == 2 and language == "de" and rng.random() < 0.2 else DIGITS[language][digit] for digit in digits]
        return rng.choice([", ", " ", " "]).join(words), digit_ways(digits, words)
    if kind < 0.85:
        # fünfzehn and fünfzig, dreizehn and dreißig, fourteen and forty.
        value = rng.choice([rng.randint(10, 19), rng.randint(2, 9) * 10, rng.randint(20, 99), rng.randint(20, 99)])
    elif kind < 0.95:
        value = rng.choice([rng.randint(100, 999), rng.randint(1, 9) * 100 + rng.randint(13, 19), rng.randint(1, 9) * 100])
    else:
        value = rng.randint(1000, 9999)
    text = (
        spelling.german(value, short=rng.random() < 0.5)
        if language == "de"
        else spelling.english(value, rng.random() < 0.5, rng.random() < 0.3)
    )
    return text, [f"{value}.", str(value), f"{text[:1].upper()}{text[1:]}.", text]


def cents(language: str, rng: random.Random) -> tuple[str, list[str]]:
    """An amount with its cents, the words for them more often said than not."""
    whole, rest = rng.choice([rng.randint(0, 20), rng.randint(20, 99), rng.randint(100, 500)]), rng.randint(1, 99)
    if rng.random() < 0.5:
        rest = rng.choice([10, 20, 30, 40, 50, 60, 70, 80, 90, 15, 25, 95, 99])
    if language == "de":
        one = lambda n: spelling.german(n, before_noun=True, short=True)
        text = f"{one(rest)} Cent" if not whole else f"{one(whole)} Euro {rng.choice(['', 'und '])}{one(rest)} Cent"
        written = f"{rest} Cent" if not whole else f"{whole} Euro {rest}"
        return text, [f"{text[:1].upper()}{text[1:]}.", f"{written}.", f"{whole},{rest:02} €" if whole else f"{rest} Cent."]
    one = lambda n: spelling.english(n, rng.random() < 0.5)
    coin = ("cent" if rest == 1 else "cents", "dollar" if whole == 1 else "dollars", "$")
    if rng.random() < 0.35:
        coin = ("penny" if rest == 1 else "pence", "pound" if whole == 1 else "pounds", "£")
    text = f"{one(rest)} {coin[0]}" if not whole else f"{one(whole)} {coin[1]} {rng.choice(['', 'and '])}{one(rest)} {coin[0]}"
    said = f"{text[:1].upper()}{text[1:]}."
    return text, [said, f"{coin[2]}{whole}.{rest:02}" if whole else f"{rest} {coin[0]}.", said]


ABOUT = {
    "de": """{n};{n};{n};bei {n};von {n};an {n};für {n};über {n};zu {n};mit {n} bitte;{n} bitte;zahl bei {n};geht das mit {n};
        ich war gestern bei {n};bestell das bei {n};die Rechnung von {n};öffne {n};kündige {n};wie viel kostet {n};
        von {n} nach {n};{n} und {n};{n} oder {n};suche {n};zeig mir {n};hast du was von {n} gehört""",
    "en": """{n};{n};{n};at {n};from {n};to {n};for {n};about {n};{n} please;pay at {n};can I use {n};I was at {n} yesterday;
        order it from {n};the bill from {n};open {n};cancel {n};how much is {n};{n} and {n};{n} or {n};search for {n};
        show me {n};have you heard from {n}""",
}
KINDS = ("contacts", "contacts", "merchants", "brands", "brands", "billers", "products", "payment_methods")


def name(language: str, rng: random.Random) -> tuple[str, list[str]]:
    """A name, alone or with hardly a word beside it."""
    frame = rng.choice([" ".join(one.split()) for one in ABOUT[language].split(";")])
    while "{n}" in frame:
        kind = rng.choice(KINDS)
        frame = frame.replace("{n}", rng.choice(list(names.BRANDS) if kind == "brands" else names.names(language, kind)), 1)
    return frame, []
