from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from libraries import indexed
from memory import in_memory
from msgspec.structs import replace
from starlette.testclient import TestClient

from catalog import Library
from indexer import Answer, Generation
from webapp.i18n.translations import Interface, shown_in
from webapp.presenters.results.questions import clean_question
from webapp.presenters.results.results_page import (
    ResultsPage,
    hits_needed,
    results_page,
    rows_wanted,
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
    assert (page.left_out, page.best, page.rows, page.player) == (0, None, (), None)


def test_what_was_found_by_words_says_so_unless_only_words_were_wanted(talks: Generation) -> None:
    assert asked(talks, "lorlatinib").by_words
    assert not asked(talks, "lorlatinib", exact=True).by_words


SPOKEN = "Swelling of the ankles is common.\n" + "Keep your feet up at night.\n" * 20
MANY = {f"talk-{number:02}": f"{SPOKEN}The swelling goes away." for number in range(30)}


@pytest.fixture(scope="module")
def many() -> Generation:
    return in_memory(MANY)


def rows_of(many: Generation, typed: str | None) -> ResultsPage:
    rows = rows_wanted(typed)
    answer = many.search("swelling of the ankles", limit=hits_needed(rows))
    question = clean_question("swelling of the ankles")
    return results_page(many, Library(Path("none")), question, answer, exact=False, rows=rows)


def test_the_best_answer_stands_alone_and_five_rows_follow(many: Generation) -> None:
    page = rows_of(many, None)

    assert page.best is not None
    assert len(page.rows) == 5
    assert page.more_at == "/search?q=swelling%20of%20the%20ankles&answers=10"


@pytest.mark.parametrize(
    ("typed", "rows"),
    [("10", 10), ("7", 7), ("20", 20), ("0", 5), ("9999", 20), ("-3", 5), ("many", 5), ("", 5)],
)
def test_more_answers_are_the_same_and_the_next(many: Generation, typed: str, rows: int) -> None:
    page = rows_of(many, typed)

    assert len(page.rows) == rows
    assert page.rows[:5] == rows_of(many, None).rows
    assert bool(page.more_at) == (rows < 20)


def test_a_row_tells_of_other_places_in_its_video_that_are_not_on_the_page() -> None:
    talks = in_memory({"talk": f"{SPOKEN}\n" * 3})
    answer = talks.search("swelling of the ankles", limit=1)

    page = results_page(
        talks, Library(Path("none")), clean_question("swelling of the ankles"), answer, exact=False
    )

    assert page.best is not None
    assert (page.best.more, page.rows) == (2, ())
    assert page.best.more_at == "/watch/talk?q=swelling%20of%20the%20ankles#found"


def test_where_nothing_is_clear_no_answer_stands_alone(talks: Generation) -> None:
    page = asked(talks, "zebras swelling dancing violin")

    assert page.best is None
    assert page.rows


def test_a_page_leads_to_more_answers_and_shows_them(client: TestClient) -> None:
    few = client.get("/search?q=stage").text
    more = client.get("/search?q=stage&answers=10").text

    assert few.count('class="best"') == more.count('class="best"') == 1
    assert few.count('class="row"') <= more.count('class="row"')


def told_in(talks: Generation, text: str, *languages: str) -> ResultsPage:
    """A page whose moments are in these languages."""
    hits = talks.search("lorlatinib swelling").hits
    said = tuple(replace(hit, language=code) for hit, code in zip(hits, languages, strict=False))
    return results_page(
        talks, Library(Path("none")), clean_question(text), Answer(text, said), exact=False
    )


def test_an_answer_in_another_language_than_the_question_says_so(talks: Generation) -> None:
    spanish = "¿qué efectos secundarios puede tener?"

    assert told_in(talks, spanish, "en", "en").other_language == ("es", "en")
    assert told_in(talks, spanish, "en", "en").language_note[0].startswith("Nobody answers this")
    assert told_in(talks, spanish, "en", "es-MX").language_note[1].startswith("Further down")
    assert told_in(talks, spanish, "es", "en").language_note == ()
    assert told_in(talks, spanish, "es", "en").other_language == ("", "")
    assert told_in(talks, "what side effects can it have?", "en-US").other_language == ("", "")
    assert told_in(talks, spanish).other_language == ("", "")


def test_a_word_of_no_language_is_asked_in_that_of_the_page(talks: Generation) -> None:
    assert told_in(talks, "lorlatinib", "en").other_language == ("", "")
    with shown_in(Interface("es")):
        assert told_in(talks, "lorlatinib", "en").other_language == ("es", "en")
