"""Prints what `run.sh` found: how much of each set was accepted, how much of that rightly, and how long it took.

    python table.py OUT [--by speaker|held_aside|kind|…] [--runs 'bursts*']

`accepted` is everything that was understood, `wrong` what of it should not have been or not so, `spending` the wrong
ones that would cost money, `rejected` and `no speech` the rest. `ms` is the time of a recording. `--by` splits
each run by a field of the set's manifest.
"""

import argparse
import fnmatch
import json
import statistics
from collections import defaultdict
from pathlib import Path

from spending import SPENDING

COLUMNS = ("recordings", "right", "accepted", "wrong", "spending", "rejected", "no speech", "failed", "ms", "slowest")


def lines(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def counted(heard):
    """The figures of some lines of a list."""
    status = [line["got"].get("status") for line in heard]
    wrong = [line for line in heard if line["got"].get("status") == "understood" and not line["right"]]
    times = [line["got"]["timing"]["total_ms"] for line in heard if "timing" in line["got"]]
    return {
        "recordings": len(heard),
        "right": sum(line["right"] for line in heard),
        "accepted": status.count("understood"),
        "wrong": len(wrong),
        "spending": sum(line["got"]["intent"] in SPENDING for line in wrong),
        "rejected": status.count("rejected"),
        "no speech": status.count("no_speech"),
        "failed": status.count(None),
        "ms": round(statistics.median(times)) if times else 0,
        "slowest": round(max(times)) if times else 0,
    }


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
    options = parser.parse_args()
    for folder in sorted(options.out.glob("strictness-*"), reverse=True):
        print(f"\n{folder.name.replace('-', ' ')}\n")
        print("| run | " + " | ".join(COLUMNS) + " |")
        print("| --- |" + " --- |" * len(COLUMNS))
        for path in sorted(folder.glob("*.json")):
            if fnmatch.fnmatch(path.stem, options.runs):
                results = json.loads(path.read_text(encoding="utf-8"))
                for group, heard in grouped(lines(path.with_suffix(".list.jsonl")), results, options.by).items():
                    found = counted(heard)
                    print(f"| {path.stem}{group} | " + " | ".join(str(found[column]) for column in COLUMNS) + " |")


if __name__ == "__main__":
    main()
