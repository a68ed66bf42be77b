"""The pages about the site itself: what it is, what it keeps to itself, and how to use it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from catalog import Operator, PhoneLine, base_language
from webapp.i18n.translations import interface
from webapp.site import render, site_of


def about(request: Request) -> Response:
    """What this is, what it is not, and who runs it."""
    return render(request, "about.html")


def privacy(request: Request) -> Response:
    """What happens to a question, and what others learn."""
    return render(request, "privacy.html")


def accessibility(request: Request) -> Response:
    """How to use the site in different ways, and how to tell of a barrier."""
    return render(request, "accessibility.html")


def help_page(request: Request) -> Response:
    """How to search, watch, keep and print, and who to call."""
    return render(request, "help.html", numbers=numbers_to_call(site_of(request).operator))


def numbers_to_call(operator: Operator) -> tuple[PhoneLine, ...]:
    """The numbers of the urgent signposts, in the interface's language where they have it."""
    shown = interface().language
    mine = [one for one in operator.urgent if base_language(one.language) == shown]
    lines = (line for one in mine or operator.urgent for line in one.call)
    return tuple({line.number: line for line in lines}.values())
