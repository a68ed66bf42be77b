from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.formats.cues import Cue, CuePiece
from transcripts.speech.rollup import unroll

LINES = ("so the scan showed it", "yes", "no no no", "no no no", "and that was that")


def plain(start_ms: int, end_ms: int, text: str) -> Cue:
    return Cue(start_ms, end_ms, ((CuePiece(text),),))


def sung(lines: Sequence[str], gap_ms: int = 0, held: bool = False) -> list[Cue]:
    """Each line once for each of its words, that one highlighted; 300 ms a word."""
    cues: list[Cue] = []
    now = 0
    for line in lines:
        words = line.split()
        for n, word in enumerate(words):
            before, after = " ".join(("", *words[:n])), " ".join((*words[n + 1 :], ""))
            pieces = (before.lstrip() + " " * bool(n), word, (" " + after).rstrip())
            row = tuple(CuePiece(p, marked=k == 1) for k, p in enumerate(pieces) if p)
            cues.append(Cue(now, now + 300 - gap_ms, (row,)))
            if held:
                cues.append(plain(now + 300 - gap_ms, now + 300, line))
            now += 300
        now += 500
    return cues


def said(cues: Sequence[Cue]) -> list[str]:
    return [" ".join(filter(None, cue.texts)) for cue in unroll(cues)]


def times(cues: Sequence[Cue]) -> list[int | None]:
    return [piece.at_ms for cue in unroll(cues) for row in cue.lines for piece in row]


@pytest.mark.parametrize(("gap_ms", "held"), [(0, False), (80, False), (80, True)])
def test_a_line_of_karaoke_is_said_once_and_a_line_sung_again_twice(
    gap_ms: int, held: bool
) -> None:
    assert said(sung(LINES, gap_ms, held)) == list(LINES)


def test_each_word_starts_when_it_is_highlighted() -> None:
    assert times(sung(["so the scan"])) == [0, 300, 600]


def test_lines_that_stress_a_word_are_all_said() -> None:
    row = (CuePiece("Why "), CuePiece("me?", marked=True))
    cues = [Cue(n * 1000, n * 1000 + 1000, (row,)) for n in range(4)]

    assert said(cues) == ["Why me?"] * 4


@given(st.lists(st.lists(st.sampled_from("no so the scan".split()), min_size=2, max_size=5)))
@settings(max_examples=50, deadline=None)
def test_whatever_is_sung_every_word_is_said_once_and_in_order(words: list[list[str]]) -> None:
    lines = [*map(" ".join, words), "and that was that"]

    assert " ".join(said(sung(lines))).split() == " ".join(lines).split()


def test_a_line_that_moves_over_the_screen_is_said_once() -> None:
    lines = ["we are here today", "to speak of scans", "and of pills", "thank you all"]
    cues = [plain(n * 1000, n * 1000 + 1000, lines[n // 2]) for n in range(8)]

    assert said(cues) == lines


def test_frames_too_short_to_be_said_are_one_line_also_beside_a_real_repeat() -> None:
    frames = [plain(n * 33, n * 33 + 33, "this is the first of them") for n in range(10)]
    cues = [*frames, plain(330, 1330, "No."), plain(1330, 2330, "No.")]

    assert said(cues) == ["this is the first of them", "No.", "No."]


@given(
    st.integers(2, 3),
    st.booleans(),
    st.lists(
        st.lists(st.sampled_from("so the scan showed a spot".split()), min_size=4, max_size=6),
        min_size=6,
        max_size=8,
        unique_by=frozenset,
    ),
)
@settings(max_examples=50, deadline=None)
def test_whatever_rolls_or_grows_every_word_is_said_once_and_in_order(
    height: int, growing: bool, rows: list[list[str]]
) -> None:
    lines = [[f"{word}{n}" for word in row] for n, row in enumerate(rows)]
    shown: list[tuple[str, ...]] = []
    for n, line in enumerate(lines):
        above = tuple(map(" ".join, lines[max(0, n - height + 1) : n]))
        sizes = range(1, len(line) + 1) if growing else [len(line)]
        shown += [(*above, " ".join(line[:size])) for size in sizes]
    ends = range(500, 500 * len(shown) + 500, 500)
    cues = [
        Cue(end - 500, end, tuple((CuePiece(row),) for row in screen))
        for end, screen in zip(ends, shown, strict=True)
    ]

    assert " ".join(said(cues)).split() == [word for line in lines for word in line]
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(unroll(cues)))
