from __future__ import annotations

from memory import in_memory
from msgspec.structs import replace

from catalog import Catalogue, Person, Question, Series, Video
from indexer import Hit
from webapp.presenters.moments.moments import Moment, SnippetTurn, moments_of, shared_notice
from webapp.rendering.highlights import Fragment


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
        answer=(0, 8),
    )


def catalogue(*more: str) -> Catalogue:
    """Two videos; Ada speaks in the first, and those named by `more` do."""
    speaking = ("ada", *more)
    videos = (Video("one", "One", "basics", speakers=speaking), Video("two", "Two", "basics"))
    return Catalogue(
        series=(Series("basics", "Basics", videos=videos),),
        people={
            "ada": Person("ada", "Ada Example", "advocate"),
            "tess": Person("tess", "Dr. Tess Sample"),
        },
    )


def moment(shown: Hit, question: str = "", catalogued: Catalogue | None = None) -> Moment:
    return moments_of([shown], catalogued or catalogue(), question)[0]


def words(turn: SnippetTurn) -> str:
    return turn.before + "".join(part.text for part in turn.answer) + turn.after


def marked(fragments: tuple[Fragment, ...]) -> list[str]:
    return [fragment.text for fragment in fragments if fragment.mark]


def test_moments_keep_the_order_of_the_hits_and_know_their_video() -> None:
    shown = moments_of([hit("two", 5000), hit("one"), hit("two", 1000)], catalogue())

    assert [(one.video.slug, one.hit.start_ms) for one in shown] == [
        ("two", 5000),
        ("one", 0),
        ("two", 1000),
    ]
    assert {one.series.slug for one in shown} == {"basics"}


def test_each_notice_is_told_once_and_not_again_where_it_is_told_above() -> None:
    noted = Series("basics", "Basics", notice="Sample.", videos=catalogue().series[0].videos)
    known = Catalogue(series=(noted,), people=catalogue().people)

    assert [one.notice for one in moments_of([hit("two"), hit("one")], known)] == [True, False]
    assert not moments_of([hit("two")], known, told=["Sample."])[0].notice
    assert not moments_of([hit("two")], catalogue())[0].notice


def test_somebody_is_introduced_once() -> None:
    named = replace(hit("one"), turns=((0, "ADA EXAMPLE", 0),))

    first, second = moments_of([named, named], catalogue())

    assert (first.speaker, first.tells_role, second.tells_role) == ("Ada Example", True, False)
    assert first.people == ()


def test_who_is_not_named_is_somebody_of_the_video() -> None:
    alone = moment(hit("one"))

    assert (alone.speaker, alone.person) == ("", None)
    assert ([one.slug for one in alone.people], alone.tells_role) == (["ada"], True)
    assert moment(replace(hit("one"), turns=((0, "Somebody", 0),))).people == ()


TALKED = replace(
    hit("one"),
    text="Will it hurt? No. Not at all? A little. Ask for help.",
    spans=((8, 12), (33, 39)),
    answer_at=14,
    answer=(30, 39),
    turns=((0, "ADA EXAMPLE", 0), (14, "DR. SAMPLE", 1), (18, "", 2), (30, "somebody", 3)),
)


def test_each_speaker_of_a_moment_is_named_beside_their_own_words() -> None:
    parts = moment(TALKED, catalogued=catalogue("tess")).parts

    assert [(part.speaker, words(part), part.asked) for part in parts] == [
        ("Ada Example", "Will it hurt? ", True),
        ("Dr. Tess Sample", "No. ", False),
        ("–", "Not at all? ", False),
        ("somebody", "A little. Ask for help.", False),
    ]


def test_only_in_the_sentence_that_answers_are_words_highlighted() -> None:
    shown = moment(TALKED)

    assert "".join(part.text for part in shown.sentence) == "A little."
    assert marked(shown.sentence) == ["ittle."]
    assert [marked(part.answer) for part in shown.parts] == [[], [], [], ["ittle."]]
    assert (shown.speaker, shown.then.strip()) == ("somebody", "Ask for help.")


def test_what_is_said_next_is_shown_as_far_as_there_is_room() -> None:
    sentence = "It helps."
    then = "Most people sleep better within a week, and some feel it at once."
    shown = moment(replace(hit("one"), text=f"{sentence} {then}", spans=(), answer=(0, 9)))

    assert shown.then_in(200).strip() == then
    assert shown.then_in(60).strip() == "Most people sleep better within a week, and some …"
    assert shown.then_in(30) == ""
    assert "".join(one.text for one in shown.sentence_in(60)) == sentence


def test_the_question_that_is_answered_is_the_catalogues_or_as_it_is_asked() -> None:
    answered = Video(
        "one", "One", "basics", questions=(Question("Will it hurt?", 0, 5000), Question("Else?"))
    )
    known = Catalogue(series=(Series("basics", "Basics", videos=(answered,)),))

    curated = moment(hit("one"), catalogued=known)
    asked = moment(replace(TALKED, turns=(), language="es"))

    assert (curated.asks, curated.asks_in) == ("Will it hurt?", "en")
    assert (asked.asks, asked.asks_in) == ("Will it hurt?", "es")
    assert moment(hit("one")).asks == ""


def test_a_question_of_the_catalogue_heads_what_is_said_later_only_if_it_was_asked_for() -> None:
    texts = {"es": "¿Dolerá la biopsia?"}
    answered = Video(
        "one", "One", "basics", questions=(Question("Will the biopsy hurt?", 0, 60_000, texts),)
    )
    known = Catalogue(series=(Series("basics", "Basics", videos=(answered,)),))
    searcher = in_memory({"talk": "A biopsy takes a little of it."}).searcher

    def heads(typed: str, at_ms: int) -> bool:
        query = searcher.parsed(typed)
        return bool(moments_of([hit("one", at_ms)], known, typed, query=query)[0].asks)

    assert heads("I am coughing up blood", 5000)
    assert not heads("I am coughing up blood", 30_000)
    assert heads("what is a biopsy", 30_000)
    assert heads("¿la biopsia es peligrosa?", 30_000)


def test_what_one_speaker_says_has_no_name_where_captions_give_none() -> None:
    assert [part.speaker for part in moment(hit("one")).parts] == [""]


def test_a_moment_leads_to_its_video_searched_for_the_question_and_says_another_language() -> None:
    foreign = moment(replace(hit("one"), language="es-419"), "why me?")

    assert moment(hit("one")).path == "/watch/one?t=0"
    assert (foreign.path, foreign.foreign) == ("/watch/one?t=0&q=why%20me%3F", "es-419")
    assert foreign.subtitled
    assert not moment(hit("one")).subtitled
    assert moment(replace(hit("one"), language="en-US")).foreign == ""


def test_english_words_are_marked_for_a_question_in_spanish() -> None:
    assert moment(hit("one"), "¿se me va a caer el pelo?").foreign == "en"
    assert moment(hit("one"), "will my hair fall out").foreign == ""
    assert moment(hit("one"), "tagrisso").foreign == ""


def test_a_notice_that_all_share_is_said_once() -> None:
    one, same = Series("one", "One", notice="Sample."), Series("two", "Two", notice="Sample.")
    other, none = Series("three", "Three", notice="Other."), Series("four", "Four")

    assert shared_notice([one, same]) == one
    assert shared_notice([one, other]) is None
    assert shared_notice([one, none]) is None
    assert shared_notice([none]) is None
    assert shared_notice([]) is None
