"""Whose turn it is: several videos, and the basics beside what goes deep."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from indexer.moments.selection import Candidate, next_of
from indexer.settings import Settings

SETTINGS = Settings(intro_within=3, intro_too=0.8)


def one(video: str, score: float, kind: str | None = None) -> Candidate:
    return Candidate(row=0, video=video, kind=kind, score=score)


def in_depth(*scores: float) -> list[Candidate]:
    return [one(f"deep-{number}", score, "in-depth") for number, score in enumerate(scores)]


def videos(candidates: Iterable[Candidate], most: int = 99) -> list[str]:
    """The videos of what is shown, in turn, when so many are asked for."""
    left, shown = list(candidates), list[Candidate]()
    while left and len(shown) < most:
        shown.append(next_of(left, shown, SETTINGS))
        left.remove(shown[-1])
    return [candidate.video for candidate in shown]


def test_an_intro_that_answers_nearly_as_well_comes_third() -> None:
    found = [*in_depth(10, 9.5, 9, 8.8), one("basic", 8.5, "intro")]

    assert videos(found) == ["deep-0", "deep-1", "basic", "deep-2", "deep-3"]


def test_only_the_best_intro_is_brought_forward() -> None:
    found = [*in_depth(10, 9.5, 9), one("basic", 8.5, "intro"), one("other", 8.4, "intro")]

    assert videos(found) == ["deep-0", "deep-1", "basic", "deep-2", "other"]


def test_an_intro_that_answers_much_worse_stays_where_it_is() -> None:
    found = [*in_depth(10, 9.5, 9), one("basic", 7.9, "intro")]

    assert videos(found) == ["deep-0", "deep-1", "deep-2", "basic"]


def test_an_intro_among_the_first_is_enough() -> None:
    found = [one("basic", 10, "intro"), *in_depth(9.9, 9.8), one("other", 9.7, "intro")]

    assert videos(found) == ["basic", "deep-0", "deep-1", "other"]


def test_in_depth_answers_are_not_brought_forward() -> None:
    found = [one(f"basic-{n}", 10 - n / 10, "intro") for n in range(3)] + in_depth(9.6)

    assert videos(found) == ["basic-0", "basic-1", "basic-2", "deep-0"]


def test_series_of_no_kind_change_nothing() -> None:
    found = [*in_depth(10, 9.9), one("talk", 9.8), one("basic", 9.7, "intro")]

    assert videos(found) == ["deep-0", "deep-1", "talk", "basic"]


def test_a_video_fills_no_more_than_its_places_while_another_answers_nearly_as_well() -> None:
    found = [one("one", 10 - n / 10) for n in range(4)] + [one("two", 9.6)]

    assert videos(found) == ["one", "one", "two", "one", "one"]


def test_a_video_that_answers_much_better_keeps_the_first_places() -> None:
    found = [one("one", 10 - n / 10) for n in range(6)] + [one("two", 7.0)]

    assert videos(found) == [*["one"] * 5, "two", "one"]


def test_twenty_places_are_of_many_videos() -> None:
    found = [one(f"long-{n % 4}", 10 - n / 20) for n in range(60)]
    found += [one(f"other-{n}", 4.5 - n / 20) for n in range(20)]

    shown = Counter(videos(found, 20))

    assert max(shown.values()) <= 3
    assert len(shown) >= 12
