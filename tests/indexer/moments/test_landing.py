"""Landing on the sentence that answers, or on the question that it answers."""

from __future__ import annotations

from pathlib import Path

import pytest
from libraries import CUE_MS, best, build, library_of, opened, write_captions
from memory import in_memory

LONG = """
    Welcome to this talk about the lungs.
    We are glad that you are here.
    Osimertinib is a pill for EGFR.
    Most people take it for years.
    Some people get a rash from it.
    Thank you all for listening.
"""


def test_the_jump_is_to_just_before_the_sentence_that_answers() -> None:
    hit = best(in_memory({"talk": LONG}), "osimertinib pill")

    assert hit.match_ms == 2 * CUE_MS
    assert 2 * CUE_MS - 1_000 <= hit.start_ms <= 2 * CUE_MS
    assert hit.text.startswith("Osimertinib is a pill")


def test_the_sentence_that_says_most_of_it_answers() -> None:
    hit = best(in_memory({"talk": LONG}), "how many people get a rash")

    assert hit.text.startswith("Some people get a rash")


def test_an_answer_right_behind_a_question_is_shown_with_it() -> None:
    talk = """
        Welcome to this talk.
        Should I change what I eat?
        Salt makes the swelling worse, so leave it out.
    """

    hit = best(in_memory({"talk": talk}), "salt swelling")

    assert hit.start_ms == CUE_MS
    assert hit.match_ms == 2 * CUE_MS
    assert hit.text.startswith("Should I change what I eat? Salt makes")


def test_a_question_long_before_the_answer_is_left_where_it_is() -> None:
    talk = "Should I eat less?\n" + "That is a good thing.\n" * 6 + "Salt makes it worse."

    hit = best(in_memory({"talk": talk}), "salt")

    assert hit.text == "Salt makes it worse."


def test_a_question_that_asks_for_little_of_it_is_left_where_it_is() -> None:
    talk = """
        What does a stage say?
        It is a description.
        It is no clock.
        Stage three in the chest is called locally advanced.
        Stage four is elsewhere.
        Thank you all for listening.
    """

    hit = best(in_memory({"talk": talk}), "locally advanced stage")

    assert hit.text.startswith("Stage three in the chest")


def test_no_landing_before_the_beginning() -> None:
    hit = best(in_memory({"talk": LONG}), "welcome")

    assert hit.start_ms == 0


def test_a_question_of_another_video_is_none() -> None:
    talks = {"a-first": "What about salt?", "b-second": "Osimertinib is a pill."}

    hit = best(in_memory(talks), "osimertinib")

    assert (hit.video, hit.text) == ("b-second", "Osimertinib is a pill.")


def test_a_moment_ends_at_the_end_of_a_sentence() -> None:
    talk = "\n".join(f"Sentence number {number} is said here." for number in range(30))

    hit = best(in_memory({"talk": talk}), "number 7 sentence")

    assert hit.end_ms % CUE_MS == 0
    assert hit.text.endswith("is said here.")
    assert hit.end_ms - hit.start_ms <= 60_000


def test_a_sentence_that_takes_no_time_still_ends_after_it_begins(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"talk": ""})
    write_captions(library, "talk", "WEBVTT\n\n00:05.000 --> 00:05.000\nOsimertinib.\n")
    build(library)

    for hit in opened(library).search("osimertinib").hits:
        assert hit.start_ms <= hit.match_ms < hit.end_ms


@pytest.mark.parametrize("query", ["PD-L1", "stage four", "nsclc", "exon 19 del"])
def test_highlights_cover_whole_names(query: str) -> None:
    said = "In stage IV non-small cell cancer we test PDL1, and look for an exon 19 deletion."

    hit = best(in_memory({"talk": said}), query)

    marked = [hit.text[start:end] for start, end in hit.spans]
    assert marked in (["PDL1"], ["stage IV"], ["non-small cell"], ["exon 19 deletion"])


def test_highlights_are_offsets_into_the_text_whatever_its_script() -> None:
    said = "👩‍⚕️ Señora, “𝕏-ray” — the naïve café: ALK+ is tested."

    hit = best(in_memory({"talk": said}), "alk naive señora")

    assert [hit.text[start:end] for start, end in hit.spans] == ["Señora", "naïve", "ALK+"]
