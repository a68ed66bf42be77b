"""Words of captions that are kept: their terms are those that a text without memory has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.analysis.tokenizer import CaptionWords, tokens_of

SAID = (
    "the it's WHO may you a stage three or IV B ros one her two EGFR T790M 790 M ten percent "
    "hundred and twenty met mets p.L858R O'Connor naïve 肺がん 5 mg c T2a N1 ALK + - / , . é 19del"
).split()
KEPT = {language: CaptionWords(language) for language in ("en", "es", "fr")}


@given(
    st.lists(st.tuples(st.sampled_from(SAID), st.sampled_from([" ", " ", "", "-", ", "]))),
    st.sampled_from([*KEPT]),
)
def test_terms_are_the_same_with_and_without_memory(
    said: list[tuple[str, str]], language: str
) -> None:
    text = "".join(word + between for word, between in said)

    assert KEPT[language].tokens_of(text) == tokens_of(text, language)


def test_words_that_are_kept_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.analysis.tokenizer._MOST_WORDS", 3)
    words = CaptionWords("en")

    words.tokens_of("one scan shows what two scans show")

    assert len(words) <= 3
