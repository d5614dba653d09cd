"""Writes what a checkpoint has learnt for `model.pack`: RUN/encoder.safetensors and RUN/head.safetensors.

    python -m zahlwort_training.model.export RUN --checkpoint RUN/model.pt --toward 1.0

`--toward` below 1 stops on the way from the encoder that training started from to the trained one, which may hear
better what training has not shown it (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
"""

import argparse
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file

from zahlwort_training.ctc import whisper
from zahlwort_training.data import spelling


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--toward", type=float, default=1.0)
    options = parser.parse_args(argv)
    checkpoint = torch.load(options.checkpoint or options.run / "model.pt")
    encoder = checkpoint["encoder"]
    if options.toward != 1.0:
        before = whisper.stored("encoder")
        encoder = {name: before[name].lerp(tensor.float(), options.toward) for name, tensor in encoder.items()}
    save_file(
        {f"model.encoder.{name}": tensor.float().contiguous() for name, tensor in encoder.items()},
        options.run / "encoder.safetensors",
    )
    save_file(
        {f"ctc.{name}": tensor.float().contiguous() for name, tensor in checkpoint["head"].items()},
        options.run / "head.safetensors",
        {"characters": spelling.ALPHABET},
    )
    for name in ("encoder", "head"):
        path = options.run / f"{name}.safetensors"
        print(f"{path.stat().st_size:12,} {path}")


if __name__ == "__main__":
    main()
