"""The training's parts, with PyTorch and without training: the shipped weights and a few seconds of sound."""

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="needs PyTorch: pip install --editable '.[ctc]'")
import torch
from safetensors.torch import load_file

from zahlwort_training import features, paths
from zahlwort_training.ctc import augment, whisper
from zahlwort_training.ctc.head import PARTS, STATE, Head
from zahlwort_training.data import spelling
from zahlwort_training.golden import ctc_head
from zahlwort_training.model import export

HERTZ = 16_000


@pytest.fixture(scope="module")
def encoder() -> whisper.Encoder:
    return whisper.Encoder(whisper.stored("encoder", paths.MODEL))


def sound(seconds: float, seed: int = 1) -> torch.Tensor:
    time = np.arange(int(seconds * HERTZ)) / HERTZ
    hiss = 0.01 * np.random.default_rng(seed).standard_normal(len(time))
    return torch.from_numpy((0.3 * np.sin(2 * np.pi * 250 * time) + hiss).astype(np.float32))


def test_features_are_those_of_the_reference() -> None:
    samples = sound(0.7)
    ours = whisper.log_mel(samples)
    assert np.abs(ours.numpy() - features.log_mel(samples.numpy(), padding=whisper.TAIL)).max() < 1e-4


def test_states_are_those_that_the_rust_tests_expect(encoder: whisper.Encoder) -> None:
    golden = json.loads(paths.GOLDEN_STATES.read_text())
    mel, frame = np.meshgrid(np.arange(80), np.arange(golden["frames"]), indexing="ij")
    mel = (0.6 * np.sin(0.17 * mel + 0.31 * frame) + 0.4 * np.cos(0.011 * mel * frame) - 0.1).astype(np.float32)
    with torch.inference_mode():
        states = encoder(torch.from_numpy(mel)[None])[0, :, 2 * STATE :]
    assert len(states) == golden["states"]
    assert (states[golden["rows"]] - torch.tensor(golden["encoder"])).abs().max() < 1e-3


def test_in_a_batch_each_utterance_is_heard_as_if_alone(encoder: whisper.Encoder) -> None:
    one, other = sound(0.5), sound(1.1, seed=2)
    studio = augment.Studio(torch.zeros(1, 10), torch.device("cpu"))
    samples = torch.zeros(2, len(other))
    samples[0, : len(one)], samples[1] = one, other
    torch.manual_seed(1)
    head = Head(dropout=0.0).eval()
    with torch.inference_mode():
        mel, frames = studio.log_mel(samples, torch.tensor([len(one), len(other)]))
        states = encoder(mel, frames)
        inside = whisper.states_inside(frames, states.shape[1])
        characters = head(states, inside)
        alone = encoder(whisper.log_mel(one)[None])
        count = alone.shape[1]
        assert inside.sum(1).tolist() == [count, states.shape[1]]
        assert (states[0, :count] - alone[0]).abs().max() < 1e-2
        assert (characters[0, :count] - head(alone)[0]).abs().max() < 1e-2
    assert characters.shape == (2, states.shape[1], len(spelling.ALPHABET))


def test_the_golden_head_comes_out_again(tmp_path: Path) -> None:
    ctc_head.main(["--out", str(tmp_path / "head.json")])
    made, known = (json.loads(path.read_text()) for path in (tmp_path / "head.json", paths.GOLDEN_HEAD))
    assert made["tensors"] == known["tensors"]
    for one, other in zip(made["cases"], known["cases"], strict=True):
        assert one["parts"] == other["parts"]
        assert np.allclose(one["log_probs"], other["log_probs"], atol=2e-5)


def test_what_is_heard_follows_the_seed_and_ends_where_the_utterance_does() -> None:
    samples = torch.stack([sound(1.0), sound(1.0, 2)])
    samples[0, 9000:] = 0
    lengths = torch.tensor([9000, HERTZ])
    rooms = torch.from_numpy(np.random.default_rng(1).standard_normal((3, 800)) * np.exp(-np.arange(800) / 100))
    heard = []
    for seed in (1, 1, 2):
        # How far people in the background are shifted comes from PyTorch's own generator, which a training seeds too.
        torch.manual_seed(seed)
        heard.append(augment.Studio(rooms, torch.device("cpu"), seed).hear(samples, lengths))
    assert torch.equal(heard[0], heard[1])
    assert not torch.equal(heard[0], heard[2])
    assert heard[0].abs().max() <= 1
    assert not heard[0][0, 9000:].any()


def test_hidden_stretches_and_other_voices_stay_in_range() -> None:
    studio = augment.Studio(torch.zeros(1, 10), torch.device("cpu"))
    mel, frames = studio.log_mel(sound(1.0)[None], torch.tensor([HERTZ]))
    disguised = studio.disguise(mel, frames)
    assert disguised.shape == mel.shape
    assert not torch.equal(disguised, mel)
    assert disguised.min() >= mel.min()


@pytest.mark.parametrize("toward", [1.0, 0.5])
def test_an_export_stops_on_the_way_to_the_checkpoint(toward: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {"conv1.bias": torch.ones(4)}
    monkeypatch.setattr(whisper, "stored", lambda part: before)
    head = {name: tensor.half() for name, tensor in Head().state_dict().items()}
    torch.save({"encoder": {"conv1.bias": torch.full((4,), 3.0).half()}, "head": head}, tmp_path / "model.pt")
    export.main([str(tmp_path), "--toward", str(toward)])
    encoder = load_file(tmp_path / "encoder.safetensors")
    assert encoder["model.encoder.conv1.bias"].tolist() == [1 + 2 * toward] * 4
    written = load_file(tmp_path / "head.safetensors")
    assert written.keys() == {f"ctc.{name}" for name in head}
    assert written["ctc.norm.0.weight"].shape == (STATE,)
    assert written["ctc.proj.weight"].shape == (256, PARTS * STATE)
    assert sum(tensor.numel() for tensor in written.values()) == 1_060_897, "as the README says"
