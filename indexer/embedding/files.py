"""The files of a sentence model in a folder: what they are, and whether they are whole.

Where a model was fetched, `model.json` beside it says from where and with which checksums. A folder
put there by hand needs only the model (`.onnx`), `tokenizer.json` and `tokenizer_config.json`; its
`config.json` may say `pooling`, `query_prefix` and `passage_prefix`.
"""

import functools
import time
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from catalog import checksum, file_checksum
from indexer.embedding.registry import MODEL_FILE, Usage
from indexer.errors import IndexerError

RECORD = "model.json"
_NEEDED = ("tokenizer.json", "tokenizer_config.json")
# Read too when they are there; both change how a text is cut into tokens.
_ALSO = ("special_tokens_map.json", "config.json")
_TICK_S = 2.0


class FileRecord(msgspec.Struct, frozen=True):
    """The size in bytes and the SHA-256 of one file."""

    size: int
    sha256: str


class ModelRecord(Usage, frozen=True, forbid_unknown_fields=True):
    """What is known of a fetched model. `fetched_at` is a time in UTC, as ISO 8601."""

    name: str
    repository: str
    revision: str
    licence: str
    licence_page: str
    dimensions: int
    fetched_at: str
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A model's files, found whole. `identity` changes whenever its vectors might.

    `dimensions` is 0 where only loading tells.
    """

    name: str
    folder: Path
    model_file: str
    identity: str
    usage: Usage = field(default_factory=Usage)
    dimensions: int = 0
    record: ModelRecord | None = None


def read_model_files(folder: Path) -> ModelFiles:
    """Look at every file of a model, and verify those that were fetched. Raises IndexerError."""
    try:
        record = _read_record(folder)
        names = tuple(record.files) if record else _names_by_hand(folder)
        digests = {name: _digest(folder / name) for name in names}
    except OSError as err:
        raise IndexerError(
            f"{err.filename or folder}: this file of the sentence model cannot be read: "
            f"{err.strerror}; {_advice(None)}"
        ) from err
    if record:
        _verify(folder, record, digests)
    model_file = next(name for name in names if name.endswith(".onnx"))
    usage = usage_of(record) if record else _usage_by_hand(folder)
    return ModelFiles(
        name=record.name if record else folder.resolve().name,
        folder=folder,
        model_file=model_file,
        identity=_identity(digests, model_file, usage),
        usage=usage,
        dimensions=record.dimensions if record else 0,
        record=record,
    )


def _read_record(folder: Path) -> ModelRecord | None:
    """Read what was written when the model was fetched; none beside files put there by hand."""
    file = folder / RECORD
    try:
        record = msgspec.json.decode(file.read_bytes(), type=ModelRecord)
    except FileNotFoundError:
        return None
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise IndexerError(f"{file}: it is damaged ({err}); {_advice(None)}") from err
    odd = [name for name in record.files if Path(name).name != name]
    if odd:
        raise IndexerError(f"{file}: {odd[0]!r} is no file name; {_advice(record)}")
    return record


def usage_of(model: Usage) -> Usage:
    """How a model is used, without what else is known of it."""
    return Usage(**{name: getattr(model, name) for name in Usage.__struct_fields__})


def _usage_by_hand(folder: Path) -> Usage:
    """What `config.json` says of how a model is used; the usual where it says nothing."""
    file = folder / "config.json"
    try:
        return msgspec.json.decode(file.read_bytes(), type=Usage)
    except FileNotFoundError:
        return Usage()
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        raise IndexerError(f"{file}: it cannot be used ({err}); {_advice(None)}") from err


def _names_by_hand(folder: Path) -> tuple[str, ...]:
    """Name the files of a folder that nobody vouches for."""
    models = sorted(path.name for path in folder.iterdir() if path.suffix == ".onnx")
    model = models if MODEL_FILE not in models else [MODEL_FILE]
    if len(model) != 1:
        raise IndexerError(
            f"{folder}: a sentence model is one .onnx file, and {len(model)} are here; "
            f"name it {MODEL_FILE}"
        )
    also = [name for name in _ALSO if (folder / name).exists()]
    return (*model, *_NEEDED, *also)


def _verify(folder: Path, record: ModelRecord, digests: dict[str, FileRecord]) -> None:
    """Raise IndexerError unless the files that were fetched are there, and are a model."""
    for name, found in digests.items():
        if found.size != record.files[name].size:
            raise IndexerError(
                f"{folder / name}: {found.size} bytes, where {record.files[name].size} were "
                f"fetched; {_advice(record)}"
            )
        if found.sha256 != record.files[name].sha256:
            raise IndexerError(f"{folder / name}: it is damaged; {_advice(record)}")
    missing = [name for name in _NEEDED if name not in digests]
    models = sum(name.endswith(".onnx") for name in digests)
    if missing or models != 1:
        says = f"{missing[0]} is missing" if missing else f"{models} .onnx files"
        raise IndexerError(f"{folder / RECORD}: {says}; {_advice(record)}")


def _advice(record: ModelRecord | None) -> str:
    if record:
        return f"fetch it again with `hope model fetch {record.name}`"
    return "put the file back, or fetch a model with `hope model fetch`"


def _digest(file: Path) -> FileRecord:
    """The checksum of a file, calculated once a process while size and time stay the same.

    A file that has just changed may change again within the same tick of the clock.
    """
    stat = file.stat()
    if time.time() - stat.st_ctime < _TICK_S:
        return FileRecord(stat.st_size, file_checksum(file))
    return _calculated(file, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)


@functools.lru_cache(maxsize=64)
def _calculated(file: Path, size: int, *_same: int) -> FileRecord:
    return FileRecord(size, file_checksum(file))


def _identity(digests: dict[str, FileRecord], model_file: str, usage: Usage) -> str:
    """One SHA-256 over the contents and their usage, whatever folder and model file are called."""
    files = {
        MODEL_FILE if name == model_file else name: found.sha256 for name, found in digests.items()
    }
    lines = [f"{name} {files[name]}" for name in sorted(files)]
    prefixes = [usage.query_prefix, usage.passage_prefix]
    lines += prefixes if any(prefixes) else []
    return checksum("\n".join([usage.pooling, *lines]).encode())
