"""Trains the reading.

    python -m zahlwort_training.reading.train RUN --steps 30000

RUN has what `reading.prepare` wrote; RUN/reading.pt gets the network with the mean of its last weights. What is kept
aside is measured at the end. On CPU, `--minutes` ends the schedule in time.
"""

import argparse
import json
import math
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import torch

from zahlwort_training.reading.data import HERE, Batch, Data, Stream, aside, batch
from zahlwort_training.reading.meanings import Student
from zahlwort_training.reading.network import Network, loss
from zahlwort_training.reading.samples import Sample, Sampler

SPENDS = {
    "BuyProduct",
    "Checkout",
    "Reorder",
    "PayMerchant",
    "PayBill",
    "SendMoney",
    "CreateStandingOrder",
    "TopUp",
    "BookRentalCar",
}
"""Only for the report."""


class Batches(torch.utils.data.IterableDataset):
    """Each worker draws sentences of its own."""

    def __init__(self, data: Data, size: int, seed: int) -> None:
        self.data, self.size, self.seed = data, size, seed

    def __iter__(self) -> Iterator[Batch]:
        worker = torch.utils.data.get_worker_info()
        return Stream(self.data, self.seed * 1000 + (worker.id if worker else 0)).batches(self.size)


def on(device: torch.device, one: Batch) -> Batch:
    """On the device, but for the lengths."""
    return tuple(x if number == 3 else x.to(device, non_blocking=True) for number, x in enumerate(one))


@torch.no_grad()
def read(network: Network, data: Data, samples: Sequence[Sample], device: torch.device) -> list[dict[str, Any]]:
    """What the network reads in each sample."""
    network.eval()
    sampler, out = Sampler(HERE, 3), []
    allowed = torch.tensor(
        [[n < 2 or tag in data.allowed[intent] for n, tag in enumerate(data.tags)] for intent in data.intents], device=device
    )
    for at in range(0, len(samples), 512):
        some = samples[at : at + 512]
        grams, offsets, flag, lengths, _, tags = on(device, batch(some, data, sampler))
        logits, emissions, inside, _ = network(grams, offsets, flag, lengths)
        emissions = emissions.float()
        best, intent = logits.float().log_softmax(1).max(1)
        path, score = network.viterbi(emissions, inside, allowed[intent])
        p = (best + score - network.log_z(emissions, inside)).exp()
        right = ((path == tags) | ~inside).all(1)
        for row, sample in enumerate(some):
            out.append(
                {
                    "intent": data.intents[intent[row]],
                    "p": p[row].item(),
                    "exact": bool(right[row]) and data.intents[intent[row]] == sample.intent,
                    "tags": [data.tags[n] for n in path[row, : len(sample.words)].tolist()],
                    "sample": sample,
                }
            )
    network.train()
    return out


def report(name: str, found: Sequence[dict[str, Any]], at: float = 0.7) -> dict[str, Any]:
    """Exact, wrong and not taken at a probability; of what is no command, what is taken, and what is taken as spending."""
    commands = [f for f in found if f["sample"].intent]
    none = [f for f in found if not f["sample"].intent]
    taken = lambda f: f["intent"] and f["p"] >= at
    out: dict[str, Any] = {"set": name}
    if commands:
        out |= {
            "commands": len(commands),
            "best_is_right": round(sum(f["exact"] for f in commands) / len(commands), 4),
            "exact": round(sum(bool(taken(f)) and f["exact"] for f in commands) / len(commands), 4),
            "wrong": round(sum(bool(taken(f)) and not f["exact"] for f in commands) / len(commands), 4),
        }
    if none:
        out |= {
            "none": len(none),
            "taken": sum(bool(taken(f)) for f in none),
            "spending": sum(bool(taken(f)) and f["intent"] in SPENDS for f in none),
        }
    return out


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add("run", type=Path)
    add("--steps", type=int, default=12000)
    add("--minutes", type=float, default=1e9, help="at most; the schedule ends then")
    add("--batch", type=int, default=128)
    add("--rate", type=float, default=2e-3)
    add("--embedding", type=int, default=96)
    add("--hidden", type=int, default=128)
    add("--layers", type=int, default=2)
    add("--dropout", type=float, default=0.3)
    add("--teacher", type=float, default=0.5, help="the weight of what `reading.vectors` made, if it is there")
    add("--threads", type=int, default=2)
    add("--workers", type=int, default=0)
    add("--without", default="", help="a source of real sentences that is kept aside whole, to measure with")
    add("--everything", action="store_true", help="keep nothing aside: the last training, after all choices")
    add("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    add("--seed", type=int, default=1)
    add("--init", type=Path, help="a checkpoint to begin with")
    add("--out", type=Path)
    options = parser.parse_args(argv)
    torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    device = torch.device(options.device)
    data = Data(options.run, options.without, options.everything)
    print(
        f"{len(data.written)} templates, {len(data.packs)} of packs, {len(data.real)} real sentences; kept aside "
        f"{len(data.aside)} and {len(data.real_aside)}; {len(data.intents)} intents, {len(data.tags)} tags",
        flush=True,
    )
    sizes = {name: getattr(options, name) for name in ("embedding", "hidden", "layers", "dropout")}
    network = Network(len(data.intents), len(data.tags), **sizes).to(device)
    if options.init:
        begun = torch.load(options.init, map_location=device, weights_only=True)
        if begun["about"]["intents"] != data.intents or begun["about"]["tags"] != data.tags:
            parser.error(f"{options.init} knows other intents or slots; train without --init")
        network.load_state_dict(begun["network"])
    mean = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    student = Student(options.embedding, options.hidden).to(device)
    learned = [*network.parameters(), *student.parameters()]
    optimiser = torch.optim.AdamW(learned, lr=options.rate, weight_decay=1e-3, betas=(0.9, 0.98))
    loader = torch.utils.data.DataLoader(
        Batches(data, options.batch, options.seed),
        batch_size=None,
        num_workers=options.workers,
        prefetch_factor=8 if options.workers else None,
        pin_memory=device.type == "cuda",
    )
    out = options.out or options.run / "reading.pt"
    about = {"intents": data.intents, "tags": data.tags, "allowed": data.allowed, **sizes}
    began, sums = time.monotonic(), [0.0] * 4
    for step, one in enumerate(loader):
        progress = max(step / options.steps, (time.monotonic() - began) / 60 / options.minutes)
        if progress >= 1:
            break
        for group in optimiser.param_groups:
            group["lr"] = options.rate * min(1, step / 300) * (0.5 + 0.5 * math.cos(math.pi * progress))
        here, distance = on(device, one), torch.zeros(())
        total, of_intents, of_tags, summary = loss(network, here[:6])
        if len(here) > 6:
            meanings, grams, offsets, vectors = here[6:]
            distance = student(network.embedding(grams, offsets), vectors, summary, meanings)
            total = total + options.teacher * distance
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        torch.nn.utils.clip_grad_norm_(learned, 1.0)
        optimiser.step()
        with torch.no_grad():
            keep = min(0.999, 1 - 10 / (10 + step))
            torch._foreach_lerp_(list(mean.values()), list(network.state_dict().values()), 1 - keep)
        if step % 50 == 0:
            sums = [a + b for a, b in zip(sums, (of_intents.item(), of_tags.item(), distance.item(), 1.0))]
        if step % 500 == 499:
            print(
                f"step {step + 1}: {sums[0] / sums[3]:.4f} intent, {sums[1] / sums[3]:.4f} tags, {sums[2] / sums[3]:.4f} "
                f"from the teacher, {time.monotonic() - began:.0f} s",
                flush=True,
            )
            sums = [0.0] * 4
            save(out, mean, about)
    save(out, mean, about)
    network.load_state_dict(mean)
    evaluate(network, data, device, out)


def save(out: Path, mean: dict[str, torch.Tensor], about: dict[str, Any]) -> None:
    torch.save({"network": {k: v.cpu() for k, v in mean.items()}, "about": about}, out.with_suffix(".part"))
    out.with_suffix(".part").rename(out)


def evaluate(network: Network, data: Data, device: torch.device, out: Path) -> None:
    """Prints a line a set, and writes what was read wrongly beside the checkpoint."""
    wrong = []
    found = read(network, data, aside(data, data.aside, 3, True), device)
    plain = read(network, data, aside(data, data.aside, 3, False), device)
    print(json.dumps(report("aside, changed", found)), flush=True)
    print(json.dumps(report("aside", plain)), flush=True)
    for key in ("language", "register"):
        groups = defaultdict(list)
        for f in plain:
            groups[getattr(f["sample"], key)].append(f)
        for name, some in sorted(groups.items()):
            print(json.dumps(report(f"aside, {name}", some)), flush=True)
    real = read(network, data, aside(data, data.real_aside, 1, False), device)
    groups = defaultdict(list)
    for f in real:
        groups[f["sample"].register].append(f)
    for name, some in sorted(groups.items()):
        print(json.dumps(report(name, some)), flush=True)
    for f in [*plain, *real]:
        if not f["exact"] and (f["sample"].intent or f["p"] > 0.3):
            s = f["sample"]
            show = lambda tags, words: " ".join(f"[{t}:{w.text}]" if t else w.text for t, w in zip(tags, words))
            columns = (
                s.place,
                f"{s.intent or '-'} -> {f['intent'] or '-'}",
                f"{f['p']:.2f}",
                show(s.tags, s.words),
                show(f["tags"], s.words),
            )
            wrong.append("\t".join(columns) + "\n")
    out.with_suffix(".wrong.tsv").write_text("".join(wrong), encoding="utf-8")


if __name__ == "__main__":
    main()
