"""Codings of what is sent: brotli, zstd or gzip, as whoever asks likes best (RFC 9110, 12.5.3)."""

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import brotli
import zstandard

# What is smaller goes as it is.
WORTH_IT = 500
_LONGEST_HEADER = 1000


@dataclass(frozen=True, slots=True)
class Compressor:
    """Compresses a text that comes in parts: what of it may be sent by now, and its end."""

    compress: Callable[[bytes], bytes]
    flush: Callable[[], bytes]
    finish: Callable[[], bytes]

    def part(self, body: bytes) -> bytes:
        """What may be sent after another part came."""
        return self.compress(body) + self.flush()

    def rest(self, body: bytes) -> bytes:
        """All that is left after the last part."""
        return self.compress(body) + self.finish()


def _brotli() -> Compressor:
    made = brotli.Compressor(quality=5)
    return Compressor(made.process, made.flush, made.finish)


def _zstd() -> Compressor:
    made = zstandard.ZstdCompressor(level=7).compressobj()
    return Compressor(
        made.compress, partial(made.flush, zstandard.COMPRESSOBJ_FLUSH_BLOCK), made.flush
    )


def _gzip() -> Compressor:
    made = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    return Compressor(made.compress, partial(made.flush, zlib.Z_SYNC_FLUSH), made.flush)


# The best first.
CODINGS: dict[str, Callable[[], Compressor]] = {"br": _brotli, "zstd": _zstd, "gzip": _gzip}


class Packed:
    """A body that is sent again and again: compressed once in each coding that is asked for."""

    __slots__ = ("_made", "body")

    def __init__(self, body: bytes, **made: bytes) -> None:
        self.body = body
        self._made = made

    def liked(self, accept_encoding: str) -> tuple[str, bytes]:
        """The coding that is liked best, "" for none, and the body in it."""
        if len(self.body) < WORTH_IT:
            return "", self.body
        coding = preferred_coding(accept_encoding, tuple(CODINGS))
        if coding and coding not in self._made:
            self._made[coding] = CODINGS[coding]().rest(self.body)
        return coding, self._made.get(coding, self.body)

    @property
    def size(self) -> int:
        """How many bytes it holds."""
        return len(self.body) + sum(map(len, self._made.values()))


def preferred_coding(accept_encoding: str, codings: Sequence[str]) -> str:
    """The coding that an `Accept-Encoding` header likes best, else the first of them; "" for none.

    A weight of 0 refuses, `*` stands for all that are not named (RFC 9110, 12.5.3).
    """
    weights = dict(_weighted(part) for part in accept_encoding[:_LONGEST_HEADER].split(","))
    liked = {one: weights.get(one, weights.get("*", 0.0)) for one in codings}
    best = max(codings, key=lambda one: liked[one], default="")
    return best if liked.get(best, 0.0) > 0 else ""


def _weighted(part: str) -> tuple[str, float]:
    coding, _, options = part.partition(";")
    name, _, weight = options.partition("=")
    try:
        value = float(weight) if name.strip().lower() == "q" else 1.0
    except ValueError:
        value = 0.0
    # A name of old for the same coding.
    return coding.strip().lower().removeprefix("x-"), value
