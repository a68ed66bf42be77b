"""Views whose pages are kept: what was written once is sent to everybody who asks the same."""

from collections.abc import Awaitable, Callable, Hashable
from functools import wraps

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from indexer import NoIndex
from webapp.i18n.translations import interface
from webapp.pages import current_site, generation_of, origin
from webapp.rendering.conditional import if_changed
from webapp.rendering.kept_pages import KeptPage, kept_page

View = Callable[[Request], Response]


def _nothing_else(_request: Request) -> Hashable:
    return None


def kept(
    view: View, beside: Callable[[Request], Hashable] = _nothing_else
) -> Callable[[Request], Awaitable[Response]]:
    """A view that writes a page once for each generation, language and address of the site.

    That is so where nothing is asked behind its path. `beside` is what else its page depends on.
    A page that is there is sent by the thread that takes requests; others write the rest.
    """

    @wraps(view)
    async def answer(request: Request) -> Response:
        if request.scope.get("query_string"):
            return await run_in_threadpool(view, request)
        if current_site(request).shelf.is_up_to_date:
            there = _there(request, beside)
            if there is not None:
                return there
        return await run_in_threadpool(_written, request, view, beside)

    return answer


def _there(request: Request, beside: Callable[[Request], Hashable]) -> Response | None:
    """The page, where it was written already."""
    page = current_site(request).kept.find(generation_of(request), _key(request, beside))
    return None if page is None else _sent(request, page)


def _written(request: Request, view: View, beside: Callable[[Request], Hashable]) -> Response:
    try:
        generation = generation_of(request)
    except NoIndex:
        return view(request)
    there = _there(request, beside)
    if there is not None:
        return there
    response = view(request)
    if response.status_code != 200 or generation.is_lacking:
        return response
    page = kept_page(response)
    current_site(request).kept.keep(generation, _key(request, beside), page)
    return _sent(request, page)


def _key(request: Request, beside: Callable[[Request], Hashable]) -> Hashable:
    return interface(), origin(request), request.scope["path"], beside(request)


def _sent(request: Request, page: KeptPage) -> Response:
    answer = if_changed(request, page.response(request.headers.get("accept-encoding", "")))
    if answer.status_code == 304:
        answer.headers["Vary"] = "Accept-Encoding"
    return answer
