"""Has sentences spoken by synthetic voices, so that `measure.py --spoken` can have them heard.

    python speak.py SENTENCES… OUT --voices pico-de-high joe flite-rms [--noise babble fan --snr 10]

OUT gets clean/<file's name>-<line>.wav and, with `--noise`, noisy/ with the same names. Needs the Python package of
models/training and the programs of the voices: its README says which.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path


def generate(listed, folder, arguments):
    command = [sys.executable, "-m", "zahlwort_training.speech.generate", listed, folder, *arguments]
    subprocess.run([str(part) for part in command], check=True)
    for line in (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(line)
        link = folder / f"{line['name']}.wav"
        if not link.exists():
            link.symlink_to(line["audio"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument("out", type=Path)
    parser.add_argument("--voices", nargs="+", required=True)
    parser.add_argument("--noise", nargs="+", default=[])
    parser.add_argument("--snr", default="10")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    listed = options.out / "sentences.jsonl"
    with listed.open("w", encoding="utf-8") as out:
        for path in options.sentences:
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                line = json.loads(line)
                said = {"text": line["text"], "language": line["lang"], "name": f"{path.stem}-{number:03}"}
                out.write(json.dumps(said, ensure_ascii=False) + "\n")
    generate(listed, options.out / "clean", ["--voices", *options.voices])
    if options.noise:
        noise = ["--noise", *options.noise, "--snr", options.snr]
        generate(options.out / "clean" / "manifest.jsonl", options.out / "noisy", noise)


if __name__ == "__main__":
    main()
