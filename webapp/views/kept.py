"""Views whose pages are kept: what was written once is sent to everybody who asks the same."""

from collections.abc import Callable, Hashable
from functools import wraps

from starlette.requests import Request
from starlette.responses import Response

from indexer import Generation, NoIndex
from webapp.i18n.translations import interface
from webapp.pages import current_site, generation_of, origin
from webapp.rendering.conditional import if_changed
from webapp.rendering.kept_pages import kept_page

View = Callable[[Request], Response]


def _nothing_else(_request: Request) -> Hashable:
    return None


def kept(view: View, beside: Callable[[Request], Hashable] = _nothing_else) -> View:
    """A view that writes a page once for each generation, language and address of the site.

    That is so where nothing is asked behind its path. `beside` is what else its page depends on.
    """

    @wraps(view)
    def answer(request: Request) -> Response:
        if request.scope.get("query_string"):
            return view(request)
        try:
            generation = generation_of(request)
        except NoIndex:
            return view(request)
        return _answer(request, view, generation, beside(request))

    return answer


def _answer(request: Request, view: View, generation: Generation, beside: Hashable) -> Response:
    pages = current_site(request).kept
    key = (interface(), origin(request), request.scope["path"], beside)
    page = pages.find(generation, key)
    if page is None:
        response = view(request)
        if response.status_code != 200 or generation.is_lacking:
            return response
        page = kept_page(response)
        pages.keep(generation, key, page)
    answer = if_changed(request, page.response(request.headers.get("accept-encoding", "")))
    if answer.status_code == 304:
        answer.headers["Vary"] = "Accept-Encoding"
    return answer
