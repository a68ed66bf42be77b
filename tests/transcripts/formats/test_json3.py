import json

import pytest

from transcripts.errors import TranscriptError
from transcripts.formats.cues import Cue, CuePiece
from transcripts.formats.json3 import read_json3

Event = dict[str, object]


def event(text: str, start: object = 1000, lasts: object = 2000) -> Event:
    return {"tStartMs": start, "dDurationMs": lasts, "segs": [{"utf8": text}]}


def read(*events: object) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    return read_json3(json.dumps({"wireMagic": "pb3", "events": events}))


def said(*events: object) -> list[tuple[int, str]]:
    cues, _ = read(*events)
    return [(cue.start_ms, " / ".join(cue.texts)) for cue in cues]


def test_a_words_time_is_that_of_its_event_plus_its_offset() -> None:
    segments = [
        {"utf8": "so"},
        {"utf8": " what", "tOffsetMs": 480},
        {"utf8": " is", "tOffsetMs": 0},
    ]

    cues, notes = read({"tStartMs": 160, "dDurationMs": 4320, "segs": segments})

    assert cues[0].lines == ((CuePiece("so", 160), CuePiece(" what", 640), CuePiece(" is", 160)),)
    assert notes == ()


def test_an_event_of_one_segment_has_no_word_times() -> None:
    cues, _ = read(event("all of it at once"))

    assert cues == (Cue(1000, 3000, ((CuePiece("all of it at once"),),)),)


def test_windows_and_line_breaks_are_not_speech() -> None:
    window = {"tStartMs": 0, "dDurationMs": 504980, "id": 1, "wpWinPosId": 1}
    newline = {**event("\n", 2000), "aAppend": 1}

    assert said(window, event("one"), newline, event("two", 2500)) == [(1000, "one"), (2500, "two")]


def test_an_event_that_is_there_twice_is_said_once() -> None:
    assert said(event("no no"), event("no\u200b no"), event("no no", 1001)) == [
        (1000, "no no"),
        (1001, "no no"),
    ]


def test_an_event_that_is_there_again_with_another_duration_is_said_once() -> None:
    assert said(event("no no", lasts=2000), event("no no", lasts=1500)) == [(1000, "no no")]


def test_a_segment_without_text_does_not_lose_the_others() -> None:
    broken = {"tStartMs": 1000, "segs": [{"utf8": "so"}, {"utf8": None}, {"utf8": " what"}]}

    cues, notes = read(broken, {"tStartMs": 2000, "segs": None})

    assert [cue.texts for cue in cues] == [("so what",)]
    assert notes == ()


def test_events_come_in_the_order_of_time() -> None:
    assert said(event("two", 2000), event("one", 1000)) == [(1000, "one"), (2000, "two")]


def test_line_breaks_inside_a_segment_break_the_line() -> None:
    assert said(event("- yes.\n- no.")) == [(1000, "- yes. / - no.")]


@pytest.mark.parametrize(
    ("start", "at"),
    [
        pytest.param(-50, 0, id="negative"),
        pytest.param(None, 1000, id="null"),
        pytest.param("soon", 1000, id="a text"),
        pytest.param(True, 1000, id="a boolean"),
        pytest.param(10**30, 1000, id="thirty zeros"),
        pytest.param(1e300, 1000, id="beyond every clock"),
        pytest.param(1200.4, 1200, id="a fraction"),
        pytest.param([1], 1000, id="a list"),
    ],
)
def test_a_start_that_cannot_be_does_not_lose_the_speech(start: object, at: int) -> None:
    assert (at, "two") in said(event("one", 1000), event("two", start))


@pytest.mark.parametrize("lasts", [0, -1, None, "long", 10**30], ids=repr)
def test_a_duration_that_cannot_be_is_ten_seconds(lasts: object) -> None:
    cues, _ = read(event("one", 1000, lasts))

    assert cues[0].end_ms == 11_000


@pytest.mark.parametrize(
    "wrong",
    [7, "text", [], None, {"segs": 5}, {"segs": [3]}, {"segs": [{"utf8": 7}]}],
    ids=repr,
)
def test_an_event_that_is_none_is_left_out_with_a_note(wrong: object) -> None:
    cues, notes = read(event("one"), wrong)

    assert len(cues) == 1
    assert notes == ("1 event cannot be read, and was left out",)


def test_a_file_cut_off_in_the_middle_gives_its_whole_events() -> None:
    whole = json.dumps({"events": [event("one", 1000), event("two", 2000), event("three", 3000)]})

    cues, notes = read_json3(whole[: whole.index("three")])

    assert [cue.texts for cue in cues] == [("one",), ("two",)]
    assert notes == ("it is cut off or damaged after 2 events; those were read",)


def test_deep_nesting_is_no_traceback() -> None:
    start = '{"events": [{"segs": [{"utf8": "one"}]}, '

    cues, _ = read_json3(start + "[" * 100_000)

    assert [cue.texts for cue in cues] == [("one",)]


@pytest.mark.parametrize(
    "text",
    ["", "{", "null", '{"events": 5}', '{"events": {}}', "[" * 100_000, "WEBVTT", "\ud800"],
    ids=["empty", "cut", "null", "number", "object", "deep", "vtt", "lone surrogate"],
)
def test_what_is_no_json3_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match="it is not json3 as YouTube writes it"):
        read_json3(text)


@pytest.mark.parametrize("text", ["{}", "[]", '{"events": []}'], ids=repr)
def test_a_file_without_events_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match="there are no events in it"):
        read_json3(text)


@pytest.mark.parametrize(
    "whole",
    [
        [event("one"), event("two", 3000)],
        [{"events": [event("one")]}, {"events": [event("two", 3000)]}],
    ],
)
def test_a_bare_list_of_events_and_a_list_of_files_are_read(whole: list[object]) -> None:
    cues, notes = read_json3(json.dumps(whole))

    assert [(cue.start_ms, cue.texts) for cue in cues] == [(1000, ("one",)), (3000, ("two",))]
    assert notes == ()


def test_of_a_bare_list_that_is_cut_off_what_is_whole_is_read() -> None:
    text = json.dumps([event("one"), event("two", 3000)])

    cues, notes = read_json3(text[: text.index("two")])

    assert [cue.texts for cue in cues] == [("one",)]
    assert notes == ("it is cut off or damaged after 1 event; it was read",)


def test_numbers_that_are_written_as_texts_are_read() -> None:
    segments = [{"utf8": "one"}, {"utf8": " two", "tOffsetMs": "400"}]

    cues, _ = read({"tStartMs": "1000", "dDurationMs": "900", "segs": segments})

    assert cues[0].lines == ((CuePiece("one", 1000), CuePiece(" two", 1400)),)


def test_what_guards_a_file_from_being_run_is_no_damage() -> None:
    _, notes = read_json3(")]}'\n" + json.dumps({"events": [event("one")]}))

    assert notes == ()
