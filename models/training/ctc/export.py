"""Writes a trained head for the Rust side, and what a test there is to compare with.

    python export.py RUN [--checkpoint RUN/head.pt] [--out RUN/head.safetensors]

Also RUN/golden.json: for tests/audio/ueberweise-fuenfzig-euro-an-anna.wav (whole file, 1600 zeros behind)
the log-probabilities of some frames and the greedy text, from the exported file, all in float32.
"""

import argparse
import json
from pathlib import Path

import soundfile
import torch
from safetensors import safe_open
from safetensors.torch import save_file

import spelling
import whisper
from head import Head


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run", type=Path)
    parser.add_argument("--checkpoint", type=Path)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args()
    out = options.out or options.run / "head.safetensors"
    state = torch.load(options.checkpoint or options.run / "head.pt")
    kernel = state["conv.0.weight"].shape[-1]
    save_file(
        {f"ctc.{name}": tensor.float().contiguous() for name, tensor in state.items()}, out,
        {
            "format": "zahlwort-ctc", "format_version": "1",
            # The first character stands for the blank.
            "characters": spelling.ALPHABET, "blank": "0",
            "layers": "4,5,final", "kernel": str(kernel), "tail_samples": str(whisper.TAIL),
        },
    )
    with safe_open(out, "pt") as file:
        loaded = {name.removeprefix("ctc."): file.get_tensor(name) for name in file.keys()}
        characters = file.metadata()["characters"]
    head = Head(width=loaded["proj.bias"].shape[0], kernel=kernel, convolutions=sum(n.startswith("conv.") for n in loaded) // 2)
    head.load_state_dict(loaded)
    head.eval()
    name = "ueberweise-fuenfzig-euro-an-anna.wav"
    samples, hertz = soundfile.read(whisper.ROOT / "tests/audio" / name, dtype="float32")
    assert hertz == whisper.HERTZ
    with torch.inference_mode():
        mel = whisper.log_mel(samples)
        states = whisper.Encoder()(mel[None])
        log_probs = head(states).log_softmax(-1)[0]
    rows = sorted({0, 1, len(log_probs) - 1, *range(10, len(log_probs), max(1, len(log_probs) // 9))})
    text = spelling.collapse(log_probs.argmax(-1).tolist())
    golden = {
        "audio": name, "tail_samples": whisper.TAIL, "samples": len(samples), "mel_frames": mel.shape[1],
        "states": len(log_probs), "characters": characters, "rows": rows,
        "log_probs": [[round(x, 4) for x in log_probs[row].tolist()] for row in rows],
        "best": log_probs.argmax(-1).tolist(), "greedy": text,
    }
    (out.parent / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{out}: {sum(t.numel() for t in loaded.values())} parameters, {out.stat().st_size / 1e6:.1f} MB; heard: {text}")


if __name__ == "__main__":
    main()
