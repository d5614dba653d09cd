"""Reads sentences in people's own words with `zahlwort parse`, or hears them, and counts what is understood.

    python measure.py ZAHLWORT SENTENCES… [--reading both] [--json OUT] [--list OUT]

SENTENCES are files of JSON lines as in crates/reading/tests/sentences. With `--spoken FOLDER` the program hears
FOLDER/<file's name>-<line>.wav instead of reading the text. Counted are sentences: *exact* is the intent and every slot as
expected and no other slot; *wrong* is any other command; of what is no command, *accepted* is what becomes one anyhow.
Nothing of the sentences themselves is printed, so that a set stays blind; `--list` writes them down, for sets that are
looked into.
"""

import argparse
import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "ear"))
from spending import orders, spending  # noqa: E402

TODAY = "2026-11-23"
LITTLE = set(
    "der die das den dem des ein eine einen einem einer mein meine meinen meinem meiner unser unsere unseren unserem unserer "
    "the a an my our some of".split()
)


def plain(text):
    """Words to compare: in lower case, without marks, articles and possessives."""
    words = re.sub(r"[^\w&+']+", " ", str(text).casefold().replace("’", "'").replace("ß", "ss")).split()
    return " ".join(word.removesuffix("'s") for word in words if word not in LITTLE)


def money(text):
    number, _, currency = str(text).partition(" ")
    return Decimal(number), currency


def same(expected, slot):
    """Whether a slot holds what was expected of it."""
    if isinstance(expected, list):
        return any(same(one, slot) for one in expected)
    value = slot["value"]
    if isinstance(value, dict) and "currency" in value:
        return money(expected) == (Decimal(value["amount"]), value["currency"])
    if isinstance(expected, dict) or (isinstance(value, dict) and "unit" in value):
        if not isinstance(expected, dict):
            expected = {"amount": expected, "unit": "piece"}
        if not isinstance(value, dict):
            value = {"amount": value, "unit": "piece"}
        if Decimal(str(expected["amount"])) != Decimal(str(value["amount"])):
            return False
        units = expected.get("unit", "piece")
        units = [plain(unit) for unit in (units if isinstance(units, list) else [units])]
        return plain(value.get("unit", "piece")) in units or any(unit and unit in plain(slot["text"]) for unit in units)
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", str(expected)):
        return value == expected
    return plain(expected) in (plain(value) if isinstance(value, str) else "", plain(slot["text"]))


def judged(line, got):
    """exact, wrong, intent (as expected, but not the slots) or rejected; of what is no command accepted or rejected."""
    taken = got["status"] in ("understood", "incomplete")
    if not line["intent"]:
        return "accepted" if taken else "rejected"
    if not taken:
        return "rejected"
    slots, expected = got.get("slots", {}), line.get("slots") or {}
    if got["intent"] != line["intent"]:
        return "wrong"
    right = set(slots) == set(expected) and all(same(expected[name], slots[name]) for name in expected)
    return "exact" if right else "intent"


def parsed(options, lines):
    """What the program makes of the texts of one language."""
    catalog = ["--catalog", str(HERE / "household.yaml"), "--date", TODAY]
    command = [options.zahlwort, "parse", "--lang", lines[0]["lang"], *catalog, *options.arguments, "-"]
    texts = "".join(line["text"].replace("\n", " ") + "\n" for line in lines)
    told = subprocess.run(command, input=texts, capture_output=True, text=True, encoding="utf-8")
    got = [json.loads(line) for line in told.stdout.splitlines()]
    if len(got) != len(lines):
        sys.exit(f"{len(lines)} sentences gave {len(got)} lines: {told.stderr.strip()}")
    return got


def heard(options, lines):
    """What the program makes of the recordings of one language."""
    catalog = ["--catalog", str(HERE / "household.yaml"), "--date", TODAY]
    files = [str(options.spoken / f"{line['name']}.wav") for line in lines]
    command = [options.zahlwort, "recognize", "--lang", lines[0]["lang"], *catalog, *options.arguments, *files]
    told = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    got = [json.loads(line) for line in told.stdout.splitlines()]
    if len(got) != len(lines):
        sys.exit(f"{len(lines)} recordings gave {len(got)} lines: {told.stderr.strip()}")
    return got


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("zahlwort", help="the program")
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument("--spoken", type=Path, help="hear recordings in this folder instead")
    parser.add_argument("--json", type=Path, help="the counts")
    parser.add_argument("--list", type=Path, help="each sentence with what became of it")
    options, options.arguments = parser.parse_known_args()
    spends = spending(orders(options.zahlwort))
    counts, listed = defaultdict(Counter), []
    for path in options.sentences:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, line in enumerate(lines, 1):
            line["name"] = f"{path.stem}-{number:03}"
        for language in sorted({line["lang"] for line in lines}):
            some = [line for line in lines if line["lang"] == language]
            for line, got in zip(some, (heard if options.spoken else parsed)(options, some)):
                verdict = judged(line, got)
                wrong = verdict in ("wrong", "intent")
                keys = [f"{path.stem} {language}", f"{language} {line['kind']}", language, "all"]
                for key in keys:
                    counts[key]["commands" if line["intent"] else "none"] += 1
                    counts[key][verdict] += 1
                    if (wrong or verdict == "accepted") and got["intent"] in spends:
                        counts[key]["spending"] += 1
                    if verdict == "exact" and got.get("reading") == "learned":
                        counts[key]["learned"] += 1
                listed.append({**line, "verdict": verdict, "got": got})
    print(f"{'':26}{'commands':>9}{'exact':>7}{'intent':>7}{'wrong':>7}{'rejected':>9}   {'none':>5}{'accepted':>9}{'spending, not so':>18}")
    for key, c in counts.items():
        share = f"{c['exact'] / c['commands']:.3f}" if c["commands"] else ""
        # Rejected non-commands are right, and are told apart by what is left.
        rejected = c["commands"] - c["exact"] - c["intent"] - c["wrong"]
        cells = (f"{c['commands']:9}{share:>7}{c['intent']:7}{c['wrong']:7}{rejected:9}   {c['none']:5}{c['accepted']:9}{c['spending']:18}")
        print(f"{key:26}{cells}")
    if options.json:
        options.json.write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    if options.list:
        options.list.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in listed), encoding="utf-8")


if __name__ == "__main__":
    main()
