from __future__ import annotations

import pytest
from memory import in_memory

from indexer import Generation

SAID = """
    so what does alk mean well it is a change in a gene
    and we treat it with a pill that is called lorlatinib
    so you take it once a day
"""


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory({"bare": SAID, "written": "What is ALK?\nLorlatinib is a pill for ALK."})


def test_a_hit_is_read_with_what_its_captions_lack(generation: Generation) -> None:
    hit = next(hit for hit in generation.search("alk").hits if hit.video == "bare")

    assert "So what does ALK mean? Well it is a change in a gene" in hit.readable
    assert hit.readable.lower().replace("?", "").replace(".", "") == hit.text
    assert "alk" in hit.text


def test_a_hit_with_punctuation_is_read_as_it_is(generation: Generation) -> None:
    hit = next(hit for hit in generation.search("alk").hits if hit.video == "written")

    assert hit.readable == ""


def test_a_video_is_read_sentence_by_sentence(generation: Generation) -> None:
    transcript = generation.transcript("bare")
    read = generation.readable("bare", "en")

    assert transcript is not None
    assert len(read) == len(transcript.sentences)
    assert read[0].startswith("So what does ALK mean?")
    assert read[-1].endswith(".")


def test_a_video_with_punctuation_has_nothing_else_to_read(generation: Generation) -> None:
    assert generation.readable("written", "en") == ()
    assert generation.readable("nothing", "en") == ()
