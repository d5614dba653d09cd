"""Trains the encoder for short context and noise, and the head with it.

    python train.py RUN [--train train …] [--minutes 60] [--init CHECKPOINT] [--out RUN/model.pt]
    python train.py RUN --measure CHECKPOINT | original

Two things are learnt at once: the head's characters (CTC), and states that the *unchanged* attention decoder
reads the right text from, on just the frames that are there (cross-entropy of the written text, the decoder
frozen). At first the head learns alone. A checkpoint is written after every epoch; `--init` goes on from one.
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import tokenizers
import torch
from torch.nn import functional as F

import spelling
import whisper
from head import STATE, Head
from written import written

MELS = 80


class Set:
    """Utterances of one file of frames."""

    def __init__(self, run, name):
        self.items = [json.loads(line) for line in (run / f"mel/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        self.frames = np.memmap(run / f"mel/{name}.f16", np.float16, "r").reshape(-1, MELS)

    def get(self, item):
        """[80, frames]"""
        return torch.from_numpy(np.array(self.frames[item["start"] : item["start"] + item["length"]])).float().T


class Writing:
    """Texts to the tokens that the decoder is fed with and is to answer."""

    def __init__(self):
        self.tokenizer = tokenizers.Tokenizer.from_file(str(whisper.BASE / "tokenizer.json"))
        token = lambda name: self.tokenizer.token_to_id(name)
        self.end = token("<|endoftext|>")
        self.nothing = token("<|nospeech|>") or token("<|nocaptions|>")
        self.prompt = {
            language: [token(f"<|{name}|>") for name in ("startoftranscript", language, "transcribe", "notimestamps")]
            for language in ("de", "en")
        }

    def batch(self, texts, languages):
        """Inputs and answers, [batch, tokens]; −100 where none is asked for."""
        rows = [
            self.prompt[language] + (self.tokenizer.encode(f" {text}", add_special_tokens=False).ids if text else []) + [self.end]
            for text, language in zip(texts, languages)
        ]
        inputs = torch.full((len(rows), max(map(len, rows)) - 1), self.end)
        answers = torch.full_like(inputs, -100)
        for i, row in enumerate(rows):
            inputs[i, : len(row) - 1] = torch.tensor(row[:-1])
            # The first answer is the language, or that nobody speaks.
            answers[i, 0] = row[1] if texts[i] else self.nothing
            answers[i, 3 : len(row) - 1] = torch.tensor(row[4:])
        return inputs, answers


def batches(sets, frames, rng):
    """Batches of utterances of like length, about `frames` frames each, in random order."""
    items = [
        (one, item) for one in sets for item in one.items
        # CTC needs a state for every character and a blank between two that are the same.
        if item["length"] // 2 > len(item["target"]) + sum(a == b for a, b in zip(item["target"], item["target"][1:])) + 2
    ]
    items.sort(key=lambda pair: pair[1]["length"] * rng.uniform(0.9, 1.1))
    out, batch, longest = [], [], 0
    for pair in items:
        longest = max(longest, pair[1]["length"])
        if batch and longest * (len(batch) + 1) > frames:
            out.append(batch)
            batch, longest = [], pair[1]["length"]
        batch.append(pair)
    out.append(batch)
    rng.shuffle(out)
    return out


def warped(frames, factor):
    """[80, frames] as of a vocal tract shorter by `factor`: channels move, the topmost stay filled."""
    place = (torch.arange(MELS) / factor).clamp(max=MELS - 1)
    below = place.floor().long()
    return frames[below].lerp(frames[(below + 1).clamp(max=MELS - 1)], (place - below)[:, None])


def collate(batch, rng=None):
    """[batch, 80, frames]: shorter utterances end in silence, which needs no mask and does happen.

    With `rng`, another vocal tract (Jaitly and Hinton, "Vocal tract length perturbation", 2013) and another
    microphone for each (a tilt and a bend of its spectrum), and stretches of time and bands of channels hidden
    (SpecAugment: Park et al., 2019).
    """
    longest = max(item["length"] for _, item in batch)
    mel = torch.zeros(len(batch), MELS, longest)
    for row, (one, item) in enumerate(batch):
        frames = one.get(item)
        floor = frames.min()
        if rng:
            # A whole unit is 40 dB.
            x = torch.linspace(-1, 1, MELS)
            frames = warped(frames, math.exp(rng.gauss(0, 0.04)))
            bend = rng.gauss(0, 0.06) * x + rng.gauss(0, 0.05) * (x * x - 0.33) + rng.gauss(0, 0.02) * torch.cos(9 * x + rng.random() * 6)
            frames = torch.maximum(frames + bend[:, None], floor)
            hidden = frames.mean()
            for _ in range(max(1, item["length"] // 120)):
                span = rng.randint(1, 18)
                start = rng.randint(0, max(0, item["length"] - span))
                frames[:, start : start + span] = hidden
            for _ in range(2):
                band = rng.randint(0, 12)
                start = rng.randint(0, MELS - band)
                frames[start : start + band] = hidden
        mel[row] = floor
        mel[row, :, : item["length"]] = frames
    return mel


def ctc(logits, targets):
    log_probs = F.log_softmax(logits.float(), dim=-1).transpose(0, 1)
    lengths = torch.full((len(targets),), log_probs.shape[0])
    return F.ctc_loss(
        log_probs, torch.tensor([index for target in targets for index in target]), lengths,
        torch.tensor([len(target) for target in targets]), reduction="sum", zero_infinity=True,
    )


@torch.inference_mode()
def measure(encoder, head, decoder, writing, run):
    """For each held-out set: character error rate of the head's greedy text, and nats a token of the decoder.

    Of the orders of coffee: the share of slot values in the greedy text.
    """
    head.eval()
    out = {}
    for name in ("valid", "valid-noisy", "coffee-clean", "coffee-6db"):
        if not (run / f"mel/{name}.jsonl").exists():
            continue
        one, sums = Set(run, name), {}
        for item in one.items:
            states = encoder(one.get(item)[None])
            text = spelling.collapse(head(states)[0].argmax(-1).tolist())
            if "slots" in item:
                found = [f" {spelling.target(value, 'en')} " in f" {text} " for value in item["slots"].values()]
                new = {"found": sum(found), "slots": len(found)}
                key = name
            else:
                inputs, answers = writing.batch([written(item["text"], item["language"], random.Random(item["id"]))], [item["language"]])
                with torch.autocast("cpu", torch.bfloat16):
                    nats = F.cross_entropy(decoder(states[..., 2 * STATE :], inputs)[0].float(), answers[0], reduction="sum")
                new = {
                    "wrong": spelling.distance(text, item["target"]), "characters": len(item["target"]),
                    "nats": nats.item(), "tokens": (answers >= 0).sum().item(),
                }
                key = item["set"] + name.removeprefix("valid")
            total = sums.setdefault(key, dict.fromkeys(new, 0))
            for what, value in new.items():
                total[what] += value
        for key, total in sums.items():
            out[key] = round(100 * total["found"] / total["slots"], 1) if "found" in total else (
                round(100 * total["wrong"] / total["characters"], 1), round(total["nats"] / total["tokens"], 2),
            )
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path)
    add("--train", nargs="+", default=["train"], help="sets of frames; one that is not there yet joins when it is")
    add("--minutes", type=float, default=60, help="the schedule's length in time, whatever number of epochs that is")
    add("--rate", type=float, default=8e-5, help="the encoder's")
    add("--head-rate", type=float, default=1.5e-3)
    add("--alone", type=float, default=0.08, help="share of the time in which only the head learns")
    add("--writing", type=float, default=0.5, help="weight of the decoder's nats a token beside the head's a character")
    add("--keep", type=float, default=0.0, help="weight of how far, of its square, the states of English speech are from the original encoder's")
    add("--batch", type=int, default=12_000, help="frames in a batch")
    add("--weight-decay", type=float, default=0.02)
    add("--dropout", type=float, default=0.1)
    add("--threads", type=int, default=2)
    add("--init", type=Path, help="go on from this checkpoint")
    add("--toward", type=float, default=1.0, help="with --init: how far from the original encoder towards the checkpoint's to begin")
    add("--out", type=Path, default=None, help="checkpoint, RUN/model.pt by default")
    add("--measure", help="only measure this checkpoint, or the `original` encoder (its head says nothing)")
    add("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    head, encoder_weights = Head(dropout=options.dropout), None
    known = options.init or options.measure
    if known and known != "original":
        checkpoint = torch.load(known)
        head.load_state_dict(checkpoint["head"])
        encoder_weights = checkpoint["encoder"]
        if options.toward != 1.0:
            before = whisper.stored("encoder")
            encoder_weights = {name: before[name].lerp(tensor, options.toward) for name, tensor in encoder_weights.items()}
    encoder, decoder, writing = whisper.Encoder(encoder_weights, trained=not options.measure), whisper.Decoder(), Writing()
    if options.measure:
        print(json.dumps(measure(encoder, head, decoder, writing, options.run)))
        return
    # The original has heard far more people speak English, in more rooms, than there are here to learn from.
    original = whisper.Encoder(None, trained=False) if options.keep else None
    learning = [tensor for tensor in encoder.w.values() if tensor.requires_grad]
    print(f"{sum(p.numel() for p in head.parameters())} parameters of the head, {sum(p.numel() for p in learning)} of the encoder")
    groups = [
        {"params": [p for p in head.parameters() if p.ndim > 1], "lr": options.head_rate, "weight_decay": options.weight_decay},
        {"params": [p for p in head.parameters() if p.ndim < 2], "lr": options.head_rate, "weight_decay": 0.0},
        # Decay would pull the encoder to zero, away from the model that it comes from.
        {"params": learning, "lr": options.rate, "weight_decay": 0.0},
    ]
    rates = [group["lr"] for group in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    began, epoch, step = time.monotonic(), 0, 0
    out = options.out or options.run / "model.pt"
    done = lambda: (time.monotonic() - began) / (60 * options.minutes)
    warm = 0
    while done() < 1:
        sets = [Set(options.run, name) for name in options.train if (options.run / f"mel/{name}.jsonl").exists()]
        print(f"{sum(len(one.items) for one in sets)} utterances, {sum(len(one.frames) for one in sets) / 100:.0f} s", flush=True)
        head.train()
        sums = dict.fromkeys(("characters", "spelt", "tokens", "written", "seconds", "away", "batches"), 0.0)
        for batch in batches(sets, options.batch, rng):
            progress = done()
            if progress >= 1:
                break
            alone = progress < options.alone and not options.init
            warm += not alone
            cosine = 0.5 + 0.5 * math.cos(math.pi * progress)
            for group, rate, ramp in zip(optimiser.param_groups, rates, (step / 50, step / 50, warm / 100)):
                group["lr"] = rate * min(1, ramp) * cosine
            texts = [item["text"] for _, item in batch]
            languages = [item["language"] for _, item in batch]
            targets = [spelling.encode(item["target"]) for _, item in batch]
            mel = collate(batch, rng)
            with torch.autocast("cpu", torch.bfloat16):
                with torch.set_grad_enabled(not alone):
                    states = encoder(mel)
                logits = head(states)
            spelt = ctc(logits, targets)
            characters = max(1, sum(map(len, targets)))
            loss = spelt / characters
            if not alone:
                inputs, answers = writing.batch([written(t, l, rng) for t, l in zip(texts, languages)], languages)
                with torch.autocast("cpu", torch.bfloat16):
                    answered = decoder(states[..., 2 * STATE :], inputs)
                nats = F.cross_entropy(answered.flatten(0, 1).float(), answers.flatten(), reduction="sum")
                tokens = (answers >= 0).sum().item()
                loss = loss + options.writing * nats / tokens
                sums["written"] += nats.item()
                sums["tokens"] += tokens
            english = torch.tensor([language == "en" for language in languages])
            if original and not alone and english.any():
                with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
                    kept = original(mel[english])[..., 2 * STATE :].float()
                away = (states[english][..., 2 * STATE :].float() - kept).square().sum() / kept.square().sum()
                loss = loss + options.keep * away
                sums["away"] += away.item()
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for group in groups for p in group["params"]], 1.0)
            optimiser.step()
            step += 1
            sums["spelt"] += spelt.item()
            sums["batches"] += 1
            sums["characters"] += characters
            sums["seconds"] += mel.shape[0] * mel.shape[2] / 100
            if step % 20 == 0:
                print(
                    f"step {step}, epoch {epoch}: {sums['spelt'] / sums['characters']:.3f} nats a character, "
                    f"{sums['written'] / max(1, sums['tokens']):.3f} a token, "
                    f"{sums['away'] / sums['batches']:.3f} away, {sums['seconds']:.0f} s of speech, "
                    f"{time.monotonic() - began:.0f} s", flush=True,
                )
        epoch += 1
        checkpoint = {"head": head.state_dict(), "encoder": {name: tensor.detach() for name, tensor in encoder.w.items()}}
        torch.save(checkpoint, out.with_suffix(".part"))
        out.with_suffix(".part").rename(out)
    print(json.dumps(measure(encoder, head, decoder, writing, options.run)))


if __name__ == "__main__":
    main()
