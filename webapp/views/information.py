"""The pages about the site itself: what it is, what it keeps to itself, and how to use it."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from catalog import Operator, PhoneLine, base_language
from webapp.i18n.translations import interface
from webapp.pages import current_site, render


def _page(template: str) -> Callable[[Request], Response]:
    """A view of a page that says the same to everybody."""
    return lambda request: render(request, template)


about = _page("about.html")
privacy = _page("privacy.html")
accessibility = _page("accessibility.html")


def help_page(request: Request) -> Response:
    """How to search, watch, keep and print, and who to call."""
    return render(request, "help.html", numbers=numbers_to_call(current_site(request).operator))


def numbers_to_call(operator: Operator) -> tuple[PhoneLine, ...]:
    """The numbers of the urgent signposts, in the interface's language where they have it."""
    shown = interface().language
    mine = [one for one in operator.urgent if base_language(one.language) == shown]
    lines = (line for one in mine or operator.urgent for line in one.call)
    return tuple({line.number: line for line in lines}.values())
