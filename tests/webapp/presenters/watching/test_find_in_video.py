from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from indexer import TrackMentions
from indexer.search.within_video import Mention
from webapp.presenters.watching.find_in_video import spans_by_place, video_matches

IDS = ("s0", "s1000", "s2000", "s3000")
MENTIONS = {1: Mention(1, 1000, "Stage 4.", ((0, 7),)), 3: Mention(3, 3000, "A stage.", ((2, 7),))}
STARTS = {1: 1000, 3: 3000}
SAID = TrackMentions("talk", "en", STARTS, MENTIONS.__getitem__, 4000, lambda: ("giraffe",))
ALL = range(4)


@pytest.mark.parametrize(
    ("here", "current", "before", "after"),
    [
        (None, 0, None, 1),
        (0, 0, None, 1),
        (1, 1, None, 2),
        (2, 0, 1, 2),
        (3, 2, 1, None),
    ],
    ids=["nowhere", "before-all", "at-the-first", "between", "at-the-last"],
)
def test_from_any_sentence_there_is_a_way_to_the_matches_around_it(
    here: int | None, current: int, before: int | None, after: int | None
) -> None:
    found = video_matches("stage", SAID, IDS, here, ALL)

    assert found.current == current
    assert (found.before and found.before.number) == before
    assert (found.after and found.after.number) == after


def test_a_match_is_highlighted_and_has_the_anchor_of_its_sentence() -> None:
    found = video_matches("stage", SAID, IDS, None, ALL)

    assert [(one.anchor, [p.text for p in one.said if p.mark]) for one in found.places] == [
        ("s1000", ["Stage 4"]),
        ("s3000", ["stage"]),
    ]
    assert spans_by_place(SAID, ALL) == {1: ((0, 7),), 3: ((2, 7),)}
    assert found.unsaid == ("giraffe",)


def test_the_matches_around_the_part_that_is_shown_are_known() -> None:
    found = video_matches("stage", SAID, IDS, None, range(2, 4), lambda place: 1 + place // 2)

    assert (found.count, found.first) == (2, 2)
    assert found.before_part == found.before
    assert found.before is not None
    assert (found.before.number, found.before.part) == (1, 1)
    assert found.after is not None
    assert (found.after.number, found.after.part) == (2, 2)
    assert found.after_part is None
    assert spans_by_place(SAID, range(2, 4)) == {3: ((2, 7),)}


def test_of_very_many_matches_those_from_here_on_are_listed() -> None:
    starts = {place: place * 1000 for place in range(1000)}
    said = TrackMentions("talk", "en", starts, lambda at: Mention(at, at * 1000, "Yes.", ()), 10**6)
    ids = tuple(f"s{place}" for place in starts)

    listed = [
        [place.number for place in video_matches("yes", said, ids, None, shown).places]
        for shown in (range(500), range(500, 900), range(950, 1000))
    ]

    assert [(numbers[0], numbers[-1]) for numbers in listed] == [(1, 100), (501, 600), (901, 1000)]


def test_without_a_transcript_nothing_is_found() -> None:
    assert video_matches("stage", None, (), None, ALL).places == ()
    assert spans_by_place(None, ALL) == {}


def test_a_video_is_searched_as_all_videos_are(client: TestClient) -> None:
    page = client.get("/watch/first-days?q=stages").text

    assert "2 places in this video say it." in page
    assert re.search(r'id="s8500"[^>]* class="is-found"><mark>Stage 4</mark> means', page)
    assert 'href="?t=8&amp;q=stages#s8500"' in page
    assert 'value="stages"' in page


def test_at_a_match_the_ways_lead_to_those_around_it(client: TestClient) -> None:
    page = client.get("/watch/first-days?q=stage&t=8").text

    bar = page[page.index('class="hops"') : page.index('class="keys"')]
    assert "Match 2 of 2" in bar
    assert 'href="?t=4&amp;q=stage#s4500"' in bar
    assert re.search(r'data-hop="after"[^>]* hidden', bar)


def test_what_a_video_does_not_say_is_said_with_a_way_to_all_videos(client: TestClient) -> None:
    page = client.get("/watch/first-days?q=lorlatinib").text

    assert "This video does not say that in these words." in page
    assert 'href="/search?q=lorlatinib"' in page
    assert 'class="hops"' not in page


def test_what_is_only_partly_said_names_the_rest(client: TestClient) -> None:
    page = client.get("/watch/first-days?q=stage+lorlatinib").text

    assert "Not said here:" in page
    assert "<bdi>lorlatinib</bdi>" in page


def test_a_search_in_a_video_keeps_its_language_and_is_not_listed(client: TestClient) -> None:
    answer = client.get("/es/watch/first-days?lang=es&q=etapa")

    assert 'action="/es/watch/first-days#found"' in answer.text
    assert '<input type="hidden" name="lang" value="es">' in answer.text
    assert 'href="?t=8&amp;lang=es&amp;q=etapa#s8500"' in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"
    assert "x-robots-tag" not in client.get("/watch/first-days").headers


@pytest.mark.parametrize("typed", ["<script>x</script>", "\0", "“", "x" * 3000, "%", "q=1&t=4"])
def test_nothing_typed_into_a_video_is_an_error(client: TestClient, typed: str) -> None:
    answer = client.get("/watch/first-days", params={"q": typed})

    assert answer.status_code == 200
    assert "<script>x" not in answer.text


def test_a_video_without_words_can_be_asked_too(client: TestClient) -> None:
    assert client.get("/watch/silent?q=stage").status_code == 200
