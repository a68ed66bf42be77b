"""A curated question lifts its answer, but in another language only where nothing else answers."""

from __future__ import annotations

import pytest
from libraries import build, library_of, opened, write_track

from catalog import ANSWER_MS
from indexer import Budget, Generation
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.question_match import AnsweredQuestion, QuestionMatch
from indexer.ranking.scorer import LocalScorer, Meant, WeightedQuery
from indexer.settings import SETTINGS

PILL = WeightedConcept("pastilla", 1.0, (("pastill",),), others=((1.0, ("pill",)),))
RASH = WeightedConcept("sarpullido", 1.0, (("sarpull",),), others=((1.0, ("rash",)),))
MATCH = QuestionMatch(
    AnsweredQuestion("talk", 0, ANSWER_MS, "¿El sarpullido?"), 1, SETTINGS.curated
)


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    said = {"talk": "The rash comes from the pill.", "other": "Something else."}
    library = library_of(tmp_path_factory.mktemp("lifts"), said)
    write_track(library, "other", "La pastilla se toma con agua.", "es.manual.vtt")
    build(library)
    return opened(library)


def first_language(generation: Generation, *concepts: WeightedConcept) -> str:
    asked = WeightedQuery(concepts, Query(question_language="es"), lambda: Meant(None, [MATCH]))
    reader = generation.reader
    found = LocalScorer(reader).score(asked, SETTINGS, Budget())
    return str(reader.tracks[reader.rows.layout.track[found.rows[0]]].language)


def test_what_answers_in_the_language_of_the_query_stays_first(generation: Generation) -> None:
    assert first_language(generation, PILL) == "es"


def test_where_nothing_does_the_answer_of_the_question_comes_first(generation: Generation) -> None:
    assert first_language(generation, PILL, RASH) == "en"


def test_a_row_is_lifted_once_however_many_questions_meet_in_it(generation: Generation) -> None:
    reader = generation.reader

    def best(matches: list[QuestionMatch]) -> float:
        asked = WeightedQuery((RASH,), Query(), lambda: Meant(None, matches))
        return float(LocalScorer(reader).score(asked, SETTINGS, Budget()).scores[0])

    assert best([MATCH, MATCH]) == best([MATCH])
