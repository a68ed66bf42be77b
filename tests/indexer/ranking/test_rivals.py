"""A curated question about one medicine, gene, stage or number is not asked with another's name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from memory import reader_of

from catalog import Catalogue, Question
from indexer import Generation
from indexer.ranking.matching import weigh
from indexer.ranking.questions import known_questions
from indexer.settings import SETTINGS

TALK = """
Welcome.
What comes after alectinib?
Most of us choose lorlatinib.
Next.
What is MET amplification?
The cell makes many copies of it.
Does stage 4 mean that nothing can be done?
No, and stage 3 is no different there.
The rash comes with osimertinib.
It fades.
"""
ASKED = (
    "What comes after alectinib?",
    "What is MET amplification?",
    "Does stage 4 mean that nothing can be done?",
    "How do I deal with the rash from EGFR pills?",
)


@pytest.fixture(scope="module")
def generation() -> Generation:
    reader = reader_of({"talk": TALK})
    (series,) = reader.catalogue.series
    (video,) = series.videos
    asked = [
        Question(text, start * 5_000, (start + 2) * 5_000)
        for text, start in zip(ASKED, (1, 4, 6, 8), strict=True)
    ]
    videos = (replace(video, questions=tuple(asked)),)
    catalogue = Catalogue((replace(series, videos=videos),), terms=reader.catalogue.terms)
    return Generation(replace(reader, catalogue=catalogue))


def matched(generation: Generation, query: str) -> list[str]:
    searcher = generation.searcher
    parsed = searcher.parsed(query)
    rarity = generation.reader.terms.rarity
    questions = known_questions(generation.reader, searcher.lexicon.vocabulary)
    concepts = weigh(parsed.concepts, rarity, SETTINGS)
    found = questions.matching(concepts, rarity, SETTINGS, wording=parsed.wording)
    return [match.question.text for match in found if match.question.text]


@pytest.mark.parametrize(
    "query",
    [
        "What comes after lorlatinib?",  # which the answer names
        "What comes after crizotinib?",
        "What is KRAS amplification?",
        "Does stage 3 mean that nothing can be done?",
        "stage II, can anything be done?",
        "Does grade 2 mean that nothing can be done?",
    ],
)
def test_another_name_or_number_asks_something_else(generation: Generation, query: str) -> None:
    assert matched(generation, query) == []


@pytest.mark.parametrize(
    ("query", "question"),
    [
        ("what comes after alecensa?", 0),
        ("what comes after alectinib, is it lorlatinib?", 0),  # both are named
        ("MET amplification, what is it?", 1),
        ("stage IV, nothing can be done?", 2),
        ("how do I deal with the rash from tagrisso?", 3),  # a medicine, not another gene
    ],
)
def test_the_same_thing_or_one_of_another_kind_does_not_contradict(
    generation: Generation, query: str, question: int
) -> None:
    assert ASKED[question] in matched(generation, query)
