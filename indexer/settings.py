"""Every constant of ranking and landing; docs/search.md has what each was measured to add."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.vocabulary import Alternative


@dataclass(frozen=True, slots=True)
class Settings:
    """How evidence is weighed. Times are milliseconds."""

    # BM25: how soon a repeated term stops counting, and how much a long passage is held back.
    k1: float = 1.2
    b: float = 0.6
    # What neighbours in the same video add: the smoothed score around a passage, and each term's
    # best score nearby, each fading a passage.
    smooth: float = 0.6
    smooth_fade: float = 0.8
    spread: float = 0.25
    spread_fade: float = 0.8
    # What the whole video adds: its mean over its best five passages.
    video: float = 0.3
    # What else a name is called counts less than the name: another name of the same thing, a
    # broader or everyday word, a word that is only spelled alike.
    same: float = 0.7
    related: float = 0.35
    near: float = 0.8
    # What a video's title and topics hold of the question.
    title: float = 0.75
    # What is said in another language than the question comes later.
    other_tongue: float = 0.5
    # A curated question that is at least so like the query lifts its answer, by a share of the
    # best score.
    curated: float = 2.0
    curated_likeness: float = 0.5
    # Landing.
    nearly_best: float = 0.7
    lead_ms: int = 250
    question_within_ms: int = 20_000
    at_once_ms: int = 5_000
    shortest_answer_ms: int = 8_000
    moment_ms: int = 60_000
    shown_bytes: int = 400
    # No video has more than so many of the first places, while another answers nearly as well.
    first_places: int = 5
    most_of_a_video: int = 2
    answers_too: float = 0.9
    # So many moments are found before the first are chosen, however few are asked for.
    fewest_found: int = 10
    # Bounds of the work that a query may cause.
    longest_query: int = 1_000
    most_concepts: int = 40
    candidates: int = 120

    def weight_of(self, other: Alternative) -> float:
        """What another way to say a thing is worth, of one."""
        return {"same": self.same, "related": self.related, "near": self.near}[other.how]


SETTINGS = Settings()
