"""Whisper's features and encoder as this project ships them, in PyTorch.

The weights are `models/default`'s int8 values times their row scales. As in the project, the encoder sees
only the real frames (no padding to 30 s), its positions counted from the first.

    python -m zahlwort_training.ctc.whisper        # compares with crates/speech/tests/golden/whisper_states.json
"""

import argparse
import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file
from torch.nn import functional as F

from zahlwort_training import paths
from zahlwort_training.features import mel_filters

WIDTH, HEADS, LAYERS = 512, 8, 6
HERTZ = 16_000
TAIL = 1600
"""Zeros after the speech: 100 ms, so that the last sound has frames to end in."""

_FILTERS = torch.from_numpy(mel_filters().astype(np.float32))
_WINDOW = torch.hann_window(400)


def log_mel(samples: npt.ArrayLike | torch.Tensor, tail: int = TAIL) -> torch.Tensor:
    """[80, frames] of 16 kHz samples and the zeros after them."""
    samples = F.pad(torch.as_tensor(samples, dtype=torch.float32), (0, tail))
    power = torch.stft(samples, 400, 160, window=_WINDOW, return_complex=True)[:, :-1].abs() ** 2
    log = (_FILTERS @ power).clamp(min=1e-10).log10()
    return (torch.maximum(log, log.max() - 8.0) + 4.0) / 4.0


BASE = Path(os.environ.get("ZAHLWORT_BASE", paths.MODEL))
"""The model directory that training starts from: OpenAI's weights, converted and packed."""


def stored(part: str, folder: Path = BASE) -> dict[str, torch.Tensor]:
    """The float32 tensors of `model.<part>.…`, or of `ctc.…`, named without that; int8 ones times their row scales."""
    file, out = load_file(folder / "model.safetensors"), {}
    prefix = f"{part}." if part == "ctc" else f"model.{part}."
    for name, array in file.items():
        if not name.startswith(prefix) or name.endswith(".scale"):
            continue
        if array.dtype == np.int8:
            array = array.astype(np.float32) * file[f"{name}.scale"].reshape(-1, *[1] * (array.ndim - 1))
        out[name.removeprefix(prefix)] = torch.from_numpy(np.ascontiguousarray(array, np.float32))
    return out


class Weights:
    """Named tensors and the layers that both halves of the model are made of."""

    def __init__(self, tensors: dict[str, torch.Tensor]) -> None:
        self.w = tensors

    def to(self, device: torch.device) -> Self:
        """The same, its tensors on `device`."""
        self.w = {name: tensor.detach().to(device).requires_grad_(tensor.requires_grad) for name, tensor in self.w.items()}
        return self

    def linear(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.linear(x, self.w[f"{name}.weight"], self.w.get(f"{name}.bias"))

    def norm(self, x: torch.Tensor, name: str) -> torch.Tensor:
        return F.layer_norm(x, (WIDTH,), self.w[f"{name}.weight"], self.w[f"{name}.bias"])

    def attend(
        self, x: torch.Tensor, seen: torch.Tensor, name: str, causal: bool = False, mask: torch.Tensor | None = None
    ) -> torch.Tensor:
        """Attention of `x` to `seen` (where `mask`, [batch, seen], is true), with its output projection."""
        q, k, v = (
            self.linear(y, f"{name}.{part}_proj").unflatten(-1, (HEADS, -1)).transpose(1, 2)
            for part, y in (("q", x), ("k", seen), ("v", seen))
        )
        mask = None if mask is None else mask[:, None, None]
        y = F.scaled_dot_product_attention(q, k, v, mask, is_causal=causal, scale=1 / math.sqrt(WIDTH // HEADS))
        return self.linear(y.transpose(1, 2).flatten(2), f"{name}.out_proj")

    def feed_forward(self, x: torch.Tensor, name: str) -> torch.Tensor:
        y = self.norm(x, f"{name}.final_layer_norm")
        return self.linear(F.gelu(self.linear(y, f"{name}.fc1")), f"{name}.fc2")


def states_inside(frames: torch.Tensor, longest: int) -> torch.Tensor:
    """[batch, longest], true for the states that an utterance of this many frames has."""
    return torch.arange(longest, device=frames.device) < ((frames + 1) // 2)[:, None]


class Encoder(Weights):
    """Log-mel frames to states. With `trained`, gradients reach all but the positions."""

    def __init__(self, tensors: dict[str, torch.Tensor] | None = None, trained: bool = False) -> None:
        super().__init__(tensors or stored("encoder"))
        for name in self.w:
            if trained and not name.startswith("embed_positions"):
                self.w[name].requires_grad_()

    def __call__(self, mel: torch.Tensor, frames: torch.Tensor | None = None) -> torch.Tensor:
        """The states after layers 4 and 5 and the final normed ones: [batch, states, 3 · 512].

        `mel` is [batch, 80, frames]; all of one length, or each as long as `frames` says: then what is behind
        is neither seen nor heard, and the states there mean nothing.
        """
        mask = None
        if frames is not None:
            inside = (torch.arange(mel.shape[2], device=mel.device) < frames[:, None])[:, None]
            mel, mask = mel * inside, states_inside(frames, (mel.shape[2] + 1) // 2)
        x = F.gelu(F.conv1d(mel, self.w["conv1.weight"], self.w["conv1.bias"], padding=1))
        if frames is not None:
            x = x * inside
        x = F.gelu(F.conv1d(x, self.w["conv2.weight"], self.w["conv2.bias"], stride=2, padding=1)).transpose(1, 2)
        x = x.float() + self.w["embed_positions.weight"][: x.shape[1]]
        outputs = []
        for layer in range(LAYERS):
            name = f"layers.{layer}"
            y = self.norm(x, f"{name}.self_attn_layer_norm")
            x = x + self.attend(y, y, f"{name}.self_attn", mask=mask)
            x = x + self.feed_forward(x, name)
            outputs.append(x)
        return torch.cat([outputs[3], outputs[4], self.norm(outputs[5], "layer_norm")], dim=-1).float()


class Decoder(Weights):
    """Teacher-forced: states and tokens to the logits of the token after each. Never trained here."""

    def __init__(self) -> None:
        # Products are in bfloat16 anyway; stored so, they need not be converted each time.
        matrix = lambda name, tensor: tensor.ndim == 2 and "embed_positions" not in name
        super().__init__({name: t.bfloat16() if matrix(name, t) else t for name, t in stored("decoder").items()})

    def __call__(self, states: torch.Tensor, tokens: torch.Tensor, mask: torch.Tensor | None = None) -> torch.Tensor:
        """Logits [batch, tokens, vocabulary]; `states` are the final normed ones, [batch, states, 512]."""
        x = self.w["embed_tokens.weight"][tokens].float() + self.w["embed_positions.weight"][: tokens.shape[1]]
        for layer in range(LAYERS):
            name = f"layers.{layer}"
            y = self.norm(x, f"{name}.self_attn_layer_norm")
            x = x + self.attend(y, y, f"{name}.self_attn", causal=True)
            x = x + self.attend(self.norm(x, f"{name}.encoder_attn_layer_norm"), states, f"{name}.encoder_attn", mask=mask)
            x = x + self.feed_forward(x, name)
        return F.linear(self.norm(x, "layer_norm"), self.w["embed_tokens.weight"])


def check() -> None:
    golden = json.loads(paths.GOLDEN_STATES.read_text())
    mel, frame = np.meshgrid(np.arange(80), np.arange(golden["frames"]), indexing="ij")
    mel = (0.6 * np.sin(0.17 * mel + 0.31 * frame) + 0.4 * np.cos(0.011 * mel * frame) - 0.1).astype(np.float32)
    with torch.inference_mode():
        states = Encoder(stored("encoder", paths.MODEL))(torch.from_numpy(mel)[None])[0, :, 2 * WIDTH :]
    theirs = torch.tensor(golden["encoder"])
    print(f"{len(states)} states, differ by at most {(states[golden['rows']] - theirs).abs().max():.1e}")


def main(argv: Sequence[str] | None = None) -> None:
    argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter).parse_args(argv)
    torch.set_num_threads(2)
    check()


if __name__ == "__main__":
    main()
