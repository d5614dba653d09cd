"""Packing, with a model of a few numbers and a tokeniser that learnt a few sentences."""

import json
import shutil
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest

needs = "pip install --editable '.[model]'"
pytest.importorskip("safetensors", reason=f"needs safetensors: {needs}")
pytest.importorskip("tokenizers", reason=f"needs tokenizers: {needs}")
pytest.importorskip("wordfreq", reason=f"needs wordfreq: {needs}")
from safetensors.numpy import load_file, save_file
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors, trainers

from zahlwort_training import calibration, paths
from zahlwort_training.model import pack
from zahlwort_training.model.convert_whisper import quantise
from zahlwort_training.types import Record, Tensors

SENTENCES = [
    "Überweise fünfzig Euro an Anna und bezahle die Rechnung der Stadtwerke.",
    "the quick brown fox that jumps over the lazy dog, then transfers twenty pounds to them",
    "xylophon zzyzx qwertz xylophon zzyzx qwertz",
] * 20
SPECIAL = ["<|endoftext|>", "<|startoftranscript|>", "<|de|>", "<|notimestamps|>"]
WORDS = 300


def tokenizer() -> Record:
    """One like Whisper's, trained here."""
    made = Tokenizer(models.BPE())
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    made.train_from_iterator(SENTENCES, trainers.BpeTrainer(vocab_size=600, initial_alphabet=alphabet, show_progress=False))
    made.add_special_tokens(SPECIAL)
    ids = [(name, made.token_to_id(name)) for name in SPECIAL]
    made.post_processor = processors.TemplateProcessing(single="<|startoftranscript|> $A <|endoftext|>", special_tokens=ids)
    out: Record = json.loads(made.to_str())
    return out


def tensors(vocabulary: int) -> Tensors:
    rng = np.random.default_rng(1)
    return quantise(
        {
            pack.EMBEDDING: rng.standard_normal((vocabulary, 4)).astype(np.float32),
            "model.encoder.conv1.weight": rng.standard_normal((4, 4, 3)).astype(np.float32),
            "model.encoder.conv1.bias": rng.standard_normal(4).astype(np.float16).astype(np.float32),
        }
    )


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A converted model directory that is not packed yet."""
    folder = tmp_path_factory.mktemp("model")
    made = tokenizer()
    size = len(made["model"]["vocab"]) + len(SPECIAL)
    (folder / "tokenizer.json").write_text(json.dumps(made), encoding="utf-8")
    (folder / "config.json").write_text(json.dumps({"vocab_size": size}))
    (folder / "LICENSE").write_text("MIT")
    save_file(tensors(size), folder / "model.safetensors", {"format": "zahlwort-whisper"})
    return folder


@pytest.fixture(scope="module")
def packed(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    pack.main([str(model), "--out", str(folder), "--words", str(WORDS)])
    return folder


def header(path: Path) -> tuple[Record, bytes]:
    """What a safetensors file says of itself, and its tensors' bytes."""
    data = path.read_bytes()
    (size,) = struct.unpack_from("<Q", data)
    return json.loads(data[8 : 8 + size]), data[8 + size :]


def test_the_same_inputs_give_the_same_bytes(model: Path, packed: Path, tmp_path: Path) -> None:
    pack.main([str(model), "--out", str(tmp_path), "--words", str(WORDS)])
    for path in packed.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_a_calibration_is_taken_along_while_the_tensors_stay(packed: Path, tmp_path: Path) -> None:
    source, same, other = (tmp_path / name for name in ("source", "same", "other"))
    shutil.copytree(packed, source)
    shipped = calibration.read(paths.MODEL / calibration.NAME)
    doubts = {doubt["name"]: doubt["weight"] for doubt in shipped["doubts"]}
    made = calibration.text(shipped, "a test", shipped["sure"], doubts, calibration.tensors_of(packed))
    (source / calibration.NAME).write_text(made, encoding="utf-8")
    pack.main([str(source), "--out", str(same)])
    assert (same / calibration.NAME).read_text(encoding="utf-8") == made

    save_file({"ctc.proj.bias": np.ones(300, np.float32)}, tmp_path / "head.safetensors")
    pack.main([str(source), "--out", str(other), "--head", str(tmp_path / "head.safetensors")])
    assert not (other / calibration.NAME).exists()


def test_packing_a_packed_model_changes_nothing(packed: Path, tmp_path: Path) -> None:
    pack.main([str(packed), "--out", str(tmp_path)])
    for path in packed.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes()


def test_the_seal_holds_checksums_of_all_files(packed: Path) -> None:
    told, data = header(packed / "model.safetensors")
    metadata = told["__metadata__"]
    assert (metadata["format"], metadata["format_version"]) == ("zahlwort", "1")
    assert metadata["crc32.tensors"] == f"{zlib.crc32(data):08x}"
    for name in ("config.json", "tokenizer.json"):
        assert metadata[f"crc32.{name}"] == f"{zlib.crc32((packed / name).read_bytes()):08x}"


def test_promised_text_is_tokenised_as_before_with_fewer_tokens(
    model: Path, packed: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pack, "WORDS", WORDS)
    texts = tmp_path / "texts.txt"
    texts.write_text("die Rechnung überweisen\nthe people and them\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        pack.main([str(model), "--compare", str(packed), str(texts)])
    assert ended.value.code == 0, capsys.readouterr().out
    texts.write_text("xylophon zzyzx qwertz\n")
    with pytest.raises(SystemExit) as ended:
        pack.main([str(model), "--compare", str(packed), str(texts)])
    assert ended.value.code == 1
    assert "1 of 1 tokenised otherwise" in capsys.readouterr().out


def test_the_rows_of_the_embedding_follow_their_tokens(model: Path, packed: Path) -> None:
    old, new = (json.loads((folder / "tokenizer.json").read_text(encoding="utf-8")) for folder in (model, packed))
    before, after = (load_file(folder / "model.safetensors")[pack.EMBEDDING] for folder in (model, packed))
    ids = {**new["model"]["vocab"], **{token["content"]: token["id"] for token in new["added_tokens"]}}
    known = {**old["model"]["vocab"], **{token["content"]: token["id"] for token in old["added_tokens"]}}
    assert sorted(ids.values()) == list(range(len(after)))
    assert len(after) == json.loads((packed / "config.json").read_text())["vocab_size"] < len(before)
    for text, number in ids.items():
        assert np.array_equal(after[number], before[known[text]])
    assert set(SPECIAL) <= ids.keys()
    for token in new["post_processor"]["special_tokens"].values():
        assert token["ids"] == [ids[name] for name in token["tokens"]]


def test_a_merge_that_a_conversion_lost_is_put_back() -> None:
    made = tokenizer()
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in made["model"]["merges"]]
    assert "Ġ t" in merges, "the sentences have words with t"
    made["model"]["merges"] = [merge for merge in merges if merge != "Ġ t"]
    assert pack.mend(made)["model"]["merges"][0] == "Ġ t"


def test_trained_tensors_take_their_places(model: Path, tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    encoder = {"model.encoder.conv1.weight": rng.standard_normal((4, 4, 3)).astype(np.float32)}
    head = {"ctc.proj.weight": rng.standard_normal((300, 256)).astype(np.float32), "ctc.proj.bias": np.ones(300, np.float32)}
    save_file(encoder, tmp_path / "encoder.safetensors")
    save_file(head, tmp_path / "head.safetensors", {"characters": "_ abc"})
    arguments = ["--encoder", str(tmp_path / "encoder.safetensors"), "--head", str(tmp_path / "head.safetensors")]
    pack.main([str(model), "--out", str(tmp_path / "out"), "--words", "0", *arguments])
    found = load_file(tmp_path / "out/model.safetensors")
    weight = found["model.encoder.conv1.weight"] * found["model.encoder.conv1.weight.scale"][:, None, None]
    assert np.allclose(weight, encoder["model.encoder.conv1.weight"], atol=0.02)
    assert found["ctc.proj.weight"].dtype == np.int8
    assert found["ctc.proj.bias"].dtype == np.float16
    assert header(tmp_path / "out/model.safetensors")[0]["__metadata__"]["ctc.characters"] == "_ abc"


def test_tensors_that_do_not_belong_are_refused(model: Path, tmp_path: Path) -> None:
    for name, array in (
        ("model.encoder.conv1.weight", np.zeros((4, 4, 5), np.float32)),
        ("model.decoder.conv1.weight", np.zeros((4, 4, 3), np.float32)),
    ):
        save_file({name: array}, tmp_path / "encoder.safetensors")
        with pytest.raises(SystemExit, match="not"):
            pack.main(
                [str(model), "--out", str(tmp_path / "out"), "--words", "0", "--encoder", str(tmp_path / "encoder.safetensors")]
            )
    assert not (tmp_path / "out").exists()


def test_a_model_is_not_packed_over_itself(model: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        pack.main([str(model), "--out", str(model)])
    assert "other than the one to pack" in capsys.readouterr().err


def test_the_words_of_the_command_packs_are_promised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    promised = set(pack.promised(0))
    assert {" überweise", " Überweise", " transfer", " Warenkorb"} <= promised, paths.PACKS
    monkeypatch.setattr(paths, "PACKS", tmp_path)
    # Sentences that packs are tested with are no part of them.
    (tmp_path / "SendMoney.tests.tsv").write_text("Schnurzelpurz\tSendMoney\t\n", encoding="utf-8")
    with pytest.raises(SystemExit, match="no command packs"):
        set(pack.promised(0))
    (tmp_path / "SendMoney.yaml").write_text("language: de\n", encoding="utf-8")
    assert " Schnurzelpurz" not in set(pack.promised(0))
