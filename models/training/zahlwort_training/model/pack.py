"""Make a model directory as small as it can be for German and English, and seal it with checksums.

* The vocabulary is cut to what German and English need, see `promised`; the ids become dense, their order
  stays. OpenAI's first merge, which some copies of `tokenizer.json` lack, is put back.
* Whisper's biases, normalisations and positions become float16, which is what OpenAI published: lossless.
* `--encoder` and `--head` put trained tensors in, int8 per output row like all matrices.
* The metadata get a format version and a CRC-32 of the tensors, of `config.json` and of `tokenizer.json`.
* `calibration.json` is taken along where it is of the same tensors.

    python -m zahlwort_training.model.pack ../default --out /tmp/packed
    python -m zahlwort_training.model.pack ../default --encoder tuned.safetensors --head head.safetensors --out /tmp/packed
    python -m zahlwort_training.model.pack ../default --compare /tmp/packed sentences.txt    # what is tokenised otherwise?

The same inputs give the same bytes. A directory that is packed already can be packed again with other tensors.
"""

import argparse
import itertools
import json
import re
import shutil
import string
import struct
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from safetensors import safe_open
from safetensors.numpy import load_file, save
from tokenizers import Tokenizer

from zahlwort_training import calibration, paths
from zahlwort_training.model.convert_whisper import quantise
from zahlwort_training.types import Record, Tensors

FORMAT = "zahlwort"
FORMAT_VERSION = "1"
LIMIT = 64_000_000
"""Bytes that a model directory may have."""
EMBEDDING = "model.decoder.embed_tokens.weight"
SMALL = 1 << 16
"""A head's matrices of fewer values stay float16: there is little to gain."""
SHARE = {"de": (1.0, 1.0, 0.25), "en": (0.75, 0.35, 0.1)}
"""Of the words asked for, how many stay whole in lower case, capitalised, and without a space before them.
German capitalises its nouns and joins words, so it needs more of the latter two."""
WORDS = 20_000
MARKS = ".,!?'-:;%€$£/&+\"()*#@=_’"


def promised(words: int) -> Iterator[str]:
    """Every piece of text that has to be tokenised as before.

    The most frequent words of each language and all words of the command packs, lower case and capitalised, after
    a space, the more frequent ones also without; whole numbers below 10 000 and two digits; marks, also two
    together, and single letters; two capital letters; currencies; English contractions. The tokeniser takes
    words, numbers and marks apart before it merges anything, so all texts made of these pieces are tokenised as
    before as well.
    """
    # Needed here only: packing trained tensors anew must not depend on it.
    from wordfreq import top_n_list

    for language, shares in SHARE.items():
        # Pieces as the tokeniser splits them: letters only.
        plain = (w for w in top_n_list(language, 10 * words) if re.fullmatch("[a-zäöü]+", w))
        frequent = list(itertools.islice(plain, words))
        lower, title, bare = (frequent[: int(share * words)] for share in shares)
        yield from (f" {form}" for w in lower for form in sharp(w, language))
        yield from (f" {form[0].upper()}{form[1:]}" for w in title for form in sharp(w, language))
        yield from (form for w in bare for word in sharp(w, language) for form in (word, word[0].upper() + word[1:]))
    packs = sorted(paths.PACKS.rglob("*.yaml"))
    if not packs:
        raise SystemExit(f"{paths.PACKS}: no command packs, so their words would not stay whole")
    for path in packs:
        for word in sorted(set(re.findall("[A-Za-zÄÖÜäöüß]+", path.read_text(encoding="utf-8")))):
            yield from (f" {word}", f" {word[0].upper()}{word[1:]}")
    capitals = string.ascii_uppercase + "ÄÖÜ"
    marks = [*MARKS, "...", *(a + b for a in MARKS for b in MARKS)]
    codes = ["EUR", "USD", "CHF", "GBP", *(a + b for a in string.ascii_uppercase for b in string.ascii_uppercase)]
    numbers = [*map(str, range(10_000)), *(f"{n:02}" for n in range(100))]
    for text in [*numbers, *marks, *string.ascii_lowercase, *capitals, *"äöüßéèê", *codes]:
        yield text
        yield f" {text}"
    yield from ("'s", "'t", "'re", "'ve", "'m", "'ll", "'d")


def sharp(word: str, language: str) -> tuple[str, ...]:
    """The word, and with ß where `wordfreq`, which folds it, may have had one."""
    return (word, word.replace("ss", "ß")) if language == "de" and "ss" in word else (word,)


def mend(tokenizer: Record) -> Record:
    """Puts OpenAI's first merge back where a conversion took it for the list's headline.

    Token 256 is the product of the first merge; without it no word after a space begins with t.
    """
    model = tokenizer["model"]
    merges = [m if isinstance(m, str) else " ".join(m) for m in model["merges"]]
    if "Ġt" in model["vocab"] and "Ġ t" not in merges:
        merges.insert(0, "Ġ t")
    model["merges"] = merges
    return tokenizer


def encoder(tokenizer: Record) -> Callable[[Iterable[str]], list[list[str]]]:
    """Texts in, a list of token strings for each out."""
    library = Tokenizer.from_str(json.dumps(tokenizer))
    return lambda texts: [e.tokens for e in library.encode_batch(list(texts), add_special_tokens=False)]


def cut(tokenizer: Record, words: int) -> tuple[Record, list[int]]:
    """The tokenizer with the tokens that are needed, and their former ids in the order of the new ones.

    Pair encoding always applies the merge of lowest rank that it can. Of a promised text every merge that was
    applied is kept, for each token has but one merge and its parts are kept too. So at each step the merge
    that was the lowest is still there and still is the lowest, and the outcome is the same.
    """
    vocab, merges = tokenizer["model"]["vocab"], tokenizer["model"]["merges"]
    parts = {merge.replace(" ", ""): merge.split(" ") for merge in merges}
    specials = {token["content"]: token for token in tokenizer["added_tokens"]}
    keep = {text for text in vocab if len(text) == 1}
    todo = {token for tokens in encoder(tokenizer)(promised(words)) for token in tokens}
    while todo:
        token = todo.pop()
        if token not in keep:
            keep.add(token)
            todo.update(parts.get(token, ()))
    texts = sorted(keep - specials.keys(), key=vocab.get)
    added = sorted(specials.values(), key=lambda token: token["id"])
    former = [vocab[text] for text in texts] + [token["id"] for token in added]
    new = {text: i for i, text in enumerate(texts + [token["content"] for token in added])}

    tokenizer = json.loads(json.dumps(tokenizer))
    tokenizer["added_tokens"] = [token | {"id": new[token["content"]]} for token in added]
    for token in tokenizer["post_processor"]["special_tokens"].values():
        token["ids"] = [new[name] for name in token["tokens"]]
    model = tokenizer["model"]
    model["vocab"] = {text: i for text, i in new.items() if text in vocab}
    model["merges"] = [merge for merge in merges if merge.replace(" ", "") in keep]
    return tokenizer, former


def trained(path: Path, prefix: str, known: Tensors | None) -> Tensors:
    """The tensors of a file, all named `prefix…`; with `known`, as many and of the same shapes."""
    tensors = {name: array.astype(np.float32) for name, array in load_file(path).items()}
    for name, array in tensors.items():
        if not name.startswith(prefix):
            raise SystemExit(f"{path}: {name} is not one of the tensors {prefix}…")
        if known is not None and (name not in known or known[name].shape != array.shape):
            raise SystemExit(f"{path}: {name} of shape {array.shape} is not a tensor of the model to be packed")
    return tensors


def halve(tensors: Tensors) -> Tensors:
    """float16 for what is float32 and not a scale."""
    half = lambda name, array: array.dtype == np.float32 and not name.endswith(".scale")
    return {name: array.astype(np.float16) if half(name, array) else array for name, array in tensors.items()}


def pack(tensors: Tensors, options: argparse.Namespace) -> tuple[Tensors, dict[str, str]]:
    """The tensors with the trained ones in place, and what the head's file says of itself."""
    about = {}
    if options.encoder:
        tensors |= quantise(trained(options.encoder, "model.encoder.", tensors))
    if options.head:
        head = trained(options.head, "ctc.", None)
        large = {name: array for name, array in head.items() if array.size >= SMALL}
        tensors = {name: array for name, array in tensors.items() if not name.startswith("ctc.")}
        tensors |= {name: array for name, array in head.items() if name not in large} | quantise(large)
        with safe_open(options.head, "numpy") as file:
            about = {f"ctc.{key}": value for key, value in (file.metadata() or {}).items()}
    return halve(tensors), about


def sealed(tensors: Tensors, metadata: dict[str, str]) -> bytes:
    """A safetensors file with a checksum of its tensors; `safetensors` alone orders metadata by chance."""
    plain: bytes = save(tensors)
    (size,) = struct.unpack_from("<Q", plain)
    header, data = json.loads(plain[8 : 8 + size]), plain[8 + size :]
    header["__metadata__"] = metadata | {"crc32.tensors": checksum(data)}
    text = json.dumps(header, sort_keys=True, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def checksum(data: bytes) -> str:
    return f"{zlib.crc32(data):08x}"


def calibrated(source: Path, packed: Path) -> bool:
    """Takes the calibration along if it is of these tensors; whether it is."""
    path = source / calibration.NAME
    if path.exists() and calibration.read(path)["model"] == calibration.tensors_of(packed):
        shutil.copyfile(path, packed / calibration.NAME)
        return True
    print(f"no {calibration.NAME} of these tensors: zahlwort_training.confidence.fit --help says how to make it")
    return False


def compare(source: Path, packed: Path, files: list[Path]) -> bool:
    """Reports the lines that the two directories tokenise differently; whether there are none."""
    old, new = (json.loads((d / "tokenizer.json").read_text(encoding="utf-8")) for d in (source, packed))
    before, after = encoder(mend(old)), encoder(new)
    all_same = True
    promise = [("the promised pieces", list(promised(WORDS)))]
    for name, lines in promise + [(f, f.read_text(encoding="utf-8").splitlines()) for f in files]:
        pairs = list(zip(before(lines), after(lines)))
        other = [(a, b) for a, b in pairs if a != b]
        all_same &= not other
        grown = sum(len(b) for _, b in pairs) / max(1, sum(len(a) for a, _ in pairs)) - 1
        print(f"{name}: {len(other)} of {len(pairs)} tokenised otherwise, {100 * grown:.2f} % more tokens")
        for a, b in other[:5]:
            print("   ", " ".join(a), "→", " ".join(b))
    return all_same


def main(argv: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", type=Path, help="the model directory to pack")
    parser.add_argument("--out", type=Path, help="the directory to write")
    parser.add_argument("--encoder", type=Path, help="float tensors model.encoder.… to put in")
    parser.add_argument("--head", type=Path, help="float tensors ctc.… to put in")
    parser.add_argument(
        "--words", type=int, default=WORDS, help="frequent words of each language, default %(default)s; 0: keep the vocabulary"
    )
    parser.add_argument(
        "--compare",
        nargs="+",
        type=Path,
        metavar=("PACKED", "TEXTS"),
        help="compare how PACKED tokenises the promised pieces and the lines of files",
    )
    options = parser.parse_args(argv)
    if options.compare:
        sys.exit(not compare(options.model, options.compare[0], options.compare[1:]))
    if not options.out or options.out.resolve() == options.model.resolve():
        parser.error("give --out, a directory other than the one to pack")

    tensors = load_file(options.model / "model.safetensors")
    config = json.loads((options.model / "config.json").read_text())
    tokenizer = mend(json.loads((options.model / "tokenizer.json").read_text(encoding="utf-8")))
    with safe_open(options.model / "model.safetensors", "numpy") as file:
        metadata = file.metadata() or {}
    if metadata.get("format") != FORMAT and options.words:
        tokenizer, former = cut(tokenizer, options.words)
        for name in (EMBEDDING, f"{EMBEDDING}.scale"):
            tensors[name] = tensors[name][former]
        config["vocab_size"] = len(former)
    tensors, about = pack(tensors, options)

    config_text = (json.dumps(config, indent=2) + "\n").encode()
    tokenizer_text = json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")).encode()
    metadata |= about | {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "crc32.config.json": checksum(config_text),
        "crc32.tokenizer.json": checksum(tokenizer_text),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "model.safetensors").write_bytes(sealed(tensors, metadata))
    (options.out / "config.json").write_bytes(config_text)
    (options.out / "tokenizer.json").write_bytes(tokenizer_text)
    shutil.copyfile(options.model / "LICENSE", options.out / "LICENSE")
    names = ["model.safetensors", "tokenizer.json", "config.json", "LICENSE"]
    if calibrated(options.model, options.out):
        names.append(calibration.NAME)

    total = 0
    for name in names:
        size = (options.out / name).stat().st_size
        total += size
        print(f"{size:>11,} {name}")
    print(f"{total:>11,} in all, of {LIMIT:,}; {tensors[EMBEDDING].shape[0]:,} tokens")
    if total > LIMIT:
        raise SystemExit("too large: give fewer --words")


if __name__ == "__main__":
    main()
