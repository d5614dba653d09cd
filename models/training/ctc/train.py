"""Trains the head on stored states and measures it.

    python train.py RUN [--train train …] [--epochs 12 | --minutes 8] [--init CHECKPOINT] [--out head.pt]
    python train.py RUN --measure CHECKPOINT
"""

import argparse
import json
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

import spelling
from head import PARTS, STATE, Head


class Set:
    """Utterances of one states file."""

    def __init__(self, run, name):
        self.items = [json.loads(line) for line in (run / f"states/{name}.jsonl").read_text(encoding="utf-8").splitlines()]
        self.states = np.memmap(run / f"states/{name}.f16", np.float16, "r").reshape(-1, PARTS * STATE)

    def get(self, item):
        return torch.from_numpy(np.array(self.states[item["start"] : item["start"] + item["length"]]))


def batches(sets, frames, rng):
    """Batches of utterances of like length, about `frames` states each, in random order."""
    items = [
        (one, item) for one in sets for item in one.items
        # CTC needs a state for every character and a blank between two that are the same.
        if item["length"] > len(item["target"]) + sum(a == b for a, b in zip(item["target"], item["target"][1:])) + 2
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


def collate(batch):
    lengths = torch.tensor([item["length"] for _, item in batch])
    states = torch.zeros(len(batch), int(lengths.max()), PARTS * STATE, dtype=torch.bfloat16)
    for row, (one, item) in enumerate(batch):
        states[row, : item["length"]] = one.get(item)
    mask = (torch.arange(states.shape[1])[None] < lengths[:, None]).float()
    targets = [torch.tensor(spelling.encode(item["target"])) for _, item in batch]
    return states, mask, lengths, targets


def spec_mask(states, rng, lengths):
    """Stretches of time and bands of channels set to zero, other ones in each utterance."""
    for row, length in enumerate(lengths.tolist()):
        for _ in range(max(1, length // 60)):
            span = rng.randint(1, 8)
            start = rng.randint(0, max(0, length - span))
            states[row, start : start + span] = 0
        for _ in range(2):
            band = rng.randint(0, 60)
            start = rng.randint(0, STATE - band)
            part = rng.randrange(PARTS) * STATE
            states[row, :, part + start : part + start + band] = 0
    return states


@torch.inference_mode()
def greedy(head, one):
    """The text of every utterance of a set."""
    head.eval()
    texts = []
    for item in one.items:
        texts.append(spelling.collapse(head(one.get(item).float()[None])[0].argmax(-1).tolist()))
    return texts


def measure(head, run):
    """Character error rates, and for the orders of coffee the share of slot values in the greedy text."""
    out = {}
    for name in ("valid", "valid-noisy"):
        one = Set(run, name)
        wrong, all_ = {}, {}
        for item, text in zip(one.items, greedy(head, one)):
            for key in (item["set"],):
                wrong[key] = wrong.get(key, 0) + spelling.distance(text, item["target"])
                all_[key] = all_.get(key, 0) + len(item["target"])
        for key in wrong:
            out[f"{key}{name.removeprefix('valid')}"] = round(100 * wrong[key] / all_[key], 1)
    for name in ("coffee-clean", "coffee-6db"):
        if (run / f"states/{name}.jsonl").exists():
            one = Set(run, name)
            found = total = 0
            for item, text in zip(one.items, greedy(head, one)):
                for value in item["slots"].values():
                    total += 1
                    found += f" {spelling.target(value, 'en')} " in f" {text} "
            out[name] = round(100 * found / total, 1)
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path)
    add("--train", nargs="+", default=["train"])
    add("--minutes", type=float, default=8, help="the schedule's length in time, whatever number of epochs that is")
    add("--rate", type=float, default=2e-3)
    add("--batch", type=int, default=4000, help="states in a batch")
    add("--weight-decay", type=float, default=0.02)
    add("--dropout", type=float, default=0.1)
    add("--threads", type=int, default=2)
    add("--init", type=Path, help="go on from this checkpoint")
    add("--out", type=Path, default=None, help="checkpoint, RUN/head.pt by default")
    add("--measure", type=Path, help="only measure this checkpoint")
    add("--seed", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    head = Head(dropout=options.dropout)
    if options.measure or options.init:
        head.load_state_dict(torch.load(options.measure or options.init))
    if options.measure:
        print(json.dumps(measure(head, options.run)))
        return
    print(f"{sum(p.numel() for p in head.parameters())} parameters")
    sets = [Set(options.run, name) for name in options.train]
    print(f"{sum(len(one.items) for one in sets)} utterances, {sum(len(one.states) for one in sets) / 50:.0f} s")
    decayed = [p for p in head.parameters() if p.ndim > 1]
    others = [p for p in head.parameters() if p.ndim < 2]
    optimiser = torch.optim.AdamW(
        [{"params": decayed, "weight_decay": options.weight_decay}, {"params": others, "weight_decay": 0.0}],
        lr=options.rate, betas=(0.9, 0.98),
    )
    began, epoch, step = time.monotonic(), 0, 0
    done = lambda: (time.monotonic() - began) / (60 * options.minutes)
    while done() < 1:
        total = count = 0
        for batch in batches(sets, options.batch, rng):
            progress = done()
            if progress >= 1:
                break
            rate = options.rate * min(1, (step + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * progress))
            for group in optimiser.param_groups:
                group["lr"] = rate
            states, mask, lengths, targets = collate(batch)
            head.train()
            with torch.autocast("cpu", torch.bfloat16):
                logits = head(spec_mask(states, rng, lengths), mask.bfloat16())
            log_probs = F.log_softmax(logits.float(), dim=-1).transpose(0, 1)
            loss = F.ctc_loss(
                log_probs, torch.cat(targets), lengths, torch.tensor([len(t) for t in targets]),
                reduction="sum", zero_infinity=True,
            )
            characters = sum(len(t) for t in targets)
            optimiser.zero_grad()
            (loss / characters).backward()
            torch.nn.utils.clip_grad_norm_(head.parameters(), 1.0)
            optimiser.step()
            total, count, step = total + loss.item(), count + characters, step + 1
        epoch += 1
        print(f"epoch {epoch}: {total / max(count, 1):.3f} nats a character, {step} steps, {time.monotonic() - began:.0f} s", flush=True)
        torch.save(head.state_dict(), options.out or options.run / "head.pt")
    print(json.dumps(measure(head, options.run)))


if __name__ == "__main__":
    main()
