"""An hour of `zahlwort listen` in real time: its memory, and how soon each command is told.

    python hour.py RECORDING.wav … [--minutes 60] [--partials] [--zahlwort ../../target/release/zahlwort] [--out hour]

Feeds the recordings (16-bit WAV, 16 kHz, mono) to standard input as a microphone would, 20 ms at a time and no
faster, in random order, with two to eight seconds of a quiet room between them. Every ten seconds the resident
memory of the process goes to OUT.csv; at the end, or when interrupted, OUT.svg shows it. The delay of an event is
from the end of the speech, as the event names it, to the arrival of its line here: the pause that the endpoint
waits for, the recognition, and the pipe. Linux only: memory is read from /proc.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path

RATE, BLOCK = 16_000, 320
SAMPLE_EVERY = 10.0


def read(path):
    """The samples, or None if they are of another kind."""
    try:
        with wave.open(str(path)) as file:
            if (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (RATE, 1, 2):
                return file.readframes(file.getnframes())
    except wave.Error:
        pass
    return None


def room(seconds, chance):
    """Noise at about -70 dBFS."""
    return b"".join(chance.randint(-10, 10).to_bytes(2, "little", signed=True) for _ in range(int(seconds * RATE)))


def stream(recordings, chance):
    while True:
        # A few samples of noise said again and again are a tone, so they are drawn anew.
        yield room(chance.uniform(2, 8), chance)
        yield chance.choice(recordings)


def resident(pid):
    status = Path(f"/proc/{pid}/status").read_text()
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("recordings", nargs="+", type=Path)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--zahlwort", type=Path, default=Path(__file__).parents[2] / "target/release/zahlwort")
    parser.add_argument("--partials", action="store_true")
    parser.add_argument("--out", type=Path, default=Path("hour"))
    options = parser.parse_args()
    recordings = [samples for samples in map(read, options.recordings) if samples]
    if not recordings:
        sys.exit("none of the recordings is a 16-bit WAV of 16 kHz, mono")
    command = [options.zahlwort, "listen"] + ["--partials"] * options.partials
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    clock = None
    delays, kinds, curve = [], {}, []

    def listen():
        for line in process.stdout:
            event = json.loads(line)
            kind = event.get("status") or event["event"]
            kinds[kind] = kinds.get(kind, 0) + 1
            if event["event"] == "outcome":
                delays.append((kind, (time.monotonic() - clock) * 1000 - event["end_ms"]))

    # The model is there when the process no longer grows, before the first sample.
    time.sleep(2)
    clock = time.monotonic()
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    fed, next_sample = 0, 0.0
    sources = stream(recordings, random.Random(1))
    waiting = b""
    try:
        while fed < options.minutes * 60 * RATE:
            while len(waiting) < BLOCK * 2:
                waiting += next(sources)
            block, waiting = waiting[: BLOCK * 2], waiting[BLOCK * 2 :]
            fed += BLOCK
            time.sleep(max(0.0, clock + fed / RATE - time.monotonic()))
            process.stdin.write(block)
            process.stdin.flush()
            if fed / RATE >= next_sample:
                curve.append((fed / RATE / 60, resident(process.pid)))
                next_sample += SAMPLE_EVERY
    except KeyboardInterrupt:
        pass
    process.stdin.close()
    process.wait()
    listener.join()
    options.out.with_suffix(".csv").write_text("minute,resident_mb\n" + "".join(f"{m:.2f},{mb:.1f}\n" for m, mb in curve))
    plot(curve, options.out.with_suffix(".svg"))
    print(f"{fed / RATE / 60:.1f} minutes; events {kinds}")
    settled = [mb for minute, mb in curve if minute >= 1]
    if settled:
        print(f"resident after a minute {settled[0]:.0f} MB, at the end {settled[-1]:.0f} MB, at most {max(settled):.0f} MB")
    for kind in sorted({kind for kind, _ in delays}):
        of = sorted(delay for k, delay in delays if k == kind)
        ninth = of[int(len(of) * 0.9)]
        print(f"{kind}: {len(of)}, end of speech to event, median {statistics.median(of):.0f} ms, 90 % within {ninth:.0f} ms, at most {of[-1]:.0f} ms")


def plot(curve, path):
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 2.6))
    axes.plot([minute for minute, _ in curve], [mb for _, mb in curve])
    axes.set(xlabel="minutes of listening", ylabel="resident memory, MB", ylim=(0, None), xlim=(0, None))
    figure.tight_layout()
    figure.savefig(path)


if __name__ == "__main__":
    main()
