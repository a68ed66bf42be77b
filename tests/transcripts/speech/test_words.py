import time

import pytest

from transcripts.formats.cues import LATEST_MS, Cue, CuePiece
from transcripts.model import Word
from transcripts.speech.words import words_of
from transcripts.text import join


def cue(start_ms: int, end_ms: int, *lines: str) -> Cue:
    return Cue(start_ms, end_ms, tuple((CuePiece(line),) for line in lines))


def timed(start_ms: int, end_ms: int, *pieces: tuple[str, int]) -> Cue:
    return Cue(start_ms, end_ms, (tuple(CuePiece(text, ms) for text, ms in pieces),))


def read(*cues: Cue) -> list[str]:
    return [word.text for word in words_of(cues)]


def starts(*cues: Cue) -> list[int]:
    return [word.start_ms for word in words_of(cues)]


@pytest.mark.parametrize(
    ("written", "words"),
    [
        pytest.param("it is 10 % of", ["it", "is", "10", "%", "of"], id="per cent"),
        pytest.param("5 < 7", ["5 <", "7"], id="smaller than"),
        pytest.param("ça va ?", ["ça", "va ?"], id="a French question mark"),
        pytest.param("il dit « oui » .", ["il", "dit", "« oui » ."], id="French quotes"),
        pytest.param("¿ Qué es ? ¡Sí!", ["¿ Qué", "es ?", "¡Sí!"], id="Spanish marks"),
        pytest.param("well - yes", ["well -", "yes"], id="a dash"),
        pytest.param("まず。 次に。はい", ["まず。", "次に。", "はい"], id="Japanese full stops"),
        pytest.param("the [ __ ] scan", ["the", "[__]", "scan"], id="a hidden word"),
        pytest.param("don't—stop e.g. 3.5", ["don't—stop", "e.g.", "3.5"], id="one word each"),
    ],
)
def test_a_text_is_split_into_words(written: str, words: list[str]) -> None:
    assert read(cue(0, 1000, written)) == words


def test_a_lone_mark_at_the_start_of_a_cue_goes_to_the_word_before() -> None:
    assert read(cue(0, 1000, "まず"), cue(1000, 2000, "。 市場")) == ["まず。", "市場"]


def test_scripts_without_spaces_part_at_their_word_times() -> None:
    words = words_of([timed(0, 1000, ("私", 0), ("たち", 300), ("は", 600))])

    assert [(w.text, w.start_ms) for w in words] == [("私", 0), ("たち", 300), ("は", 600)]


def test_letters_with_spaces_do_not_part_at_a_time_inside_a_word() -> None:
    assert read(timed(0, 1000, ("self", 0), ("-made", 300))) == ["self-made"]


def test_own_times_are_kept_and_the_end_is_no_later_than_slow_speech() -> None:
    words = words_of([timed(1000, 9000, ("so", 1000), (" what", 2000))])

    assert words[0] == Word("so", 1000, 1490, timed=True)
    assert words[1] == Word("what", 2000, 2730, timed=True)


def test_words_without_times_share_their_cue_by_length() -> None:
    words = words_of([cue(0, 1000, "a sentence")])

    assert [(w.start_ms, w.end_ms, w.timed) for w in words] == [(0, 181, False), (181, 1000, False)]


def test_words_of_a_cue_that_is_shown_for_long_are_said_at_its_start() -> None:
    assert starts(cue(0, 60_000, "just a moment")) == [0, 739, 1035]


def test_a_cue_that_the_next_one_interrupts_is_said_before_it() -> None:
    assert starts(cue(0, 5000, "one two"), cue(1000, 2000, "three")) == [0, 500, 1000]


def test_a_word_time_far_outside_its_cue_is_not_believed() -> None:
    wild = timed(0, 1000, ("one", 0), (" two", 90_000_000))

    assert starts(wild, cue(1000, 2000, "three"))[1:] == [500, 1000]


def test_word_times_that_go_back_are_pushed_forward() -> None:
    assert starts(timed(0, 1000, ("a", 0), (" b", 500), (" c", 200))) == [0, 500, 500]


def test_no_time_is_later_than_any_video() -> None:
    assert starts(cue(10**12, 10**12 + 1000, "late")) == [LATEST_MS]


def test_a_speaker_is_kept_until_somebody_else_speaks() -> None:
    words = words_of(
        [
            cue(0, 1000, "DR. SHAW: Good", "morning."),
            cue(1000, 2000, "DR. SHAW: And welcome."),
            cue(2000, 3000, ">> Thanks."),
        ]
    )

    assert [w.speaker for w in words] == ["DR. SHAW"] * 4 + [""]
    assert [w.text for w in words if w.turn] == ["Good", "Thanks."]


def test_a_voice_on_every_cue_is_one_turn() -> None:
    cues = [
        Cue(0, 1000, ((CuePiece("one", None, "Alice"),),)),
        Cue(1000, 2000, ((CuePiece("two", None, "Alice"),),)),
        Cue(2000, 3000, ((CuePiece("three", None, "Shelly"),),)),
    ]

    assert [w.turn for w in words_of(cues)] == [True, False, True]


def voiced(number: int, *pieces: tuple[str, str]) -> Cue:
    line = tuple(CuePiece(text, None, voice) for text, voice in pieces)
    return Cue(number * 1000, number * 1000 + 1000, (line,))


def test_a_voice_ends_with_its_cue_and_its_name_is_put_to_nothing_else() -> None:
    words = words_of(
        [voiced(0, ("yes", "Alice")), voiced(1, ("and no", "")), voiced(2, ("so", "Alice"))]
    )

    assert [w.speaker for w in words] == ["Alice", "", "", "Alice"]
    assert [w.turn for w in words] == [True, False, False, False]


def test_behind_the_end_of_a_voice_nobody_knows_who_speaks() -> None:
    words = words_of([voiced(0, ("yes", "Alice"), (" no", ""))])

    assert [w.speaker for w in words] == ["Alice", ""]


def test_another_speaker_within_a_voice_has_no_name() -> None:
    lines = ((CuePiece("- Yes.", None, "Alice"),), (CuePiece("- No.", None, "Alice"),))

    words = words_of([Cue(0, 1000, lines)])

    assert [(w.speaker, w.turn) for w in words] == [("Alice", True), ("", True)]


@pytest.mark.parametrize("mark", [">>", ">> [Music]", ">> ♪", ">> …"])
def test_a_mark_with_nothing_said_behind_it_counts_for_what_is_said_next(mark: str) -> None:
    words = words_of([cue(0, 1000, "yes", mark), cue(1000, 2000, "no")])

    assert [w.turn for w in words] == [False, True]


def test_a_name_that_may_be_none_is_said_and_nobody_knows_by_whom() -> None:
    words = words_of([cue(0, 1000, "DR. SHAW: Good."), cue(1000, 2000, "Shelly: It is not.")])

    assert [(w.text, w.speaker) for w in words[:2]] == [("Good.", "DR. SHAW"), ("Shelly:", "")]
    assert {w.speaker for w in words[1:]} == {""}


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["so", "what?"], "so what?"),
        (["まず。", "市場", "を"], "まず。市場を"),
        (["DeepS", "シーク", "以降"], "DeepSシーク以降"),
        ([], ""),
    ],
    ids=["spaces", "no spaces", "mixed", "nothing"],
)
def test_words_are_joined_as_their_script_is_written(words: list[str], text: str) -> None:
    assert join(words) == text


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    ["word ", "a\n", "- A\n", ">> a ", "A: b\n", "# ", "! ", "« ", "[ ", "(a", "私", "。", " "],
    ids=repr,
)
def test_reading_takes_time_in_proportion_to_the_length(unit: str) -> None:
    def seconds(length: int) -> float:
        return min(once(unit * (length // len(unit))) for _ in range(2))

    def once(text: str) -> float:
        before = time.process_time()
        words_of([cue(0, 1000, *text.split("\n"))])
        return time.process_time() - before

    seconds(1000)

    assert seconds(20_000) < 10 * seconds(5_000) + 0.05
