"""Compression of answers, in the coding that whoever asks likes best: brotli, zstd or gzip."""

import zlib
from collections.abc import Callable, Sequence
from typing import Protocol

import brotli
import zstandard
from starlette.datastructures import Headers
from starlette.middleware.gzip import IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

_WORTH_IT = 500
_LONGEST_HEADER = 1000


class Compressor(Protocol):
    """Compresses a text that comes in parts."""

    def part(self, body: bytes) -> bytes:
        """What may be sent after another part came."""

    def rest(self, body: bytes) -> bytes:
        """All that is left after the last part."""


class _Brotli:
    def __init__(self) -> None:
        self._made = brotli.Compressor(quality=5)

    def part(self, body: bytes) -> bytes:
        return bytes(self._made.process(body) + self._made.flush())

    def rest(self, body: bytes) -> bytes:
        return bytes(self._made.process(body) + self._made.finish())


class _Zstd:
    def __init__(self) -> None:
        self._made = zstandard.ZstdCompressor(level=7).compressobj()

    def part(self, body: bytes) -> bytes:
        flushed = self._made.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        return self._made.compress(body) + flushed

    def rest(self, body: bytes) -> bytes:
        return self._made.compress(body) + self._made.flush()


class _Gzip:
    def __init__(self) -> None:
        self._made = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)

    def part(self, body: bytes) -> bytes:
        return self._made.compress(body) + self._made.flush(zlib.Z_SYNC_FLUSH)

    def rest(self, body: bytes) -> bytes:
        return self._made.compress(body) + self._made.flush()


# The best first.
_CODINGS: dict[str, Callable[[], Compressor]] = {"br": _Brotli, "zstd": _Zstd, "gzip": _Gzip}


class CompressionMiddleware:
    """Compress answers that gain by it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on and make smaller what comes back."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        wanted = Headers(scope=scope).get("accept-encoding", "")
        coding = preferred_coding(wanted, tuple(_CODINGS))
        responder = _Responder(self.app, coding) if coding else _identity(self.app)
        await responder(scope, receive, send)


class _Responder(IdentityResponder):
    def __init__(self, app: ASGIApp, coding: str) -> None:
        super().__init__(app, _WORTH_IT)
        self.content_encoding = coding
        self._compressor: Compressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        if self._compressor is None:
            self._compressor = _CODINGS[self.content_encoding]()
        return self._compressor.part(body) if more_body else self._compressor.rest(body)


def _identity(app: ASGIApp) -> IdentityResponder:
    return IdentityResponder(app, _WORTH_IT)


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
