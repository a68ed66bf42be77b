"""What each page says of itself, that it says it in one language, and what it never says."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

import pytest
from site_pages import NAMES, PAGES, SitePage, in_spanish
from starlette.applications import Starlette
from starlette.testclient import TestClient

from webapp.security import POLICY

# Words that hardly a sentence of English does without, and none of which is Spanish.
ENGLISH = re.compile(
    r"\b(the|and|of|this|that|with|you|your|is|are|not|from|for|what|who|where|these|it)\b", re.I
)
# Names, and what the catalogue, the glossary and the operator say in their own words.
NOT_OURS = re.compile(
    "Lung Cancer Foundation of America|The Example Foundation|Hope With Answers( search)?"
    "|The first days & weeks|Pills for ALK|What does stage 4 mean.|What a stage says."
    "|Sample, not medical advice."
    ""
)
VOID = {"meta", "link", "input", "img", "br", "track", "path", "rect", "circle", "source"}


@pytest.fixture(scope="module")
def client(whole_app: Starlette) -> Iterator[TestClient]:
    with TestClient(whole_app, raise_server_exceptions=False) as client:
        yield client


class Texts(HTMLParser):
    """The texts of a page that are not marked as being in another language, or as a name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        other = bool(self.open and self.open[-1][1])
        # What the catalogue, the captions and a visitor wrote stays in its own words.
        other = (other and "lang" not in told) or told.get("lang", "es") != "es"
        other = other or tag in {"script", "style", "textarea", "cite", "bdi", "title"}
        if tag not in VOID:
            self.open.append((tag, other))
        if not other:
            self.found += [told.get(name) or "" for name in ("aria-label", "alt", "placeholder")]

    def handle_endtag(self, tag: str) -> None:
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.open and not self.open[-1][1]:
            self.found.append(data)


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
    if not one.framed:
        assert said["description"]
        assert {"og:site_name", "og:title", "og:description", "og:type", "og:url"} <= said.keys()


@pytest.mark.parametrize("one", PAGES, ids=NAMES)
def test_what_is_to_be_found_is_listed_and_the_rest_is_not(
    client: TestClient, one: SitePage
) -> None:
    said = head(client.get(one.path).text)

    if one.listed:
        assert "robots" not in said
        path = one.path.partition("?")[0]
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
def test_a_spanish_page_holds_no_english_of_ours(client: TestClient, one: SitePage) -> None:
    texts = Texts(client.get(in_spanish(one.path)).text).found

    ours = [NOT_OURS.sub("", " ".join(text.split())) for text in texts]
    assert [text for text in ours if ENGLISH.search(text)] == []


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
