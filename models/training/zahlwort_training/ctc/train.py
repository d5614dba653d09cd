"""Trains the encoder for short context, noise and other people's voices, and the head with it.

    python -m zahlwort_training.ctc.train RUN --minutes 60 --batch 120 --out RUN/model.pt
    python -m zahlwort_training.ctc.train RUN --start ../default --limit 590 --batch 600 --toward 0.5 0.65
    python -m zahlwort_training.ctc.train RUN --measure RUN/model.pt

RUN/pack is what `data.collect` wrote. Three things are learnt at once: the head's characters (CTC); states that the
*unchanged* attention decoder reads the right text from, on just the frames that are there (cross-entropy, the decoder
frozen); and, with `--keep`, states near those that the original encoder has of the same speech without any noise
and with silence up to 30 s, as it was made for. At first the head learns alone. Everything runs on a GPU where
there is one. It begins with the weights of ZAHLWORT_BASE and a new head, or with what a packed model has learnt
(`--start`), or goes on from a checkpoint (`--init`), which is written every few minutes.

An epoch hears every synthetic utterance once, and the recordings of people as often as `--weights` says; strings of
digits are put together of single ones (`strings.py`).

The mean of the original encoder and the trained one may hear better what training has not shown it (Wortsman et al.,
"Robust fine-tuning of zero-shot models", 2022): `--toward 0.5` also makes a head that is used to that one.
"""

import argparse
import concurrent.futures
import json
import math
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
import tokenizers
import torch
from torch.nn import functional as F

from zahlwort_training.ctc import augment, strings, whisper
from zahlwort_training.ctc.head import STATE, Head
from zahlwort_training.data import spelling
from zahlwort_training.types import Record

HERTZ = whisper.HERTZ
SAVE_EVERY = 150
"""Seconds between checkpoints."""
MEASURING = 8.0
"""Seconds that a measurement takes, at most."""


BEGAN = time.monotonic()
"""When the program was started, nearly: `--limit` counts from here."""

TRAINED_ON = ("train", "kerstin", "digits", "words", "strings")
"""The sets of a pack that training hears. The others are measured with."""

KITCHEN = ("doing_the_dishes", "dude_miaowing", "exercise_bike", "running_tap")
"""Noises that are minutes long where the others are seconds."""


class Speech:
    """All utterances of a pack on the device, and the texts that go with them."""

    def __init__(self, folder: Path, device: torch.device, count: int = 0, seed: int = 1) -> None:
        lines = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
        files = sorted({line["file"] for line in lines})
        with concurrent.futures.ThreadPoolExecutor() as pool:
            read = list(pool.map(lambda name: soundfile.read(folder / name, dtype="int16")[0], files))
        before = dict(zip(files, np.cumsum([0, *map(len, read)])))
        samples = np.concatenate(read)
        lines = [{**line, "start": int(before[line["file"]]) + line["start"]} for line in lines]
        made = [samples]
        for of, name, number in (("digits", "strings", count), ("digits-aside", "strings-aside", min(count, 200))):
            singles = [line for line in lines if line["set"] == of]
            for string, record in strings.strings(samples, singles, number, seed, name):
                lines.append({**record, "start": sum(map(len, made)), "length": len(string)})
                made.append(np.round(string * 32767).astype(np.int16))
        self.samples = torch.from_numpy(np.concatenate(made)).to(device)
        self.noise = [line for line in lines if line["set"] == "noise"]
        lines = [line for line in lines if line["set"] != "noise"]
        # CTC needs a state for every character and a blank between two that are the same.
        self.items = [
            line
            for line in lines
            if line["length"] / 320 > len(line["target"]) + sum(a == b for a, b in zip(line["target"], line["target"][1:])) + 2
        ]
        self.device = device
        for number, item in enumerate(self.items):
            item["number"] = number
            item["spelt"] = spelling.encode(item["target"])

    def bank(self) -> augment.Bank | None:
        """The recorded noise; half of what is drawn of it are the long recordings, however few they are."""
        if not self.noise:
            return None
        column = lambda name: torch.tensor([line[name] for line in self.noise], device=self.device)
        long = torch.tensor([line["text"] in KITCHEN for line in self.noise], device=self.device).float()
        weights = long / long.sum().clamp(min=1) + (1 - long) / (1 - long).sum().clamp(min=1)
        return augment.Bank(self.samples, column("start"), column("length"), weights)

    def batch(self, items: Sequence[Record]) -> tuple[torch.Tensor, torch.Tensor]:
        """[batch, length] in ±1 and the lengths."""
        column = lambda name: torch.tensor([item[name] for item in items], device=self.device)
        starts, lengths = column("start"), column("length")
        # A multiple of 100 ms, for the Fourier transforms' sake.
        longest = -(-max(item["length"] for item in items) // 1600) * 1600
        place = torch.arange(longest, device=self.device)
        taken = self.samples[(starts[:, None] + place).clamp(max=len(self.samples) - 1)]
        return taken.float() / 32768 * (place < lengths[:, None]), lengths


class Writing:
    """Texts to the tokens that the decoder is fed with and is to answer."""

    def __init__(self) -> None:
        self.tokenizer = tokenizers.Tokenizer.from_file(str(whisper.BASE / "tokenizer.json"))
        token = lambda name: self.tokenizer.token_to_id(name)
        self.end = token("<|endoftext|>")
        self.nothing = token("<|nospeech|>") or token("<|nocaptions|>")
        self.prompt = {
            language: [token(f"<|{name}|>") for name in ("startoftranscript", language, "transcribe", "notimestamps")]
            for language in ("de", "en")
        }

    def prepare(self, items: Sequence[Record]) -> None:
        """Each item's ways to be written, as tokens."""
        for item in items:
            item["tokens"] = [
                self.prompt[item["language"]] + self.tokenizer.encode(f" {text}", add_special_tokens=False).ids + [self.end]
                for text in item["written"]
            ]

    def batch(self, rows: Sequence[list[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Inputs and answers, [batch, tokens], of rows of tokens; −100 where no answer is asked for."""
        inputs = torch.full((len(rows), max(map(len, rows)) - 1), self.end)
        answers = torch.full_like(inputs, -100)
        for i, row in enumerate(rows):
            inputs[i, : len(row) - 1] = torch.tensor(row[:-1])
            # The first answer is the language, or that nobody speaks.
            answers[i, 0] = row[1] if len(row) > 5 else self.nothing
            answers[i, 3 : len(row) - 1] = torch.tensor(row[4:])
        return inputs, answers


def batches(items: Sequence[Record], seconds: float, rng: random.Random) -> list[list[Record]]:
    """Batches of utterances of like length, about `seconds` of speech each, in random order."""
    items = sorted(items, key=lambda item: item["length"] * rng.uniform(0.9, 1.1))
    out: list[list[Record]] = []
    batch: list[Record] = []
    longest = 0
    for item in items:
        longest = max(longest, item["length"])
        if batch and longest * (len(batch) + 1) > seconds * HERTZ:
            out.append(batch)
            batch, longest = [], item["length"]
        batch.append(item)
    out.append(batch)
    rng.shuffle(out)
    return out


def epoch(items: Sequence[Record], weights: dict[str, float], rng: random.Random) -> list[Record]:
    """What an epoch hears: the sets as often as their weights say, of a fraction of a time some drawn anew."""
    out: list[Record] = []
    for name in sorted({item["set"] for item in items}):
        whole, part = divmod(weights.get(name, 1.0), 1)
        of = [item for item in items if item["set"] == name]
        out += of * int(whole) + rng.sample(of, round(part * len(of)))
    return out


def ctc(logits: torch.Tensor, states: torch.Tensor, targets: Sequence[list[int]], device: torch.device) -> torch.Tensor:
    log_probs = F.log_softmax(logits.float(), dim=-1).transpose(0, 1)
    flat = torch.tensor([index for target in targets for index in target], device=device)
    lengths = torch.tensor([len(target) for target in targets], device=device)
    return F.ctc_loss(log_probs, flat, states, lengths, reduction="sum", zero_infinity=True)


class Teacher:
    """What the original encoder hears of each utterance as it was spoken, in 30 s; computed once, kept in float16."""

    def __init__(self, speech: Speech, studio: augment.Studio, items: Sequence[Record]) -> None:
        original = whisper.Encoder(None).to(speech.device)
        self.states: dict[int, torch.Tensor] = {}
        for batch in batches(items, 300, random.Random(1)):
            samples, lengths = speech.batch(batch)
            samples = F.pad(samples, (0, 480_000 - augment.TAIL - samples.shape[1]))
            with torch.no_grad():
                mel, _ = studio.log_mel(samples, lengths.fill_(480_000 - augment.TAIL))
                with torch.autocast(speech.device.type, torch.bfloat16):
                    states = original(mel)[..., 2 * STATE :]
            for row, item in zip(states, batch):
                self.states[item["number"]] = row[: item["length"] // 320].half()

    def batch(self, items: Sequence[Record], longest: int) -> tuple[torch.Tensor, torch.Tensor]:
        """[batch, longest, 512], zero where there is nothing to compare with, and where there is."""
        out = torch.zeros(len(items), longest, STATE, device=next(iter(self.states.values())).device)
        inside = torch.zeros(out.shape[:2], dtype=torch.bool, device=out.device)
        for row, item in enumerate(items):
            states = self.states[item["number"]][:longest]
            out[row, : len(states)] = states
            inside[row, : len(states)] = True
        return out, inside


class Run:
    """The parts of a training or a measurement."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.device = torch.device(options.device)
        self.options, self.rng = options, random.Random(options.seed)
        torch.manual_seed(options.seed)
        self.weights = {name: float(times) for name, _, times in (one.partition("=") for one in options.weights)}
        self.speech = Speech(options.run / "pack", self.device, options.strings, options.seed)
        rooms = torch.from_numpy(np.load(options.run / "pack/rooms.npy"))
        self.studio = augment.Studio(rooms, self.device, options.seed, self.speech.bank())
        self.writing = Writing()
        self.writing.prepare(self.speech.items)
        self.head, weights = Head(dropout=options.dropout).to(self.device), None
        known = options.init or options.measure
        if known:
            checkpoint = torch.load(known, map_location="cpu")
            self.head.load_state_dict({name: tensor.float() for name, tensor in checkpoint["head"].items()})
            weights = {name: tensor.float() for name, tensor in checkpoint["encoder"].items()}
        elif options.start:
            self.head.load_state_dict(whisper.stored("ctc", options.start))
            weights = whisper.stored("encoder", options.start)
        self.encoder = whisper.Encoder(weights, trained=not options.measure).to(self.device)
        self.decoder = whisper.Decoder().to(self.device)

    @torch.no_grad()
    def measure(self) -> dict[str, tuple[float, float]]:
        """Of each held-out set, clean and with everything laid over it: the head's character error rate (%, greedy),
        the decoder's nats a token."""
        self.head.eval()
        names = sorted({item["set"] for item in self.speech.items} - set(TRAINED_ON))
        studio, out = augment.Studio(self.studio.rooms, self.device, 99, self.studio.bank), {}
        for name in names:
            for noisy in (False, True):
                sums = dict.fromkeys(("wrong", "letters", "nats", "tokens"), 0)
                for batch in batches([item for item in self.speech.items if item["set"] == name], 300, random.Random(1)):
                    samples, lengths = self.speech.batch(batch)
                    mel, frames = studio.log_mel(studio.hear(samples, lengths) if noisy else samples, lengths)
                    with torch.autocast(self.device.type, torch.bfloat16):
                        states, inside = self.encoder(mel, frames), whisper.states_inside(frames, (mel.shape[2] + 1) // 2)
                        logits = self.head(states, inside)
                        inputs, answers = (x.to(self.device) for x in self.writing.batch([item["tokens"][0] for item in batch]))
                        answered = self.decoder(states[..., 2 * STATE :], inputs, inside)
                    sums["nats"] += F.cross_entropy(answered.flatten(0, 1).float(), answers.flatten(), reduction="sum").item()
                    sums["tokens"] += (answers >= 0).sum().item()
                    for item, row, count in zip(batch, logits.argmax(-1).tolist(), inside.sum(1).tolist()):
                        sums["wrong"] += spelling.distance(spelling.collapse(row[:count]), item["target"])
                        sums["letters"] += len(item["target"])
                out[name + "-noisy" * noisy] = (
                    round(100 * sums["wrong"] / sums["letters"], 1),
                    round(sums["nats"] / sums["tokens"], 2),
                )
        self.head.train()
        return out

    def loss(self, batch: list[Record], alone: bool, teacher: Teacher | None) -> tuple[torch.Tensor, dict[str, Any]]:
        """The loss of a batch of utterances, and its parts: sums that stay on the device."""
        options, device = self.options, self.device
        samples, lengths = self.speech.batch(batch)
        with torch.no_grad():
            samples = self.studio.hear(samples, lengths)
            # One in sixty says nothing.
            silent = max(1, len(batch) // 60)
            samples[:silent] = self.studio.nothing(silent, samples.shape[1]) * (
                torch.arange(samples.shape[1], device=device) < lengths[:silent, None]
            )
            mel, frames = self.studio.log_mel(samples, lengths)
            mel = self.studio.disguise(mel, frames)
        targets: list[list[int]] = [[]] * silent + [item["spelt"] for item in batch[silent:]]
        rows = [self.writing.prompt[item["language"]] + [self.writing.end] for item in batch[:silent]]
        rows += [self.rng.choice(item["tokens"]) for item in batch[silent:]]
        with torch.autocast(device.type, torch.bfloat16), torch.set_grad_enabled(not alone):
            states = self.encoder(mel, frames)
        inside = whisper.states_inside(frames, states.shape[1])
        with torch.autocast(device.type, torch.bfloat16):
            logits = self.head(states, inside)
        spelt = ctc(logits, inside.sum(1), targets, device)
        characters = max(1, sum(map(len, targets)))
        parts = {"spelt": spelt.detach(), "characters": characters, "seconds": sum(item["length"] for item in batch) / HERTZ}
        loss = spelt / characters
        if not alone:
            inputs, answers = (x.to(device, non_blocking=True) for x in self.writing.batch(rows))
            with torch.autocast(device.type, torch.bfloat16):
                answered = self.decoder(states[..., 2 * STATE :], inputs, inside)
            nats = F.cross_entropy(answered.flatten(0, 1).float(), answers.flatten(), reduction="sum")
            tokens = sum(len(row) - 3 for row in rows)
            loss = loss + options.writing * nats / tokens
            parts |= {"written": nats.detach(), "tokens": tokens}
            if teacher:
                wanted, compared = teacher.batch(batch, states.shape[1])
                compared = compared & inside
                compared[:silent] = False
                weight = torch.tensor(
                    [1.0 if item["language"] == "en" or item["set"] != "train" else options.keep_german for item in batch],
                    device=device,
                )
                weight = (weight[:, None] * compared)[..., None]
                away = ((states[..., 2 * STATE :].float() - wanted).square() * weight).sum() / (
                    wanted.square() * weight
                ).sum().clamp(min=1)
                loss = loss + options.keep * away
                parts |= {"away": away.detach(), "batches": 1}
        return loss, parts


def told(sums: dict[str, Any]) -> str:
    """The means of what `Run.loss` gave for some batches."""
    mean = lambda a, b: float(sums.get(a, 0)) / max(1, sums.get(b, 0))
    return (
        f"{mean('spelt', 'characters'):.3f} nats a character, {mean('written', 'tokens'):.3f} a token, "
        f"{mean('away', 'batches'):.3f} away, {sums['seconds']:.0f} s of speech"
    )


class Trainer:
    """What learns, with a running mean of its weights."""

    def __init__(self, run: Run, items: Sequence[Record], teacher: Teacher | None) -> None:
        self.run, self.items, self.teacher = run, items, teacher
        head, options = run.head, run.options
        # Decay would pull the encoder to zero, away from the model that it comes from; the positions stay as they are.
        self.encoder = {name: tensor for name, tensor in run.encoder.w.items() if not name.startswith("embed_positions")}
        self.groups = [
            {"params": [p for p in head.parameters() if p.ndim > 1], "weight_decay": options.weight_decay},
            {"params": [p for p in head.parameters() if p.ndim < 2], "weight_decay": 0.0},
            {"params": list(self.encoder.values()), "weight_decay": 0.0},
        ]
        self.every = [p for group in self.groups for p in group["params"]]

    def learn(self, minutes: float, head_rate: float, rate: float, alone: float, out: Path | None) -> None:
        """For so long, its first `alone` share the head by itself; ends with the mean of the weights, also in `out`."""
        run, options = self.run, self.run.options
        rates = (head_rate, head_rate, rate)
        optimiser = torch.optim.AdamW([{**group, "lr": rate} for group, rate in zip(self.groups, rates)], betas=(0.9, 0.98))
        mean = [p.detach().clone() for p in self.every]
        began, round_, step, warm, saved = time.monotonic(), 0, 0, 0, 0.0
        sums: dict[str, Any] = {}
        done = lambda: (time.monotonic() - began) / max(1e-9, 60 * minutes)
        run.head.train()
        while done() < 1:
            for batch in batches(epoch(self.items, run.weights, run.rng), options.batch, run.rng):
                progress = done()
                if progress >= 1:
                    break
                by_itself = progress < alone
                warm += not by_itself
                cosine = 0.5 + 0.5 * math.cos(math.pi * progress)
                for group, rate, ramp in zip(optimiser.param_groups, rates, (step / 50, step / 50, warm / 200)):
                    group["lr"] = rate * min(1, ramp) * cosine
                batch = run.rng.sample(batch, len(batch))
                loss, parts = run.loss(batch, by_itself, self.teacher)
                optimiser.zero_grad(set_to_none=True)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.every, 1.0)
                optimiser.step()
                step += 1
                with torch.no_grad():
                    # Early on the mean forgets faster, so that it is not of where training began.
                    torch._foreach_lerp_(mean, [p.detach() for p in self.every], 1 - min(options.average, 1 - 10 / (10 + step)))
                for name, value in parts.items():
                    sums[name] = sums.get(name, 0) + value
                if step % 50 == 0:
                    print(f"step {step}, epoch {round_}: {told(sums)}, {time.monotonic() - began:.0f} s", flush=True)
                    sums = {}
                    if out and time.monotonic() - began > saved + SAVE_EVERY:
                        saved = time.monotonic() - began
                        kept = [p.detach().clone() for p in self.every]
                        self.put(mean)
                        self.save(out)
                        self.put(kept)
            round_ += 1
        self.put(mean)
        if out:
            self.save(out)

    @torch.no_grad()
    def put(self, values: Sequence[torch.Tensor]) -> None:
        torch._foreach_copy_(self.every, values)

    def save(self, out: Path) -> None:
        """The checkpoint, written whole or not at all."""
        half = lambda tensors: {name: tensor.detach().half().cpu() for name, tensor in tensors.items()}
        torch.save({"head": half(self.run.head.state_dict()), "encoder": half(self.run.encoder.w)}, out.with_suffix(".part"))
        out.with_suffix(".part").rename(out)

    def settle(self, toward: float, minutes: float, head_rate: float, out: Path) -> None:
        """Puts the encoder back to so far from the original, and lets the head by itself get used to that. The file has that
        head, and how far it is."""
        trained = [p.detach().clone() for p in self.every]
        original = whisper.stored("encoder")
        with torch.no_grad():
            for name, tensor in self.encoder.items():
                tensor.copy_(original[name].to(tensor.device).lerp(tensor, toward))
        self.learn(minutes, head_rate, 0.0, 1.0, None)
        head = {name: tensor.detach().half().cpu() for name, tensor in self.run.head.state_dict().items()}
        torch.save({"head": head, "toward": toward}, out)
        if time_left(self.run.options) > 8:
            print(json.dumps({"toward": toward, **self.run.measure()}), flush=True)
        self.put(trained)


def time_left(options: argparse.Namespace) -> float:
    """Seconds until `--limit`."""
    return float(options.limit or math.inf) - (time.monotonic() - BEGAN)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path)
    add("--minutes", type=float, default=60, help="the schedule's length in time, whatever number of epochs that is")
    add("--rate", type=float, default=8e-5, help="the encoder's")
    add("--head-rate", type=float, default=1.5e-3)
    add("--alone", type=float, default=0.05, help="share of the time in which only the head learns")
    add("--writing", type=float, default=0.5, help="weight of the decoder's nats a token beside the head's a character")
    add(
        "--keep",
        type=float,
        default=0.0,
        help="weight of how far, of its square, the states are from the original encoder's of the same speech clean",
    )
    add("--keep-german", type=float, default=0.3, help="what synthetic German counts in that, which the original hears less well")
    add(
        "--weights",
        nargs="*",
        default=["kerstin=3"],
        metavar="SET=TIMES",
        help="how often an epoch has each utterance of a set, once by default; 0.5 is half of them",
    )
    add("--strings", type=int, default=3000, help="how many strings of digits are put together")
    add("--limit", type=float, help="seconds from the start on after which all has to be done, --minutes or not")
    add("--start", type=Path, help="a packed model whose encoder and head are where training begins")
    add("--batch", type=float, default=120, help="seconds of speech in a batch")
    add("--weight-decay", type=float, default=0.02)
    add("--dropout", type=float, default=0.1)
    add("--average", type=float, default=0.998, help="a step's share of the running mean of the weights that is kept")
    add(
        "--toward",
        type=float,
        nargs="*",
        default=[],
        help="afterwards, for each of these, RUN/model-<this>.pt: a head that is used to the encoder "
        "so far on the way from the original to the trained one, 0 to 1",
    )
    add("--settle-minutes", type=float, default=5, help="how long a head gets used to each of these")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--threads", type=int, default=2)
    add("--init", type=Path, help="go on from this checkpoint")
    add("--out", type=Path, default=None, help="checkpoint, RUN/model.pt by default")
    add("--measure", type=Path, help="only measure this checkpoint")
    add("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    torch.set_num_threads(options.threads)
    run = Run(options)
    if options.measure:
        print(json.dumps(run.measure()))
        return
    items = [item for item in run.speech.items if item["set"] in TRAINED_ON]
    for name in TRAINED_ON:
        lengths = [item["length"] / HERTZ for item in items if item["set"] == name]
        print(f"{name}: {len(lengths)} utterances, {sum(lengths):.0f} s, {run.weights.get(name, 1):g} times an epoch")
    since = lambda: f"{time.monotonic() - BEGAN:.0f} s after the start"
    print(f"loaded on {run.device} {since()}", flush=True)
    teacher = Teacher(run.speech, run.studio, items) if options.keep else None
    trainer, out = Trainer(run, items, teacher), options.out or options.run / "model.pt"
    print(f"training begins {since()}", flush=True)
    minutes = options.minutes
    if options.limit:
        # Measuring takes some seconds each time; where there is no time for it, it is left out.
        after = (60 * options.settle_minutes + MEASURING) * len(options.toward) + MEASURING + 5
        minutes = max(0.0, min(minutes, (time_left(options) - after) / 60))
    trainer.learn(minutes, options.head_rate, options.rate, 0.0 if options.init or options.start else options.alone, out)
    print(f"trained {since()}", flush=True)
    print(json.dumps(run.measure()), flush=True)
    for toward in options.toward:
        trainer.settle(toward, options.settle_minutes, options.head_rate / 3, out.with_stem(f"{out.stem}-{toward}"))
    print(f"done {since()}", flush=True)


if __name__ == "__main__":
    main()
