"""Feeds as newsletters read them: by feedparser, and held against what RFC 4287 requires."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import feedparser
import pytest
from lxml import etree
from msgspec.structs import replace
from paths import ROOT
from small_site import indexed_library, quietly
from starlette.testclient import TestClient

from catalog import Library, Operator, file_checksum, load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app
from webapp.presenters.sharing.feeds import Publisher, search_feed
from webapp.rendering.atom import as_atom

FEEDS = [
    "/feeds/videos.atom",
    "/feeds/topic/stages.atom",
    "/feeds/topic/costs.atom",
    "/feeds/search.atom?q=lorlatinib",
    "/feeds/search.atom?q=what+does+stage+4+mean",
    "/feeds/search.atom?q=zzqx+qqwv",
    "/feeds/search.atom?q=%3C%2Ftitle%3E%26amp%3B%22%01%EF%BF%BE+stage",
    "/feeds/search.atom?q=I+want+to+kill+myself",
]


def read(client: TestClient, path: str) -> Any:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/atom+xml")
    found = feedparser.parse(answer.content)
    assert not found.bozo, found.bozo_exception
    return found


@pytest.mark.parametrize("path", [*FEEDS, *(f"/es{path}" for path in FEEDS)])
def test_a_feed_is_one_to_parsers_and_to_the_schema(client: TestClient, path: str) -> None:
    schema = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/atom.rng"))
    content = client.get(path).content

    found = read(client, path)

    schema.assertValid(etree.fromstring(content))
    assert found.version == "atom10"
    ids = [found.feed.id, *(entry.id for entry in found.entries)]
    assert len(ids) == len(set(ids))


def test_an_entry_leads_to_the_second_and_says_who_says_what(client: TestClient) -> None:
    (entry,) = read(client, "/feeds/search.atom?q=what+does+stage+4+mean").entries

    assert entry.link == "http://testserver/watch/first-days?t=4"
    assert "Stage 4 means that the cancer has spread" in entry.content[0].value
    assert "Dr. Tess Sample" in entry.content[0].value
    assert "not medical advice" in entry.content[0].value
    assert [author.name for author in entry.authors] == ["Ada Example", "Dr. Tess Sample"]
    assert entry.published == "2026-05-04T00:00:00Z"
    assert client.get(urlsplit(entry.link).path + "?" + urlsplit(entry.link).query).is_success


def test_what_captions_say_stays_text(library: Library) -> None:
    generation = Shelf(library).current()
    hit = generation.search("lorlatinib").hits[0]
    odd = replace(
        hit, text="a pill <script>&amp;</script>", spans=(), turns=(), readable="", answer=(0, 6)
    )

    feed = search_feed(Publisher("A & <B>", "http://x", ""), generation, "]]> <q>", [odd], [])
    found = feedparser.parse(as_atom(feed).encode(), sanitize_html=False)

    assert not found.bozo
    assert (found.feed.author, found.feed.title[:7]) == ("A & <B>", "]]> <q>")
    assert "a pill &lt;script&gt;&amp;amp;&lt;/script&gt;" in found.entries[0].content[0].value


def test_a_feed_holds_only_what_speaks_of_the_question(client: TestClient) -> None:
    found = read(client, "/feeds/search.atom?q=lorlatinib")

    assert [entry.title for entry in found.entries] == ["Pills for ALK"]
    assert "Automatic captions" in found.entries[0].content[0].value
    assert read(client, "/feeds/search.atom?q=zzqx+qqwv").entries == []


def test_what_should_not_wait_is_said_above_and_instead(client: TestClient) -> None:
    found = read(client, "/feeds/search.atom?q=I+want+to+kill+myself+stage+4")

    assert "988" in found.feed.subtitle
    assert found.entries == []


def test_ids_last_in_every_language_wherever_a_request_came_to(client: TestClient) -> None:
    path = "/feeds/topic/stages.atom"
    here = read(client, path)
    there = feedparser.parse(client.get(path, headers={"host": "localhost"}).content)
    spanish = read(client, f"/es{path}")

    assert [one.id for one in here.entries] == [one.id for one in spanish.entries]
    assert [one.id for one in here.entries] == [one.id for one in there.entries]
    assert here.feed.id == spanish.feed.id
    assert spanish.entries[0].link.startswith("http://testserver/es/watch/")


def test_a_feed_is_dated_by_its_captions_and_not_by_the_index(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    for track in library.captions_dir.glob("*/*.vtt"):
        os.utime(track, (1_790_000_000, 1_790_000_000))  # 2026-09-21
    shutil.rmtree(library.index_dir)
    build_index(library, load_catalogue(library), quietly)
    client = TestClient(create_app(library, Shelf(library)))

    dates = {one.title: one.updated for one in read(client, "/feeds/videos.atom").entries}
    build_index(library, load_catalogue(library), quietly, full=True)

    assert dates["Pills for ALK"] == "2026-09-21T14:13:20Z"
    assert dates["The first days & weeks"] == "2026-09-21T14:13:20Z"
    again = {one.title: one.updated for one in read(client, "/feeds/topic/stages.atom").entries}
    assert again["The first days & weeks"] == "2026-09-21T14:13:20Z"


def test_the_operators_name_and_address_are_the_feeds(library: Library) -> None:
    operator = Operator(name="Example Hospital", address="https://hope.example")
    client = TestClient(create_app(library, Shelf(library), operator))

    found = read(client, "/feeds/videos.atom")

    assert found.feed.author == "Example Hospital"
    assert found.feed.links[0].href == "https://hope.example/feeds/videos.atom"
    assert all(one.link.startswith("https://hope.example/watch/") for one in found.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_not_listed_and_not_sent_twice(client: TestClient, path: str) -> None:
    answer = client.get(path)
    again = client.get(path, headers={"If-None-Match": answer.headers["etag"]})

    assert answer.headers["x-robots-tag"] == "noindex"
    assert (again.status_code, again.content) == (304, b"")
    kept_by_others = answer.headers["cache-control"].startswith("public")
    assert kept_by_others == ("search" not in path)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/feeds/search.atom", 400), ("/feeds/search.atom?q=%20%00", 400), ("/feeds/x.atom", 404),
     ("/feeds/topic/nothing.atom", 404), ("/feeds/topic/.atom", 404), ("/feeds", 404)],
)  # fmt: skip
def test_a_feed_of_nothing_says_so(client: TestClient, path: str, status: int) -> None:
    answer = client.get(path)

    assert answer.status_code == status
    assert ("Say what to follow" in answer.text) is (status == 400)


def test_what_a_feed_is_asked_is_written_down_nowhere(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    client.get("/feeds/search.atom?q=mysecretlump")
    metrics = client.app.state.metrics  # type: ignore[attr-defined]  # an app, as Starlette makes it

    ours = [one.getMessage() for one in caplog.records if one.name != "httpx2"]
    assert not any("mysecretlump" in line for line in ours)
    assert "mysecretlump" not in str(vars(metrics))


@pytest.mark.parametrize(
    ("page", "feeds"),
    [
        ("/", ["/feeds/videos.atom"]),
        ("/es/", ["/es/feeds/videos.atom"]),
        ("/topic/stages", ["/feeds/videos.atom", "/feeds/topic/stages.atom"]),
        ("/search?q=stage%204", ["/feeds/videos.atom", "/feeds/search.atom?q=stage%204"]),
        ("/search", ["/feeds/videos.atom"]),
        ("/term/lorlatinib", ["/feeds/videos.atom", "/feeds/search.atom?q=lorlatinib"]),
    ],
)
def test_a_page_says_where_its_feed_is(client: TestClient, page: str, feeds: list[str]) -> None:
    found = re.findall(
        r'<link rel="alternate" type="application/atom\+xml" title="[^"]+"\s+href="([^"]+)"',
        client.get(page).text,
    )

    assert found == feeds
    for feed in found:
        read(client, feed)


def test_a_video_is_published_when_its_site_says_so(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    track = library.captions_of("pills") / "en.auto.vtt"
    kept = {
        **dict.fromkeys(("source_url", "page", "extractor", "yt_dlp"), "x"),
        "fetched_at": "2026-10-02T03:04:05+00:00",
        "uploaded": "2024-03-01",
        "language": "en",
        "kind": "auto",
        "bytes": 1,
        "sha256": file_checksum(track),
    }
    track.with_name(f"{track.name}.provenance.json").write_text(json.dumps(kept))
    shutil.rmtree(library.index_dir)
    build_index(library, load_catalogue(library), quietly)
    client = TestClient(create_app(library, Shelf(library)))

    entries = {one.title: one for one in read(client, "/feeds/videos.atom").entries}

    assert entries["Pills for ALK"].published == "2024-03-01T00:00:00Z"
    assert entries["Pills for ALK"].updated == "2026-10-02T03:04:05Z"
    assert client.get("/api/videos/pills").json()["uploaded"] == "2024-03-01"
