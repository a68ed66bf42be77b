from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts import Sentence, Track, Transcript, as_webvtt
from webapp.presenters.watching.transcript import (
    Line,
    anchors,
    landing_excerpt,
    marked_turns,
    sentence_at,
    take_turns,
    unclear_places,
)


def said(*sentences: Sentence) -> Transcript:
    return Transcript(Track("talk", "en", "manual", "vtt", Path("en.vtt")), (), sentences)


def sentence(
    start_ms: int, text: str, speaker: str = "", question: bool = False, turn: int = 0
) -> Sentence:
    return Sentence(start_ms, start_ms + 3000, text, 0, 0, speaker, question, turn)


TALK = said(
    sentence(1_000, "Welcome.", "Ada"),
    sentence(4_500, "What is stage 4?", "Ada", question=True),
    sentence(8_200, "It has spread.", "Tess"),
    sentence(12_000, "That is all.", "Tess"),
)


@pytest.mark.parametrize(
    ("at_ms", "place"),
    [(0, 0), (4_000, 1), (8_000, 2), (7_000, 2), (10_000, 2), (99_000, 3)],
    ids=["before-all", "just-before", "same-second", "with-lead", "in-the-middle", "beyond"],
)
def test_a_second_means_the_sentence_that_begins_there(at_ms: int, place: int) -> None:
    assert sentence_at(TALK.sentences, at_ms) == place


def test_a_short_sentence_in_the_same_second_is_not_what_is_meant() -> None:
    good = Sentence(22_440, 22_919, "Good.", 0, 0)

    assert sentence_at((good, sentence(23_169, "There is an answer.")), 22_000) == 1


def test_a_sentence_that_begins_in_the_second_goes_before_one_behind_it() -> None:
    assert sentence_at((sentence(5_300, "Yes."), sentence(6_100, "It is.")), 5_000) == 0


def test_without_sentences_there_is_nowhere_to_land() -> None:
    assert sentence_at((), 5_000) is None


@given(st.lists(st.tuples(st.integers(0, 2500), st.integers(0, 2500)), min_size=1, max_size=12))
def test_a_sentence_is_meant_by_its_second_or_known_to_need_more(
    gaps: list[tuple[int, int]],
) -> None:
    starts = list(accumulate(gap for gap, _ in gaps))
    sentences = tuple(
        Sentence(start, start + length, "So.", 0, 0)
        for start, (_, length) in zip(starts, gaps, strict=True)
    )

    unclear = set(unclear_places(sentences, range(len(sentences))))

    for place, start in enumerate(starts):
        assert (sentence_at(sentences, start - start % 1000) == place) is (place not in unclear)


def test_turns_change_with_the_speaker_and_at_a_question() -> None:
    turns = marked_turns(take_turns(TALK), TALK.sentences, 0, current=2)

    assert [(turn.speaker, len(turn.lines)) for turn in turns] == [
        ("Ada", 1),
        ("Ada", 1),
        ("Tess", 2),
    ]
    assert [line.text for turn in turns for line in turn.lines if line.current] == [
        "It has spread."
    ]


def test_speech_without_speakers_is_broken_into_readable_turns() -> None:
    monologue = said(*(sentence(n * 4_000, "And on it goes.") for n in range(30)))

    turns = take_turns(monologue)

    assert sum(len(turn.lines) for turn in turns) == 30
    assert max(turn.lines[-1].start_ms - turn.start_ms for turn in turns) <= 40_000


def test_sentences_that_begin_together_have_anchors_of_their_own() -> None:
    together = (sentence(5, "One."), sentence(5, "Two."), sentence(9, "Three."))

    assert anchors(together) == ("s5", "s5-1", "s9")


def test_a_landing_shows_how_it_goes_on() -> None:
    landed = landing_excerpt(TALK, 2)

    assert landed.anchor == "s8200"
    assert landed.said == (("Tess", "It has spread. That is all."),)


def test_a_landing_gives_each_speaker_their_own_words() -> None:
    assert landing_excerpt(TALK, 1).said == (
        ("Ada", "What is stage 4?"),
        ("Tess", "It has spread. That is all."),
    )


def test_who_has_no_name_is_told_apart_from_who_has_one() -> None:
    talk = said(
        sentence(0, "It helps.", "Tess"),
        sentence(3_000, "Not me.", turn=1),
        sentence(6_000, "So.", turn=1),
    )

    assert [turn.speaker for turn in take_turns(talk)] == ["Tess", "–"]
    assert landing_excerpt(talk, 0).said == (
        ("Tess", "It helps."),
        ("–", "Not me. So."),
    )


def test_who_may_still_be_the_one_before_is_not_called_another() -> None:
    talk = said(sentence(0, "It helps.", "Tess"), sentence(3_000, "And so on."))

    assert [turn.speaker for turn in take_turns(talk)] == ["Tess", "Speaker not named"]
    assert landing_excerpt(talk, 0).said[1] == ("Speaker not named", "And so on.")


def test_somebody_else_is_told_apart_where_captions_name_nobody() -> None:
    talk = said(
        sentence(0, "It helps."),
        sentence(3_000, "Not me.", turn=1),
        sentence(6_000, "Why?", question=True, turn=1),
        sentence(9_000, "Well.", turn=2),
    )

    assert [turn.speaker for turn in take_turns(talk)] == [
        "", "–", "", "–",
    ]  # fmt: skip
    assert landing_excerpt(talk, 0).said == (
        ("", "It helps."), ("–", "Not me. Why?"), ("–", "Well."),
    )  # fmt: skip


def test_nobody_is_another_speaker_where_captions_name_nobody() -> None:
    talk = said(sentence(0, "It helps."), sentence(3_000, "Does it?", question=True))

    assert [turn.speaker for turn in take_turns(talk)] == ["", ""]
    assert [name for name, _ in landing_excerpt(talk, 0).said] == [""]


def test_captions_are_shown_one_at_a_time_and_escaped() -> None:
    overlapping = said(
        Sentence(1_000, 9_000, "Is 3 < 4 & 4 > 3?", 0, 0, "Ada <script>"),
        Sentence(3_723_000, 3_724_000, "Yes.", 0, 0),
    )

    assert as_webvtt(overlapping) == (
        "WEBVTT\n\n"
        "00:00:01.000 --> 00:00:09.000\n"
        "<v Ada &lt;script&gt;>Is 3 &lt; 4 &amp; 4 &gt; 3?\n\n"
        "01:02:03.000 --> 01:02:04.000\n"
        "Yes.\n\n"
    )


def test_a_long_sentence_is_shown_in_pieces_for_their_share_of_the_time() -> None:
    long = said(Sentence(0, 10_000, "word " * 40, 0, 0), Sentence(9_000, 12_000, "End.", 0, 0))

    cues = as_webvtt(long).split("\n\n")[1:-1]

    assert len(cues) == 4
    assert max(len(cue.splitlines()[1]) for cue in cues) <= 84
    assert cues[2].startswith("00:00:08") is True
    assert cues[2].splitlines()[0].endswith("00:00:09.000")


def test_a_transcript_without_words_is_still_webvtt() -> None:
    assert as_webvtt(said()) == "WEBVTT\n\n"


def test_a_sentence_is_styled_as_a_question_and_as_found() -> None:
    line = Line(0, "Why?", "s0", ())

    assert line.classes == ""
    assert replace(line, question=True).classes == "asks"
    assert replace(line, question=True, found=True).classes == "asks is-found"


def test_captions_are_read_with_punctuation_and_a_turn_begins_with_a_sentence() -> None:
    long = 30_000
    talk = said(
        Sentence(0, long, "we test the tissue for the", 0, 0),
        Sentence(long, 2 * long, "gene and then we talk", 0, 0),
        Sentence(2 * long, 3 * long, "so we wait", 0, 0),
    )
    read = ("We test the tissue for the", "gene. And then we talk.", "So we wait.")

    turns = take_turns(talk, readable=read)
    first, second = marked_turns(turns, talk.sentences, 0, None, {1: ((0, 4),)}, read)

    assert ["".join(one.text for one in line.said) for line in first.lines] == [*read[:2]]
    assert [one.text for one in first.lines[1].said if one.mark] == ["gene"]
    assert second.lines[0].text == "so we wait"
    assert landing_excerpt(talk, 1, read).said == (("", "gene. And then we talk. So we wait."),)


def test_only_what_asks_is_shown_as_a_question() -> None:
    asked = sentence(0, "does it hurt no it does not", question=True)
    whole = sentence(3_000, "does it help", question=True)
    none = sentence(6_000, "what i mean is that", question=True)
    read = ("Does it hurt? No it does not.", "Does it help?", "What I mean is that.")

    talk = said(asked, whole, none)
    spans = {0: ((0, 4), (16, 18))}
    turns = marked_turns(take_turns(talk, readable=read), talk.sentences, 0, None, spans, read)
    lines = [line for turn in turns for line in turn.lines]

    assert ["".join(one.text for one in line.asked) for line in lines] == ["Does it hurt?", "", ""]
    assert [line.question for line in lines] == [False, True, False]
    assert [one.text for one in (*lines[0].asked, *lines[0].said) if one.mark] == ["Does", "it"]
