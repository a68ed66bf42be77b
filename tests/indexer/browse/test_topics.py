"""The moments of a topic: found when first asked for, and kept."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hits import HIT
from libraries import build, opened, write_catalogue, write_track
from msgspec.structs import replace

from catalog import Catalogue, Library, Question, Series, Topic, Video
from indexer import Answer, Hit
from indexer.browse.topics import CURATED, ELSEWHERE, TAGGED, TopicMoment, choose, moments_of_topic
from indexer.search.search import Searcher
from indexer.settings import Settings

SETTINGS = Settings(topic_moments=4, topic_moments_of_a_video=2)
RASH = Topic("rash", "Rash")
BASICS = """
    slug = "basics"
    title = "Basics"
    kind = "intro"

    [[videos]]
    slug = "side-effects"
    title = "What to expect"
    topics = ["rash"]
    questions = [{ text = "What helps against a rash?", at = "0:30", until = "1:00" }]
"""
DEEPER = """
    slug = "a-deeper"
    title = "Deeper"
    kind = "in-depth"

    [[videos]]
    slug = "skin"
    title = "The skin"
    topics = ["rash"]

    [[videos]]
    slug = "elsewhere"
    title = "Another talk"
"""
TOPICS = """
    [[topics]]
    slug = "rash"
    title = "Rash and itching"

    [[topics]]
    slug = "hiccups"
    title = "Hiccups"
"""
SIDE_EFFECTS = """
    A rash is common, we say so at the first visit.
    We look at the face and at the back.
    It often comes in the second week.
    Most people stay on the pill.
    Some people need a break.
    We decide that together.
    What helps against a rash?
    Creams help, and keep out of the sun.
    Tell the nurse when it spreads.
    An antibiotic may help as well.
    Ask before you buy anything.
    That is all about it.
    Now we turn to sleep.
    Sleep comes back after a while.
    Eat what you like.
    Walk when you can.
    Rest when you must.
    A second rash with itching is rare, and goes away.
    We look at it together.
    It needs no other pill.
"""
SKIN = """
    The rash begins in the upper layer.
    The itching comes with the rash.
    Steroids calm it down.
    Then it fades.
"""
ELSEWHERE_SAID = """
    A rash and itching can have another cause.
    An allergy is one of them.
    Ask about all the pills you take.
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path, BASICS, "basics.toml")
    write_catalogue(tmp_path, DEEPER, "a-deeper.toml")
    write_catalogue(tmp_path, TOPICS, "topics.toml")
    library = Library(tmp_path)
    write_track(library, "side-effects", SIDE_EFFECTS)
    write_track(library, "skin", SKIN)
    write_track(library, "elsewhere", ELSEWHERE_SAID)
    build(library)
    return library


@pytest.fixture
def moments(library: Library) -> tuple[Hit, ...]:
    return opened(library).topic_moments("rash")


def candidate(video: str, start_ms: int, rank: int, worth: float = 1.0) -> TopicMoment:
    end_ms = start_ms + 10_000
    return TopicMoment(replace(HIT, video=video, start_ms=start_ms, end_ms=end_ms), rank, worth)


def places(*candidates: TopicMoment) -> list[tuple[str, int]]:
    return [(hit.video, hit.start_ms) for hit in choose(candidates, SETTINGS)]


def test_what_a_curator_wrote_down_comes_first_then_the_topics_own_videos() -> None:
    chosen = places(
        candidate("three", 0, ELSEWHERE, 9), candidate("two", 0, TAGGED, 5), candidate("one", 0, 0)
    )

    assert chosen == [("one", 0), ("two", 0), ("three", 0)]


def test_the_better_moment_comes_first_and_hides_what_overlaps_it() -> None:
    chosen = places(candidate("one", 0, CURATED, 0.5), candidate("one", 9_000, CURATED, 0.9))

    assert chosen == [("one", 9_000)]


def test_a_topic_shows_few_moments_and_fewer_of_one_video() -> None:
    chosen = places(
        *(candidate("one", n * 20_000, CURATED, 3) for n in range(3)),
        *(candidate(f"video-{n}", 0, TAGGED, 2) for n in range(5)),
    )

    assert [video for video, _ in chosen] == ["one", "one", "video-0", "video-1"]


def rarity(term: str) -> float:
    """Long words are rare here."""
    return float(len(term))


def moments_with(answers: dict[str, Answer], *topics: str) -> list[int]:
    """Where the moments of "rash" begin, of a video with these topics and this search."""
    asked = Question("What helps?", 30_000, 60_000)
    video = Video("one", "One", "talks", topics=topics, questions=(asked,))
    catalogue = Catalogue((Series("talks", "Talks", videos=(video,)),), {}, {"rash": RASH})

    def search(text: str) -> Answer:
        return answers.get(text, Answer(text, ()))

    found = moments_of_topic(RASH, catalogue, search, rarity, SETTINGS)
    return [hit.start_ms for hit in found]


def answer(start_ms: int, text: str = "A rash.", *, answered: bool = True) -> Answer:
    end_ms = start_ms + 10_000
    hit = replace(HIT, start_ms=start_ms, match_ms=start_ms, end_ms=end_ms, text=text)
    return Answer("", (hit,), confidence="answered" if answered else "none")


def test_a_moment_within_a_curated_answer_begins_where_that_begins() -> None:
    answers = {"topic:rash Rash": answer(45_000), "What helps?": answer(31_000)}

    assert moments_with(answers, "pills", "rash") == [31_000]


def test_answers_of_a_video_that_names_the_topic_first_need_no_search_for_it() -> None:
    answers = {"What helps?": answer(31_000)}

    assert moments_with(answers, "rash", "pills") == [31_000]
    assert moments_with(answers, "pills", "rash") == []


def test_what_neither_asks_nor_speaks_of_the_topic_is_left_out() -> None:
    other = answer(45_000, "Creams help.")
    found = {"What helps?": answer(31_000, "Creams help."), "topic:rash Rash": other, "Rash": other}

    assert moments_with(found, "rash", "pills") == []
    assert moments_with(found, "pills", "rash") == []
    assert moments_with(found, "pills") == []


def test_where_two_questions_overlap_a_moment_is_that_of_the_nearer_one() -> None:
    first, second = Question("Why a rash?", 0, 40_000), Question("Which rash?", 36_000, 70_000)
    video = Video("one", "One", "talks", topics=("pills", "rash"), questions=(first, second))
    series = Series("talks", "Talks", videos=(video,))
    answers = {"topic:rash Rash": 37_000, "Why a rash?": 1_000, "Which rash?": 36_000}

    found = moments_of_topic(
        RASH,
        Catalogue((series,), {}, {"rash": RASH}),
        lambda text: answer(answers[text]) if text in answers else Answer(text, ()),
        rarity,
        SETTINGS,
    )

    assert [hit.start_ms for hit in found] == [36_000]


def test_what_only_mentions_a_topic_elsewhere_is_left_out() -> None:
    assert moments_with({"Rash": answer(0)}, "pills") == [0]
    assert moments_with({"Rash": answer(0, answered=False)}, "pills") == []


def test_what_is_left_of_a_moment_between_two_others_is_no_moment() -> None:
    hit = replace(HIT, end_ms=2_000, text="A rash.")

    assert moments_with({"Rash": Answer("", (hit,))}, "pills") == []


def test_the_answer_to_a_curated_question_is_a_topics_first_moment(
    moments: tuple[Hit, ...],
) -> None:
    first = moments[0]

    assert (first.video, first.start_ms) == ("side-effects", 30_000)
    assert first.asked
    assert "Creams help" in first.text


def test_videos_that_nobody_put_under_a_topic_come_last(moments: tuple[Hit, ...]) -> None:
    order = list(dict.fromkeys(hit.video for hit in moments))

    assert order == ["side-effects", "skin", "elsewhere"]


def test_moments_of_a_topic_do_not_overlap(moments: tuple[Hit, ...]) -> None:
    own = sorted((hit.start_ms, hit.end_ms) for hit in moments if hit.video == "side-effects")

    assert len(own) > 1
    assert all(end <= start for (_, end), (start, _) in pairwise(own))


def test_equally_good_moments_begin_with_the_basics(tmp_path: Path) -> None:
    write_catalogue(tmp_path, DEEPER, "a-deeper.toml")
    write_catalogue(tmp_path, BASICS.replace("questions", "# questions"), "basics.toml")
    write_catalogue(tmp_path, TOPICS, "topics.toml")
    library = Library(tmp_path)
    write_track(library, "skin", SKIN)
    write_track(library, "side-effects", SKIN)
    build(library)

    hits = opened(library).topic_moments("rash")

    assert [hit.video for hit in hits[:2]] == ["side-effects", "skin"]


def test_a_topic_of_which_nobody_speaks_has_no_moments(library: Library) -> None:
    generation = opened(library)

    assert generation.topic_moments("hiccups") == ()
    assert generation.topic_moments("never-heard-of") == ()


def test_moments_that_were_found_once_are_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    generation = opened(library)
    found = generation.topic_moments("rash")
    monkeypatch.setattr(Searcher, "search", None)

    assert found
    assert generation.topic_moments("rash") is found


def test_a_change_chooses_the_moments_anew(library: Library) -> None:
    write_track(library, "skin", "Nothing is said here.\nOf the skin or anything else.")
    report = build(library)

    assert report.carried == 2
    videos = {hit.video for hit in opened(library).topic_moments("rash")}
    assert videos == {"side-effects", "elsewhere"}
