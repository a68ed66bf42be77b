"""The request target (RFC 9112, 3.2): a path, a whole address as proxies get it, or neither."""

import re

from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

_WHOLE = re.compile(r"https?://(?P<host>[^/?#@]+)(?P<path>/.*)?", re.IGNORECASE | re.DOTALL)
_NO_TARGET = "This is no address of a page.\n"
_ALLOWED = {"Allow": "GET, HEAD, OPTIONS, POST"}


class RequestTargetMiddleware:
    """Serve a whole address as its path at its host; refuse what is no target for this site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass requests on with a path, or answer."""
        if scope["type"] == "http" and not scope["path"].startswith("/"):
            refusal = _refusal(scope)
            if refusal:
                await refusal(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _refusal(scope: Scope) -> Response | None:
    """Mend the scope, or say what is the matter."""
    if scope["method"] == "OPTIONS" and scope["path"] == "*":
        return Response(status_code=204, headers=_ALLOWED)
    found = _WHOLE.fullmatch(scope["path"])
    if found is None:
        return PlainTextResponse(_NO_TARGET, 400)
    path = found["path"] or "/"
    # The host in the address is the one that is asked for, whatever the header says (3.2.2).
    others = [(name, value) for name, value in scope["headers"] if name != b"host"]
    headers = [(b"host", found["host"].encode("utf-8", "replace")), *others]
    scope.update(path=path, raw_path=path.encode("utf-8", "replace"), headers=headers)
    return None
