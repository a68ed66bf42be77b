"""The pages about the site itself: all but one say the same to everybody, so it is short."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from webapp.pages import current_site, render
from webapp.presenters.results.urgent import numbers_to_call


def _page(template: str) -> Callable[[Request], Response]:
    """A view of a page that says the same to everybody."""
    return lambda request: render(request, template)


about = _page("about.html")
privacy = _page("privacy.html")
accessibility = _page("accessibility.html")


def help_page(request: Request) -> Response:
    """How to search, watch, keep and print, and who to call."""
    return render(
        request, "help.html", numbers=numbers_to_call(current_site(request).operator.urgent)
    )
