"""What is found where the passages are elsewhere is what is found where they are here."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from libraries import sample_library
from local_engine import LocalEngine
from related_talks import by_meaning, written

from indexer import Generation, Shelf
from indexer.engine.outline import packed_outline, unpacked_outline
from indexer.engine.remote import RemoteGeneration
from indexer.errors import EngineAway, PartMissing
from indexer.query.parser import Query
from indexer.ranking.engine import Engine, Found
from indexer.ranking.matching import WeightedConcept
from indexer.storage.blocks import Block

pytestmark = pytest.mark.slow

QUESTIONS = (
    "What is ALK?", "side effects", "how long will I live", "immunotherapy", "PD-L1", "xyzzy",
    "¿Qué es la inmunoterapia?", "tratamiento", '"clinical trial"', "treatment -chemotherapy",
    '"lung cancer" -"side effects"', "speaker:jane scan", "series:intro", "language:es cáncer",
    "-chemotherapy series:intro", "-language:es biopsy", "stage 7", "tagriso", "lungcancer scan",
)  # fmt: skip


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    return Shelf(sample_library(tmp_path_factory.mktemp("sample"))).current()


@pytest.fixture(scope="module")
def there(here: Generation) -> RemoteGeneration:
    return elsewhere(here)


def elsewhere(here: Generation, engine: Engine | None = None) -> RemoteGeneration:
    outline = unpacked_outline(packed_outline(here.reader), here.name)
    return RemoteGeneration(outline, engine or LocalEngine(here.reader), here.meaning)


@pytest.mark.parametrize("question", QUESTIONS)
def test_answers_are_the_same(here: Generation, there: Generation, question: str) -> None:
    for exact in (False, True):
        one = here.search(question, counts=True, exact=exact)
        assert there.search(question, counts=True, exact=exact) == one


def test_transcripts_are_the_same(here: Generation, there: Generation) -> None:
    for video in here.videos:
        assert there.languages(video) == here.languages(video)
        for language in (None, *here.languages(video)):
            assert there.transcript(video, language) == here.transcript(video, language)
        for language in here.languages(video):
            assert list(there.readable(video, language)) == list(here.readable(video, language))
            assert there.readings(video, language) == here.readings(video, language)


def test_what_one_video_says_is_the_same(here: Generation, there: Generation) -> None:
    tracks = [(video, one) for video in here.videos for one in here.languages(video)]
    for question in ("scan", '"clinical trial"', "treatment -chemotherapy", "ALK-positive"):
        ours, theirs = (one.within(question, tracks) for one in (here, there))
        assert [(one.video, one.mentions, one.unsaid) for one in theirs] == [
            (one.video, one.mentions, one.unsaid) for one in ours
        ]


def test_mentions_of_terms_are_the_same(here: Generation, there: Generation) -> None:
    assert there.said == here.said
    for term in here.catalogue.terms:
        one, other = here.mentions(term), there.mentions(term)
        assert (len(other), other.videos) == (len(one), one.videos)
        assert other.between(0, 5) == one.between(0, 5)


def test_topics_and_related_moments_are_the_same(here: Generation, there: Generation) -> None:
    for topic in here.catalogue.topics:
        assert there.topic_moments(topic) == here.topic_moments(topic)
    for video in here.videos.values():
        assert there.related_moments(video.slug) == here.related_moments(video.slug)
        for question in video.questions:
            if span := question.answer_span:
                asked = here.also_asked(video.slug, span[0])
                assert there.also_asked(video.slug, span[0]) == asked


def test_with_a_model_they_are_the_same(tmp_path: Path) -> None:
    here = by_meaning(written(tmp_path))
    there = elsewhere(here)
    assert not there.meaning_off
    assert not there.is_quick
    for question in ("how do I sleep", "what helps with pain"):
        assert there.search(question, counts=True) == here.search(question, counts=True)
    for video in here.videos:
        assert there.related_moments(video) == here.related_moments(video)


@dataclass(frozen=True)
class Damaged(LocalEngine):
    """Some of its passages, or of its blocks, cannot be reached."""

    passages: int = 0

    def candidates(
        self, concepts: Sequence[WeightedConcept], query: Query, most: int
    ) -> Sequence[Found]:
        found = super().candidates(concepts, query, most)
        raise PartMissing("some shards cannot be reached", found[: self.passages])

    def blocks(self, wanted: Collection[tuple[int, int]]) -> Mapping[tuple[int, int], Block]:
        if self.passages:
            return super().blocks(wanted)
        raise PartMissing("no blocks can be reached", {})


def test_an_answer_says_that_a_part_is_missing(here: Generation) -> None:
    answer = elsewhere(here, Damaged(here.reader, passages=5)).search("treatment", counts=True)
    assert answer.hits
    assert answer.incomplete
    assert answer.partial


def test_what_stands_beside_a_video_is_left_out_while_a_part_is_missing_and_not_kept(
    here: Generation,
) -> None:
    engine = Damaged(here.reader, passages=5)
    there, slug = elsewhere(here, engine), "just-diagnosed"
    topic = next(topic for topic in here.catalogue.topics if here.topic_moments(topic))
    assert not there.is_lacking
    assert not there.related_moments(slug)
    assert there.is_lacking
    with pytest.raises(PartMissing):
        there.topic_moments(topic)

    there._parts.engine = there.searcher._scorer._engine = LocalEngine(here.reader)
    assert there.related_moments(slug) == here.related_moments(slug)
    assert there.topic_moments(topic) == here.topic_moments(topic)


def test_where_a_part_is_missing_nothing_is_said_to_be_said_by_nobody(here: Generation) -> None:
    assert here.search("what is stage 7").unsaid
    there = elsewhere(here, Damaged(here.reader, passages=5))
    assert not there.search("what is stage 7 treatment").unsaid


def test_no_outage_is_shown_as_no_results(here: Generation) -> None:
    there = elsewhere(here, Damaged(here.reader, passages=0))
    with pytest.raises(EngineAway):
        there.search("treatment")
    with pytest.raises(EngineAway):
        there.transcript(next(iter(here.videos)))
