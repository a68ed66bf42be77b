"""Frames on other sites' pages: a site that allows them, and the frames in a text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser

from starlette.applications import Starlette
from starlette.testclient import TestClient

FRIEND = "https://friend.example"
STAGE_4 = "/quote/first-days/choose?lang=en&from=8.5&to=20"


@contextmanager
def framed_at(app: Starlette, *origins: str) -> Iterator[TestClient]:
    site = app.state.site
    app.state.site = replace(site, operator=replace(site.operator, embed_at=origins))
    yield TestClient(app, base_url="http://hope.example")
    app.state.site = site


class Frames(HTMLParser):
    """The attributes of the frames in a text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "iframe":
            self.found.append(dict(attrs))
