"""Security headers: no foreign script, no frame but YouTube's after a tap."""

from collections.abc import Iterable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from catalog import EMBEDS

_RULES = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "media-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    f"frame-src {EMBEDS}",
    "form-action 'self'",
    "base-uri 'none'",
)


def policy(framed_at: Iterable[str] = ()) -> str:
    """What a page may load, and the origins of the pages that may show it in a frame: none."""
    ancestors = " ".join(framed_at) or "'none'"
    return "; ".join((*_RULES, f"frame-ancestors {ancestors}"))


POLICY = policy()
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    # YouTube's player refuses to play for a page that does not say where it is.
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_HEADERS = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
_NAMES = frozenset(name for name, _ in _HEADERS)
_POLICY = (b"content-security-policy", POLICY.encode())
_WHOLE = [*_HEADERS, _POLICY]


class SecurityHeadersMiddleware:
    """Set the headers on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on and add to what comes back."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [pair for pair in message["headers"] if pair[0] not in _NAMES]
                # A page for frames has a policy of its own.
                named = any(name == _POLICY[0] for name, _ in headers)
                message["headers"] = [*headers, *_HEADERS] if named else [*headers, *_WHOLE]
            await send(message)

        await self.app(scope, receive, with_headers)
