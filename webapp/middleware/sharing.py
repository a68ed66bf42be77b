"""Cross-origin reading: pages of other sites may read what is for programs, and no more than read.

Nothing here depends on who asks: there are no cookies, and none are allowed along.
"""

from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Scripts too: of a frame that WordPress shut in, this site is another one.
_SHARED = ("/api/", "/openapi.json", "/feeds/", "/oembed", "/static/")
_READ = "GET, HEAD, OPTIONS"
_FOR_EVERYBODY = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Retry-After",
}
_WHAT_IS_ALLOWED = {
    "Allow": _READ,
    "Access-Control-Allow-Methods": _READ,
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


class SharingMiddleware:
    """Tell browsers that other sites' pages may read what is for programs (CORS)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a browser asks ahead; pass the rest on, and add to what comes back."""
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or not path.startswith(_SHARED):
            await self.app(scope, receive, send)
            return

        async def shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_FOR_EVERYBODY)
            await send(message)

        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=_WHAT_IS_ALLOWED)(scope, receive, shared)
        else:
            await self.app(scope, receive, shared)
