"""Files cut into pieces and joined again."""

from pathlib import Path

import pytest

from zahlwort_training.model import pieces


def test_pieces_join_to_the_file(tmp_path: Path) -> None:
    path = tmp_path / "model.pt"
    path.write_bytes(bytes(range(256)) * 100)
    out = tmp_path / "out"
    pieces.main([str(path), str(out), "--megabytes", "0.002"])
    assert len(list(out.iterdir())) == 13
    joined = tmp_path / "joined"
    pieces.main([str(out / "model.pt"), str(joined), "--join"])
    assert (joined / "model.pt").read_bytes() == path.read_bytes()
    (out / "model.pt.4").unlink()
    with pytest.raises(SystemExit):
        pieces.join(out / "model.pt", joined)
