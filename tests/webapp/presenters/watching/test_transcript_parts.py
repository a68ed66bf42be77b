"""A long transcript is read in parts: each is bounded, nothing is lost, and links find it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_site import quietly, write_library
from starlette.testclient import TestClient

from catalog import load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from transcripts import Sentence
from webapp.app import create_app
from webapp.presenters.watching import transcript_parts
from webapp.presenters.watching.transcript_parts import (
    BESIDE_WORDS,
    MOST_CHARACTERS,
    cut_parts,
    part_typed,
    part_with,
)

# As long as parts that are a tenth of what a page may hold.
CUES = 360
EACH_MS = 1000
TENTH = MOST_CHARACTERS // 10
SENTENCE = re.compile(r'<a id="(s\d+(?:-\d+)?)"')
WAY = re.compile(r'data-hop="after" href="([^"]*)"( hidden)?')


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    root = tmp_path_factory.mktemp("library")
    library = write_library(root)
    cues = "".join(
        f"{clock(n * EACH_MS)} --> {clock(n * EACH_MS + EACH_MS)}\n"
        f"NAME{n} ABC: {said(n)} is number {n}.\n\n"
        for n in range(CUES)
    )
    (root / "captions/first-days/en.manual.vtt").write_text(f"WEBVTT\n\n{cues}", "utf-8")
    series = root / "catalog/basics.toml"
    series.write_text(series.read_text("utf-8").replace('"1:30"', '"6:00"'), encoding="utf-8")
    build_index(library, load_catalogue(library), quietly)
    with TestClient(create_app(library, Shelf(library))) as client:
        yield client


@pytest.fixture
def client(talk: TestClient, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    monkeypatch.setattr(transcript_parts, "MOST_CHARACTERS", TENTH)
    return talk


def said(number: int) -> str:
    if number == CUES - 10:
        return "Giraffe"
    return "Osimertinib" if number % 3 == 0 else "It"


def clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    return f"{seconds // 60:02}:{seconds % 60:02}.{ms:03}"


def test_ways_from_part_to_part_lead_to_every_sentence_once(client: TestClient) -> None:
    address, seen, pages = "/watch/first-days", [], 0
    while address:
        page = client.get(address).text
        pages += 1
        seen += SENTENCE.findall(page)
        further = re.search(r'rel="next" href="([^"#]*)#transcript"', page)
        address = f"/watch/first-days{unescape(further[1])}" if further else ""
        assert len(page) < 150_000

    assert pages > 1
    assert len(seen) == len(set(seen)) == CUES
    assert 'rel="prev"' in page


def test_a_link_to_a_second_opens_the_part_that_says_it(client: TestClient) -> None:
    page = client.get("/watch/first-days?t=350").text

    (current,) = re.findall(r'<a id="(s\d+)"[^>]*aria-current="true"', page)
    assert 350_000 <= int(current[1:]) < 351_000
    assert f'#{current}">Read on from here' in page
    assert "This is part" in page


def test_hops_lead_through_every_match_of_every_part(client: TestClient) -> None:
    address, at = "/watch/first-days?q=osimertinib&t=355", []
    for _ in range(3):
        page = client.get(address).text
        found = WAY.search(page)
        assert found is not None
        address = unescape(found[1])
        if found[2]:
            break
        at.append(address)
        anchor = address.partition("#")[2]
        address = f"/watch/first-days{address}"
        assert f'id="{anchor}"' in client.get(address).text

    first = client.get("/watch/first-days?q=osimertinib&part=1").text
    after = re.search(r'data-after="([^"]*)"', first)
    assert after is not None
    there = unescape(after[1])
    assert "&part=2#" in there
    assert f'id="{there.partition("#")[2]}"' in client.get(f"/watch/first-days{there}").text
    assert "120 places in this video say it." in first
    assert "Only 100 of them are listed here." in first
    assert len(at) >= 1


def test_without_a_time_the_part_of_the_first_match_is_shown(client: TestClient) -> None:
    page = client.get("/watch/first-days?q=giraffe").text

    assert re.search(r'class="is-found">[^<]*<mark>Giraffe', page)


@pytest.mark.parametrize("typed", ["0", "-1", "99", "x", "", "²", "9" * 5000])
def test_what_is_no_part_is_the_first(client: TestClient, typed: str) -> None:
    page = client.get("/watch/first-days", params={"part": typed})

    assert page.status_code == 200
    assert '<a id="s0"' in page.text


def sentences(lengths: list[int]) -> tuple[Sentence, ...]:
    return tuple(Sentence(n * 10, n * 10 + 9, "a" * size, 0, 0) for n, size in enumerate(lengths))


@given(st.lists(st.integers(1, 90_000), max_size=60))
def test_every_sentence_is_in_one_part_and_no_part_is_too_large(lengths: list[int]) -> None:
    said = sentences(lengths)
    parts = cut_parts(said)

    assert [place for part in parts for place in part.places] == list(range(len(said)))
    assert all(place in part_with(parts, place).places for place in range(len(said)))
    assert [part_typed(parts, str(part.number)) for part in parts] == list(parts)
    for part in parts:
        sizes = [lengths[place] + BESIDE_WORDS for place in part.places]
        assert sum(sizes) <= MOST_CHARACTERS + max(sizes, default=0)


def test_an_hour_is_one_part() -> None:
    # Of 42 real talks an hour has 57,000 characters in 600 sentences.
    assert len(cut_parts(sentences([95] * 600))) == 1
