"""Write what Hugging Face's Whisper, and PyTorch for the CTC head, compute from `models/default`.

The file it writes is what `crates/speech/tests/golden.rs` compares our own
implementation with: a few encoder states, logits, cross-attention weights and the head's
log-probabilities for an input made by formula, from the int8 weights multiplied out.

    python -m zahlwort_training.golden.whisper_states
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors.numpy import load_file
from tokenizers import Tokenizer
from transformers import WhisperConfig, WhisperForConditionalGeneration

from zahlwort_training import paths
from zahlwort_training.ctc.head import Head
from zahlwort_training.types import Samples

FRAMES = 155  # odd, so that the last state rests on half a window
TEXT = " Überweise fünfzig Euro an Anna."


def log_mel(mels: int, frames: int) -> Samples:
    """An input in the range of real log-mel energies, with movement in both axes."""
    mel, frame = np.meshgrid(np.arange(mels), np.arange(frames), indexing="ij")
    return (0.6 * np.sin(0.17 * mel + 0.31 * frame) + 0.4 * np.cos(0.011 * mel * frame) - 0.1).astype(np.float32)


def load() -> tuple[Any, Head]:
    """The reference model and head with the dequantised weights."""
    stored = load_file(paths.MODEL / "model.safetensors")
    state = {}
    for name, array in stored.items():
        if name.endswith(".scale"):
            continue
        if array.dtype == np.int8:
            scale = stored[f"{name}.scale"]
            array = array.astype(np.float32) * scale.reshape(-1, *[1] * (array.ndim - 1))
        state[name] = torch.from_numpy(np.ascontiguousarray(array, np.float32))
    head = Head(dropout=0.0)
    head.load_state_dict({name.removeprefix("ctc."): state.pop(name) for name in list(state) if name.startswith("ctc.")})
    state["proj_out.weight"] = state["model.decoder.embed_tokens.weight"]
    config = WhisperConfig.from_dict(json.loads((paths.MODEL / "config.json").read_text()))
    config.pad_token_id = 0  # of a vocabulary that is cut; nothing is padded here
    config._attn_implementation = "eager"  # the only one that returns attention weights
    model = WhisperForConditionalGeneration(config)
    model.load_state_dict(state, strict=True)
    return model.eval(), head.eval()


def encode(encoder: Any, mel: torch.Tensor) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """The encoder's own modules on a short input, which its forward() refuses."""
    x = torch.nn.functional.gelu(encoder.conv1(mel))
    x = torch.nn.functional.gelu(encoder.conv2(x)).permute(0, 2, 1)
    x = x + encoder.embed_positions.weight[: x.shape[1]]
    outputs = []
    for layer in encoder.layers:
        x = layer(x, None)
        x = x[0] if isinstance(x, tuple) else x
        outputs.append(x)
    return encoder.layer_norm(x), outputs


def numbers(array: npt.ArrayLike) -> list[float]:
    return [round(float(x), 5) for x in np.asarray(array).ravel()]


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=paths.GOLDEN_STATES, help="the file to write")
    options = parser.parse_args(argv)
    model, head = load()
    tokenizer = Tokenizer.from_file(str(paths.MODEL / "tokenizer.json"))
    prompt = [tokenizer.token_to_id(f"<|{name}|>") for name in ("startoftranscript", "de", "transcribe", "notimestamps")]
    tokens = [*prompt, *tokenizer.encode(TEXT, add_special_tokens=False).ids]
    with torch.no_grad():
        mel = torch.from_numpy(log_mel(model.config.num_mel_bins, FRAMES))[None]
        states, layers = encode(model.model.encoder, mel)
        characters = torch.log_softmax(head(torch.cat([layers[3], layers[4], states], -1)), -1)
        output = model.model.decoder(
            input_ids=torch.tensor([tokens]), encoder_hidden_states=states, output_attentions=True, use_cache=False
        )
        logits = model.proj_out(output.last_hidden_state)[0]
    rows = [0, 1, 40, states.shape[1] - 1]
    some = list(range(0, logits.shape[1], 1500))
    golden = {
        "frames": FRAMES,
        "states": states.shape[1],
        "rows": rows,
        "encoder": [numbers(states[0, row]) for row in rows],
        "characters": [numbers(characters[0, row]) for row in rows],
        "text": TEXT,
        "tokens": tokens,
        "logit_ids": some,
        "logits": [numbers(row[some]) for row in logits],
        "top": [[int(i) for i in row.topk(3).indices] for row in logits],
        "log_probs": numbers(torch.log_softmax(logits, -1)[range(len(tokens) - 1), tokens[1:]]),
        "attention": [
            {"head": index, "weights": numbers(output.cross_attentions[layer][0, head, -1])}
            for index, (layer, head) in enumerate(model.config.alignment_heads)
            if index in (0, 3, 7)
        ],
    }
    options.out.write_text(json.dumps(golden, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(f"{options.out.name}: {options.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
