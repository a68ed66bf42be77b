"""The HTTP protocol: time limits for both directions, and an answer to what is no request."""

import asyncio
import fcntl
import sys
import termios

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from webapp.middleware.security import HEADERS, POLICY

# From the first moment of a connection, or of the next request on it, to the request's last byte.
SENDING_SECONDS = 20
# Whoever reads an answer takes at least so much of it in such a time.
READING_SECONDS = 30
LEAST_READ = 4096
# What still comes of a refused request is read and dropped so long: closed at once, its answer
# would be lost on the way.
LINGER_SECONDS = 2
_USUAL_HEAD = 16 * 1024
_SENTENCES = {
    400: b"This is no request that a browser sends.\n",
    431: b"The address or the headers of this request are too long.\n",
    501: b"This transfer coding is not known here.\n",
}
_REASONS = {400: b"Bad Request", 431: b"Request Header Fields Too Large", 501: b"Not Implemented"}


def _on_the_way(transport: asyncio.BaseTransport) -> int:
    """How many bytes the system has yet to deliver; 0 where it does not say.

    On a slow line it takes minutes until there is room for more, though what is there is read.
    """
    line = transport.get_extra_info("socket")
    try:
        told = fcntl.ioctl(line.fileno(), termios.TIOCOUTQ, bytes(4))
    except (AttributeError, OSError, ValueError):
        return 0
    return int.from_bytes(told, sys.byteorder)


class StrictConnection(h11.Connection):
    """Refuses a head that is too large, and two lengths of one body (RFC 9112, 6.1)."""

    def __init__(self, longest: int) -> None:
        super().__init__(h11.SERVER, longest)
        self._longest = longest

    def next_event(self) -> h11.Event | type[h11.NEED_DATA] | type[h11.PAUSED]:
        """Read on; RemoteProtocolError for what is no request."""
        event = super().next_event()
        if isinstance(event, h11.Request):
            size = len(event.target) + sum(len(name) + len(value) for name, value in event.headers)
            if size > self._longest:  # it may have come whole, in two large parts
                raise h11.RemoteProtocolError("Too large a head", error_status_hint=431)
            names = {name for name, _ in event.headers}
            old = event.http_version < b"1.1"
            if b"transfer-encoding" in names and (b"content-length" in names or old):
                raise h11.RemoteProtocolError("Two lengths of one body")
        return event


class RequestTimeoutProtocol(H11Protocol):
    """Closes a connection on which no whole request comes in time, or no answer is read."""

    _closing: asyncio.TimerHandle | None = None
    _watching: asyncio.TimerHandle | None = None
    _refused = False
    _unread = 0

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, object],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.conn = StrictConnection(config.h11_max_incomplete_event_size or _USUAL_HEAD)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._waited()
        if self._watching is not None:
            self._watching.cancel()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; a whole request ends the wait."""
        if self._refused:
            return
        super().data_received(data)
        if self._refused:
            return
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            if self._closing is None:
                self._wait()
        else:
            self._waited()

    def on_response_complete(self) -> None:
        """Be ready for the next request, which then has its own time."""
        self._waited()
        super().on_response_complete()

    def resume_writing(self) -> None:
        """What was written was read: that counts, however much is written next."""
        self._unread = 0
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with the headers that every answer has."""
        del msg
        self._waited()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        err = sys.exception()
        hint = err.error_status_hint if isinstance(err, h11.RemoteProtocolError) else 400
        status = hint if hint in _SENTENCES else 400
        headers = {
            "content-type": "text/plain; charset=utf-8",
            "content-length": str(len(_SENTENCES[status])),
            "connection": "close",
            "content-security-policy": POLICY,
            **HEADERS,
        }
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        for event in (
            h11.Response(status_code=status, headers=pairs, reason=_REASONS[status]),
            h11.Data(data=_SENTENCES[status]),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self._refused = True
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._closing = self.loop.call_later(LINGER_SECONDS, self._too_slow)

    def _wait(self) -> None:
        self._closing = self.loop.call_later(SENDING_SECONDS, self._too_slow)

    def _waited(self) -> None:
        if self._closing is not None:
            self._closing.cancel()
            self._closing = None

    def _too_slow(self) -> None:
        self._closing = None
        if not self.transport.is_closing():
            self.transport.close()

    def _watch(self) -> None:
        """Look now and then whether what was written is read; else whoever asked is gone."""
        unread = self.transport.get_write_buffer_size() + _on_the_way(self.transport)
        if self._unread and unread > self._unread - LEAST_READ:
            self.transport.abort()
            return
        self._unread = unread
        self._watching = self.loop.call_later(READING_SECONDS, self._watch)
