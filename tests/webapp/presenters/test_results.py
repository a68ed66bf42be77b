from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import Catalogue, Person, Series, Video
from indexer import Hit
from webapp.presenters.results import group_by_video, moment_of
from webapp.rendering.highlights import Fragment, highlighted


def hit(video: str, start_ms: int = 0, captions: str = "manual") -> Hit:
    return Hit(
        video=video,
        title=video,
        series="basics",
        start_ms=start_ms,
        end_ms=start_ms + 1000,
        match_ms=start_ms,
        text="Stage 4.",
        spans=((0, 7),),
        speakers=(),
        captions="auto" if captions == "auto" else "manual",
        language="en",
        url=f"/watch/{video}?t={start_ms // 1000}",
        source_url=None,
        score=1.0,
    )


def catalogue() -> Catalogue:
    videos = (Video("one", "One", "basics", speakers=("ada",)), Video("two", "Two", "basics"))
    return Catalogue(
        series=(Series("basics", "Basics", videos=videos),),
        people={"ada": Person("ada", "Ada Example", "advocate")},
    )


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], []),
        ([(0, 5)], ["Stage"]),
        ([(6, 7), (0, 5)], ["Stage", "4"]),
        ([(0, 3), (2, 5)], ["Stage"]),
        ([(6, 99)], ["4 means more"]),
        ([(-4, 5), (5, 5), (50, 60)], ["Stage"]),
    ],
    ids=["none", "one", "unsorted", "overlapping", "beyond-the-end", "odd"],
)
def test_text_is_split_at_its_highlights(spans: list[tuple[int, int]], marked: list[str]) -> None:
    split = highlighted("Stage 4 means more", spans)

    assert [piece.text for piece in split if piece.mark] == marked


def test_a_highlight_keeps_the_text_around_it() -> None:
    assert highlighted("no, no", [(4, 6)]) == (Fragment("no, "), Fragment("no", mark=True))


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_no_text_is_lost_whatever_the_highlights(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in highlighted(text, spans)) == text


def test_hits_are_grouped_under_their_videos_in_the_order_found() -> None:
    groups = group_by_video([hit("two", 5000), hit("one"), hit("two", 1000)], catalogue())

    assert [group.video.slug for group in groups] == ["two", "one"]
    assert [moment.hit.start_ms for moment in groups[0].moments] == [5000, 1000]
    assert groups[1].speakers[0].role == "advocate"


def test_one_automatic_hit_makes_the_group_automatic() -> None:
    groups = group_by_video([hit("one"), hit("one", captions="auto"), hit("two")], catalogue())

    assert [group.automatic for group in groups] == [True, False]


def test_each_speaker_of_a_moment_is_named_beside_their_own_words() -> None:
    people = (Person("ada", "Ada Example", "advocate"), Person("tess", "Dr. Tess Sample"))
    talked = replace(
        hit("one"),
        text="Will it hurt? No. Not at all? A little.",
        spans=((8, 12), (33, 39)),
        answer_at=14,
        turns=((0, "ADA EXAMPLE", 0), (14, "DR. SAMPLE", 1), (18, "", 2), (30, "somebody", 3)),
    )

    parts = moment_of(talked, Video("one", "One", "basics"), people).parts

    assert [
        (part.speaker, "".join(p.text for p in part.fragments), part.asked) for part in parts
    ] == [
        ("Ada Example", "Will it hurt?", True),
        ("Dr. Tess Sample", "No.", False),
        ("Another speaker", "Not at all?", False),
        ("somebody", "A little.", False),
    ]
    assert [p.text for part in parts for p in part.fragments if p.mark] == ["hurt", "ittle."]


def test_what_one_speaker_says_has_no_name_where_captions_give_none() -> None:
    moment = moment_of(hit("one"), Video("one", "One", "basics"))

    assert [part.speaker for part in moment.parts] == [""]
