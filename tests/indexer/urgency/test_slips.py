from __future__ import annotations

import pytest

from indexer.urgency.slips import Slips, Typo, typo_of

SLIPS = Slips(["diarrhea", "seizure", "stroke", "vomito", "fever"], ["fewer", "strict"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("diarea", "diarrhea"),
        ("dyarrhea", "diarrhea"),
        ("siezure", "seizure"),
        ("seisure", "seizure"),
        ("strok", "stroke"),
        ("bomito", "vomito"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert SLIPS.mended(typed) == meant


@pytest.mark.parametrize("word", ["fewer", "strict", "never", "osimertinib", "a", "38.5", "肺がん"])
def test_a_word_that_is_right_or_like_none_stays(word: str) -> None:
    assert SLIPS.mended(word) == word


def test_how_sure_a_slip_is() -> None:
    assert typo_of("fevr", "fever") is Typo.LIKELY
    assert typo_of("fewer", "fever") is Typo.POSSIBLE
    assert typo_of("lever", "fever") is Typo.NONE
