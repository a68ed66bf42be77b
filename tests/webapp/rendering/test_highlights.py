from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.rendering.highlights import Fragment, heard_names, highlighted, shortened


@pytest.mark.parametrize(
    ("spans", "marked"),
    [
        ([], []),
        ([(0, 5)], ["Stage"]),
        ([(8, 13), (0, 5)], ["Stage", "means"]),
        ([(6, 7), (0, 5)], ["Stage 4"]),
        ([(0, 3), (2, 5)], ["Stage"]),
        ([(6, 99)], ["4 means more"]),
        ([(-4, 5), (5, 5), (50, 60)], ["Stage"]),
    ],
    ids=["none", "one", "unsorted", "side-by-side", "overlapping", "beyond-the-end", "odd"],
)
def test_text_is_split_at_its_highlights(spans: list[tuple[int, int]], marked: list[str]) -> None:
    split = highlighted("Stage 4 means more", spans)

    assert [piece.text for piece in split if piece.mark] == marked


def test_a_highlight_keeps_the_text_around_it() -> None:
    assert highlighted("no, no", [(4, 6)]) == (Fragment("no, "), Fragment("no", mark=True))


@given(st.text(), st.lists(st.tuples(st.integers(-5, 40), st.integers(-5, 40))))
def test_no_text_is_lost_whatever_the_highlights(text: str, spans: list[tuple[int, int]]) -> None:
    assert "".join(piece.text for piece in highlighted(text, spans)) == text


def test_a_misheard_name_says_whether_a_person_looked_it_up() -> None:
    assert heard_names(["alectinib", "ALK (reviewed)"]) == (("alectinib", False), ("ALK", True))


LONG = "Once upon a time there was a pill against nausea that helped most of those who took it."


def test_a_long_text_is_cut_between_words_around_its_first_highlight() -> None:
    at = LONG.index("nausea")

    cut = shortened(highlighted(LONG, [(at, at + 6)]), 40)

    assert "".join(one.text for one in cut) == "… pill against nausea that helped most of …"
    assert [one.text for one in cut if one.mark] == ["nausea"]


def test_a_long_text_with_an_early_highlight_keeps_its_beginning() -> None:
    cut = shortened(highlighted(LONG, [(10, 14)]), 40)

    assert "".join(one.text for one in cut) == "Once upon a time there was a pill …"


def test_a_highlight_at_the_end_of_a_long_text_comes_early_in_what_is_shown() -> None:
    at = LONG.index("took")

    cut = "".join(one.text for one in shortened(highlighted(LONG, [(at, at + 4)]), 60))

    assert cut == "… nausea that helped most of those who took it."


@given(st.text(max_size=60), st.integers(1, 80), st.integers(0, 60), st.integers(0, 20))
def test_what_is_shortened_is_a_piece_of_the_text(
    text: str, most: int, start: int, length: int
) -> None:
    whole = highlighted(text, [(start, start + length)])

    shown = "".join(one.text for one in shortened(whole, most))

    piece = shown.removeprefix("… ").removesuffix(" …")
    assert piece in text
    assert len(piece) <= most
    assert bool(piece.strip()) or not text.strip() or most < len(text)
