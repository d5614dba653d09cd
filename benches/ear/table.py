"""Prints what `run.sh` found: how much of each set was accepted, how much of that rightly, and how long it took.

    python table.py OUT [--by speaker|held_aside|kind|…] [--runs 'bursts*'] [--at 0.5]

`accepted` is everything that was understood, `wrong` what of it should not have been or not so, `spending` the wrong
ones that would cost money, `rejected` and `no speech` the rest. `ms` is the time of a recording. `--by` splits
each run by a field of the set's manifest. `--at` tells from the runs at strictness 0 what they would have been at
another, which is the confidence from which a command counts and changes nothing before that.
"""

import argparse
import fnmatch
import json
import statistics
from collections import defaultdict
from pathlib import Path

from spending import kept, spending

COLUMNS = ("recordings", "right", "accepted", "wrong", "spending", "rejected", "no speech", "failed", "ms", "slowest")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def counted(heard, spend):
    """The figures of some lines of a list; `spend` are the intents that spend money."""
    status = [line["got"].get("status") for line in heard]
    wrong = [line for line in heard if line["got"].get("status") == "understood" and not line["right"]]
    times = [line["got"]["timing"]["total_ms"] for line in heard if "timing" in line["got"]]
    return {
        "recordings": len(heard),
        "right": sum(line["right"] for line in heard),
        "accepted": status.count("understood"),
        "wrong": len(wrong),
        "spending": sum(line["got"]["intent"] in spend for line in wrong),
        "rejected": status.count("rejected"),
        "no speech": status.count("no_speech"),
        "failed": status.count(None),
        "ms": round(statistics.median(times)) if times else 0,
        "slowest": round(max(times)) if times else 0,
    }


def stricter(line, strictness):
    """The line as it would have been at a strictness above that of its run."""
    got = line["got"]
    if got.get("status") != "understood" or got["confidence"] >= strictness:
        return line
    return {**line, "right": line["expected"]["intent"] is None, "got": {**got, "status": "rejected"}}


def grouped(heard, results, field):
    """The lines by a field of the manifest that they were made from, or all together."""
    if field is None:
        return {"": heard}
    manifest = {line["audio"]: line for line in lines(Path(results["manifest"]))}
    groups = defaultdict(list)
    for line in heard:
        groups[f" {field}={manifest[line['file']].get(field, '-')}"].append(line)
    return dict(sorted(groups.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path, help="the OUT of run.sh")
    parser.add_argument("--by", help="a field of the manifests")
    parser.add_argument("--runs", default="*", help="a pattern of names")
    parser.add_argument("--at", type=float, help="a strictness, 0 to 1, to tell from the runs at 0")
    options = parser.parse_args()
    spend = spending(kept(options.out / "orders.json"))
    for folder in sorted(options.out.glob("strictness-*" if options.at is None else "strictness-0"), reverse=True):
        print(f"\nstrictness {folder.name.removeprefix('strictness-') if options.at is None else options.at}\n")
        print("| run | " + " | ".join(COLUMNS) + " |")
        print("| --- |" + " --- |" * len(COLUMNS))
        for path in sorted(folder.glob("*.json")):
            if fnmatch.fnmatch(path.stem, options.runs):
                results = json.loads(path.read_text(encoding="utf-8"))
                all_heard = [stricter(line, options.at or 0) for line in lines(path.with_suffix(".list.jsonl"))]
                for group, heard in grouped(all_heard, results, options.by).items():
                    found = counted(heard, spend)
                    print(f"| {path.stem}{group} | " + " | ".join(str(found[column]) for column in COLUMNS) + " |")


if __name__ == "__main__":
    main()
