from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import quote

import feedparser
import pytest
from lxml import etree
from starlette.testclient import TestClient

from catalog import Library, Operator, Topic, Video
from catalog.model import Catalogue, Series
from catalog.settings.site_file import read_operator
from indexer import Shelf
from webapp.app import create_app
from webapp.views.discovery import llms_lines, security_text

NAMES = {"os": "http://a9.com/-/spec/opensearch/1.1/"}


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_browser_finds_how_to_search_here_and_finds_answers(
    client: TestClient, prefix: str
) -> None:
    (where,) = re.findall(
        r'<link rel="search" type="application/opensearchdescription\+xml" title="[^"]+" '
        r'href="([^"]+)"',
        client.get(f"{prefix}/").text,
    )
    answer = client.get(where)
    described = etree.fromstring(answer.content)
    ways = {one.get("type"): one.get("template") for one in described.findall("os:Url", NAMES)}

    assert answer.headers["content-type"] == "application/opensearchdescription+xml"
    assert len(described.findtext("os:ShortName", "", NAMES)) <= 16
    assert len(described.findtext("os:LongName", "", NAMES)) <= 48
    assert described.findtext("os:Language", "", NAMES) == (prefix.strip("/") or "en")
    assert (
        client.get(described.findtext("os:Image", "", NAMES)).headers["content-type"] == "image/png"
    )
    words = quote("what does stage 4 mean & why?")
    page = client.get(ways["text/html"].replace("{searchTerms}", words))
    assert "Stage 4 means that the cancer has spread" in re.sub("<[^>]+>", "", page.text)
    feed = client.get(ways["application/atom+xml"].replace("{searchTerms}", words))
    assert feedparser.parse(feed.content).entries
    assert client.get(ways["application/opensearchdescription+xml"]).content == answer.content


def test_no_way_sends_what_is_only_typed(client: TestClient) -> None:
    assert "suggestions" not in client.get("/opensearch.xml").text


def test_llms_txt_leads_to_pages_that_are_there(client: TestClient) -> None:
    answer = client.get("/llms.txt")
    links = re.findall(r"^- \[[^\]]+\]\((http://testserver[^)\s]+)\)", answer.text, re.M)

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("# Hope With Answers search\n\n> ")
    assert "http://testserver/watch/first-days" in links
    assert "http://testserver/topic/stages" in links
    assert [one for one in links if not client.get(one).is_success] == []


def test_a_title_cannot_end_a_line_or_a_link() -> None:
    video = Video("talk", "One](http://evil.example)\n# Two", "talks", description="a\nb")
    catalogue = Catalogue(
        (Series("talks", "Talks", videos=(video,)),), topics={"a": Topic("a", "A")}
    )

    (line,) = [one for one in llms_lines("https://x.example", catalogue) if "One" in one]

    assert line == "- [One)(http://evil.example) # Two](https://x.example/watch/talk): a b"


def test_without_an_index_llms_txt_still_says_what_this_is(tmp_path: Path) -> None:
    client = TestClient(create_app(Library(tmp_path), Shelf(Library(tmp_path))))

    assert "## For programs" in client.get("/llms.txt").text


def site_of(library: Library, toml: str) -> TestClient:
    operator, problems = read_operator(toml, Operator())
    assert problems == ()
    return TestClient(create_app(library, Shelf(library), operator))


@pytest.mark.parametrize(
    ("toml", "contact"),
    [
        ('security = "https://www.example.org/report"', "https://www.example.org/report"),
        ('security = "safe@example.org"\nemail = "all@example.org"', "mailto:safe@example.org"),
        ('email = "all@example.org"', "mailto:all@example.org"),
        ('phone = "+1 555 010 0100"', "tel:+15550100100"),
    ],
)
def test_security_txt_names_who_is_to_be_told(library: Library, toml: str, contact: str) -> None:
    answer = site_of(library, toml).get("/.well-known/security.txt")

    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    fields = dict(line.split(": ", 1) for line in answer.text.splitlines())
    assert fields["Contact"] == contact
    expires = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=100) < expires < timedelta(days=365)


def test_security_txt_says_the_same_all_day_and_where_it_belongs() -> None:
    operator = Operator(email="all@example.org", address="https://hope.example")

    assert security_text(operator, date(2026, 11, 30)) == (
        "Contact: mailto:all@example.org\n"
        "Expires: 2027-05-29T00:00:00Z\n"
        "Preferred-Languages: en, es\n"
        "Canonical: https://hope.example/.well-known/security.txt\n"
    )


def test_where_nobody_is_named_that_is_said_kindly(library: Library) -> None:
    answer = site_of(library, "").get("/.well-known/security.txt")

    assert answer.status_code == 404
    assert "Nobody has written down here" in answer.text


@pytest.mark.parametrize(
    "value", ['"http://example.org/x"', '"nobody"', '"a@b.org?c=d"', "1", '"https://x y"']
)
def test_a_contact_that_cannot_be_followed_is_a_problem(value: str) -> None:
    _, problems = read_operator(f"security = {value}", Operator())

    assert [one.field for one in problems] == ["security"]
