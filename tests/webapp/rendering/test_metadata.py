from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from xml.etree import ElementTree

import pytest
from starlette.requests import Request
from starlette.testclient import TestClient

from catalog import Operator
from webapp.presenters.browsing.glossary import term_path
from webapp.rendering.codings import preferred_coding
from webapp.rendering.metadata import in_attribute, origin_of


def head(client: TestClient, path: str) -> dict[str, str]:
    """What a page says of itself: its link and meta elements by name."""
    page = client.get(path).text
    links = re.findall(
        r'<link rel="(canonical|alternate)"(?: hreflang="([^"]*)")? href="([^"]*)"', page
    )
    metas = re.findall(r'<meta (?:name|property)="([^"]*)" content="([^"]*)"', page)
    found = {" ".join(filter(None, (rel, language))): href for rel, language, href in links}
    return found | {name: unescape(content) for name, content in metas}


def test_english_is_the_address_without_a_language(client: TestClient) -> None:
    for path in ("/watch/first-days?t=8", "/en/watch/first-days?t=8s&utm_source=x"):
        said = head(client, path)

        assert said["canonical"] == said["og:url"] == "http://testserver/watch/first-days?t=8"
        assert said["alternate en"] == said["alternate x-default"] == said["canonical"]
        assert said["alternate es"] == "http://testserver/es/watch/first-days?t=8"


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("http://Hope.Example:80", "http://hope.example"),
        ("http://hope.example.", "http://hope.example"),
        ("https://hope.example:443", "https://hope.example"),
        ("http://hope.example:443", "http://hope.example:443"),
        ("http://hope.example:8080", "http://hope.example:8080"),
        ("http://[::1]:80", "http://[::1]"),
    ],
)
def test_what_goes_without_saying_is_no_part_of_an_address(
    client: TestClient, asked: str, told: str
) -> None:
    scheme, _, host = asked.partition("://")
    scope = {"type": "http", "scheme": scheme, "path": "/", "headers": [(b"host", host.encode())]}

    assert origin_of(Request(scope), "") == told


def test_spanish_has_an_address_of_its_own(client: TestClient) -> None:
    assert head(client, "/es/about")["canonical"] == "http://testserver/es/about"
    assert head(client, "/es/about")["og:url"] == "http://testserver/es/about"


def test_the_operators_address_is_the_one_that_is_told(client: TestClient) -> None:
    site = client.app.state.site  # type: ignore[attr-defined]  # an app, as Starlette makes it
    client.app.state.site = replace(site, operator=Operator(address="https://hope.example"))  # type: ignore[attr-defined]
    try:
        told = head(client, "/about")["canonical"], client.get("/robots.txt").text
    finally:
        client.app.state.site = site  # type: ignore[attr-defined]

    assert told[0] == "https://hope.example/about"
    assert told[1].endswith("Sitemap: https://hope.example/sitemap.xml\n")


@pytest.mark.parametrize("path", ["/", "/watch/first-days", "/series/basics", "/topic/stages"])
def test_a_page_has_what_a_shared_link_shows(client: TestClient, path: str) -> None:
    said = head(client, path)

    assert said["og:title"]
    assert said["og:description"] == said["description"] != ""
    assert said["og:site_name"] == "Hope With Answers search"
    assert said["og:type"]


def test_a_title_is_escaped_once(client: TestClient) -> None:
    assert head(client, "/watch/first-days")["og:title"] == "The first days & weeks"


@pytest.mark.parametrize("path", ["/search?q=stage", "/es/search?q=stage", "/nothing"])
def test_results_and_problems_are_not_listed(client: TestClient, path: str) -> None:
    said = head(client, path)

    assert "noindex" in said["robots"]
    assert "canonical" not in said


def test_a_quote_cannot_end_an_attribute() -> None:
    assert in_attribute('one\n  "two" &amp; three') == "one &quot;two&quot; &amp; three"


def test_the_sitemap_lists_each_page_in_both_languages(client: TestClient) -> None:
    answer = client.get("/sitemap.xml")
    found = [
        place.text
        for place in ElementTree.fromstring(answer.text).iter()
        if place.tag.endswith("}loc")
    ]

    assert answer.headers["content-type"].startswith("application/xml")
    for path in (
        "/",
        "/watch/pills",
        "/series/basics",
        "/topic/costs",
        "/person/tess",
        "/questions",
    ):
        assert f"http://testserver{path}" in found
        assert f"http://testserver/es{path}" in found
    assert not any("search" in str(address) for address in found)
    assert "http://testserver/term/lorlatinib" in found


def test_the_sitemap_says_when_a_page_changed(client: TestClient) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    names = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    changed = {
        str(one.findtext("map:loc", "", names)): one.findtext("map:lastmod", None, names)
        for one in tree.findall("map:url", names)
    }

    for path in ("/", "/watch/pills", "/series/basics", "/topic/stages", "/person/tess"):
        assert datetime.fromisoformat(changed[f"http://testserver{path}"] or "")
    assert changed["http://testserver/about"] is None
    # A word is as new as the newest video that says it; what it means is not dated.
    assert changed["http://testserver/term/lorlatinib"] == changed["http://testserver/watch/pills"]
    explained = client.app.state.site.shelf.current()  # type: ignore[attr-defined]
    unsaid = next(one for one in explained.catalogue.terms if not explained.said_in(one))
    assert changed[f"http://testserver{term_path(unsaid.canonical)}"] is None


@pytest.mark.slow
def test_every_page_of_the_sitemap_is_there(client: TestClient) -> None:
    tree = ElementTree.fromstring(client.get("/sitemap.xml").text)
    addresses = [str(place.text) for place in tree.iter() if place.tag.endswith("}loc")]

    assert [one for one in addresses if client.get(one).status_code != 200] == []


@pytest.mark.parametrize(
    "path", ["/search?q=stage", "/es/search", "/api/videos", "/api/search?q=", "/appointment",
             "/feeds/videos.atom", "/watch/first-days?q=stage", "/openapi.json", "/nothing"]
)  # fmt: skip
def test_what_is_not_to_be_listed_says_so_itself(client: TestClient, path: str) -> None:
    answer = client.get(path)

    header = answer.headers.get("x-robots-tag", "")
    assert "noindex" in header or '<meta name="robots" content="noindex">' in answer.text


@pytest.mark.parametrize(
    ("header", "reads"),
    [
        ("gzip", True),
        ("br, GZip;q=0.5", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip; q=0.00, br", False),
        ("xgzip", False),
    ],
)
def test_gzip_goes_to_whoever_reads_it(header: str, reads: bool) -> None:
    assert bool(preferred_coding(header, ["gzip"])) is reads


def test_static_files_are_packed_once_and_kept(client: TestClient) -> None:
    address = re.search(r'href="(/static/site\.[^"]*\.css)"', client.get("/").text)
    assert address

    packed = client.get(address[1], headers={"Accept-Encoding": "gzip"})
    plain = client.get(address[1], headers={"Accept-Encoding": "identity"})

    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert packed.content == plain.content
    assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
    assert "immutable" in packed.headers["cache-control"]


def test_pages_are_packed_and_kept_apart_by_language(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert page.headers["content-encoding"] == "gzip"
    assert {"accept-encoding", "accept-language"} <= set(page.headers["vary"].lower().split(", "))


def test_a_long_list_is_switched_to_another_language_whole(client: TestClient) -> None:
    query = "&".join(f"q=question+{number}+{'x' * 250}" for number in range(20))

    page = unescape(client.get(f"/appointment?{query}").text)

    assert f'href="/es/appointment?{query}"' in page
