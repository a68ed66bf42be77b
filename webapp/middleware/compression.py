"""Compression of answers, in the coding that whoever asks likes best: brotli, zstd or gzip."""

from starlette.datastructures import Headers
from starlette.middleware.gzip import IdentityResponder
from starlette.types import ASGIApp, Receive, Scope, Send

from webapp.rendering.codings import CODINGS, WORTH_IT, Compressor, preferred_coding


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
        coding = preferred_coding(wanted, tuple(CODINGS))
        responder = _Responder(self.app, coding) if coding else _identity(self.app)
        await responder(scope, receive, send)


class _Responder(IdentityResponder):
    def __init__(self, app: ASGIApp, coding: str) -> None:
        super().__init__(app, WORTH_IT)
        self.content_encoding = coding
        self._compressor: Compressor | None = None

    async def apply_compression(self, body: bytes, *, more_body: bool) -> bytes:
        if self._compressor is None:
            self._compressor = CODINGS[self.content_encoding]()
        return self._compressor.part(body) if more_body else self._compressor.rest(body)


def _identity(app: ASGIApp) -> IdentityResponder:
    return IdentityResponder(app, WORTH_IT)
