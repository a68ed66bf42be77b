"""The sample library, indexed for real: its own questions find their answers, and hits are true."""

from __future__ import annotations

import pytest
from libraries import build, opened, sample_library

from catalog import Library
from indexer import Generation

QUERIES = """
    what does stage 4 mean | is a liquid biopsy enough? | side effects of immunotherapy | ALK+
    EGFR exon 19 deletion | T790M | PD-L1 | swelling of the hands | can I get a second opinion
    who pays for it | clinical trial | ¿qué significa la etapa? | "second opinion" | fatigue -pain
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sample_library(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def generation(library: Library) -> Generation:
    return opened(library)


def test_every_video_is_indexed(generation: Generation) -> None:
    spoken = {(track.video, track.language) for track in generation.tracks}

    assert {video for video, _ in spoken} == set(generation.videos)
    assert {("just-diagnosed", "es"), ("egfr-resistance", "es")} <= spoken


def test_questions_of_the_catalogue_lead_to_their_own_answers_first(
    generation: Generation,
) -> None:
    asked = [
        (video.slug, question)
        for video in generation.videos.values()
        for question in video.questions
        if question.start_ms is not None
    ]
    missed = [
        question.text
        for slug, question in asked
        for hit in generation.search(question.text, limit=1).hits
        if hit.video != slug or abs(hit.start_ms - (question.start_ms or 0)) > 10_000
    ]

    assert len(asked) > 30
    assert not missed


@pytest.mark.parametrize("query", QUERIES.strip().replace("\n", "|").split("|"))
def test_hits_are_true_to_their_transcript(generation: Generation, query: str) -> None:
    for hit in generation.search(query).hits:
        transcript = generation.transcript(hit.video, hit.language)
        assert transcript
        said = " ".join(sentence.text for sentence in transcript.sentences)
        assert hit.text in said
        assert 0 <= hit.start_ms <= hit.match_ms < hit.end_ms
        assert any(s.start_ms <= hit.match_ms < s.end_ms for s in transcript.sentences)
        for start, end in hit.spans:
            assert not hit.text[start - 1 : start].isalnum()
            assert not hit.text[end : end + 1].isalnum()


def test_every_sentence_can_be_found_by_its_own_words(generation: Generation) -> None:
    for video in ("just-diagnosed", "caring-and-costs"):
        transcript = generation.transcript(video)
        assert transcript
        for sentence in transcript.sentences[::5]:
            hits = generation.search(f'"{sentence.text}"', limit=20).hits
            assert not hits or video in {hit.video for hit in hits}


def test_a_second_index_run_reads_nothing(library: Library) -> None:
    assert not build(library).built


@pytest.mark.parametrize("query", QUERIES.strip().replace("\n", "|").split("|"))
def test_what_comes_first_does_not_depend_on_how_much_is_asked_for(
    generation: Generation, query: str
) -> None:
    most = generation.search(query, limit=20).hits

    for limit in range(1, 20):
        assert generation.search(query, limit=limit).hits == most[:limit]


@pytest.mark.parametrize("query", ["does weakness go away", "how long does radiation take"])
def test_common_words_beside_a_thing_that_is_not_spoken_of_are_no_answer(
    generation: Generation, query: str
) -> None:
    assert not generation.search(query).answered
