"""Cuts a file into pieces that can be carried one by one, and joins them again.

    python -m zahlwort_training.model.pieces RUN/model.pt OUT --megabytes 15       # OUT/model.pt.0, OUT/model.pt.1 …
    python -m zahlwort_training.model.pieces OUT/model.pt RUN --join               # RUN/model.pt

A piece is the file's name and a number, which begins with 0.
"""

import argparse
from collections.abc import Sequence
from pathlib import Path


def cut(path: Path, out: Path, size: int) -> list[Path]:
    data = path.read_bytes()
    pieces = [out / f"{path.name}.{number}" for number in range(-(-len(data) // size))]
    for number, piece in enumerate(pieces):
        piece.write_bytes(data[number * size : (number + 1) * size])
    return pieces


def join(path: Path, out: Path) -> Path:
    """`path` is the pieces' name without their number."""
    pieces = sorted(path.parent.glob(f"{path.name}.*"), key=lambda piece: int(piece.suffix[1:]))
    if not pieces or [int(piece.suffix[1:]) for piece in pieces] != list(range(len(pieces))):
        raise SystemExit(f"{path}: pieces are missing")
    (out / path.name).write_bytes(b"".join(piece.read_bytes() for piece in pieces))
    return out / path.name


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--megabytes", type=float, default=15)
    parser.add_argument("--join", action="store_true")
    options = parser.parse_args(argv)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.join:
        print(join(options.file, options.out))
        return
    for piece in cut(options.file, options.out, int(options.megabytes * 1_000_000)):
        print(f"{piece.stat().st_size:12,} {piece}")


if __name__ == "__main__":
    main()
