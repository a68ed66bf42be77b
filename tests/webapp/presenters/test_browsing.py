from __future__ import annotations

from catalog import Catalogue, Person, Series, Video
from webapp.presenters.browsing import SeriesPreview, listed, told_by

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
