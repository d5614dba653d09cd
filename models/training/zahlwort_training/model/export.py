"""Writes what a checkpoint has learnt for `model.pack`: RUN/encoder.safetensors and RUN/head.safetensors.

    python -m zahlwort_training.model.export RUN --checkpoint RUN/model.pt --settled RUN/model-0.65.pt

`--settled` is a head that got used to an encoder so far on the way, and says how far (`ctc.train --toward`). `--toward`
below 1 stops on the way from OpenAI's encoder to the trained one, which may hear better what training has not shown
it (Wortsman et al., "Robust fine-tuning of zero-shot models", 2022).
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
    parser.add_argument("--settled", type=Path, help="the head to take, and how far the encoder is to be")
    parser.add_argument("--toward", type=float, help="how far the encoder is to be, all the way by default")
    options = parser.parse_args(argv)
    checkpoint = torch.load(options.checkpoint or options.run / "model.pt", map_location="cpu")
    encoder, toward = checkpoint["encoder"], options.toward
    if options.settled:
        settled = torch.load(options.settled, map_location="cpu")
        checkpoint["head"] = settled["head"]
        toward = settled["toward"] if toward is None else toward
    if toward not in (None, 1.0):
        before = whisper.stored("encoder")
        encoder = {name: before[name].lerp(tensor.float(), toward) for name, tensor in encoder.items()}
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
