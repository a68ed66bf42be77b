from textwrap import dedent

import pytest

from transcripts.errors import TranscriptError
from transcripts.formats.cues import CuePiece
from transcripts.formats.markup import has_markup
from transcripts.formats.restarts import PlacedCue
from transcripts.formats.vtt import captions_of, read_vtt


def cue(text: str) -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:03.000\n{text}\n"


def said(text: str) -> str:
    cues, _ = read_vtt(text)
    return " / ".join(line for cue in cues for line in cue.texts if line)


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        pytest.param("R&amp;D &lt;3 &quot;hm&quot;", 'R&D <3 "hm"', id="entities"),
        pytest.param("caf&#233; &eacute;t&eacute;&nbsp;!", "café été !", id="accents as entities"),
        pytest.param("AT&T & more", "AT&T & more", id="a bare ampersand"),
        pytest.param("&#99999999999999999999;", "&#99999999999999999999;", id="no such character"),
        pytest.param("zero\u200bwidth \ufeffand\u00ad", "zerowidth and", id="zero-width"),
        pytest.param("<b>bold <i>both</b></i>", "bold both", id="crossed tags"),
        pytest.param("<c.yellow.bg_black>loud</c>", "loud", id="classes"),
        pytest.param("<ruby>漢<rt>kan</rt></ruby>", "漢", id="ruby"),
        pytest.param("<c>never <b>closed", "never closed", id="unclosed tags"),
        pytest.param("closed</c> twice</c>", "closed twice", id="closing tags only"),
        pytest.param("a spot of <3 mm", "a spot of <3 mm", id="smaller than, a number"),
        pytest.param("5 < 7 and 9 > 8", "5 < 7 and 9 > 8", id="smaller than, in spaces"),
        pytest.param("gene --> protein", "gene --> protein", id="an arrow inside a text"),
        pytest.param("5 --> 6 of them", "5 --> 6 of them", id="an arrow between numbers"),
        pytest.param("10 % of them", "10 % of them", id="per cent"),
        pytest.param("<|0.00|> hi<|2.00|><|endoftext|>", "hi", id="a recogniser's tokens"),
        pytest.param("bell\x07 and \x1b escape", "bell and escape", id="control characters"),
    ],
)
def test_a_text_is_read_as_a_person_would(written: str, spoken: str) -> None:
    assert said(cue(written)) == spoken


def test_word_times_stay_with_their_words() -> None:
    text = cue("so<00:00:01.480><c> what</c><00:00:01.900><c> is</c>")

    cues, _ = read_vtt(text)

    assert [piece[:2] for piece in cues[0].lines[0]] == [
        ("so", None),
        (" what", 1480),
        (" is", 1900),
    ]


def test_a_voice_names_its_speaker() -> None:
    cues, _ = read_vtt(cue("<v.first.loud Dr. Alice &amp; Bob>Good morning.</v>"))

    assert cues[0].lines[0] == (CuePiece("Good morning.", None, "Dr. Alice & Bob"),)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "lone CR"])
def test_any_line_end_will_do(end: str) -> None:
    text = cue("one\ntwo") + "\n00:04.000 --> 00:05.000\nthree\n"

    assert said(text.replace("\n", end)) == "one / two / three"


def test_cues_come_in_the_order_of_time() -> None:
    text = """\
        WEBVTT

        00:05.000 --> 00:06.000
        second

        00:01.000 --> 00:02.000
        first
        """

    assert said(dedent(text)) == "first / second"


def test_overlapping_cues_are_both_read() -> None:
    text = """\
        WEBVTT

        00:01.000 --> 00:04.000
        one

        00:02.000 --> 00:03.000
        two
        """

    assert said(dedent(text)) == "one / two"


def test_an_end_before_its_start_is_noted_and_the_start_believed() -> None:
    cues, notes = read_vtt("WEBVTT\n\n00:05.000 --> 00:02.000\nhello\n")

    assert cues[0].start_ms == 5000
    assert notes == ("1 cue ends before it starts; its start was believed",)


@pytest.mark.parametrize(
    "text",
    ["WEBVTT", "WEBVTT\n\nNOTE nothing here\n", "hello", "WEBVTT\n\na --> b\n", "{}", "\n\n\n"],
    ids=["header only", "a note only", "prose", "an arrow only", "json", "blank lines"],
)
def test_a_text_without_cues_is_refused(text: str) -> None:
    with pytest.raises(TranscriptError, match="there are no cues in it"):
        read_vtt(text)


@pytest.mark.parametrize(
    ("written", "voices"),
    [
        pytest.param("<v Ann>one\ntwo", ["Ann", "Ann"], id="over its cue's lines"),
        pytest.param("<v Ann>one</v> two", ["Ann", ""], id="to its end"),
        pytest.param("<v Ann>one <v Bo>two", ["Ann", "Bo"], id="to another"),
        pytest.param("<v Ann>one <v>two", ["Ann", ""], id="to one without a name"),
        pytest.param("<v Ann>one\n\n00:03.000 --> 00:04.000\ntwo", ["Ann", ""], id="to its cue's"),
    ],
)
def test_a_voice_goes_on_until_it_ends(written: str, voices: list[str]) -> None:
    cues, _ = read_vtt(cue(written))

    assert [piece.speaker for one in cues for line in one.lines for piece in line] == voices


def said_in_srt(text: str) -> list[str]:
    cues, _ = read_vtt(dedent(text))
    return [" / ".join(filter(None, cue.texts)) for cue in cues]


def test_counters_and_comma_times_are_not_speech() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        So what is
        a biomarker?

        2
        00:00:02,000 --> 00:00:03,500
        A sign.
        """

    cues, notes = read_vtt(dedent(text))

    assert said_in_srt(text) == ["So what is / a biomarker?", "A sign."]
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(1000, 2000), (2000, 3500)]
    assert notes == ()


def test_cues_without_blank_lines_between_them_keep_their_counters_apart() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        one
        2
        00:00:02,000 --> 00:00:03,000
        two
        """

    assert said_in_srt(text) == ["one", "two"]


@pytest.mark.parametrize("first", [0, 1, 7])
def test_counters_without_blank_lines_may_begin_at_any_number(first: int) -> None:
    texts = ["How many?", "three", "four"]
    text = "".join(
        f"{first + n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(texts)
    )

    assert said_in_srt(text) == texts


def test_a_number_said_last_is_kept_where_it_is_not_the_next_counter() -> None:
    text = """\
        4
        00:00:01,000 --> 00:00:02,000
        How many?
        12
        00:00:03,000 --> 00:00:04,000
        three
        """

    assert said_in_srt(text) == ["How many? / 12", "three"]


def test_a_number_said_last_is_kept_where_the_first_cue_has_no_counter() -> None:
    text = """\
        00:00:01,000 --> 00:00:02,000
        How many?
        7
        00:00:03,000 --> 00:00:04,000
        or
        8
        00:00:05,000 --> 00:00:06,000
        """

    assert said_in_srt(text)[:2] == ["How many? / 7", "or / 8"]


def test_a_number_that_is_said_is_kept() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        2024

        2
        00:00:02,000 --> 00:00:03,000
        was the year
        """

    assert said_in_srt(text) == ["2024", "was the year"]


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        pytest.param(r"{\an8}above", "above", id="position"),
        pytest.param("<i>softly</i>", "softly", id="italics"),
        pytest.param('<font color="#fff">white</font>', "white", id="font"),
        pytest.param("{curly} stays", "{curly} stays", id="other braces"),
    ],
)
def test_marks_of_the_format_are_not_speech(written: str, spoken: str) -> None:
    assert said_in_srt(f"1\n00:00:01,000 --> 00:00:02,000\n{written}\n") == [spoken]


def test_a_file_cut_off_in_the_middle_is_read_up_to_the_cut() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        one

        2
        00:00:02,0"""

    assert said_in_srt(text) == ["one"]


@pytest.mark.parametrize("word", [r"{\1c&H00FF00&}two{\r}", r"{\u1}two{\u0}", "<u>two</u>"])
def test_a_highlighted_word_is_known_in_every_spelling(word: str) -> None:
    cues, _ = read_vtt(cue(f"one {word} three"))

    assert [piece.text.strip() for piece in cues[0].lines[0] if piece.marked] == ["two"]


@pytest.mark.parametrize(
    "lines",
    [(" NOTE that the scan", "WEBVTT"), ("7",), (">> so -> 10:30 to 11:00", " "), ("¿qué?", "«e»")],
    ids=str,
)
def test_what_has_no_markup_stands_as_a_reader_of_webvtt_reads_it(lines: tuple[str, ...]) -> None:
    first = PlacedCue(0, 1_000, ("first",), 1, 0)

    read = captions_of([first, PlacedCue(1_000, 2_000, lines, 4, 0)])

    assert not has_markup(lines)
    assert read == [["first"], [*lines]]
