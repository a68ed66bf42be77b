"""The part of an HTTP client that keeps the guard's rules: who is connected to, how much is read.

It is mixed into the client's own handler for `http` and `https`, so that it sees every redirect
and the addresses that are really connected to.
"""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

from transcripts.guard import Bounds, RefusedError, bounded, check_name, checked_addresses

GZIP, DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS


class GuardedHTTP:
    """Refuses private addresses (RefusedError) and endless answers (TooMuchError)."""

    def keep(self, loopback: bool, bounds: Bounds, late: Callable[[], bool]) -> None:
        """Set the rules; `late` says whether the time is up."""
        self.loopback, self.bounds, self._late = loopback, bounds, late

    def _make_conn_class(self, base: type, request: Request) -> type:
        made: type = super()._make_conn_class(base, request)  # type: ignore[misc]  # of the client
        host = urlsplit(request.full_url).hostname or ""
        check_name(host, loopback=self.loopback)
        # Through a proxy only the name can be checked: the proxy is connected to, and resolves it.
        tunnel = getattr(request, "_tunnel_host", None)
        return made if request.has_proxy() or tunnel else _checked(made, self.loopback)

    def http_response(self, request: Request, response: Any) -> Any:
        """Bound the reading of an answer before anything reads it."""
        read1 = partial(_read1, response, response.read1)
        response.read = bounded(read1, self.bounds.max_bytes, self._late)
        return super().http_response(request, response)  # type: ignore[misc]  # of the client

    https_response = http_response

    def ftp_open(self, request: Request) -> None:
        """A redirect may name this scheme; nothing of ours is fetched so."""
        raise RefusedError(f"{urlsplit(request.full_url).scheme} addresses are not asked")

    def gz(self, data: bytes) -> bytes:
        """Unpack, but no further than the bounds allow."""
        return _inflated(data, GZIP, self.bounds)

    def deflate(self, data: bytes) -> bytes:
        """Unpack, but no further than the bounds allow."""
        return _inflated(data, DEFLATE, self.bounds)


def _read1(response: Any, read1: Callable[[int], bytes], amount: int) -> bytes:
    """Read what is there; unlike the plain one, notice an answer that was cut off."""
    chunk = read1(amount)
    if not chunk and response.length:
        raise http.client.IncompleteRead(b"", response.length)
    if not chunk:
        response.close()
    return chunk


def _inflated(data: bytes, form: int, bounds: Bounds) -> bytes:
    packed = [data]

    def read1(amount: int) -> bytes:
        content = unpacker.decompress(packed.pop() if packed else unpacker.unconsumed_tail, amount)
        if not content and data and not unpacker.eof:
            raise zlib.error("the packed answer was cut off")
        return content

    unpacker = zlib.decompressobj(form)
    return bounded(read1, bounds.max_bytes, lambda: False)(None)


def _checked(base: type, loopback: bool) -> type:
    """A connection class that connects only to addresses which were looked at before."""

    def connect(self: Any) -> None:
        self._create_connection = partial(_connect, self._create_connection, loopback)
        base.connect(self)  # type: ignore[attr-defined]  # a connection of the standard library

    return type("CheckedConnection", (base,), {"connect": connect})


def _connect(
    plain: Callable[..., Any], loopback: bool, address: tuple[str, int], *rest: Any
) -> Any:
    host, port = address
    trouble: OSError | None = None
    for ip in checked_addresses(host, port, loopback=loopback):
        try:
            return plain((ip, port), *rest)
        except OSError as err:
            trouble = err
    raise trouble or OSError(f"{host} has no address")
