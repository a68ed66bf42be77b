"""What each page says of itself, that it says it in one language, and what it never says."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_pages import NAMES, PAGES, SitePage, in_spanish
from small_site import quietly, write_library
from starlette.applications import Starlette
from starlette.testclient import TestClient

from catalog import load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app
from webapp.middleware.security import POLICY

# Words that hardly a sentence of English does without, and none of which is Spanish.
ENGLISH = re.compile(
    r"\b(the|and|of|this|that|with|you|your|is|are|not|from|for|what|who|where|these|it)\b", re.I
)
# Words that hardly a sentence of Spanish does without, and none of which is English.
SPANISH = re.compile(
    r"\b(el|la|los|las|que|un|una|en|por|para|con|se|su|sus|del|otra|esta|este|est\u00e1)\b", re.I
)
# Names, whatever the language.
NAMES_OF_OURS = re.compile(
    "Lung Cancer Foundation of America|The Example Foundation|Hope With Answers( search)?"
)
CURATED = re.compile(
    "Basics <1>|The first days & weeks|Pills for ALK|On another page|Nothing to see|Deeper"
    "|What the first days are for|What does stage 4 mean|Can I ask anything|Welcome|Tests|Stages"
    "|What a stage says|Costs|patient advocate|oncologist|Invented Hospital|not medical advice"
)
VOID = {"meta", "link", "input", "img", "br", "track", "path", "rect", "circle", "source"}


@pytest.fixture(scope="module")
def client(whole_app: Starlette) -> Iterator[TestClient]:
    with TestClient(whole_app, raise_server_exceptions=False) as client:
        yield client


UNKNOWN = ""


class Texts(HTMLParser):
    """The texts of a page, each with the language that it is said to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.found: list[tuple[str, str]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        around = self.open[-1][1] if self.open else UNKNOWN
        language = told.get("lang") or around
        if tag not in VOID:
            # A title has no place to say that part of it is in another language; nobody knows in
            # which one a visitor writes.
            visitors = "own" in (told.get("class") or "") or (tag == "bdi" and "lang" not in told)
            skipped = visitors or tag in {"script", "style", "textarea", "title"}
            self.open.append((tag, UNKNOWN if skipped else language))
        names = ("aria-label", "alt", "placeholder")
        self.found += [(language, told[name] or "") for name in names if name in told]

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open:
            self.found.append((self.open[-1][1], data))


def texts_in(language: str, page: str) -> list[str]:
    """What of a page is said to be in a language, without names, each text on one line."""
    return [
        NAMES_OF_OURS.sub("", " ".join(text.split()))
        for said_in, text in Texts(page).found
        if said_in == language
    ]


def head(page: str) -> dict[str, str]:
    """The meta and link elements of a page by their name, and its title."""
    metas = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)"', page)
    links = re.findall(
        r'<link rel="(canonical|alternate)"(?: hreflang="([^"]*)")? href="([^"]*)"', page
    )
    found = {name: unescape(content) for name, content in metas}
    found |= {f"{rel} {language}".strip(): href for rel, language, href in links}
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    return found | {"title": unescape(title[1]) if title else ""}


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_a_page_says_what_it_is(client: TestClient, one: SitePage) -> None:
    said = head(client.get(one.path).text)

    assert said["title"].endswith(" - Hope With Answers search")
    if one.kind == "offline":  # a browser shows it of its own accord, and nobody links to it
        assert said["description"]
    elif not one.framed:
        assert said["description"]
        assert {"og:site_name", "og:title", "og:description", "og:type", "og:url"} <= said.keys()


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_what_is_to_be_found_is_listed_and_the_rest_is_not(
    client: TestClient, one: SitePage
) -> None:
    said = head(client.get(one.path).text)

    if one.listed:
        assert "robots" not in said
        path = one.path
        assert said["canonical"] == said["alternate en"] == f"http://testserver{path}"
        assert said["alternate es"] == f"http://testserver/es{path}"
        assert said["alternate x-default"] == said["alternate en"]
    else:
        assert "noindex" in said["robots"]


def test_no_two_pages_have_one_title(client: TestClient) -> None:
    titles = {page.path: head(client.get(page.path).text)["title"] for page in PAGES if page.listed}
    by_page = {path.partition("?")[0]: title for path, title in titles.items()}

    assert [title for title, times in Counter(by_page.values()).items() if times > 1] == []


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_a_spanish_page_says_which_of_its_words_are_english(
    client: TestClient, one: SitePage
) -> None:
    page = client.get(in_spanish(one.path)).text

    spanish, english = texts_in("es", page), texts_in("en", page)

    assert [text for text in spanish if ENGLISH.search(text) or CURATED.search(text)] == []
    assert [text for text in english if SPANISH.search(text)] == []


@pytest.mark.slow
def test_what_stands_for_a_name_is_spanish_beside_english_words(tmp_path: Path) -> None:
    library = write_library(tmp_path)
    captions = tmp_path / "captions/first-days/en.manual.vtt"
    said = captions.read_text("utf-8")
    captions.write_text(said.replace("<v Dr. Tess Sample>It does not", "- It does not"), "utf-8")
    build_index(library, load_catalogue(library), quietly)
    client = TestClient(create_app(library, Shelf(library)))

    for path in (
        "/quote/first-days/choose?lang=en&from=8.5&to=20",
        "/appointment?m=first-days~8-20~en",
    ):
        page = client.get(in_spanish(path)).text
        assert "Otra persona" in " ".join(texts_in("es", page)), path
        assert [text for text in texts_in("en", page) if SPANISH.search(text)] == [], path


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_no_page_allows_anything_inline_or_sets_a_cookie(client: TestClient, one: SitePage) -> None:
    answer = client.get(one.path)

    policy = answer.headers["content-security-policy"]
    assert policy.partition("frame-ancestors")[0] == POLICY.partition("frame-ancestors")[0]
    assert "unsafe" not in policy
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "set-cookie" not in answer.headers


def test_what_is_asked_is_written_down_nowhere(
    client: TestClient, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    secret = "mysecretlump"
    caplog.set_level(logging.DEBUG)
    for path in ("/search", "/watch/first-days", "/api/search", "/bug", "/outage", "/nothing"):
        client.get(path, params={"q": secret, "ask": secret})
    client.post("/appointment", data={"q": secret})

    ours = [record.getMessage() for record in caplog.records if record.name != "httpx2"]
    written = "".join(capfd.readouterr()) + "".join(ours)

    assert secret not in written
