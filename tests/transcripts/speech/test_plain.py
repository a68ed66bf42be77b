"""Plain cues: their words are those that reading every cue with all care finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transcripts.formats.cues import Cue, CuePiece
from transcripts.speech import words
from transcripts.speech.plain import plain_text

PIECES = [
    "so",
    "Dr.",
    "it's",
    "long-term",
    "3.5",
    "50%",
    "$5",
    '"well,"',
    "¿qué",
    "naïve",
    "肺が",
    "...",
]
PIECES += ["-", "–", ">>", "MARY:", "(laughs)", "[Music]", "♪", "a;", "«", "__", "&", "\n", ":)"]


def cue(number: int, text: str) -> Cue:
    lines = tuple((CuePiece(line),) for line in text.split("\n"))
    return Cue(number * 1_000, number * 1_000 + 900, lines)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=6), max_size=5))
def test_words_are_those_that_are_found_with_all_care(said: list[list[str]]) -> None:
    cues = [cue(number, " ".join(line)) for number, line in enumerate(said)]
    quickly = words.words_of(cues)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(words, "plain_text", lambda _: None)
        carefully = words.words_of(cues)

    assert quickly == carefully


@pytest.mark.parametrize("text", ["so it is.", "long-term, 50% of it", 'he said "no"', "", "a\nb"])
def test_words_and_the_marks_between_them_are_plain(text: str) -> None:
    assert plain_text(cue(0, text)) == text + "\n"


@pytest.mark.parametrize(
    "text",
    ["- yes", "MARY: yes", "[Music]", "(laughs)", ">> yes", "♪ la", "yes ?", "a; b", "はい。"],
)
def test_what_may_be_no_speech_is_not_plain(text: str) -> None:
    assert plain_text(cue(0, text)) is None


def test_what_has_times_or_a_voice_is_not_plain() -> None:
    assert plain_text(Cue(0, 900, ((CuePiece("yes", 100),),))) is None
    assert plain_text(Cue(0, 900, ((CuePiece("yes", None, "Mary"),),))) is None
