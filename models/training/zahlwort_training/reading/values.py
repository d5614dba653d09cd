"""Amounts, numbers, quantities, days and intervals, as people say and write them.

Half are in words and half in figures, as a text model writes them; what is said often is drawn often.
"""

import random

from zahlwort_training.data.spelling import english, german

Words = list[str]

_WEEKDAYS = {
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Sonnabend".split(),
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
}
_MONTHS = {
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_ORDINALS = {
    "de": "ersten zweiten dritten vierten fünften sechsten siebten achten neunten zehnten elften zwölften dreizehnten "
    "vierzehnten fünfzehnten sechzehnten siebzehnten achtzehnten neunzehnten zwanzigsten einundzwanzigsten "
    "zweiundzwanzigsten dreiundzwanzigsten vierundzwanzigsten fünfundzwanzigsten sechsundzwanzigsten "
    "siebenundzwanzigsten achtundzwanzigsten neunundzwanzigsten dreißigsten einunddreißigsten".split(),
    "en": "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first".split(),
}
_CURRENCIES = {
    "de": ["Euro"] * 14 + ["Franken", "Dollar", "Pfund"],
    "en": ["euros"] * 5 + ["dollars"] * 6 + ["pounds"] * 6 + ["bucks", "quid", "quid", "francs"],
}


def whole(rng: random.Random) -> int:
    """A whole number of euros."""
    return rng.choice(
        [
            rng.randint(2, 20),
            rng.randint(5, 99),
            rng.randint(2, 19) * 5,
            rng.randint(1, 19) * 10,
            rng.randint(1, 19) * 50,
            rng.randint(1, 40) * 100,
            rng.randint(100, 999),
            rng.randint(1000, 4999),
            rng.randint(1, 12) * 1000,
        ]
    )


def _in_words(number: int, language: str, rng: random.Random) -> str:
    if language == "de":
        return german(number, before_noun=True, short=rng.random() < 0.8)
    return english(number, british=rng.random() < 0.5, a_hundred=rng.random() < 0.4)


def _in_figures(number: int, language: str, rng: random.Random) -> str:
    if number >= 1000 and rng.random() < 0.4:
        return f"{number:,}".replace(",", "." if language == "de" else ",")
    return str(number)


def number(language: str, rng: random.Random) -> str:
    """A bare number, as an amount whose currency is not said."""
    value = whole(rng)
    if rng.random() < 0.5:
        return _in_figures(value, language, rng)
    return german(value, short=True) if language == "de" else _in_words(value, language, rng)


def money(language: str, rng: random.Random) -> str:
    """An amount."""
    value = whole(rng)
    cents = rng.choice([50, 99, 90, 95, 49, 25, rng.randint(1, 99), rng.randint(1, 9) * 10]) if rng.random() < 0.3 else 0
    if value > 1500:
        cents = 0
    currency = rng.choice(_CURRENCIES[language])
    return _german_money(value, cents, currency, rng) if language == "de" else _english_money(value, cents, currency, rng)


def _german_money(value: int, cents: int, currency: str, rng: random.Random) -> str:
    if rng.random() < 0.05:
        return rng.choice(
            [
                "einen Fuffi",
                "einen Fünfziger",
                "einen Zwanni",
                "einen Hunderter",
                "nen Zwanziger",
                "nen Zehner",
                "einen Zehner",
                "nen Fünfer",
                "anderthalb Euro",
                "eineinhalbtausend Euro",
                "fuffzig Euro",
                "zwo Euro",
                "zwanzig Mäuse",
                "hundert Flocken",
                "zwei Hunderter",
            ]
        )
    if cents and rng.random() < 0.08:
        return f"{_in_words(cents, 'de', rng)} Cent" if rng.random() < 0.5 else f"{cents} Cent"
    sign = {"Euro": "€", "Dollar": "$", "Pfund": "£"}.get(currency)
    if rng.random() < 0.5:
        left = _in_words(value, "de", rng)
        if not cents:
            return f"{left} {currency}"
        right = german(cents)
        ways = [f"{left} {currency} {right}", f"{left} {currency} und {right} Cent", f"{left} {currency} {right} Cent"]
        return rng.choice([*ways, f"{german(value, short=True)} {right}"])
    left = _in_figures(value, "de", rng)
    figures = f"{left},{cents:02}" if cents else rng.choice([left] * 5 + [f"{left},00"])
    ways = [f"{figures} {currency}"] * 4
    if sign:
        ways += [f"{figures} {sign}"] * 2 + [f"{figures}{sign}"]
    if currency == "Euro":
        ways += [f"{figures} EUR"]
    if cents:
        ways += [f"{left} {currency} {cents:02}", f"{left} {currency} {cents}", f"{left} {currency} und {cents} Cent"]
    return rng.choice(ways)


def _english_money(value: int, cents: int, currency: str, rng: random.Random) -> str:
    small = "pence" if currency in ("pounds", "quid") else "cents"
    if rng.random() < 0.04:
        return rng.choice(
            [
                "a tenner",
                "a fiver",
                "a hundred bucks",
                "a couple hundred dollars",
                "twenty quid",
                "a grand",
                "half a grand",
                "fifty p",
                "a dollar fifty",
                "one euro",
                "a pound twenty",
                "a hundred and fifty",
                "two grand",
            ]
        )
    if cents and rng.random() < 0.08:
        return rng.choice(
            [f"{_in_words(cents, 'en', rng)} {small}", f"{cents} {small}", f"{cents}p" if small == "pence" else f"{cents} cents"]
        )
    sign = {"euros": "€", "dollars": "$", "pounds": "£", "bucks": "$", "quid": "£"}.get(currency)
    if rng.random() < 0.5:
        left = _in_words(value, "en", rng)
        if not cents:
            return f"{left} {currency}"
        right = _in_words(cents, "en", rng)
        ways = [f"{left} {currency} {right}", f"{left} {currency} and {right} {small}", f"{left} {currency} {right} {small}"]
        return rng.choice([*ways, f"{left} {right}"])
    left = _in_figures(value, "en", rng)
    figures = f"{left}.{cents:02}" if cents else rng.choice([left] * 5 + [f"{left}.00"])
    ways = [f"{figures} {currency}"] * 3
    if sign:
        ways += [f"{sign}{figures}"] * 4
    if cents:
        ways += [f"{left} {currency} {cents}", f"{left} {currency} and {cents} {small}"]
    return rng.choice(ways)


_PACKAGES = {
    "de": "Packungen Flaschen Kisten Dosen Tüten Gläser Becher Kartons Rollen Beutel Kästen Päckchen Schachteln Tafeln Stück "
    "Pakete Bund Netze Säcke Paar Tuben Riegel Scheiben".split(),
    "en": [
        f"{one} of"
        for one in "packs bottles cans boxes bags jars cartons rolls crates cases packets bars tubes tins "
        "loaves pairs bunches sacks".split()
    ],
}
_ONE_PACKAGE = {
    "de": "eine Packung;eine Flasche;eine Kiste;eine Dose;eine Tüte;ein Glas;einen Becher;einen Karton;einen Kasten;ein Paket;"
    "einen Sack;ein Bund;ein Stück;ein Päckchen;eine Schachtel;eine Rolle;ne Packung;nen Kasten;ne Kiste;ein paar".split(";"),
    "en": "a pack of;a bottle of;a can of;a box of;a bag of;a jar of;a carton of;a roll of;a crate of;a case of;a packet of;"
    "a loaf of;a pair of;a bunch of;a dozen;half a dozen;a couple of;a six-pack of".split(";"),
}
_WEIGHTS = {
    "de": "Gramm Kilo Liter Kilogramm Pfund ml g kg l Milliliter Meter".split(),
    "en": "grams of;kilos of;litres of;pounds of;g of;kg of;ounces of;liters of;pints of;gallons of".split(";"),
}


def quantity(language: str, rng: random.Random) -> str:
    """How much, before a product; in English with its "of"."""
    count = rng.choice([2, 2, 2, 3, 3, 4, 5, 6, rng.randint(2, 12), rng.randint(10, 60)])
    said = str(count) if rng.random() < 0.4 else _in_words(count, language, rng)
    draw = rng.random()
    if draw < 0.42:
        return said
    if draw < 0.72:
        return f"{said} {rng.choice(_PACKAGES[language])}"
    if draw < 0.88:
        return rng.choice(_ONE_PACKAGE[language])
    weight = rng.choice(_WEIGHTS[language])
    amount = rng.choice([2, 3, 5, 10, 100, 200, 250, 500, 750]) if weight[:1] in "gGmM" else rng.choice([1, 2, 3, 5, 10])
    if rng.random() < 0.15:
        return rng.choice(
            ["anderthalb Liter", "ein halbes Kilo", "ein Kilo", "ein Pfund"]
            if language == "de"
            else ["half a pound of", "a kilo of", "a pound of", "a litre of", "one and a half litres of"]
        )
    return f"{amount if rng.random() < 0.5 else _in_words(amount, language, rng)} {weight}"


def date(language: str, rng: random.Random) -> str:
    """A day, with its preposition."""
    day, month, weekday = rng.randint(1, 28), rng.randint(1, 12), rng.choice(_WEEKDAYS[language])
    name = _MONTHS[language][month - 1]
    ordinal = _ORDINALS[language][day - 1]
    if language == "de":
        return rng.choice(
            [
                "morgen",
                "morgen",
                "heute",
                "übermorgen",
                f"am {weekday}",
                f"am {weekday}",
                f"nächsten {weekday}",
                f"am kommenden {weekday}",
                f"am {day}. {name}",
                f"am {ordinal} {name}",
                f"am {ordinal}",
                f"am {day}.{month}.",
                f"am {day}.",
                f"zum {ordinal}",
                f"zum {ordinal} {name}",
                f"zum {day}. {name}",
                "am Monatsende",
                "zum Monatsende",
                "Ende des Monats",
                "in einer Woche",
                "in drei Tagen",
                "in zwei Wochen",
                "nächste Woche",
                "zum Ersten",
                "Anfang " + name,
                "Mitte " + name,
                f"ab dem {day}. {name}",
                f"ab {name}",
                "ab nächstem Monat",
                "ab sofort",
                f"bis {weekday}",
                "bis zum Monatsende",
                f"bis zum {day}. {name}",
                f"am {weekday} den {day}. {name}",
            ]
        )
    suffix = {1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd"}.get(day, "th")
    return rng.choice(
        [
            "tomorrow",
            "tomorrow",
            "today",
            "the day after tomorrow",
            f"on {weekday}",
            f"on {weekday}",
            f"next {weekday}",
            f"this {weekday}",
            f"on the {ordinal}",
            f"on the {day}{suffix}",
            f"on {name} {day}",
            f"on {name} {day}{suffix}",
            f"on the {ordinal} of {name}",
            f"on {day} {name}",
            f"on {name} {ordinal}",
            "at the end of the month",
            "in a week",
            "in three days",
            "in two weeks",
            "next week",
            "on the first",
            f"by {weekday}",
            f"by the {ordinal}",
            f"by {name} {day}",
            f"starting {name} {day}",
            f"from {name}",
            f"starting in {name}",
            "starting next month",
            f"from the {ordinal} of {name}",
            "by the end of the month",
            f"starting on the {ordinal}",
            "next month",
        ]
    )


def interval(language: str, rng: random.Random) -> str:
    """How often."""
    weekday = rng.choice(_WEEKDAYS[language])
    ordinal = _ORDINALS[language][rng.choice([0, 0, 0, 14, rng.randint(0, 27)])]
    if language == "de":
        return rng.choice(
            [
                "monatlich",
                "monatlich",
                "jeden Monat",
                "jeden Monat",
                "wöchentlich",
                "jede Woche",
                "jährlich",
                "jedes Jahr",
                "vierteljährlich",
                "jedes Quartal",
                "pro Monat",
                "im Monat",
                "pro Woche",
                "alle zwei Wochen",
                "alle drei Monate",
                "alle 14 Tage",
                "halbjährlich",
                f"jeden {weekday}",
                f"immer {weekday.lower()}s",
                f"{weekday.lower()}s",
                f"jeden Monat am {ordinal}",
                f"an jedem {ordinal}",
                f"immer am {ordinal}",
                f"immer zum {ordinal}",
                f"jeweils am {ordinal}",
                f"am {ordinal} jeden Monats",
                f"zum {ordinal} jedes Monats",
                "täglich",
                "jeden Tag",
                "einmal im Monat",
                "Monat für Monat",
                "immer am Monatsanfang",
                "zweiwöchentlich",
                "quartalsweise",
            ]
        )
    return rng.choice(
        [
            "every month",
            "every month",
            "monthly",
            "monthly",
            "each month",
            "a month",
            "per month",
            "every week",
            "weekly",
            "each week",
            "a week",
            "every year",
            "yearly",
            "once a year",
            "annually",
            "every quarter",
            "quarterly",
            "every two weeks",
            "every other week",
            "fortnightly",
            "every three months",
            f"every {weekday}",
            f"on {weekday}s",
            f"on the {ordinal} of every month",
            f"on the {ordinal} of each month",
            f"every month on the {ordinal}",
            "every day",
            "daily",
            "once a month",
            "every six months",
            "biweekly",
            "every fortnight",
        ]
    )


def iban(language: str, rng: random.Random) -> str:
    """An account number that looks like one; its checksum does not matter to the reading."""
    digits = "".join(str(rng.randint(0, 9)) for _ in range(20))
    code = rng.choice(["DE", "DE", "DE", "AT", "NL", "FR"])
    return " ".join((code + digits)[at : at + 4] for at in range(0, 22, 4)) if rng.random() < 0.5 else code + digits


MADE = {"money": money, "number": number, "quantity": quantity, "date": date, "interval": interval, "iban": iban}
"""The lists that are made by rule."""
