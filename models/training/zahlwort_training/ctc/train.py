"""Trains the encoder for short context, noise and other people's voices, and the head with it.

    python -m zahlwort_training.ctc.train RUN --minutes 60 --batch 120 --out RUN/model.pt
    python -m zahlwort_training.ctc.train RUN --measure RUN/model.pt

RUN/pack is what `data.collect` wrote. Three things are learnt at once: the head's characters (CTC); states that the
*unchanged* attention decoder reads the right text from, on just the frames that are there (cross-entropy, the decoder
frozen); and, with `--keep`, states near those that the original encoder has of the same speech without any noise
and with silence up to 30 s, as it was made for. At first the head learns alone. Everything runs on a GPU where
there is one. A checkpoint is written every few minutes; `--init` goes on from one.

The mean of the original encoder and the trained one may hear better what training has not shown it (Wortsman et al.,
"Robust fine-tuning of zero-shot models", 2022): `--toward 0.5` also makes that one, with a head that is used to it.
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

from zahlwort_training.ctc import augment, whisper
from zahlwort_training.ctc.head import STATE, Head
from zahlwort_training.data import spelling
from zahlwort_training.types import Record

HERTZ = whisper.HERTZ
SAVE_EVERY = 150
"""Seconds between checkpoints."""


class Speech:
    """All utterances of a pack on the device, and the texts that go with them."""

    def __init__(self, folder: Path, device: torch.device) -> None:
        lines = [json.loads(line) for line in (folder / "index.jsonl").read_text(encoding="utf-8").splitlines()]
        files = sorted({line["file"] for line in lines})
        with concurrent.futures.ThreadPoolExecutor() as pool:
            read = list(pool.map(lambda name: soundfile.read(folder / name, dtype="int16")[0], files))
        before = dict(zip(files, np.cumsum([0, *map(len, read)])))
        self.samples = torch.from_numpy(np.concatenate(read)).to(device)
        # CTC needs a state for every character and a blank between two that are the same.
        self.items = [
            {**line, "start": int(before[line["file"]]) + line["start"]}
            for line in lines
            if line["length"] / 320 > len(line["target"]) + sum(a == b for a, b in zip(line["target"], line["target"][1:])) + 2
        ]
        self.device = device
        for number, item in enumerate(self.items):
            item["number"] = number
            item["spelt"] = spelling.encode(item["target"])

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
            with torch.no_grad(), torch.autocast(speech.device.type, torch.bfloat16):
                mel, _ = studio.log_mel(
                    F.pad(samples, (0, 480_000 - augment.TAIL - samples.shape[1])), lengths.fill_(480_000 - augment.TAIL)
                )
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
        self.speech = Speech(options.run / "pack", self.device)
        self.studio = augment.Studio(torch.from_numpy(np.load(options.run / "pack/rooms.npy")), self.device, options.seed)
        self.writing = Writing()
        self.writing.prepare(self.speech.items)
        self.head, weights = Head(dropout=options.dropout).to(self.device), None
        known = options.init or options.measure
        if known:
            checkpoint = torch.load(known, map_location="cpu")
            self.head.load_state_dict({name: tensor.float() for name, tensor in checkpoint["head"].items()})
            weights = {name: tensor.float() for name, tensor in checkpoint["encoder"].items()}
        self.encoder = whisper.Encoder(weights, trained=not options.measure).to(self.device)
        self.decoder = whisper.Decoder().to(self.device)

    @torch.no_grad()
    def measure(self) -> dict[str, tuple[float, float]]:
        """Of each held-out set, clean and with everything laid over it: the head's character error rate (%, greedy),
        the decoder's nats a token."""
        self.head.eval()
        names = sorted({item["set"] for item in self.speech.items} - {"train", "kerstin"})
        studio, out = augment.Studio(self.studio.rooms, self.device, 99), {}
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
                    [1.0 if item["language"] == "en" or item["set"] == "kerstin" else options.keep_german for item in batch],
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

    def learn(self, minutes: float, head_rate: float, rate: float, alone: float, out: Path) -> None:
        """For so long, its first `alone` share the head by itself; ends with the mean of the weights, also in `out`."""
        run, options = self.run, self.run.options
        rates = (head_rate, head_rate, rate)
        optimiser = torch.optim.AdamW([{**group, "lr": rate} for group, rate in zip(self.groups, rates)], betas=(0.9, 0.98))
        mean = [p.detach().clone() for p in self.every]
        began, epoch, step, warm, saved = time.monotonic(), 0, 0, 0, 0.0
        sums: dict[str, Any] = {}
        done = lambda: (time.monotonic() - began) / (60 * minutes)
        run.head.train()
        while done() < 1:
            for batch in batches(self.items, options.batch, run.rng):
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
                    print(f"step {step}, epoch {epoch}: {told(sums)}, {time.monotonic() - began:.0f} s", flush=True)
                    sums = {}
                    if time.monotonic() - began > saved + SAVE_EVERY:
                        saved = time.monotonic() - began
                        kept = [p.detach().clone() for p in self.every]
                        self.put(mean)
                        self.save(out)
                        self.put(kept)
            epoch += 1
        self.put(mean)
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
        """Puts the encoder back to so far from the original, and lets the head by itself get used to that."""
        trained = [p.detach().clone() for p in self.every]
        original = whisper.stored("encoder")
        with torch.no_grad():
            for name, tensor in self.encoder.items():
                tensor.copy_(original[name].to(tensor.device).lerp(tensor, toward))
        self.learn(minutes, head_rate, 0.0, 1.0, out)
        print(json.dumps({"toward": toward, **self.run.measure()}), flush=True)
        self.put(trained)


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
    add("--recorded", type=int, default=3, help="how often an epoch has each recorded sentence")
    add("--batch", type=float, default=120, help="seconds of speech in a batch")
    add("--weight-decay", type=float, default=0.02)
    add("--dropout", type=float, default=0.1)
    add("--average", type=float, default=0.998, help="a step's share of the running mean of the weights that is kept")
    add(
        "--toward",
        type=float,
        nargs="*",
        default=[],
        help="afterwards, for each of these, RUN/model-<this>.pt: the encoder "
        "so far on the way from the original to the trained one, 0 to 1, with a head that is used to it",
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
    items = [item for item in run.speech.items if item["set"] == "train"]
    items += [item for item in run.speech.items if item["set"] == "kerstin"] * options.recorded
    print(f"{len(items)} utterances, {sum(item['length'] for item in items) / HERTZ:.0f} s, on {run.device}", flush=True)
    teacher = Teacher(run.speech, run.studio, list({item["number"]: item for item in items}.values())) if options.keep else None
    trainer, out = Trainer(run, items, teacher), options.out or options.run / "model.pt"
    trainer.learn(options.minutes, options.head_rate, options.rate, 0.0 if options.init else options.alone, out)
    print(json.dumps(run.measure()), flush=True)
    for toward in options.toward:
        trainer.settle(toward, options.settle_minutes, options.head_rate / 3, out.with_stem(f"{out.stem}-{toward}"))


if __name__ == "__main__":
    main()
