from textwrap import dedent

import pytest

from transcripts.formats.vtt import read_vtt


def read(text: str) -> tuple[list[tuple[int, int, str]], tuple[str, ...]]:
    cues, notes = read_vtt(dedent(text))
    return [(cue.start_ms, cue.end_ms, " / ".join(filter(None, cue.texts))) for cue in cues], notes


@pytest.mark.parametrize(
    ("timing", "start_ms", "end_ms"),
    [
        pytest.param("00:00:01,500 --> 00:00:02,750", 1500, 2750, id="comma times"),
        pytest.param("00:01.5 --> 00:02.75", 1500, 2750, id="short fractions"),
        pytest.param("00:01.500000 --> 00:02.750000", 1500, 2750, id="microseconds"),
        pytest.param("0:1 --> 0:2", 1000, 2000, id="no fractions"),
        pytest.param("75:00.000 --> 75:01.000", 4_500_000, 4_501_000, id="minutes above 59"),
        pytest.param("00:01.000-->00:02.000", 1000, 2000, id="no spaces"),
        pytest.param("  00:01.000\t-->\t00:02.000 align:start", 1000, 2000, id="tabs, settings"),
        pytest.param("9999999999:00:00.000 --> 0:01", 1_800_000_000, 1000, id="a million years"),
        pytest.param("00:00:01,500 --》 00:00:02,750", 1500, 2750, id="an arrow of brackets"),
        pytest.param("00:00:01´500 --> 00:00:02’750", 1500, 2750, id="accents and apostrophes"),
        pytest.param("٠٠:٠٠:٠١٫٥٠٠ --> ٠٠:٠٠:٠٢٫٧٥٠", 1500, 2750, id="Arabic digits"),
    ],
)
def test_times_are_read_in_every_spelling(timing: str, start_ms: int, end_ms: int) -> None:
    cues, _ = read(f"WEBVTT\n\n{timing}\nhello\n")

    assert cues == [(start_ms, end_ms, "hello")]


def test_a_missing_header_loses_nothing() -> None:
    cues, notes = read("00:01.000 --> 00:02.000\nhello\n")

    assert (cues, notes) == ([(1000, 2000, "hello")], ())


def test_notes_and_styles_are_not_speech() -> None:
    text = """\
        WEBVTT - a title

        STYLE
        ::cue { color: white }

        NOTE written by hand

        intro
        00:01.000 --> 00:02.000
        hello

        NOTE
        more of that

        REGION
        id:below

        00:02.000 --> 00:03.000
        NOTED, thanks
        """

    cues, notes = read(text)

    assert cues == [(1000, 2000, "hello"), (2000, 3000, "NOTED, thanks")]
    assert notes == ()


def test_text_behind_a_blank_line_stays_with_its_cue() -> None:
    text = """\
        WEBVTT

        00:01.000 --> 00:02.000
        first

        NOTED, and more

        00:02.000 --> 00:03.000

        second
        """

    cues, notes = read(text)

    assert [said for *_, said in cues] == ["first / NOTED, and more", "second"]
    assert notes == ("2 blank lines inside cues were overlooked",)


def test_doubled_line_ends_lose_nothing() -> None:
    cues, _ = read("WEBVTT\r\r\n\r\r\n00:01.000 --> 00:02.000\r\r\none\r\r\ntwo\r\r\n")

    assert cues == [(1000, 2000, "one / two")]


@pytest.mark.parametrize("end", ["???", "00:99.000", "", "soon"], ids=repr)
def test_a_cue_whose_end_cannot_be_read_lasts_three_seconds(end: str) -> None:
    cues, notes = read(f"WEBVTT\n\n00:01.000 --> {end}\nhello\n")

    assert cues == [(1000, 4000, "hello")]
    assert notes == ("1 cue has no end that can be read (line 3); three seconds were assumed",)


@pytest.mark.parametrize("start", ["00:99.000", "", "NaN:NaN:NaN.NaN", "-00:01.000"], ids=repr)
def test_a_cue_whose_start_cannot_be_read_follows_the_one_before(start: str) -> None:
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n{start} --> 00:04.000\ntwo\n"

    cues, notes = read(text)

    assert cues == [(1000, 2000, "one"), (2000, 4000, "two")]
    assert notes == ("1 cue has no start that can be read (line 6); it follows the one before",)


@pytest.mark.parametrize(
    "rest", ["0", "00:0", "00:04.000", "00:04.000 -", "00:04.000 --", "00:04.000 -->"], ids=repr
)
def test_a_timing_line_that_is_cut_off_is_not_speech(rest: str) -> None:
    cues, _ = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\none\n\n{rest}")

    assert [said for *_, said in cues if said] == ["one"]


@pytest.mark.parametrize(
    "rest", ["<", "</", "</c", "<c", "<00:0", "<00:00:01.2", "&", "&am", "&#3"], ids=repr
)
def test_a_mark_that_is_cut_off_is_not_speech(rest: str) -> None:
    cues, _ = read(f"WEBVTT\n\n00:01.000 --> 00:02.000\none{rest}")

    assert cues == [(1000, 2000, "one")]


def test_notes_on_several_cues_are_in_the_plural() -> None:
    _, notes = read("WEBVTT\n\n00:01.000 -->\none\n\n00:03.000 -->\ntwo\n")

    assert notes == (
        "2 cues have no end that can be read (lines 3, 6); three seconds were assumed",
    )


@pytest.mark.parametrize("mark", ["\u200f", "\ufeff", "**", "#"], ids=repr)
def test_marks_before_a_counter_do_not_make_it_speech(mark: str) -> None:
    after = mark if mark == "**" else ""
    text = "".join(
        f"{mark}{n}{after}\n00:00:0{n},000 --> 00:00:0{n},900\n{said}\n\n"
        for n, said in enumerate(["one", "two"], start=1)
    )

    assert [said for *_, said in read(text)[0]] == ["one", "two"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("How many milligrams?\n\n150", ["How many milligrams? / 150", "last"]),
        ("The first half\n\n\nand the second", ["The first half / and the second", "last"]),
        ("\n\n\nText after blank lines", ["Text after blank lines", "last"]),
        ("02:34.567 --> that is when it hurt", ["02:34.567 --> that is when it hurt", "last"]),
        ("How many?\n2", ["How many? / 2", "last"]),
    ],
)
def test_what_lies_between_two_times_is_said(text: str, says: list[str]) -> None:
    srt = f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n\n2\n00:00:03,000 --> 00:00:04,000\nlast\n"

    assert [said for *_, said in read(srt)[0]] == says


def test_what_stands_before_the_first_time_is_named_by_its_line() -> None:
    _, notes = read("A talk with Ann\nwww.example.org\n\n1\n00:00:01,000 --> 00:00:02,000\nso\n")

    assert notes == ("lines 1-2 stand before any time of a cue, and were left out",)


def test_counters_stand_among_marks_of_direction_too() -> None:
    cues = "\u202b1\u202c\n0:01,000 --> 0:02,000\nשלום", "\u200e2\n0:03,000 --> 0:04,000\nרופא"
    text = "\n\u200b\n".join(cues)

    assert read(text) == ([(1000, 2000, "שלום"), (3000, 4000, "רופא")], ())


def test_under_a_header_among_cues_only_its_fields_are_not_said() -> None:
    text = "0:01.000 --> 0:02.000\none\n\nWEBVTT\nKind: captions\ntwo\n"

    assert [said for *_, said in read(text)[0]] == ["one / two"]


def test_a_start_with_a_letter_for_a_digit_is_not_believed() -> None:
    text = "1\n00:01:00,000 --> 00:01:02,000\none\n\n2\n00:01:0Z,000 --> 00:01:04,000\ntwo\n"

    cues, notes = read(text)

    assert cues == [(60_000, 62_000, "one"), (62_000, 64_000, "two")]
    assert notes == ("1 cue has no start that can be read (line 6); it follows the one before",)
