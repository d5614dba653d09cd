"""Writes the sentences that the training speech says, and who says them.

    python -m zahlwort_training.data.sentences RUN --zahlwort ../../target/release/zahlwort --texts DATA/text

RUN/sentences.jsonl gets an object a line: `id`, `language`, `text` (for the synthesiser), `target` (for
the head), `voice`, `split` (train or a held-out voice's name), `kind` and now and then `written`, the ways to write it.
`SHARES` says how much of what kind: commands (drawn from the payments and home grammars with large catalogs of
our own, from templates full of amounts, and from those that the learned reading is taught with), sentences of people
(--texts, see `people.py`), sayings (Debian's packages fortunes and fortunes-de), and what is short: digits, numbers,
answers, names (`short.py`). A kind that there is nothing of leaves its share to the others.
"""

import argparse
import importlib
import itertools
import json
import random
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from zahlwort_training import paths
from zahlwort_training.data import names, people, short, spelling
from zahlwort_training.data.styles import ENGLISH_STYLES
from zahlwort_training.speech.numerals import UNITS

FORTUNES = Path("/usr/share/games/fortunes")
# fmt: off
FORTUNE_FILES = {
    "de": ["zitate", "sprichworte", "witze", "unfug", "mathematiker", "infodrom", "kinderzitate", "stilblueten",
           "sprueche", "wusstensie", "hauptgericht", "dessert", "vorspeise", "fussball", "huhn"],
    "en": ["fortunes", "cookie", "wisdom", "work", "science", "food", "literature", "people", "kids", "computers",
           "humorists", "definitions", "law", "love", "politics", "education", "medicine", "pets", "sports",
           "miscellaneous", "songs-poems", "startrek", "news"],
}

HEARD = {  # how many utterances a voice speaks: training, then the held-out voices
    "de": {
        "pico-de": 1300, "pico-de-low": 900, "pico-de-deep": 900, "espeak-de": 120, "espeak-de-m3": 120,
        "kokoro-de-kumo": 100, "kokoro-de-kumo-high": 80, "kokoro-de-alpha": 60, "kokoro-de-tebukuro": 60,
        "kokoro-de-mix1": 60, "kokoro-de-mix2": 60, "kokoro-de-alex": 200, "kokoro-de-dora": 200, "kokoro-de-pt-dora": 200,
        "kokoro-de-pt-alex": 200, "kokoro-de-nicola": 200, "kokoro-de-george": 200, "kokoro-de-fable": 90,
        "kokoro-de-siwis": 200, "kokoro-de-omega": 80, "kokoro-de-hi-alpha": 80, "kokoro-de-mix3": 100, "kokoro-de-mix4": 80,
        "kokoro-de-mix5": 80, "kokoro-de-mix6": 80, "kokoro-de-mix7": 80,
    },
    "en": {
        "pico-us": 450, "pico-us-low": 220, "pico-gb": 420, "pico-gb-low": 220, "hibari-us": 330, "hibari-us-low": 210,
        "flite-slt": 300, "flite-awb": 300, "flite-kal": 120, "kokoro-us-kumo": 30, "kokoro-us-alpha": 30,
        "kokoro-us-tebukuro": 30, "espeak-us": 60, "espeak-gb-f3": 60, **{f"kokoro-{style}": 50 for style in ENGLISH_STYLES},
    },
}
HELD_OUT = {
    "de": {"kokoro-de-blend": 30, "kokoro-de-gongitsune": 30, "kokoro-de-sara": 30, "pico-de-high": 30, "espeak-de-f2": 10},
    "en": {"joe": 30, "hibari-gb": 30, "kokoro-gb-blend": 20, "kokoro-us-nova": 20, "kokoro-gb-daniel": 20, "flite-rms": 20},
}
# fmt: on


# --- general text ----------------------------------------------------------------------------------


def general(language: str) -> list[str]:
    """Sentences of 3 to 13 plain words out of the fortune files, each once."""
    folder = FORTUNES / "de" if language == "de" else FORTUNES
    seen: dict[str, str] = {}
    for name in FORTUNE_FILES[language]:
        path = folder / name
        if not path.exists():
            continue
        for piece in re.split(r"\n%\s*\n", path.read_text(encoding="utf-8", errors="ignore")):
            lines = [line for line in piece.splitlines() if not line.lstrip().startswith("--")]
            text = re.sub(r"\s+", " ", " ".join(lines))
            for sentence in re.split(r"(?<=[.!?;:])\s+|\s[-–]+\s", text):
                sentence = sentence.strip(" \"'„“”«»-()")
                words = sentence.split()
                if not 3 <= len(words) <= 13 or len(sentence) > 85:
                    continue
                if not re.fullmatch(r"[A-Za-zÄÖÜäöüß ,.!?;:'-]+", sentence):
                    continue
                # Abbreviations and shouting are not spoken as they are written.
                if any(
                    re.search(
                        r"[A-ZÄÖÜ]{2}|\.\w|[a-z][A-Z]|^[b-hj-zB-HJ-Z]\.?$|^(Dr|Mr|Mrs|St|Prof|bzw|usw|etc|ca|vgl)\.?$", word
                    )
                    for word in words
                ):
                    continue
                if any(not re.search("[aeiouyäöü]", word.lower()) for word in words):
                    continue
                seen.setdefault(sentence.lower(), sentence)
    return list(seen.values())


# --- commands --------------------------------------------------------------------------------------


def grammar(language: str, program: Path, run: Path, pack: str, count: int, seed: int) -> list[str]:
    """Sentences of the grammar without digits or signs, drawn with our catalog."""
    catalog = run / f"catalog-{language}.yaml"
    catalog.write_text(
        "".join(
            f"{kind}:\n" + "".join(f"  - {json.dumps(name, ensure_ascii=False)}\n" for name in names.names(language, kind))
            for kind in names.NAMES[language]
        ),
        encoding="utf-8",
    )
    command = [str(program), "grammar", "sample", "--grammar", pack, "--lang", language, "--catalog", str(catalog)]
    lines = subprocess.run(
        [*command, "-n", str(count), "--seed", str(seed)], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    found = dict.fromkeys(filter(None, (json.loads(line).get("transcript") for line in lines)))
    # "DKK" or "IBAN" in capitals is read by each synthesiser in its own way.
    return [
        text
        for text in found
        if re.fullmatch(r"[^\W\d_][^\W\d_ '-]*(?:[ '-][^\W\d_]*)*", text)
        and not re.search(r"[A-ZÄÖÜ]{2}", text)
        and 2 <= len(text.split()) <= 15
    ]


def amount(language: str, rng: random.Random) -> str:
    """An amount of money as it is spoken."""
    whole = rng.choice(
        [
            rng.randint(1, 20),
            rng.randint(20, 99),
            rng.randint(20, 99),
            rng.randint(100, 999),
            rng.randint(1, 99) * 10,
            rng.randint(1000, 9999),
            rng.randint(1, 99) * 100,
            rng.randint(1, 20) * 1000,
            rng.randint(10_000, 99_999),
        ]
    )
    cents = rng.choice([0, 0, 0, rng.randint(1, 99), 50, 99, 95, rng.randint(1, 9) * 10]) if whole < 1500 else 0
    if language == "de":
        number = lambda n: spelling.german(n, before_noun=True, short=rng.random() < 0.5)
        currency = rng.choice(["Euro"] * 9 + ["Franken", "Dollar", "Pfund"])
        after = spelling.german(cents)
        if cents and rng.random() < 0.12:
            return f"{spelling.german(cents, before_noun=True)} Cent"
        if cents:
            return rng.choice(
                [
                    f"{number(whole)} {currency} {after}",
                    f"{number(whole)} {currency} {after}",
                    f"{number(whole)} {currency} und {spelling.german(cents, before_noun=True)} Cent",
                    f"{spelling.german(whole, short=True)} Komma "
                    f"{' '.join(spelling.german(int(d)) for d in f'{cents:02}')} {currency}",
                    f"{spelling.german(whole)} {after}",
                ]
            )
        if rng.random() < 0.06:
            return rng.choice(
                [
                    "anderthalb Euro",
                    "zwei fuffzig",
                    "einen Zwanziger",
                    "ein Fuffi",
                    "einen Hunderter",
                    "zwo Euro",
                    "eineinhalbtausend Euro",
                    "dreieinhalbtausend Euro",
                ]
            )
        return f"{number(whole)} {currency}"
    number = lambda n: spelling.english(n, rng.random() < 0.5, rng.random() < 0.3)
    one = whole == 1
    currency = rng.choice(
        ["euro" if one else "euros"] * 3
        + ["dollar" if one else "dollars"] * 4
        + ["pound" if one else "pounds"] * 3
        + ["buck" if one else "bucks", "quid"]
    )
    if cents and rng.random() < 0.12:
        return f"{spelling.english(cents)} {rng.choice(['cents', 'pence'])}"
    if cents:
        return rng.choice(
            [
                f"{number(whole)} {currency} {spelling.english(cents)}",
                f"{number(whole)} {currency} and {spelling.english(cents)} {rng.choice(['cents', 'pence'])}",
                f"{number(whole)} point {' '.join(spelling.english(int(d)) for d in f'{cents:02}')} {currency}",
                f"{number(whole)} {spelling.english(cents)}",
            ]
        )
    if whole > 1000 and whole % 100 == 0 and whole < 10_000 and whole % 1000 and rng.random() < 0.5:
        return f"{spelling.english(whole // 100)} hundred {currency}"
    return f"{number(whole)} {currency}"


# fmt: off
TEMPLATES = {
    "de": """{a} an {c};schick {c} {a};sende {a} an {c} für {p};überweise {c} bitte {a};bezahle {a} bei {m};
        zahl {a} für {p} mit {w};bitte überweis {a} von meinem {k} auf {k};leg {n} {p} in den Warenkorb;
        ich brauche noch {n} {p} und {p};kauf {n} {p} für höchstens {a};bestell {n} {p} bei {m};was kosten {n} {p} bei {m};
        {b} Rechnung über {a} bezahlen;fordere {a} von {c} an;richte einen Dauerauftrag über {a} an {c} ein;
        {a};{a} und {a};es waren {a} nicht {a};der Kontostand beträgt {a};{c} schuldet mir noch {a} für {p};
        {p} kosten jetzt {a};ich habe {c} gestern {a} gegeben;lade mein Handy mit {a} auf;die Nummer ist {d};
        meine PIN lautet {d};zweihundert Gramm {p} und {n} Packungen {p};zahle am {o} {a} an {c}""",
    "en": """{a} to {c};send {c} {a};send {a} to {c} for {p};please transfer {a} to {c};pay {a} at {m};
        pay {a} for {p} with my {w};please move {a} from my {k} to my {k};put {n} {p} in the cart;
        I still need {n} {p} and {p};buy {n} {p} for no more than {a};order {n} {p} from {m};how much are {n} {p} at {m};
        pay the {b} bill of {a};request {a} from {c};set up a standing order of {a} to {c};
        {a};{a} and {a};it was {a} not {a};your balance is {a};{c} still owes me {a} for {p};
        {p} cost {a} these days;I gave {c} {a} yesterday;top up my phone with {a};the number is {d};
        my pin is {d};{n} packs of {p} and a bottle of {p};pay {a} to {c} on the {o};{n} {p} with {p};
        could I get {n} {p} please;I'd like a {p} and some {p}""",
}
ORDINALS = {
    "de": "ersten zweiten dritten vierten fünften sechsten siebten achten zehnten elften zwölften fünfzehnten zwanzigsten "
          "einundzwanzigsten dreißigsten".split(),
    "en": "first;second;third;fourth;fifth;sixth;seventh;eighth;tenth;eleventh;twelfth;fifteenth;twentieth;twenty first;"
          "thirtieth".split(";"),
}
# fmt: on


def templated(language: str, rng: random.Random) -> str:
    def fill(match: re.Match[str]) -> str:
        kinds = {"c": "contacts", "p": "products", "m": "merchants", "b": "billers", "w": "payment_methods", "k": "accounts"}
        kind = match[1]
        if kind == "a":
            return amount(language, rng)
        if kind == "n":
            number = rng.choice([rng.randint(2, 12), rng.randint(2, 12), rng.randint(13, 60)])
            return spelling.german(number) if language == "de" else spelling.english(number)
        if kind == "d":
            digits = [rng.randint(0, 9) for _ in range(rng.choice([4, 4, 6]))]
            words = {"de": ["null", "eins"] + UNITS["de"][2:10], "en": UNITS["en"][:10]}[language]
            return " ".join(words[digit] for digit in digits)
        if kind == "o":
            return rng.choice(ORDINALS[language])
        return rng.choice(names.names(language, kinds[kind]))

    text = re.sub(r"\{(\w)\}", fill, rng.choice([one.strip() for one in TEMPLATES[language].split(";")]))
    return text.replace("dem Girokonto", "Girokonto") if language == "de" else text


# --- all kinds -------------------------------------------------------------------------------------

Said = tuple[str, list[str]]
"""A text, and the ways to write it where they are not the usual ones."""

SHARES = {
    "people": 30,
    "reading": 16,
    "grammar": 11,
    "amounts": 11,
    "number": 12,
    "cents": 4,
    "short": 5,
    "name": 6,
    "general": 5,
}


def listed(texts: Iterable[str]) -> Iterator[Said]:
    """Texts that are written in the usual ways."""
    return ((text, []) for text in texts)


class Source:
    """Texts of each kind, as long as there are any."""

    def __init__(self, language: str, options: argparse.Namespace, measure: bool = False) -> None:
        rng = random.Random(f"{'measure ' if measure else ''}{language} {options.seed}")
        self.rng = rng
        plain = general(language)
        rng.shuffle(plain)
        drawn = grammar(language, options.zahlwort, options.run, "payments", 5000, options.seed)
        drawn += grammar(language, options.zahlwort, options.run, "home", 600, options.seed)[:150]
        rng.shuffle(drawn)
        heard = people.sentences(options.texts, language, rng, measure) if options.texts else []
        print(f"{language}: {len(plain)} sayings, {len(drawn)} sentences of the grammar, {len(heard)} of people")
        endless = lambda make: (make(language, rng) for _ in itertools.count())
        self.kinds: dict[str, Iterator[Said]] = {
            "people": listed(heard),
            "reading": listed(reading(language, rng) if options.templates else []),
            "grammar": listed(drawn),
            "amounts": ((templated(language, rng), []) for _ in itertools.count()),
            "number": endless(short.number),
            "cents": endless(short.cents),
            "short": endless(short.answer),
            "name": endless(short.name),
            "general": listed(plain),
        }

    def draw(self) -> tuple[str, str, list[str]]:
        """A kind, a text of it, and its own ways to be written."""
        while True:
            kind = self.rng.choices(list(self.kinds), [SHARES[kind] for kind in self.kinds])[0]
            said = next(self.kinds[kind], None)
            if said is not None:
                return kind, *said
            del self.kinds[kind]


def reading(language: str, rng: random.Random) -> Iterator[str]:
    """Sentences of the templates that the learned reading is taught with, without end; numbers in words."""
    templates, samples = (importlib.import_module(f"zahlwort_training.reading.{name}") for name in ("templates", "samples"))
    folder = Path(str(templates.__file__)).parent
    # Half are orders.
    every = [one for one in templates.load(folder / "text")[0] if one.language == language]
    orders = [one for one in every if one.intent]
    sampler = samples.Sampler(folder, rng.getrandbits(32))
    while True:
        pieces = sampler.pieces(rng.choice(rng.choice([every, orders])))
        if rng.random() < 0.15:
            pieces = sampler.spoken(pieces, language)
        text = spelling.in_words(" ".join("".join(piece[0] for piece in pieces).split()), language)
        if people.readable(text, longest=125, words=21):
            yield text


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--zahlwort", type=Path, default=paths.PROGRAM)
    parser.add_argument("--texts", type=Path, help="the folder of people's sentences")
    parser.add_argument("--templates", action="store_true", help="also what the learned reading is taught with")
    parser.add_argument("--prefix", default="", help="of the recordings' names, so that a second list adds to the first")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--scale", type=float, default=1.0, help="factor on the number of utterances")
    parser.add_argument(
        "--other",
        type=int,
        metavar="N",
        help="instead: print N general sentences of each language "
        "that RUN/sentences.jsonl does not have, a list for speech.generate",
    )
    options = parser.parse_args(argv)
    options.run.mkdir(parents=True, exist_ok=True)
    if options.other:
        known_lines = (options.run / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
        known = {json.loads(line)["target"] for line in known_lines}
        for language in ("de", "en"):
            plain = [text for text in general(language) if spelling.target(text, language) not in known]
            for text in random.Random(f"other {language}").sample(plain, options.other):
                print(json.dumps({"text": text, "language": language}, ensure_ascii=False))
        return
    lines: list[dict[str, object]] = []
    used: set[tuple[str, str]] = set()
    for language in ("de", "en"):
        sources = {False: Source(language, options), True: Source(language, options, measure=True)}
        jobs = [
            (voice, split, index)
            for heard, held_out in ((HELD_OUT, True), (HEARD, False))
            for voice, count in heard[language].items()
            for split in [voice if held_out else "train"]
            for index in range(round(count * (1 if held_out else options.scale)))
        ]
        for voice, split, index in jobs:
            while True:
                kind, text, ways = sources[split != "train"].draw()
                target = spelling.target(text, language)
                # What is short is said by many voices, but only once by each that is not short of sentences.
                key = (voice if kind in ("number", "short", "name") else "", target or "")
                if target and (key not in used or (kind in ("number", "short") and len(target) < 9)):
                    used.add(key)
                    break
            line: dict[str, object] = {
                "id": f"{options.prefix}{voice}-{index:04}",
                "language": language,
                "text": text,
                "target": target,
            }
            line |= {"voice": voice, "split": split, "kind": kind}
            lines.append({**line, "written": ways} if ways else line)
    with (options.run / "sentences.jsonl").open("w", encoding="utf-8") as out:
        for one in lines:
            out.write(json.dumps(one, ensure_ascii=False) + "\n")
    print(f"{len(lines)} sentences")


if __name__ == "__main__":
    main()
