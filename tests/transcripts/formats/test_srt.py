from textwrap import dedent

import pytest

from transcripts.formats.vtt import read_srt


def said(text: str) -> list[str]:
    cues, _ = read_srt(dedent(text))
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

    cues, notes = read_srt(dedent(text))

    assert said(text) == ["So what is / a biomarker?", "A sign."]
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

    assert said(text) == ["one", "two"]


@pytest.mark.parametrize("first", [0, 1, 7])
def test_counters_without_blank_lines_may_begin_at_any_number(first: int) -> None:
    texts = ["How many?", "three", "four"]
    text = "".join(
        f"{first + n}\n00:00:0{n},000 --> 00:00:0{n},900\n{line}\n" for n, line in enumerate(texts)
    )

    assert said(text) == texts


def test_a_number_said_last_is_kept_where_it_is_not_the_next_counter() -> None:
    text = """\
        4
        00:00:01,000 --> 00:00:02,000
        How many?
        12
        00:00:03,000 --> 00:00:04,000
        three
        """

    assert said(text) == ["How many? / 12", "three"]


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

    assert said(text)[:2] == ["How many? / 7", "or / 8"]


def test_a_number_that_is_said_is_kept() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        2024

        2
        00:00:02,000 --> 00:00:03,000
        was the year
        """

    assert said(text) == ["2024", "was the year"]


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
    assert said(f"1\n00:00:01,000 --> 00:00:02,000\n{written}\n") == [spoken]


def test_a_file_cut_off_in_the_middle_is_read_up_to_the_cut() -> None:
    text = """\
        1
        00:00:01,000 --> 00:00:02,000
        one

        2
        00:00:02,0"""

    assert said(text) == ["one"]
