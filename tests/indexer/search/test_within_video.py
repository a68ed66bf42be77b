from __future__ import annotations

from pathlib import Path

import pytest
from libraries import build, library_of, opened, write_track
from memory import in_memory

from indexer import Generation
from indexer.search.within_video import Mention

PILLS = """
    Welcome to this talk about your treatment.
    Lorlatinib is a pill that reaches the brain.
    It has side effects like any other pill.
    Swelling of the hands is common with it.
    The side effects of lorlatinib can be treated.
    Ask what PDL1 means for you.
"""


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory({"pills": PILLS, "other": "Only about cats."})


def mentions(generation: Generation, query: str) -> tuple[Mention, ...]:
    return generation.within(query, [("pills", "en")])[0].mentions


@pytest.mark.parametrize(
    ("query", "places"),
    [
        ("lorlatinib", [1, 4]),
        ("LORLATINIB?", [1, 4]),
        ("pills", [1, 2]),
        ("what are the side effects", [2, 4]),
        ("side effects of lorlatinib", [4]),
        ('"side effects of lorlatinib"', [4]),
        ("pill -brain", [2]),
        ("PD-L1", [5]),
        ("lorlatinib series:nowhere", [1, 4]),
        ("cats", []),
        ("", []),
        ("what is it", []),
    ],
)
def test_sentences_are_found_as_search_understands_words(
    generation: Generation, query: str, places: list[int]
) -> None:
    found = [mention.place for mention in mentions(generation, query)]

    assert found == places


def test_a_mention_is_a_whole_sentence_with_its_time_and_highlights(generation: Generation) -> None:
    mention = mentions(generation, "swollen or swelling hands")[0]

    assert (mention.place, mention.start_ms) == (3, 15_000)
    assert mention.text == "Swelling of the hands is common with it."
    assert "hands" in [mention.text[start:end] for start, end in mention.spans]


def test_another_name_of_a_thing_is_a_mention_unless_only_the_words_typed_count(
    generation: Generation,
) -> None:
    track = [("pills", "en")]

    assert [m.place for m in generation.within("Lorbrena", track)[0].mentions] == [1, 4]
    assert generation.within("Lorbrena", track, exact=True)[0].mentions == ()


def test_what_a_video_never_says_is_named(generation: Generation) -> None:
    found = generation.within("lorlatinib giraffe", [("pills", "en")])[0]

    assert found.unsaid == ("giraffe",)
    assert [mention.place for mention in found.mentions] == [1, 4]
    assert found.end_ms == 30_000


def test_each_track_is_searched_in_turn_and_one_that_is_not_there_is_left_out(
    generation: Generation,
) -> None:
    found = generation.within("cats", [("other", "en"), ("pills", "xx"), ("gone", "en")])

    assert [(one.video, [m.place for m in one.mentions]) for one in found] == [("other", [0])]


def test_a_track_that_was_replaced_is_not_searched(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": PILLS, "other": "Only about cats."})
    build(library)
    write_track(library, "pills", "Nothing but dogs now.")
    build(library)

    found = opened(library).within("dogs lorlatinib", [("pills", "en")])[0]

    assert [mention.text for mention in found.mentions] == ["Nothing but dogs now."]
