"""The HTTP protocol: a time limit for whole requests, and an answer to what is no request."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import STATUS_PHRASES, H11Protocol

from webapp.middleware.security import HEADERS, POLICY

# From the first moment of a connection, or of the next request on it, to the request's last byte.
SENDING_SECONDS = 20
_NO_REQUEST = b"This is no request that a browser sends.\n"


class RequestTimeoutProtocol(H11Protocol):
    """Closes a connection on which no whole request comes in time; answers what is no request."""

    _closing: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._waited()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came; a whole request ends the wait."""
        super().data_received(data)
        if self.conn.their_state in (h11.IDLE, h11.SEND_BODY):
            if self._closing is None:
                self._wait()
        else:
            self._waited()

    def on_response_complete(self) -> None:
        """Be ready for the next request, which then has its own time."""
        self._waited()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no request, with the headers that every answer has."""
        del msg
        headers = {
            "content-type": "text/plain; charset=utf-8",
            "connection": "close",
            "content-security-policy": POLICY,
            **HEADERS,
        }
        self._waited()
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        pairs = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        reason = STATUS_PHRASES[400]
        for event in (
            h11.Response(status_code=400, headers=pairs, reason=reason),
            h11.Data(data=_NO_REQUEST),
            h11.EndOfMessage(),
        ):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

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
