"""Write what PyTorch computes of a small CTC head with random weights.

The file it writes is what the tests of `crates/speech/src/model/ctc.rs` compare our own
implementation with. The head is the one of `ctc/README.md`, with narrower states, so that the
weights fit in the file.

    python -m zahlwort_training.golden.ctc_head
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from zahlwort_training import paths

STATE, WIDTH, KERNEL, OUTPUTS = 16, 12, 5, 33
LENGTHS = (9, 2)  # the second is shorter than the kernel


def head(tensors: dict[str, torch.Tensor], parts: Sequence[torch.Tensor]) -> torch.Tensor:
    """[time, STATE] of each of the three parts to [time, OUTPUTS] of log-probabilities."""
    t = lambda name: tensors[f"ctc.{name}"]
    normed = [F.layer_norm(part, (STATE,), t(f"norm.{i}.weight"), t(f"norm.{i}.bias")) for i, part in enumerate(parts)]
    u = F.linear(torch.cat(normed, dim=-1), t("proj.weight"), t("proj.bias")).T
    for i in range(2):
        u = u + F.gelu(F.conv1d(u[None], t(f"conv.{i}.weight"), t(f"conv.{i}.bias"), padding=KERNEL // 2)[0])
    return F.linear(u.T, t("out.weight"), t("out.bias")).log_softmax(-1)


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=paths.GOLDEN_HEAD, help="the file to write")
    options = parser.parse_args(argv)
    torch.manual_seed(20261124)
    tensors = {}
    for i in range(3):
        tensors[f"ctc.norm.{i}.weight"] = 1 + 0.3 * torch.randn(STATE)
        tensors[f"ctc.norm.{i}.bias"] = 0.3 * torch.randn(STATE)
    layers = {"proj": nn.Linear(3 * STATE, WIDTH), "out": nn.Linear(WIDTH, OUTPUTS)}
    layers |= {f"conv.{i}": nn.Conv1d(WIDTH, WIDTH, KERNEL) for i in range(2)}
    for name, layer in layers.items():
        tensors[f"ctc.{name}.weight"] = 2 * layer.weight.detach()
        tensors[f"ctc.{name}.bias"] = 2 * layer.bias.detach()
    # Through the rounded numbers that the file holds, so that nothing but arithmetic differs.
    rounded = lambda tensor: (tensor.double() * 1e4).round().div(1e4).float()
    tensors = {name: rounded(tensor) for name, tensor in tensors.items()}
    cases = []
    for length in LENGTHS:
        # Residual streams have a few values that are far from the others.
        parts = [rounded(torch.randn(length, STATE) * 3 + (torch.arange(STATE) == 5) * 20) for _ in range(3)]
        cases.append(
            {
                "parts": [[round(x, 4) for x in part.flatten().tolist()] for part in parts],
                "log_probs": [round(x, 6) for x in head(tensors, parts).flatten().tolist()],
            }
        )
    golden = {
        "d_model": STATE,
        "tensors": {
            name: {"shape": list(tensor.shape), "values": [round(x, 4) for x in tensor.flatten().tolist()]}
            for name, tensor in tensors.items()
        },
        "cases": cases,
    }
    options.out.write_text(json.dumps(golden, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
