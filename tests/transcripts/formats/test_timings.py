import pytest

from transcripts.formats.timings import LinePlace, Timing, standard_timing, timing_of

AFTER_BLANK = LinePlace(opens=True, counted=False, leads=True)
IN_TEXT = LinePlace(opens=False, counted=False, leads=True)
ONE_TO_TWO = Timing(1000, 2000)


@pytest.mark.parametrize(
    "arrow",
    "-> --> ---> -- > => –> —> −−> → ⟶ ➜ ➝ ⮕ ⟹ ￫ ↦ →️ ..> --＞ --&gt; &rarr; - – — ~ » to".split(
        " "
    ),
    ids=str,
)
def test_an_arrow_in_any_spelling_is_one(arrow: str) -> None:
    line = f"00:00:01,000 {arrow} 00:00:02,000"

    assert timing_of(line, AFTER_BLANK) == ONE_TO_TWO


@pytest.mark.parametrize(
    "start",
    [
        "00：00：01，000",
        "00:00:01;000",
        "00:00:01:000",
        "00 : 00 : 01 , 000",
        "00:00:01。000",
        "00:00:01 000",
        "００:００:０１,０００",
        "00.00.01,000",
        "00-00-01,000",
        "00∶00∶01،000",
        "00:00:01_000",
        "00:00:01.000Z",
        "0h00m01.000s",
        "0m01s",
        "[00:00:01,000]",
        '"00:00:01,000"',
        "**00:00:01,000",
        "+00:00:01,000",
        "Start: 00:00:01,000",
        "\u202a00:00:01,000\u202c",
        "0:0:1",
        "00:00:00,1000",
        "00:00:O1,000",
    ],
    ids=repr,
)
def test_a_clock_in_any_spelling_is_one(start: str) -> None:
    assert timing_of(f"{start} --> 00:00:02,000", AFTER_BLANK) == ONE_TO_TWO


@pytest.mark.parametrize(
    "line",
    [
        "10:30 - 11:30",
        "10:30 -> 11:30",
        "From 10:00:00 to 11:00:00 I lay still.",
        "02:34.567 --> that is when it hurt",
        "blood test -> scan -> biopsy",
        "5 --> 6 of them",
    ],
)
def test_times_that_are_said_are_no_timing(line: str) -> None:
    assert timing_of(line, AFTER_BLANK) is None


def test_a_weak_arrow_within_a_text_is_said() -> None:
    assert timing_of("00:00:01,000 - 00:00:02,000", IN_TEXT) is None


@pytest.mark.parametrize(
    ("behind", "said"),
    [
        (" align:start position:0%", ""),
        (" X1:100 X2:200 Y1:300 Y2:400", ""),
        (":  line: 10 %", ""),
        (" and then I said", "and then I said"),
    ],
)
def test_what_stands_behind_the_times_is_settings_or_said(behind: str, said: str) -> None:
    timing = timing_of(f"00:00:01.000 --> 00:00:02.000{behind}", AFTER_BLANK)

    assert timing == Timing(1000, 2000, said)


def test_a_name_before_either_time_is_no_speech() -> None:
    line = "Start: 00:00:01,000 --> End: 00:00:02,000"

    assert timing_of(line, AFTER_BLANK) == ONE_TO_TWO


def test_two_times_and_a_comma_are_one_below_any_header() -> None:
    assert timing_of("00:00:01.00,00:00:02.00", IN_TEXT) == ONE_TO_TWO
    assert timing_of("00:00:01.00,00:00:02.00 are times", IN_TEXT) is None


@pytest.mark.parametrize("hour", ["", "01:", "1:"], ids=["minutes", "two-digits", "one-digit"])
def test_a_time_as_programs_write_it_is_the_same_without_a_closer_look(hour: str) -> None:
    line = f"{hour}00:01.000 --> {hour}00:02.000 align:start"

    assert standard_timing(line) == timing_of(line, AFTER_BLANK) is not None
