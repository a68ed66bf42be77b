"""In which thread a view runs: what takes milliseconds in the one that takes requests."""

from collections.abc import Awaitable, Callable
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from webapp.pages import current_site

# A longer question may be much work.
_SHORT = 400


def at_once_where_quick(
    view: Callable[[Request], Response],
) -> Callable[[Request], Awaitable[Response]]:
    """A view that searches, in the thread that takes requests where that is over in milliseconds.

    The way to another thread and back costs a tenth of a search, and the more the more ask.
    """

    @wraps(view)
    async def answer(request: Request) -> Response:
        if _is_quick(request):
            return view(request)
        return await run_in_threadpool(view, request)

    return answer


def _is_quick(request: Request) -> bool:
    shelf = current_site(request).shelf
    held, asked = shelf.held, request.scope["query_string"]
    return held is not None and held.is_quick and len(asked) <= _SHORT and shelf.is_up_to_date
