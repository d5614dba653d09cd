"""Runs this project and its peers on the same recordings, one after the other, and compares them.

    python peers.py LABELS --grammar CONTEXT.yaml --lang en [--noise NOISE --snr 6] [--every 5] [--threads 2]
                    [--whisper-cpp BINARY --whisper-cpp-model ggml-base.bin]

LABELS is a manifest of `zahlwort eval` whose recordings are commands of CONTEXT, a Rhino context. What a peer
transcribes goes through `zahlwort parse` with the same grammar, so it gets our text matching. Every engine runs in
a process of its own on the same 16 kHz WAV files, and its first file once before it is timed. Writes a table to
standard output, and with `--out NAME` NAME.md and NAME.svg.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
import soundfile

HERE = Path(__file__).resolve().parent
OURS = "zahlwort"


def mixed(speech, noise, snr_db, rng):
    """As the public speech-to-intent benchmark mixes."""
    # Only here: a process starts with the peak of the one that starts it, so this one stays small.
    from zahlwort_training.speech import effects

    start = int(rng.integers(0, len(noise) - len(speech)))
    return effects.at_peak(effects.mix(speech, noise[start : start + len(speech)], snr_db), 0.5)


def prepare(options, folder):
    """The recordings as WAV files, their labels, and their length in seconds."""
    base = options.labels.parent
    lines = [json.loads(line) for line in options.labels.read_text(encoding="utf-8").splitlines()][:: options.every]
    rng, files, seconds = np.random.default_rng(6), [], 0.0
    noise = soundfile.read(options.noise, dtype="float32")[0] if options.noise else None
    for number, line in enumerate(lines):
        speech, hertz = soundfile.read(base / line["audio"], dtype="float32")
        if hertz != 16_000 or speech.ndim != 1:
            raise SystemExit(f"{base / line['audio']}: need 16 kHz mono, this has {hertz} Hz")
        if noise is not None:
            speech = mixed(speech, noise, options.snr, rng)
        files.append(str(folder / f"{number}.wav"))
        soundfile.write(files[-1], speech, 16_000, subtype="PCM_16")
        seconds += len(speech) / 16_000
    return lines, files, seconds


def run(command, text="", stderr=None):
    """Standard output, and the peak of the process's memory in MB, which is no lower than this script's own."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=stderr, text=True)
    process.stdin.write(text)
    process.stdin.close()
    out = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"{command[0]} … {command[1]} ended with {process.returncode}")
    return out, usage.ru_maxrss / 1024


def right(label, command):
    """Whether the intent and every labelled slot are right, and no other slot is filled."""
    slots = {name: slot["value"] for name, slot in command.get("slots", {}).items()}
    return command.get("status") == "understood" and command["intent"] == label["intent"] and slots == label["slots"]


def ours(options, files, strictness):
    common = ["--grammar", str(options.grammar), "--lang", options.lang]
    command = [str(options.zahlwort), "recognize", *common, "--threads", str(options.threads)]
    out, memory = run([*command, "--strictness", str(strictness), files[0], *files])
    lines = [json.loads(line) for line in out.splitlines()][1:]
    return [line["timing"]["total_ms"] for line in lines], lines, memory


def theirs(options, name, files, folder):
    job = {"files": files, "threads": options.threads, "language": options.lang, "grammar": str(options.grammar), "folder": str(folder)}
    out, memory = run([sys.executable, str(HERE / "engines.py"), name], json.dumps(job))
    heard = [json.loads(line) for line in out.splitlines()][1:]
    return [one["ms"] for one in heard], parse(options, [one["text"] for one in heard]), memory


def parse(options, texts):
    """What the transcripts mean by the grammar."""
    lines = "".join((text.strip().replace("\n", " ") or "-") + "\n" for text in texts)
    parsed, _ = run([str(options.zahlwort), "parse", "--grammar", str(options.grammar), "--lang", options.lang, "-"], lines)
    return [json.loads(line) for line in parsed.splitlines()]


def whisper_cpp(options, files, short):
    """The program of whisper.cpp, once for each file; the time in which it loads its model is not counted.

    With `short`, its encoder looks at the recording and two seconds more instead of at 30 s.
    """
    times, texts, memory = [], [], 0.0
    for path in [files[0], *files]:
        context = int(soundfile.info(path).duration * 50) + 100
        command = [str(options.whisper_cpp), "-m", str(options.whisper_cpp_model), "-f", path, "-l", options.lang]
        command += ["-t", str(options.threads), "-nt", "-nf"] + (["-ac", str(context)] if short else [])
        with tempfile.TemporaryFile("w+") as told:
            text, peak = run(command, stderr=told)
            told.seek(0)
            printed = {name: float(ms) for name, ms in re.findall(r"(load|total) time = +([0-9.]+) ms", told.read())}
        times.append(printed["total"] - printed["load"])
        texts.append(text)
        memory = max(memory, peak)
    return times[1:], parse(options, texts[1:]), memory


def plot(rows, path):
    import matplotlib

    matplotlib.use("svg")
    import matplotlib.pyplot as plt
    from matplotlib.ticker import LogLocator

    figure, axes = plt.subplots(figsize=(8, 3.6))
    for name, median, _, _, accuracy, memory in rows:
        axes.scatter(median, 100 * accuracy, s=memory, alpha=0.6, label=name)
    axes.set(xscale="log", xlabel="median latency, ms (area of a disc: peak memory)", ylabel="commands exactly right, %")
    axes.xaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.xaxis.set_major_formatter("{x:g}")
    axes.xaxis.set_minor_formatter("")
    axes.legend(fontsize=8, markerscale=0.5, loc="center left", bbox_to_anchor=(1.02, 0.5))
    axes.margins(0.2)
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("labels", type=Path)
    add("--grammar", type=Path, required=True)
    add("--lang", default="en")
    add("--zahlwort", type=Path, default=HERE.parents[1] / "target/release/zahlwort")
    add("--noise", type=Path)
    add("--snr", type=float, default=6.0, help="dB, with --noise")
    add("--every", type=int, default=1, help="only every n-th recording")
    add("--threads", type=int, default=2)
    add("--whisper-cpp", type=Path, metavar="BINARY", help="the program of whisper.cpp (whisper-cli), to be measured too")
    add("--whisper-cpp-model", type=Path, metavar="FILE", help="its model: Whisper base, multilingual, in its own format")
    add("--out", type=Path)
    options = parser.parse_args()
    if (options.whisper_cpp is None) != (options.whisper_cpp_model is None):
        parser.error("--whisper-cpp and --whisper-cpp-model go together")
    import engines

    rows = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        labels, files, seconds = prepare(options, folder)
        jobs = {f"{OURS}, strictness 0.5": lambda: ours(options, files, 0.5), f"{OURS}, strictness 0": lambda: ours(options, files, 0)}
        jobs |= {peer: (lambda peer=peer: theirs(options, peer, files, folder)) for peer in engines.ENGINES}
        if options.whisper_cpp:
            jobs["whisper.cpp, beam 5"] = lambda: whisper_cpp(options, files, short=False)
            jobs["whisper.cpp, short context"] = lambda: whisper_cpp(options, files, short=True)
        for engine, job in jobs.items():
            print(f"{engine} …", file=sys.stderr)
            times, commands, memory = job()
            if len(commands) != len(labels):
                raise SystemExit(f"{engine}: {len(commands)} results for {len(labels)} recordings")
            accuracy = sum(map(right, labels, commands)) / len(labels)
            rows.append((engine, statistics.median(times), max(times), sum(times) / 1000 / seconds, accuracy, memory))
    fastest = rows[0][1]
    noise = f"{options.snr:g} dB of {options.noise.name}" if options.noise else "clean"
    table = f"{len(labels)} recordings, {seconds / len(labels):.1f} s each, {noise}, {options.threads} threads\n\n"
    table += "| engine | median ms | slowest ms | real-time factor | times our median | exactly right | peak MB |\n"
    table += "| --- | --- | --- | --- | --- | --- | --- |\n"
    for engine, median, slowest, factor, accuracy, memory in rows:
        table += f"| {engine} | {median:.0f} | {slowest:.0f} | {factor:.3f} | {median / fastest:.1f} | {accuracy:.3f} | {memory:.0f} |\n"
    print(table)
    if options.out:
        options.out.with_suffix(".md").write_text(table, encoding="utf-8")
        plot(rows, options.out.with_suffix(".svg"))


if __name__ == "__main__":
    main()
