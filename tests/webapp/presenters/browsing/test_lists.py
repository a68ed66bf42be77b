from __future__ import annotations

from catalog import Catalogue, Person, Question, Series, Topic, Video, WrittenAnswer
from webapp.presenters.browsing.lists import (
    EXAMPLES,
    SeriesPreview,
    basics_first,
    beginning,
    example_questions,
    listed,
    named_elsewhere,
    speaking,
    told_by,
    told_elsewhere,
    written_answers,
)

ADA = Person("ada", "Ada Example", "patient advocate")
TESS = Person("tess", "Dr. Tess Sample", "oncologist")
BASICS = Series(
    "basics",
    "Basics",
    notice="Not advice.",
    videos=(Video("one", "One", "basics", speakers=("tess", "ada")), Video("two", "Two", "basics")),
)
DEEP = Series("deep", "Deep", notice="Not advice.", videos=(Video("three", "Three", "deep"),))
PLAIN = Series("plain", "Plain", videos=(Video("four", "Four", "plain"),))
ALL = Catalogue(series=(BASICS, DEEP, PLAIN), people={"ada": ADA, "tess": TESS})


def test_a_notice_is_shown_where_it_is_another_than_before() -> None:
    shown = list(listed(ALL.videos.values(), ALL))

    assert [one.video.slug for one in shown if one.notice] == ["one", "four"]
    assert [one.video.slug for one in shown if one.begins] == ["one", "three", "four"]
    assert shown[0].speakers == (TESS, ADA)


def test_a_notice_that_is_told_above_is_not_shown_again() -> None:
    shown = listed(ALL.videos.values(), ALL, told=["Not advice."])

    assert [one.video.slug for one in shown if one.notice] == ["four"]
    assert all(one.notice for one in listed(ALL.videos.values(), ALL, told=[]))


def test_a_preview_says_whether_a_series_has_more() -> None:
    assert SeriesPreview(BASICS, BASICS.videos[:1]).has_more
    assert not SeriesPreview(BASICS, BASICS.videos).has_more


def test_a_story_is_told_by_who_lives_with_it() -> None:
    assert told_by(BASICS.videos[0], ALL) == ("Ada Example",)


def test_people_begin_with_the_first_of_the_basics_that_has_videos() -> None:
    deep = Series("deep", "Deep", kind="in-depth", videos=(Video("d", "D", "deep"),))
    empty = Series("empty", "Empty", kind="intro")
    basics = Series("basics", "Basics", kind="intro", videos=(Video("b", "B", "basics"),))

    ordered = basics_first(Catalogue(series=(deep, empty, basics)))

    assert [series.slug for series in ordered.series] == ["empty", "basics", "deep"]
    first = beginning(ordered)
    assert first
    assert first.series == basics
    assert beginning(Catalogue(series=(deep,))) is None


def test_a_question_to_start_with_is_one_a_video_and_can_be_read_at_a_glance() -> None:
    asked = (Question("Long " * 30), Question("Why me?"), Question("What now?"))
    videos = tuple(Video(str(n), "T", "s", questions=asked) for n in range(EXAMPLES + 2))
    silent = Video("silent", "T", "s")

    shown = example_questions(Catalogue(series=(Series("s", "S", videos=(silent, *videos)),)))

    assert shown == tuple((Question("Why me?"), video) for video in videos[:EXAMPLES])


def test_people_are_listed_by_name_and_only_where_they_speak_or_a_page_tells_of_them() -> None:
    people = {
        "zoe": Person("zoe", "Dr. Zoë Adams"),
        "ada": Person("ada", "Ada Zorn"),
        "bea": Person("bea", "Bea", page="https://pages.example/bea"),
        "cyd": Person("cyd", "Cyd"),
    }
    videos = (
        Video("v", "V", "s", speakers=("zoe", "ada")),
        Video("w", "W", "s", speakers=("zoe",)),
    )
    catalogue = Catalogue((Series("s", "S", videos=videos),), people)

    assert [(one.person.slug, one.videos) for one in speaking(catalogue)] == [
        ("ada", 1),
        ("zoe", 2),
    ]
    assert [person.slug for person in named_elsewhere(catalogue)] == ["bea"]


def test_a_story_is_told_elsewhere_until_a_video_of_it_is_here() -> None:
    page = "https://pages.example/alk"
    bea, cyd, dan = (Person(slug, slug.title(), page=page) for slug in ("bea", "cyd", "dan"))
    topic = Topic("alk", "ALK", stories=("bea", "cyd", "dan"))
    video = Video("v", "V", "s", speakers=("dan",), topics=("alk",))
    catalogue = Catalogue(
        (Series("s", "S", videos=(video,)),), {one.slug: one for one in (bea, cyd, dan)}
    )

    (told,) = told_elsewhere(topic, catalogue)

    assert (told.page, told.people) == (page, (bea, cyd))


def test_what_pages_answer_in_writing_is_of_a_topic_or_of_all() -> None:
    tests = WrittenAnswer("Where?", "https://pages.example/tests")
    costs = WrittenAnswer("How much?", "https://pages.example/costs")
    topics = (Topic("tests", "Tests", written=(tests,)), Topic("costs", "Costs", written=(costs,)))
    catalogue = Catalogue(topics={topic.slug: topic for topic in topics})

    assert written_answers(catalogue, topics[0]) == (tests,)
    assert written_answers(catalogue, None) == (tests, costs)
