"""Weights of ends: added up in columns they are those of the signs around each gap."""

from hypothesis import given
from hypothesis import strategies as st

from transcripts.model import Word
from transcripts.segmentation import stop_weights
from transcripts.segmentation.stop_weights import EDGE, PAIRS, kind_of, signs, weights_of

SAID = ["so", "you", "know", "what", "i", "mean", "ten", "10", "lungs", "and", "the"]


def _weight(table: str, sign: str) -> int:
    if table in PAIRS:
        return int(stop_weights._BY_PAIR[PAIRS[table]].get(sign, 0))
    return stop_weights._BY_PLACE[int(table)].get(sign, 0)


@given(st.lists(st.sampled_from(SAID), max_size=12))
def test_the_weight_of_a_gap_is_that_of_its_signs_and_its_pause(said: list[str]) -> None:
    words = [Word(text, 300 * n, 300 * n + 200) for n, text in enumerate(said)]
    kinds = [kind_of(word, stop_weights._ROWS) for word in said]

    assert weights_of(words, said) == [
        sum(_weight(*sign) for sign in signs(kinds, n)) + stop_weights._pause_weight(words, n)
        for n in range(len(words) - 1)
    ]
    assert EDGE not in kinds
