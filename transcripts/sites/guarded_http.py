"""The part of an HTTP client that keeps the guard's rules: who is connected to, how much is read.

It is mixed into the client's own handler for `http` and `https`, so that it sees every redirect
and the addresses that are really connected to.
"""

import http.client
import signal
import ssl
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request

from transcripts.sites.address_guard import (
    SLOW,
    AnswerTooLargeError,
    DownloadBudget,
    ProxyLostError,
    RefusedError,
    bounded,
    check_host,
    checked_addresses,
)
from transcripts.sites.policy import RequestPolicy

AGAIN_S = 1.0


GZIP, DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise TooMuchError in the block when its time is up.

    Waiting for the next byte ends so, and work that never does. It comes again every second, in
    case that somebody else's code swallowed it. Only a process's main thread can be told, and
    only where nobody else has the alarm; elsewhere nothing changes.
    """
    main = threading.current_thread() is threading.main_thread()
    if not main or signal.getsignal(signal.SIGALRM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGALRM, _ring)
    try:
        signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.001), AGAIN_S)
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # also when it rang at that very moment
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)


def _ring(_number: int, _frame: object) -> None:
    raise AnswerTooLargeError(SLOW)


class HTTPGuard:
    """Refuses private addresses (RefusedError), hosts that are not allowed (NotAllowedError), and
    answers without an end (TooMuchError).
    """

    def keep(self, policy: RequestPolicy, budget: DownloadBudget) -> None:
        """Set the rules, and what all answers together may take."""
        self.policy = policy
        self.max_bytes, self._budget = policy.bounds.max_bytes, budget

    def _make_conn_class(self, base: type, request: Request) -> type:
        socks = "Ytdl-socks-proxy" in request.headers
        made: type = super()._make_conn_class(base, request)  # type: ignore[misc]  # of the client
        if self.policy.is_token_server(request.full_url):
            return made
        loopback = self.policy.allow_loopback
        host = urlsplit(request.full_url).hostname or ""
        check_host(host, self.policy.allowed, loopback=loopback)
        # Through a proxy only the name can be checked: the proxy is connected to, and resolves it.
        if socks or request.has_proxy() or getattr(request, "_tunnel_host", None):
            return _proxied(made, socks=socks)
        return _checked(made, loopback)

    def http_response(self, request: Request, response: Any) -> Any:
        """Bound the reading of an answer before anything reads it."""
        read1 = partial(_read1, response, response.read1)
        response.read = bounded(read1, self.max_bytes, self._budget.take)
        return super().http_response(request, response)  # type: ignore[misc]  # of the client

    https_response = http_response

    def ftp_open(self, request: Request) -> None:
        """A redirect may name this scheme; nothing of ours is fetched so."""
        raise RefusedError(f"{urlsplit(request.full_url).scheme} addresses are not asked")

    def gz(self, data: bytes) -> bytes:
        """Unpack, but no further than the bounds allow."""
        return self._inflated(data, GZIP)

    def deflate(self, data: bytes) -> bytes:
        """Unpack, but no further than the bounds allow."""
        return self._inflated(data, DEFLATE)

    def _inflated(self, data: bytes, form: int) -> bytes:
        packed = [data]

        def read1(amount: int) -> bytes:
            rest = packed.pop() if packed else unpacker.unconsumed_tail
            content = unpacker.decompress(rest, amount)
            if not content and data and not unpacker.eof:
                raise zlib.error("the packed answer was cut off")
            return content

        unpacker = zlib.decompressobj(form)
        return bounded(read1, self.max_bytes, self._budget.take)(None)


class RedirectGuard:
    """Follows to another host without the password that was for the first."""

    def redirect_request(self, request: Request, *answer: Any) -> Any:
        """Make the request that a redirect asks for."""
        further = super().redirect_request(request, *answer)  # type: ignore[misc]  # of the client
        if further is not None and further.host != request.host:
            further.remove_header("Authorization")
        return further


def _read1(response: Any, read1: Callable[[int], bytes], amount: int) -> bytes:
    """Read what is there; unlike the plain one, notice an answer that was cut off."""
    chunk = read1(amount)
    if not chunk and response.length:
        raise http.client.IncompleteRead(b"", response.length)
    if not chunk:
        response.close()
    return chunk


def _checked(base: type, loopback: bool) -> type:
    """A connection class that connects only to addresses which were looked at before."""

    def connect(self: Any) -> None:
        self._create_connection = partial(_connect, self._create_connection, loopback)
        base.connect(self)  # type: ignore[attr-defined]  # a connection of the standard library

    return type("CheckedConnection", (base,), {"connect": connect})


def _proxied(base: type, *, socks: bool) -> type:
    """A connection class that tells a proxy that is lost from a site that is."""

    def connect(self: Any) -> None:
        if socks:  # it connects by itself, and speaks with the proxy before any site does
            _reach(base.connect, self)  # type: ignore[attr-defined]  # as below
            return
        self._create_connection = partial(_reach, self._create_connection)
        base.connect(self)  # type: ignore[attr-defined]  # a connection of the standard library

    return type("ProxiedConnection", (base,), {"connect": connect})


def _reach(connect: Callable[..., Any], *how: Any) -> Any:
    try:
        return connect(*how)
    except ssl.SSLError:  # of the site behind it
        raise
    except OSError as err:
        raise ProxyLostError(f"the proxy cannot be reached: {err.strerror or err}") from err


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
