import pytest

from transcripts.formats.cues import Cue, CuePiece
from transcripts.speech.rollup import unroll


def cue(start_ms: int, end_ms: int, *lines: str) -> Cue:
    return Cue(start_ms, end_ms, tuple((CuePiece(line),) for line in lines))


def timed(start_ms: int, end_ms: int, above: str, below: str) -> Cue:
    """A cue whose lower line is being said, word by word."""
    return Cue(start_ms, end_ms, ((CuePiece(above),), (CuePiece(below, start_ms),)))


def said(*cues: Cue) -> list[tuple[int, str]]:
    return [(c.start_ms, " / ".join(filter(None, c.texts))) for c in unroll(cues)]


def test_a_rolling_caption_is_said_once() -> None:
    cues = (
        timed(0, 990, " ", "so what is"),
        cue(990, 1000, "so what is", " "),
        timed(1000, 1990, "so what is", "a biomarker"),
        cue(1990, 2000, "a biomarker", " "),
    )

    assert said(*cues) == [(0, "so what is"), (1000, "a biomarker")]


def test_a_real_repeat_in_rolling_captions_survives() -> None:
    cues = (
        timed(0, 990, " ", "no no"),
        cue(990, 1000, "no no", " "),
        timed(1000, 1990, "no no", "no no"),
        cue(1990, 2000, "no no", " "),
        timed(2000, 2990, "no no", "I mean it"),
    )

    assert said(*cues) == [(0, "no no"), (1000, "no no"), (2000, "I mean it")]


def test_where_no_line_is_held_a_last_one_that_is_short_is_said_again() -> None:
    cues = [cue(start, start + 10, "no") for start in (0, 60, 120)]

    assert [c.start_ms for c in unroll(cues, timed_rolls=False)] == [0, 60, 120]
    assert [c.start_ms for c in unroll(cues)] == [0]


def test_a_line_below_a_cleared_one_is_new_even_without_a_gap() -> None:
    cues = (
        timed(0, 990, " ", "right"),
        cue(990, 1000, "right", " "),
        timed(1000, 1990, "right", "go on"),
        cue(1990, 2000, " ", " "),
        cue(2000, 2990, " ", "go on"),
    )

    assert said(*cues) == [(0, "right"), (1000, "go on"), (2000, "go on")]


def test_rolling_without_word_times_is_known_by_its_hold_cues() -> None:
    cues = (
        cue(0, 990, "no no"),
        cue(990, 1000, "no no"),
        cue(1000, 1990, "no no", "no no"),
        cue(1990, 2000, "no no"),
    )

    assert said(*cues) == [(0, "no no"), (1000, "no no")]


def test_rolling_without_hold_cues_is_known_by_several_lines() -> None:
    cues = (
        cue(0, 1000, "one"),
        cue(1000, 2000, "one", "two"),
        cue(2000, 3000, "two", "three"),
        cue(3000, 4000, "three", "four"),
        cue(4000, 5000, "four", "five"),
    )

    assert [text for _, text in said(*cues)] == ["one", "two", "three", "four", "five"]


def test_what_a_speaker_says_twice_in_manual_captions_is_kept() -> None:
    cues = (
        cue(0, 1000, "No, no."),
        cue(1000, 2000, "No, no."),
        cue(2000, 3000, "No, no.", "Not at all."),
    )

    assert said(*cues) == [(0, "No, no."), (1000, "No, no."), (2000, "No, no. / Not at all.")]


def test_one_line_said_over_and_over_in_manual_captions_is_kept() -> None:
    cues = tuple(cue(n * 1000, n * 1000 + 1000, "no", "no") for n in range(5))

    assert len(said(*cues)) == 5


def test_a_hold_cue_that_is_cut_off_at_the_start_of_a_file_says_nothing_new() -> None:
    assert said(cue(0, 990, "so what is"), cue(990, 1000, "so wh")) == [(0, "so what is")]


def test_a_cue_written_twice_is_said_once() -> None:
    assert said(cue(0, 1000, "one"), cue(0, 1000, "one"), cue(1000, 2000, "two")) == [
        (0, "one"),
        (1000, "two"),
    ]


def test_the_last_cue_cut_off_while_it_repeats_says_nothing_new() -> None:
    cues = (
        timed(0, 990, " ", "so what is"),
        cue(990, 1000, "so what is", " "),
        timed(1000, 1990, "so what is", "a biomarker"),
        cue(1990, 2000, "a biom"),
    )

    assert said(*cues) == [(0, "so what is"), (1000, "a biomarker")]


def test_a_cue_of_countless_lines_is_no_trouble() -> None:
    tall = cue(0, 1000, *(f"line {n}" for n in range(20_000)))
    more = cue(1000, 2000, *(f"row {n}" for n in range(20_000)))

    assert len(unroll((tall, more))) == 2


def test_a_line_that_grows_on_the_screen_is_said_once() -> None:
    lines = ["so", "so how", "so how are", "so how are you", "fine", "fine thanks"]
    cues = [cue(n * 1000, n * 1000 + 1000, line) for n, line in enumerate(lines)]

    texts = [text for _, text in said(*cues)]

    assert texts == ["so", "how", "are", "you", "fine", "thanks"]


def test_a_real_repeat_beside_lines_that_grow_survives() -> None:
    lines = ["so", "so how", "so how are", "so how are you", "so how are you now", "no", "no"]
    cues = [cue(n * 1000, n * 1000 + 1000, line) for n, line in enumerate(lines)]

    assert [text for _, text in said(*cues)] == ["so", "how", "are", "you", "now", "no", "no"]


def test_a_few_lines_that_begin_alike_are_all_said() -> None:
    lines = ["I", "I know", "yes", "I", "I see", "well", "right"]
    cues = [cue(n * 1000, n * 1000 + 1000, line) for n, line in enumerate(lines)]

    assert [text for _, text in said(*cues)] == lines


def test_lines_that_begin_alike_after_a_pause_are_all_said() -> None:
    lines = ["so", "so how", "so how are", "so how are you"]
    cues = [cue(n * 1000, n * 1000 + 500, line) for n, line in enumerate(lines)]

    assert [text for _, text in said(*cues)] == lines


def test_long_rows_that_roll_over_short_gaps_are_said_once() -> None:
    rows = [f"row {n} of this talk" for n in range(6)]
    cues = [cue(n * 1000, n * 1000 + 800, rows[n], rows[n + 1]) for n in range(5)]

    assert [text for _, text in said(*cues)] == [f"{rows[0]} / {rows[1]}", *rows[2:]]


def test_the_same_word_of_two_speakers_at_once_is_said_twice() -> None:
    yes = (Cue(0, 1000, ((CuePiece("Yes.", None, name),),)) for name in ("Ann", "Ben"))

    assert [text for _, text in said(*yes)] == ["Yes.", "Yes."]


def test_rows_that_begin_below_a_blank_one_roll_as_well() -> None:
    cues = (
        timed(0, 900, " ", "hello and welcome"),
        cue(900, 1300, " ", "hello and welcome", " "),
        Cue(
            1300,
            2000,
            (
                (CuePiece(" "),),
                *cue(0, 0, "hello and welcome").lines,
                timed(1300, 0, "", "all").lines[1],
            ),
        ),
    )

    assert [text for _, text in said(*cues)] == ["hello and welcome", "all"]


def test_words_that_live_captions_correct_are_said_as_corrected() -> None:
    lines = ["so", "so the skin", "so the scan", "so the scan showed", "so the scan showed a spot"]
    cues = [cue(n * 1000, n * 1000 + 1000, line) for n, line in enumerate(lines)]

    assert [text for _, text in said(*cues)] == ["so", "the", "scan", "showed", "a spot"]


FEW = {
    "two rows": ["so the scan", "so the scan|showed a spot", "showed a spot|in the lung"],
    "two rows each": ["so the scan|showed a spot", "showed a spot|in my left", "in my left|lung"],
    "three rows": ["so the scan", "so the scan|showed a spot", "so the scan|showed a spot|in me"],
    "growing": ["so the scan", "so the scan showed a", "so the scan showed a|spot"],
}


@pytest.mark.parametrize("shown", FEW.values(), ids=FEW)
@pytest.mark.parametrize("gap_ms", [0, 1, 100])
def test_a_few_cues_that_roll_are_said_once(shown: list[str], gap_ms: int) -> None:
    cues = [cue(n * 1000, (n + 1) * 1000 - gap_ms, *t.split("|")) for n, t in enumerate(shown)]

    words = " ".join(text for _, text in said(*cues)).replace(" / ", " ").split()

    assert words[:6] == ["so", "the", "scan", "showed", "a", "spot"]
    assert len(words) == len(set(words)) + words.count("the") - 1


def test_two_rows_that_roll_over_short_gaps_are_said_once() -> None:
    cues = [
        cue(n * 1000, n * 1000 + 700, *t.split("|")) for n, t in enumerate(FEW["two rows each"])
    ]

    assert [text for _, text in said(*cues)] == [
        "so the scan / showed a spot",
        "in my left",
        "lung",
    ]


REPEATED = {
    "a line, and on": ["No, no.", "No, no. / Not at all.", "I was scared."],
    "an answer taken up once": ["Is it back? / It is back.", "It is back. / I am sorry.", "Oh."],
    "sentences": [
        "We fight. / We fight on.",
        "We fight on. / We fight here.",
        "We fight here. / Yes.",
    ],
    "one line with others": ["why me / why me", "why me / why me", "why me / and why now"],
    "a beginning that is begun again": ["I", "I think", "I think we can"],
}


@pytest.mark.parametrize("shown", REPEATED.values(), ids=REPEATED)
def test_what_is_really_repeated_in_a_few_cues_stays(shown: list[str]) -> None:
    cues = [cue(n * 1000, n * 1000 + 1000, *text.split(" / ")) for n, text in enumerate(shown)]

    assert [text for _, text in said(*cues)] == shown
