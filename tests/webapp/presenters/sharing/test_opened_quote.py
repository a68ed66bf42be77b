from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

import pytest
from memory import in_memory

from indexer import Generation
from webapp.presenters.sharing.opened_quote import open_quote, quote_from

TALK = {"one": "Stage four is a word.\nIt is no sentence.\nAsk about it."}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALK)


def test_a_link_opens_the_words_that_it_was_made_of(generation: Generation) -> None:
    video = generation.catalogue.videos["one"]
    made = quote_from(generation, video, {"lang": "en", "from": "0", "to": "4"})
    assert made

    opened = open_quote(generation, video, dict(parse_qsl(made.query)))

    assert (opened.state, opened.quoted) == ("same", made)
    assert (opened.spoken, opened.path) == ("en", f"/quote/one?{made.query}")
    assert "after" in opened.steps


@pytest.mark.parametrize(
    ("changed", "state"),
    [({"lang": "fr"}, "no-track"), ({"words": "x"}, "damaged"), ({"to": ""}, "damaged")],
)
def test_a_link_that_quotes_nothing_says_why(
    generation: Generation, changed: dict[str, str], state: str
) -> None:
    video = generation.catalogue.videos["one"]
    made = quote_from(generation, video, {})
    assert made

    opened = open_quote(generation, video, dict(parse_qsl(made.query)) | changed)

    assert opened.state == state
    assert (opened.spoken, opened.path, opened.steps) == ("", "", {})


def test_a_link_that_lost_its_language_means_the_videos_own(generation: Generation) -> None:
    video = generation.catalogue.videos["one"]
    made = quote_from(generation, video, {})
    assert made

    assert open_quote(generation, video, dict(parse_qsl(made.query)) | {"lang": ""}).quoted == made


def test_a_part_beyond_the_end_plays_from_the_beginning(generation: Generation) -> None:
    video = replace(generation.catalogue.videos["one"], duration_ms=9000)

    opened = open_quote(generation, video, {"from": "10", "to": "12", "words": "x"})

    assert (opened.start_ms, opened.end_ms) == (0, None)
