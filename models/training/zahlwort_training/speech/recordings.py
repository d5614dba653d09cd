"""Makes the recordings in tests/audio.

    python -m zahlwort_training.speech.recordings ../../tests/audio

Both languages, several voices, every file format and many sample rates; also what is no command:
ordinary sentences, silence, an empty room, a tone. The sound is made by `voices` and `effects`.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import soundfile

from zahlwort_training.speech import effects, voices
from zahlwort_training.speech.generate import BABBLE, generator
from zahlwort_training.types import Record, Samples

HERTZ = 16_000


def euro(amount: str, currency: str = "EUR") -> Record:
    return {"amount": amount, "currency": currency}


# name, voice, text, intent, slots, and what makes the file special: `hertz`, `channels`, `subtype`
# (libsndfile's name), `noise` and `snr`, `room` (RT60 in s), `telephone`, `gain` (dB), `lead` (s).
# fmt: off
COMMANDS: list[tuple[str, str, str, str | None, Record, Record]] = [
    ("ueberweise-fuenfzig-euro-an-anna.wav", "pico-de", "Überweise fünfzig Euro an Anna.", "SendMoney",
     {"amount": euro("50.00"), "recipient": "Anna Schmidt"}, {}),
    ("send-fifty-euros-to-anna.wav", "hibari-us", "Send fifty euros to Anna.", "SendMoney",
     {"amount": euro("50.00"), "recipient": "Anna Schmidt"}, {}),
    ("de-leg-drei-flaschen-wasser.wav", "pico-de-deep", "Leg bitte drei Flaschen Wasser in den Warenkorb.", "AddToCart",
     {"product": "Mineralwasser", "quantity": {"amount": "3", "unit": "bottle"}}, {"hertz": 44_100, "channels": 2}),
    ("de-rechnung-der-stadtwerke.wav", "pico-de-low", "Bezahle morgen die Rechnung der Stadtwerke.", "PayBill",
     {"biller": "Stadtwerke", "due_date": "2026-11-24"}, {"hertz": 8_000, "telephone": True}),
    ("de-kontostand-sparkonto.wav", "pico-de-high", "Wie hoch ist der Kontostand auf meinem Sparkonto?", "CheckBalance",
     {"account": "Sparkonto"}, {"hertz": 22_050, "subtype": "PCM_24"}),
    ("de-dauerauftrag-papa.flac", "pico-de", "Überweise jeden Monat achtzig Euro an Papa.", "CreateStandingOrder",
     {"amount": euro("80.00"), "recipient": "Papa", "interval": {"frequency": "monthly", "every": 1}}, {"hertz": 48_000}),
    ("de-pin.wav", "pico-de-deep", "Meine PIN ist drei null acht fünf.", "ProvidePin", {"pin": "3085"}, {"subtype": "PCM_U8"}),
    ("de-ja-gerne.wav", "pico-de", "Ja.", "Confirm", {}, {"lead": 1.0}),
    ("de-nein-danke.wav", "pico-de-low", "Nein, danke.", "Deny", {}, {"hertz": 24_000, "subtype": "FLOAT"}),
    ("de-ueberweise-zwanzig-euro-maria.wav", "kokoro-de-kumo", "Überweise zwanzig Euro an Maria Hoffmann.", "SendMoney",
     {"recipient": "Maria Hoffmann", "amount": euro("20.00")}, {"hertz": 24_000}),
    ("de-kaffee-kaufen.wav", "pico-de", "Kaufe zwei Pakete Kaffee.", "BuyProduct",
     {"product": "Kaffee", "quantity": {"amount": "2", "unit": "pack"}}, {"hertz": 32_000}),
    ("de-sende-lukas-babble-10db.wav", "pico-de", "Sende Lukas Becker fünfundvierzig Euro.", "SendMoney",
     {"amount": euro("45.00"), "recipient": "Lukas Becker"}, {"noise": "babble", "snr": 10}),
    ("de-bezahle-apotheke-fan-10db.wav", "pico-de-high", "Bezahle zwanzig Euro an die Apotheke am Markt.", "PayMerchant",
     {"merchant": "Apotheke am Markt", "amount": euro("20.00")}, {"noise": "fan", "snr": 10}),
    ("de-karte-sperren-room.wav", "pico-de-low", "Sperre bitte meine Mastercard.", "BlockCard",
     {"payment_method": "Mastercard"}, {"room": 0.5}),
    ("de-starbucks-quiet.wav", "pico-de", "Bezahle vier Euro neunzig bei Starbucks.", "PayMerchant",
     {"merchant": "Starbucks", "amount": euro("4.90")}, {"gain": -26}),
    ("en-add-two-packs-of-coffee.wav", "kokoro-us-kumo", "Add two packs of coffee to my cart.", "AddToCart",
     {"product": "coffee", "quantity": {"amount": "2", "unit": "pack"}}, {"hertz": 48_000, "channels": 2}),
    ("en-pay-netflix.ogg", "hibari-gb", "Pay my Netflix bill with PayPal.", "PayBill",
     {"biller": "Netflix", "payment_method": "PayPal"}, {"hertz": 44_100}),
    ("en-transfer-to-dad.mp3", "pico-gb", "Please transfer ninety pounds to Dad.", "SendMoney",
     {"amount": euro("90.00", "GBP"), "recipient": "Dad"}, {"hertz": 44_100}),
    ("en-savings-balance.wav", "flite-slt", "What is the balance of my savings account?", "CheckBalance",
     {"account": "Sparkonto"}, {"hertz": 8_000}),
    ("en-track-order.wav", "pico-us", "Where is my package?", "TrackOrder", {}, {"hertz": 11_025}),
    ("en-yes.wav", "hibari-us", "Yes.", "Confirm", {}, {"subtype": "PCM_32"}),
    ("en-cancel-that.wav", "hibari-us-low", "Cancel that.", "Cancel", {}, {"channels": 2}),
    ("en-second-option.wav", "pico-gb-low", "I'll take the second one.", "ChooseOption", {"position": 2}, {"hertz": 32_000}),
    ("en-request-clatter-10db.wav", "hibari-us", "Request twenty five dollars from Emily Clark.", "RequestMoney",
     {"amount": euro("25.00", "USD"), "recipient": "Emily Clark"}, {"noise": "clatter", "snr": 10}),
    ("en-remove-babble-10db-room.wav", "hibari-gb", "Remove bread from my shopping list.", "RemoveFromCart",
     {"product": "bread"}, {"noise": "babble", "snr": 10, "room": 0.4}),
]

OTHER_SPEECH: list[tuple[str, str, str, Record]] = [
    ("de-no-command-train.wav", "pico-de", "Der Zug nach Hamburg fährt um acht.", {}),
    ("de-no-command-news.wav", "pico-de-low", "Der Bundestag hat heute über den neuen Haushalt beraten.", {"hertz": 22_050}),
    ("de-no-command-price-talk.wav", "pico-de-high", "Früher hat ein Eis noch fünfzig Pfennig gekostet.", {}),
    ("de-no-command-babble.wav", "pico-de-deep", "Wir waren am Sonntag mit den Kindern im Zoo.", {"noise": "babble", "snr": 10}),
    ("en-no-command-weather.wav", "hibari-us", "The weather was lovely when we walked along the river.", {}),
    ("en-no-command-news.wav", "pico-gb", "The minister resigned on Tuesday after weeks of criticism.", {"hertz": 22_050}),
    ("en-no-command-story.wav", "flite-rms", "She told me that Anna had paid for the tickets long ago.", {"channels": 2}),
]
# fmt: on


def silence(_rng: np.random.Generator) -> Samples:
    return np.zeros(2 * HERTZ, np.float32)


def empty_room(rng: np.random.Generator) -> Samples:
    return effects.at_peak(effects.noise("brown", 3 * HERTZ, HERTZ, rng) + effects.noise("hum", 3 * HERTZ, HERTZ, rng), 0.01)


def fan(rng: np.random.Generator) -> Samples:
    return effects.at_peak(effects.noise("fan", 3 * HERTZ, HERTZ, rng), 0.15)


def tone(_rng: np.random.Generator) -> Samples:
    return (0.3 * np.sin(2 * np.pi * 1000 * np.arange(2 * HERTZ) / HERTZ)).astype(np.float32)


NO_SPEECH: list[tuple[str, Callable[[np.random.Generator], Samples], Record]] = [
    ("silence.wav", silence, {"hertz": 16_000}),
    ("empty-room.wav", empty_room, {"hertz": 44_100}),
    ("fan.wav", fan, {}),
    ("tone-1000-hz.wav", tone, {"hertz": 48_000}),
]


def babblers(language: str) -> list[Samples]:
    names = {"de": ("pico-de", "pico-de-low"), "en": ("pico-us", "flite-rms")}[language]
    return [effects.resample(*voices.speak(voices.VOICES[name], text), HERTZ) for name in names for text in BABBLE[language]]


def sounded(name: str, voice: voices.Voice, text: str, how: Record) -> Samples:
    """Speech at `HERTZ` with its room, noise, line and level."""
    rng = generator(1, name)
    samples, hertz = voices.speak(voice, text, seed=1)
    pause = np.zeros(int(how.get("lead", 0.25) * HERTZ), np.float32)
    samples = np.concatenate([pause, effects.at_peak(effects.resample(samples, hertz, HERTZ), 0.5), pause])
    if "room" in how:
        samples = effects.in_room(samples, HERTZ, how["room"], rng)
    if "noise" in how:
        people = babblers(voice.language) if how["noise"] == "babble" else ()
        samples = effects.mix(samples, effects.noise(how["noise"], len(samples), HERTZ, rng, people), how["snr"])
    if how.get("telephone"):
        samples = effects.telephone(samples, HERTZ)
    return effects.at_peak(samples, 0.5 * 10 ** (how.get("gain", 0) / 20))


def write(path: Path, samples: Samples, how: Record) -> None:
    """In the container that the name's ending says."""
    hertz = how.get("hertz", HERTZ)
    samples = effects.resample(samples, HERTZ, hertz)
    if how.get("channels") == 2:
        # As two microphones hear it: the second a little later and quieter.
        samples = np.stack([samples, 0.7 * np.roll(samples, 4)], axis=1)
    soundfile.write(path, samples, hertz, subtype=how.get("subtype") if path.suffix == ".wav" else None)


# What is asked before an answer: answers are heard only then.
EXPECT = {"Confirm": "yes-no", "Deny": "yes-no", "ProvidePin": "pin", "ChooseOption": "option"}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the recordings and their manifest go")
    folder = parser.parse_args(argv).folder
    folder.mkdir(parents=True, exist_ok=True)
    lines: list[Record] = []
    for name, speaker, text, intent, slots, how in COMMANDS + [(n, v, t, None, {}, h) for n, v, t, h in OTHER_SPEECH]:
        voice = voices.VOICES[speaker]
        write(folder / name, sounded(name, voice, text, how), how)
        lines.append(
            {"audio": name, "text": text, "language": voice.language, "voice": voice.name, "intent": intent}
            | ({"expect": EXPECT[intent]} if intent in EXPECT else {})
            | {"slots": slots}
            | ({"effects": how} if how else {})
        )
        print(f"{len(lines):3} {name}", file=sys.stderr)
    for name, make, how in NO_SPEECH:
        write(folder / name, make(generator(1, name)), how)
        lines.append(
            {"audio": name, "text": "", "status": "no_speech", "intent": None, "slots": {}} | ({"effects": how} if how else {})
        )
    manifest = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    (folder / "manifest.jsonl").write_text(manifest, encoding="utf-8")


if __name__ == "__main__":
    main()
