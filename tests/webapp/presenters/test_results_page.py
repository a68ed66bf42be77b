from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import hits
import pytest
from libraries import indexed
from starlette.testclient import TestClient

from catalog import Library, Series, Video
from indexer import Generation, Mention, TrackMentions
from webapp.presenters.questions import clean_question
from webapp.presenters.results import Group, Moment
from webapp.presenters.results_page import (
    ResultsPage,
    VideoResult,
    results_page,
    video_result,
)


def test_the_best_answer_has_its_player_among_the_results(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    assert page.count("<video") == 1
    assert 'src="/media/first-days.mp4#t=4"' in page
    assert 'preload="metadata"' in page
    assert re.search(r'<a class="time" href="/watch/first-days\?t=4[^"]*" data-ms="4\d{3}"', page)


def test_at_youtube_the_best_answer_leads_to_its_page_without_a_script(client: TestClient) -> None:
    page = unescape(client.get("/search?q=lorlatinib").text)

    facade = re.search(r'<a class="facade" href="([^"]*)"', page)
    assert facade is not None
    assert facade[1] == "/watch/pills?t=1&q=lorlatinib"
    assert "<iframe" not in page


def test_a_strip_says_in_words_where_it_is_said(client: TestClient) -> None:
    page = client.get("/search?q=what+does+stage+4+mean").text

    assert 'role="img" aria-label="Where it is said in the video: 2 places in 2 minutes"' in page


HIT = replace(
    hits.HIT,
    series="basics",
    start_ms=4_000,
    end_ms=8_000,
    match_ms=4_000,
    url="/watch/one?t=4",
)
TALKS = {
    "brain": "Lorlatinib reaches the brain.\nIt is a pill.\nMany ask about lorlatinib.",
    "hands": "Swelling of the hands is common.\nAsk about it.",
}


@pytest.fixture(scope="module")
def talks(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return indexed(tmp_path_factory.mktemp("talks"), TALKS)


def asked(talks: Generation, text: str, *, exact: bool = False) -> ResultsPage:
    answer = talks.search(text, exact=exact)
    return results_page(talks, Library(Path("none")), clean_question(text), answer, exact=exact)


def test_a_page_of_results_is_one_of_six(talks: Generation, tmp_path: Path) -> None:
    silent = indexed(tmp_path, {"brain": ""})

    outcomes = {
        text: asked(talks, text).outcome
        for text in ("lorlatinib", "zebras swelling dancing violin", "zebra", "series:talks", "")
    }

    assert outcomes == {
        "lorlatinib": "answered",
        "zebras swelling dancing violin": "unclear",
        "zebra": "nothing",
        "series:talks": "filters",
        "": "no-question",
    }
    assert asked(silent, "lorlatinib").outcome == "no-captions"


def test_filters_alone_list_the_videos_that_are_left(talks: Generation) -> None:
    page = asked(talks, "series:talks")

    assert ([video.slug for video in page.left], page.count_left) == (["brain", "hands"], 2)
    assert (page.left_out, page.results, page.player) == (0, (), None)


def test_what_was_found_by_words_says_so_unless_only_words_were_wanted(talks: Generation) -> None:
    assert asked(talks, "lorlatinib").by_words
    assert not asked(talks, "lorlatinib", exact=True).by_words


def result_of(starts_ms: list[int], language: str = "en") -> VideoResult:
    """A video of a minute with one moment, from second 4 to 8, and places that say it."""
    video = Video("one", "One", "basics", duration_ms=60_000)
    hit = replace(HIT, language=language)
    said = TrackMentions(
        "one", language, dict(enumerate(starts_ms)), lambda at: Mention(at, 0, "", ()), 60_000
    )
    group = Group(video, Series("basics", "Basics"), (), (Moment(hit, (), hit.url),), False, True)
    return video_result(group, said, "why me?")


def test_a_video_leads_to_all_places_when_not_all_are_shown() -> None:
    more, all_there = result_of([5_000, 30_000]), result_of([5_000])

    assert more.path == "/watch/one?q=why%20me%3F"
    assert more.more_at == "/watch/one?q=why%20me%3F#found"
    assert more.places == 2
    assert more.timeline is not None
    assert (more.timeline.shown, more.timeline.said) == ((67,), (500,))
    assert (all_there.more_at, all_there.timeline, all_there.places) == ("", None, 1)
    assert result_of([5_000], "es").path == "/watch/one?lang=es&q=why%20me%3F"
