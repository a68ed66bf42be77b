"""Every text of the interface can be translated: seen by translating each into a text in brackets.

The library's own words are Greek here, so any other letter outside brackets is a text that no
translation reaches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import pytest
from babel.support import NullTranslations
from small_site import quietly
from starlette.testclient import TestClient

from catalog import Library, Operator, load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp import pages
from webapp.app import create_app
from webapp.i18n import times
from webapp.i18n import translations as wording
from webapp.rendering import environment

SERIES = """
    slug = "basics"
    title = "Σειρά"
    kind = "intro"
    description = "Περιγραφή."
    notice = "Δείγμα."

    [[videos]]
    slug = "first"
    title = "Πρώτο"
    youtube = "abcdefghijk"
    speakers = ["ada"]
    topics = ["stages"]
    recorded = 2026-05-04
    duration = "1:30"
    questions = [{ text = "Γιατί;", at = "0:04", until = "0:20" }]
    chapters = [{ title = "Αρχή", at = "0:00" }, { title = "Τέλος", at = "0:30" }]
    related = ["second"]
    next = "second"

    [[videos]]
    slug = "second"
    title = "Δεύτερο"
    topics = ["stages"]
    page = "https://videos.example/talk"
"""
PEOPLE = """
    [[people]]
    slug = "ada"
    name = "Άδα"
    role = "γιατρός"
    affiliation = "Νοσοκομείο"
"""
TOPICS = """
    [[topics]]
    slug = "stages"
    title = "Στάδια"
    description = "Τι λέει."
"""
CAPTIONS = """
    WEBVTT

    00:00:04.500 --> 00:00:08.000
    <v Άδα>Γιατί είναι καλός ο λόγος;

    00:00:08.500 --> 00:00:14.000
    <v Άδα>Ο λόγος είναι καλός για όλους.

    00:00:20.500 --> 00:00:24.000
    <v Άδα>Η ζωή συνεχίζεται με φίλους.
"""
PAGES = [
    "/",
    "/search",
    "/search?q=λόγος",
    "/search?q=ουρανός",
    "/search?q=topic:stages",
    "/search?q=λόγος+topic:stages&exact=1",
    "/watch/first?t=8",
    "/watch/first?find=λόγος",
    "/watch/second",
    "/series/basics",
    "/topics",
    "/topic/stages",
    "/person/ada",
    "/questions",
    "/about",
    "/privacy",
    "/accessibility",
    "/help",
    "/appointment",
    "/quote/first",
    "/nothing-here",
]
READ_ALOUD = ("aria-label", "alt", "placeholder", "title")
# Names, addresses and filters are the same in every language.
SAME_EVERYWHERE = re.compile(
    r"Hope With Answers search|English|Español|\bE[NS]\b|https?://\S+|hope\.example|topic:\w+"
)
LATIN = re.compile(r"[A-Za-z]{2,}")


class Brackets(NullTranslations):
    """A language in which every text stands in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, num: int) -> str:
        return f"⟦{msgid1 if num == 1 else msgid2}⟧"


class Outside(HTMLParser):
    """The texts of a page that are outside brackets, and those of attributes that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.depth = 0
        self.left_out: list[str] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"script", "code"} or told.get("class") == "name":
            self.left_out.append(tag)
        for name in READ_ALOUD:
            self._read(told.get(name) or "", 0)
        if told.get("name") == "description":
            self._read(told.get("content") or "", 0)

    def handle_endtag(self, tag: str) -> None:
        if self.left_out and self.left_out[-1] == tag:
            self.left_out.pop()

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.depth = self._read(data, self.depth)

    def _read(self, text: str, depth: int) -> int:
        outside = ""
        for letter in text:
            if letter == "⟦":
                depth += 1
            elif letter == "⟧":
                depth -= 1
            elif depth == 0:
                outside += letter
        if LATIN.search(SAME_EVERYWHERE.sub("", outside)):
            self.found.append(" ".join(outside.split()))
        return depth


def untranslated(page: str) -> list[str]:
    """The texts of a page that no translation reaches."""
    reader = Outside()
    reader.feed(page)
    return reader.found


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    root = tmp_path_factory.mktemp("library")
    files = {
        "catalog/basics.toml": SERIES,
        "catalog/people.toml": PEOPLE,
        "catalog/topics.toml": TOPICS,
        "captions/first/el.auto.vtt": CAPTIONS,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    library = Library(root)
    build_index(library, load_catalogue(library), quietly)
    operator = Operator(name="Όνομα", address="https://hope.example")
    with TestClient(create_app(library, Shelf(library), operator)) as client:
        yield client


@pytest.fixture(autouse=True)
def bracketed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(wording, "_texts", lambda _language: Brackets())
    for name in ("format_unit", "format_date", "format_skeleton"):
        monkeypatch.setattr(times, name, lambda *_args, **_kwargs: "⟦⟧")
    forget()
    yield
    forget()


def forget() -> None:
    """What holds texts that were looked up before."""
    for kept in (times._counted, times._spoken, environment._plain_text, pages.templates):
        kept.cache_clear()


@pytest.mark.parametrize("path", PAGES)
def test_every_text_of_a_page_can_be_translated(client: TestClient, path: str) -> None:
    assert untranslated(client.get(path).text) == []


def test_an_outage_can_be_told_in_every_language(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    with TestClient(create_app(Library(tmp_path), Shelf(Library(tmp_path)), Operator())) as client:
        answer = client.get("/")

    assert answer.status_code == 503
    assert untranslated(answer.text) == []


def test_a_text_that_was_forgotten_is_seen() -> None:
    page = '<p>⟦Read <b>⟦this⟧</b>⟧ Λόγος</p><p aria-label="Close">⟦a⟧ forgotten</p>'

    assert untranslated(page) == ["Close", "forgotten"]
