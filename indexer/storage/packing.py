"""Values that hold arrays, as they are stored and sent: msgpack in a zstd frame with a checksum."""

from typing import Any, TypeVar

import msgspec
import numpy as np
import zstandard

from indexer.errors import IndexerError

Value = TypeVar("Value")


def packed(value: object) -> bytes:
    """A struct, or a dataclass, as bytes: the same for the same value."""
    content = msgspec.msgpack.encode(value, enc_hook=_told)
    return zstandard.ZstdCompressor(level=9, write_checksum=True).compress(content)


def unpacked(content: bytes, kind: type[Value]) -> Value:
    """Read a value of a kind. Raises IndexerError where it is cut, damaged, or of another kind."""
    try:
        told = zstandard.ZstdDecompressor().decompress(content)
        return msgspec.msgpack.decode(told, type=kind, dec_hook=_array)
    except (zstandard.ZstdError, ValueError, TypeError) as err:
        raise IndexerError(f"what was stored of the index cannot be read: {err!r}") from err


def _told(array: Any) -> tuple[str, tuple[int, ...], memoryview]:
    return array.dtype.str, array.shape, np.ascontiguousarray(array).data


def _array(_kind: type, told: Any) -> Any:
    kind, shape, content = told
    return np.frombuffer(content, kind).reshape(shape)
