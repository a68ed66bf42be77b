from __future__ import annotations

from dataclasses import replace

from catalog import Catalogue, Person, Series, Video
from indexer import Hit
from webapp.presenters.results import group_by_video, moment_of, shared_notice


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


def test_a_moment_leads_to_its_video_searched_for_the_question_and_says_another_language() -> None:
    video = Video("one", "One", "basics", language="en")
    foreign = moment_of(replace(hit("one"), language="es-419"), video, question="why me?")

    assert moment_of(hit("one"), video).path == "/watch/one?t=0"
    assert (foreign.path, foreign.foreign) == ("/watch/one?t=0&q=why%20me%3F", "es-419")
    assert moment_of(replace(hit("one"), language="en-US"), video).foreign == ""


def test_english_words_are_marked_for_a_question_in_spanish() -> None:
    video = Video("one", "One", "basics", language="en")

    assert moment_of(hit("one"), video, question="¿se me va a caer el pelo?").foreign == "en"
    assert moment_of(hit("one"), video, question="will my hair fall out").foreign == ""
    assert moment_of(hit("one"), video, question="tagrisso").foreign == ""


def test_a_notice_that_all_share_is_said_once() -> None:
    one, same = Series("one", "One", notice="Sample."), Series("two", "Two", notice="Sample.")
    other, none = Series("three", "Three", notice="Other."), Series("four", "Four")

    assert shared_notice([one, same]) == one
    assert shared_notice([one, other]) is None
    assert shared_notice([one, none]) is None
    assert shared_notice([none]) is None
    assert shared_notice([]) is None
