"""The first places of what was found: several videos, and the basics beside what goes deep."""

from __future__ import annotations

from indexer import Hit
from indexer.moments.selection import diversify
from indexer.settings import Settings

SETTINGS = Settings(intro_within=3, intro_too=0.8)
KINDS = {"basics": "intro", "deeper": "in-depth", "talks": None}


def hit(video: str, series: str, score: float) -> Hit:
    return Hit(
        video=video,
        title=video,
        series=series,
        start_ms=0,
        end_ms=1000,
        match_ms=0,
        text="Stage 4.",
        spans=(),
        speakers=(),
        captions="manual",
        language="en",
        url="",
        source_url=None,
        score=score,
    )


def in_depth(*scores: float) -> list[Hit]:
    return [hit(f"deep-{number}", "deeper", score) for number, score in enumerate(scores)]


def videos(hits: list[Hit]) -> list[str]:
    return [one.video for one in diversify(hits, KINDS, SETTINGS)]


def test_an_intro_that_answers_nearly_as_well_comes_third() -> None:
    hits = [*in_depth(10, 9.5, 9, 8.8), hit("basic", "basics", 8.5)]

    assert videos(hits) == ["deep-0", "deep-1", "basic", "deep-2", "deep-3"]


def test_only_the_best_intro_is_brought_forward() -> None:
    hits = [*in_depth(10, 9.5, 9), hit("basic", "basics", 8.5), hit("other", "basics", 8.4)]

    assert videos(hits) == ["deep-0", "deep-1", "basic", "deep-2", "other"]


def test_an_intro_that_answers_much_worse_stays_where_it_is() -> None:
    hits = [*in_depth(10, 9.5, 9), hit("basic", "basics", 7.9)]

    assert videos(hits) == ["deep-0", "deep-1", "deep-2", "basic"]


def test_an_intro_among_the_first_is_enough() -> None:
    hits = [hit("basic", "basics", 10), *in_depth(9.9, 9.8), hit("other", "basics", 9.7)]

    assert videos(hits) == ["basic", "deep-0", "deep-1", "other"]


def test_in_depth_answers_are_not_brought_forward() -> None:
    hits = [hit(f"basic-{n}", "basics", 10 - n / 10) for n in range(3)] + in_depth(9.6)

    assert videos(hits) == ["basic-0", "basic-1", "basic-2", "deep-0"]


def test_series_of_no_kind_change_nothing() -> None:
    hits = [*in_depth(10, 9.9), hit("talk", "talks", 9.8), hit("basic", "basics", 9.7)]

    assert videos(hits) == ["deep-0", "deep-1", "talk", "basic"]


def test_no_score_rises_from_one_hit_to_the_next() -> None:
    found = diversify([*in_depth(10, 9.5, 9), hit("basic", "basics", 8.5)], KINDS, SETTINGS)

    assert [one.score for one in found] == [10, 9.5, 8.5, 8.5]


def test_a_video_fills_no_more_than_its_places_while_another_answers_nearly_as_well() -> None:
    hits = [hit("one", "talks", 10 - n / 10) for n in range(4)] + [hit("two", "talks", 9.3)]

    assert videos(hits) == ["one", "one", "two", "one", "one"]


def test_nothing_found_stays_nothing() -> None:
    assert diversify([], KINDS, SETTINGS) == []
