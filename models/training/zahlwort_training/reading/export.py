"""A checkpoint of the reading to the two files of a model directory.

    python -m zahlwort_training.reading.export RUN --out ../default

Matrices become int8 with a scale a row. What the confidence is computed with is fitted to sentences that were kept
aside, as Platt scaling (Platt, 1999) of the reading's log odds.
"""

import argparse
import json
import math
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import save

from zahlwort_training import paths
from zahlwort_training.reading.data import Data, aside
from zahlwort_training.reading.network import Network
from zahlwort_training.reading.train import read
from zahlwort_training.reading.words import BUCKETS, LANGUAGES, LISTS
from zahlwort_training.types import Array, Tensors


def quantised(name: str, weights: Array) -> Tensors:
    """`name` in int8 and `name.scale`: a weight is their product."""
    scale = np.maximum(np.abs(weights).max(1), 1e-8).astype(np.float32) / 127
    return {name: np.round(weights / scale[:, None]).astype(np.int8), f"{name}.scale": scale}


def tensors(network: Network, layers: int) -> Tensors:
    """All tensors under the names that the crate `reading` knows."""
    w = {name: tensor.float().numpy() for name, tensor in network.state_dict().items()}
    out = quantised("embedding.weight", w["embedding.weight"])
    for layer in range(layers):
        for direction, suffix in (("forward", ""), ("backward", "_reverse")):
            name, end = f"lstm.{layer}.{direction}", f"_l{layer}{suffix}"
            for part in ("weight_ih", "weight_hh"):
                out |= quantised(f"{name}.{part}", w[f"lstm.{part}{end}"])
            out[f"{name}.bias"] = w[f"lstm.bias_ih{end}"] + w[f"lstm.bias_hh{end}"]
    out["attention.weight"] = w["attention.weight"]
    for head in ("intent", "tag"):
        out |= quantised(f"{head}.weight", w[f"{head}.weight"])
        out[f"{head}.bias"] = w[f"{head}.bias"]
    return out | {name: w[name] for name in ("transitions", "start", "end")}


def calibration(network: Network, data: Data) -> dict[str, float]:
    """Scale and offset of the log odds of being exactly right."""
    samples = [*aside(data, data.aside, 2, True), *aside(data, data.real_aside, 1, False)]
    found = [f for f in read(network, data, samples, torch.device("cpu")) if f["intent"]]
    p = torch.tensor([min(max(f["p"], 1e-6), 1 - 1e-6) for f in found], dtype=torch.float64)
    right = torch.tensor([float(f["exact"]) for f in found], dtype=torch.float64)
    odds = (p / (1 - p)).log()
    fit = torch.tensor([0.0, 0.0], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([fit], max_iter=200)

    def closure() -> torch.Tensor:
        optimiser.zero_grad()
        loss = torch.nn.functional.binary_cross_entropy_with_logits(fit[0].exp() * odds + fit[1], right)
        loss.backward()
        return loss

    optimiser.step(closure)
    log_scale, offset = fit.tolist()
    return {"scale": round(math.exp(log_scale), 4), "offset": round(offset, 4)}


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--checkpoint", type=Path, help="RUN/reading.pt by default")
    parser.add_argument("--out", type=Path, default=paths.MODEL)
    options = parser.parse_args(argv)
    checkpoint = torch.load(options.checkpoint or options.run / "reading.pt", map_location="cpu")
    about = checkpoint["about"]
    network = Network(len(about["intents"]), len(about["tags"]), about["embedding"], about["hidden"], about["layers"])
    network.load_state_dict(checkpoint["network"])
    network.eval()
    bytes_ = save({name: np.ascontiguousarray(tensor) for name, tensor in tensors(network, about["layers"]).items()})
    config = {
        "format": "zahlwort-reading",
        "format_version": 1,
        "crc32.tensors": f"{zlib.crc32(bytes_):08x}",
        "buckets": BUCKETS,
        **{name: about[name] for name in ("embedding", "hidden", "layers")},
        "languages": LANGUAGES,
        "lists": LISTS,
        "intents": [{"name": intent, "slots": about["allowed"][intent]} for intent in about["intents"]],
        "tags": about["tags"],
        "calibration": calibration(network, Data(options.run)),
    }
    for name, content in (("reading.safetensors", bytes_), ("reading.json", (json.dumps(config, indent=1) + "\n").encode())):
        part = options.out / f"{name}.part"
        part.write_bytes(content)
        part.rename(options.out / name)
        print(f"{name}: {len(content)} bytes")


if __name__ == "__main__":
    main()
