"""Speaks RUN/sentences.jsonl into RUN/speech/*.flac (16 kHz).

    python -m zahlwort_training.data.speak RUN --only quick --minutes 20

Recordings that are there already stay, so a run that was stopped goes on where it was. `--only` is for
running the quick and the neural synthesisers side by side, one core each.
"""

import argparse
import dataclasses
import json
import random
import sys
import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from zahlwort_training.data import names
from zahlwort_training.data.styles import ENGLISH_STYLES, OTHER_STYLES
from zahlwort_training.speech import effects, voices

# More speakers than the measuring list has, made of the same engines.
VOICES = {
    **voices.VOICES,
    **{
        voice.name: voice
        for voice in [
            voices.Voice("kokoro-de-mix1", "de", "kokoro", ("de", {"jm_kumo": 0.5, "jf_alpha": 0.5})),
            voices.Voice("kokoro-de-mix2", "de", "kokoro", ("de", {"jm_kumo": 0.6, "jf_tebukuro": 0.4}), 0.94),
            voices.Voice("kokoro-de-alpha", "de", "kokoro", ("de", {"jf_alpha": 1.0})),
            voices.Voice("kokoro-de-tebukuro", "de", "kokoro", ("de", {"jf_tebukuro": 1.0})),
            voices.Voice("kokoro-de-nezumi", "de", "kokoro", ("de", {"jf_nezumi": 1.0})),
            voices.Voice("kokoro-us-tebukuro", "en", "kokoro", ("en-us", {"jf_tebukuro": 1.0})),
            *(
                voices.Voice(f"kokoro-de-{name}", "de", "kokoro", (accent, blend))
                for name, accent, blend in (
                    ("alex", "de", {"em_alex": 1.0}),
                    ("dora", "de", {"ef_dora": 1.0}),
                    ("pt-dora", "de", {"pf_dora": 1.0}),
                    ("pt-alex", "de", {"pm_alex": 1.0}),
                    ("nicola", "de", {"im_nicola": 1.0}),
                    ("george", "de", {"bm_george": 1.0}),
                    ("fable", "de", {"bm_fable": 1.0}),
                    ("siwis", "de-french", {"ff_siwis": 1.0}),
                    ("omega", "de", {"hm_omega": 1.0}),
                    ("hi-alpha", "de", {"hf_alpha": 1.0}),
                    ("mix3", "de-french", {"em_alex": 0.5, "ff_siwis": 0.5}),
                    ("mix4", "de", {"im_nicola": 0.5, "bf_emma": 0.5}),
                    ("mix5", "de", {"pf_dora": 0.6, "af_bella": 0.4}),
                    ("mix6", "de", {"bm_george": 0.5, "am_michael": 0.5}),
                    ("mix7", "de-french", {"ff_siwis": 0.6, "ef_dora": 0.4}),
                )
            ),
            *(
                voices.Voice(f"kokoro-{style}", "en", "kokoro", ("en-gb" if style[0] == "b" else "en-us", {style: 1.0}))
                for style in ENGLISH_STYLES
            ),
            voices.Voice("pico-us-low", "en", "pico", ("en-US",), 0.83),
        ]
    },
}
NEURAL = ("kokoro", "hibari", "piper")


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--only", choices=("quick", "neural"))
    parser.add_argument("--part", default="1/1", help="the first of two processes says 1/2, the other 2/2")
    parser.add_argument("--minutes", type=float, default=60, help="stop after this long; what is missing is left out")
    options = parser.parse_args(argv)
    out = options.run / "speech"
    out.mkdir(exist_ok=True)
    lines = [json.loads(line) for line in (options.run / "sentences.jsonl").read_text(encoding="utf-8").splitlines()]
    # In random order, so that a run stopped early has some of every voice.
    random.Random(1).shuffle(lines)
    part, parts = map(int, options.part.split("/"))
    lines = lines[part - 1 :: parts]
    began, seconds, failed = time.monotonic(), 0.0, 0
    for line in lines:
        voice, path = VOICES[line["voice"]], out / f"{line['id']}.flac"
        if path.exists() or (options.only and (voice.engine in NEURAL) != (options.only == "neural")):
            continue
        if time.monotonic() - began > 60 * options.minutes:
            print("out of time")
            break
        rng = np.random.default_rng(abs(hash_of(line["id"] + line["text"])))
        held_out = line["split"] != "train"
        # Pitch stays below that of the held-out voice pico-de-high.
        rate, pitch = (1.0, 1.0) if held_out else (rng.uniform(0.85, 1.25), rng.uniform(0.93, 1.05))
        if voice.engine == "kokoro" and not held_out and rng.random() < 0.5:
            voice = blended(voice, rng)
        try:
            text = names.aloud(line["text"], line["language"])
            samples, hertz = voices.speak(voice, text, rate, pitch, int(rng.integers(1 << 30)))
            samples = effects.at_peak(effects.resample(samples, hertz, 16_000), 0.5)
        except Exception as error:  # a synthesiser that chokes on a sentence costs that sentence only
            failed += 1
            print(f"{line['id']}: {error}", file=sys.stderr)
            continue
        soundfile.write(path, samples, 16_000, subtype="PCM_16")
        seconds += len(samples) / 16_000
    print(f"{seconds:.0f} s of speech in {time.monotonic() - began:.0f} s, {failed} failed")


def blended(voice: voices.Voice, rng: np.random.Generator) -> voices.Voice:
    """The voice with a bit of another speaker's in it: nobody else sounds quite so."""
    accent, blend = voice.settings
    share, other = float(rng.uniform(0.15, 0.4)), OTHER_STYLES[int(rng.integers(len(OTHER_STYLES)))]
    mixed = {name: weight * (1 - share) for name, weight in blend.items()}
    mixed[other] = mixed.get(other, 0.0) + share
    return dataclasses.replace(voice, settings=(accent, mixed))


def hash_of(text: str) -> int:
    return zlib.crc32(text.encode())


if __name__ == "__main__":
    main()
