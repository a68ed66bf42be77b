"""A sentence model of a few hundred numbers, written byte by byte: no download, no ONNX library.

Each known word has a row of numbers; what comes out for a text is their mean. As in real small
models the rows go through a dynamic quantisation whose scale depends on everything that is read at
once, so a text read in a batch would have another vector than alone.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np

from indexer.embedding.registry import KnownModel, PinnedFile

WORDS = "lung cancer hair fall out chemo scan tired food huge broken".split()
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
PATHS = {"onnx/model_quantized.onnx": "model.onnx"}
_FLOAT, _INT64 = 1, 7


def write_tiny_model(
    folder: Path, dimensions: int = 8, seed: int = 1, *, quantised: bool = True
) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = [*SPECIAL, *WORDS]
    rows = np.random.default_rng(seed).normal(size=(len(vocabulary), dimensions))
    rows[vocabulary.index("huge")] *= 40
    rows[vocabulary.index("broken")] = np.nan
    (folder / "model.onnx").write_bytes(_model(rows.astype(np.float32), quantised))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(vocabulary)))
    config = {"model_max_length": 64, "pad_token": "[PAD]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return folder


def write_tiny_cross_encoder(folder: Path, **worth: float) -> Path:
    """One that gives a question and a passage the mean worth of their words."""
    folder.mkdir(parents=True, exist_ok=True)
    vocabulary = [*SPECIAL, *worth]
    rows = np.array([[worth.get(word, 0.0)] for word in vocabulary], np.float32)
    nodes = (
        _node("Gather", ["rows", "input_ids"], ["read"]),
        _node("ReduceMean", ["read"], ["logits"], axes=[1], keepdims=0),
    )
    gives = _value("logits", _FLOAT, ["batch", "one"])
    (folder / "model.onnx").write_bytes(_graph(rows, nodes, gives))
    (folder / "tokenizer.json").write_text(json.dumps(_tokenizer(vocabulary)))
    config = {"model_max_length": 64, "pad_token": "[PAD]"}
    (folder / "tokenizer_config.json").write_text(json.dumps(config))
    return folder


def known_tiny_model(folder: Path, dimensions: int = 8) -> KnownModel:
    """The model in the folder as one that can be fetched."""
    names = {name: path for path, name in PATHS.items()}
    files = tuple(
        PinnedFile(
            names.get(file.name, file.name),
            file.name,
            file.stat().st_size,
            hashlib.sha256(file.read_bytes()).hexdigest(),
        )
        for file in sorted(folder.iterdir())
    )
    return KnownModel(
        name="tiny",
        languages="a dozen words",
        cost="nothing",
        licence="MIT",
        licence_page="https://example.org/tiny",
        repository="tests/tiny",
        revision="0123456789abcdef0123456789abcdef01234567",
        dimensions=dimensions,
        files=files,
    )


def _tokenizer(vocabulary: list[str]) -> dict[str, object]:
    ids = {word: number for number, word in enumerate(vocabulary)}
    mark = {"content": "", "single_word": False, "lstrip": False, "rstrip": False}
    added = [
        {**mark, "id": ids[word], "content": word, "normalized": False, "special": True}
        for word in SPECIAL
    ]
    around = [{"SpecialToken": {"id": word, "type_id": 0}} for word in ("[CLS]", "[SEP]")]
    single = [around[0], {"Sequence": {"id": "A", "type_id": 0}}, around[1]]
    return {
        "version": "1.0",
        "added_tokens": added,
        "normalizer": {"type": "Lowercase"},
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": single,
            "pair": [*single, {"Sequence": {"id": "B", "type_id": 0}}],
            "special_tokens": {
                word: {"id": word, "ids": [ids[word]], "tokens": [word]}
                for word in ("[CLS]", "[SEP]")
            },
        },
        "model": {"type": "WordLevel", "vocab": ids, "unk_token": "[UNK]"},
    }


def _model(rows: np.ndarray[tuple[int, ...], np.dtype[np.float32]], quantised: bool) -> bytes:
    nodes: tuple[bytes, ...] = (
        _node("Gather", ["rows", "input_ids"], ["read"]),
        _node("DynamicQuantizeLinear", ["read"], ["small", "scale", "zero"]),
        _node("DequantizeLinear", ["small", "scale", "zero"], ["last_hidden_state"]),
    )
    if not quantised:
        nodes = (_node("Gather", ["rows", "input_ids"], ["last_hidden_state"]),)
    gives = _value("last_hidden_state", _FLOAT, ["batch", "words", "numbers"])
    return _graph(rows, nodes, gives)


def _graph(
    rows: np.ndarray[tuple[int, ...], np.dtype[np.float32]], nodes: tuple[bytes, ...], gives: bytes
) -> bytes:
    table = (
        b"".join(_number(1, size) for size in rows.shape)
        + _number(2, _FLOAT)
        + _part(8, b"rows")
        + _part(9, rows.tobytes())
    )
    graph = (
        b"".join(_part(1, node) for node in nodes)
        + _part(2, b"tiny")
        + _part(5, table)
        + _part(11, _value("input_ids", _INT64, ["batch", "words"]))
        + _part(12, gives)
    )
    return _number(1, 8) + _part(7, graph) + _part(8, _number(2, 13))


def _node(kind: str, takes: list[str], gives: list[str], **settings: list[int] | int) -> bytes:
    names = [_part(1, name.encode()) for name in takes] + [_part(2, n.encode()) for n in gives]
    attributes = [_part(5, _attribute(name, value)) for name, value in settings.items()]
    return b"".join(names) + _part(4, kind.encode()) + b"".join(attributes)


def _attribute(name: str, value: list[int] | int) -> bytes:
    if isinstance(value, int):
        return _part(1, name.encode()) + _number(3, value) + _number(20, 2)
    return _part(1, name.encode()) + b"".join(_number(8, one) for one in value) + _number(20, 7)


def _value(name: str, kind: int, shape: list[str]) -> bytes:
    sizes = b"".join(_part(1, _part(2, size.encode())) for size in shape)
    tensor = _number(1, kind) + _part(2, sizes)
    return _part(1, name.encode()) + _part(2, _part(1, tensor))


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _part(field: int, content: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(content)) + content


def _varint(value: int) -> bytes:
    made = bytearray()
    while value > 0x7F:
        made.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*made, value])
