from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from catalog import Question, Video
from catalog.model import Chapter
from transcripts import Sentence, Track, Transcript
from webapp.presenters.watching.transcript import marked_turns, take_turns
from webapp.presenters.watching.transcript_sections import (
    MOST_CHARACTERS,
    READ_IN_ONE_GO,
    TranscriptSection,
    cut_sections,
    take_sections,
)

MINUTE = 60_000
TRACK = Track("talk", "en", "manual", "vtt", Path("talk"))
CHAPTERS = (Chapter("Welcome", 0), Chapter("Scans", 2 * MINUTE), Chapter("Costs", 9 * MINUTE))


def talk(minutes: int, characters: int = 1000) -> tuple[Sentence, ...]:
    """A sentence a minute, each as long as said."""
    return tuple(
        Sentence(n * MINUTE + 90, n * MINUTE + 50_000, "x" * characters, n, n + 1)
        for n in range(minutes)
    )


def sections(
    video: Video, said: tuple[Sentence, ...], current: int | None = None, shown: range | None = None
) -> tuple[TranscriptSection, ...]:
    places = range(len(said)) if shown is None else shown
    cuts = cut_sections(video, said, places)
    transcript = Transcript(TRACK, (), said)
    turns = take_turns(transcript, {}, places, {cut.place for cut in cuts})
    marked = marked_turns(turns, said, places.start, current)
    return take_sections(marked, cuts, places.start)


def test_what_is_read_in_one_go_is_not_cut() -> None:
    (only,) = sections(Video("talk", "Talk", "s", chapters=CHAPTERS), talk(9))

    assert (only.title, only.is_open, len(only.turns)) == ("", True, 9)


def test_a_long_talk_is_cut_at_its_chapters() -> None:
    found = sections(Video("talk", "Talk", "s", chapters=CHAPTERS), talk(14))

    assert [(one.title, one.start_ms // MINUTE, one.goes_on) for one in found] == [
        ("Welcome", 0, False),
        ("Scans", 2, False),
        ("Scans", 5, True),
        ("Costs", 9, False),
    ]
    assert [one.is_open for one in found] == [True, False, False, False]


def test_without_chapters_it_is_cut_at_the_questions_that_it_answers() -> None:
    questions = (Question("What does it cost?", 7 * MINUTE), Question("And if it comes back?"))

    found = sections(Video("talk", "Talk", "s", questions=questions), talk(12))

    assert [(one.title, one.start_ms // MINUTE) for one in found][-1] == ("What does it cost?", 7)
    assert found[0].title == ""


def test_a_part_that_begins_within_a_chapter_says_which() -> None:
    video = Video("talk", "Talk", "s", chapters=CHAPTERS)

    found = sections(video, talk(30), shown=range(12, 30))

    assert {(one.title, one.goes_on) for one in found} == {("Costs", True)}


def test_open_is_what_the_page_is_at() -> None:
    found = sections(Video("talk", "Talk", "s", chapters=CHAPTERS), talk(14), current=10)

    assert [one.title for one in found if one.is_open] == ["Costs"]


@given(
    st.lists(st.integers(1, 900), max_size=120),
    st.lists(st.integers(0, 130), max_size=9, unique=True),
)
def test_every_sentence_is_in_one_section_none_of_them_long(
    lengths: list[int], chapters: list[int]
) -> None:
    said = tuple(
        Sentence(n * MINUTE, n * MINUTE + 9000, "x" * length, n, n + 1)
        for n, length in enumerate(lengths)
    )
    video = Video(
        "talk",
        "Talk",
        "s",
        chapters=tuple(Chapter(str(at), at * MINUTE) for at in sorted(chapters)),
    )

    found = sections(video, said)

    texts = [[line.text for turn in one.turns for line in turn.lines] for one in found]
    assert [text for section in texts for text in section] == [one.text for one in said]
    assert all(texts)
    longest = max((sum(map(len, section)) for section in texts), default=0)
    assert longest <= (READ_IN_ONE_GO if len(found) < 2 else MOST_CHARACTERS + 900)
