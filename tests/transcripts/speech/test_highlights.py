import pytest

from transcripts.formats.cues import Cue
from transcripts.formats.markup import lines_of
from transcripts.speech.rollup import unroll

WORDS = "So the scan showed a spot".split()


def shown(lines: list[str]) -> list[Cue]:
    return [
        Cue(1000 + 500 * n, 1500 + 500 * n, lines_of(line.split("\n")))
        for n, line in enumerate(lines)
    ]


def starts(cues: tuple[Cue, ...]) -> list[tuple[int | None, str]]:
    pieces = [piece for cue in cues for line in cue.lines for piece in line]
    return [(piece.at_ms, piece.text.strip()) for piece in pieces if piece.text.strip()]


@pytest.mark.parametrize("mark", ["[{}]", "**{}**", "_{}_", "({})", "capitals"])
def test_a_line_whose_text_highlights_each_word_is_said_once(mark: str) -> None:
    marked = [word.upper() if mark == "capitals" else mark.format(word) for word in WORDS]
    lines = [" ".join([*WORDS[:n], word, *WORDS[n + 1 :]]) for n, word in enumerate(marked)]

    said = starts(unroll(shown(lines)))

    assert said == [(1000 + 500 * n, word) for n, word in enumerate(WORDS)]


def test_rows_stay_rows() -> None:
    lines = ["[So] the\nbig scan", "So [the]\nbig scan", "So the\n[big] scan", "So the\nbig [scan]"]

    (first, *_) = unroll(shown(lines))

    assert [row for row in first.texts if row] == ["So the", "big scan"]


def test_a_line_that_is_stressed_in_two_ways_is_said_twice() -> None:
    cues = shown(["Why ME?", "WHY me?", "Why not."])

    assert [cue.texts for cue in unroll(cues)] == [("Why ME?",), ("WHY me?",), ("Why not.",)]
