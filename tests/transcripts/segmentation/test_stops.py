from __future__ import annotations

import pytest

from transcripts.model import Word
from transcripts.segmentation.sentences import sentences_of
from transcripts.segmentation.stops import stops_of, with_stops

WORD_MS = 300


def spoken(text: str, *, pause_ms: int = 1_000) -> tuple[Word, ...]:
    """Words of one speaker; "|" is a pause, ">>" somebody else."""
    words: list[Word] = []
    now, turn = 0, False
    for written in text.split():
        if written == "|":
            now += pause_ms
        elif written == ">>":
            turn = True
        else:
            words.append(Word(written, now, now + WORD_MS, True, "", turn))
            now, turn = now + WORD_MS, False
    return tuple(words)


def read(text: str, language: str = "en") -> str:
    """The words with the stops that are found."""
    words = spoken(text)
    marks = {stop.last: "?" if stop.asks else "." for stop in stops_of(words, language)}
    return " ".join(word.text + marks.get(n, "") for n, word in enumerate(words))


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "what if the patient won't accept help then make it about you",
            "what if the patient won't accept help? then make it about you.",
        ),
        (
            "how long does it work | for most people it works for years",
            "how long does it work? for most people it works for years.",
        ),
        (
            "can i drink coffee yes you can but not with the pill",
            "can i drink coffee? yes you can but not with the pill.",
        ),
        (
            "should i stop the pill when i feel sick no never stop it by yourself",
            "should i stop the pill when i feel sick? no never stop it by yourself.",
        ),
    ],
)
def test_a_question_does_not_swallow_its_answer(said: str, expected: str) -> None:
    assert read(said) == expected


@pytest.mark.parametrize(
    "said",
    [
        "you should not | stop taking the pill by yourself",
        "please don't | cut the pills in half at home",
        "it is a change in the | gene that we can treat",
    ],
)
def test_a_pause_in_thought_ends_nothing_and_tears_no_denial(said: str) -> None:
    assert read(said).count(".") == 1


def test_a_long_pause_before_a_new_thought_ends_a_sentence() -> None:
    assert read("we wait for the scan | so we call you on the same day") == (
        "we wait for the scan. so we call you on the same day."
    )


def test_a_long_silence_ends_a_sentence_whatever_follows() -> None:
    words = spoken("it reaches the brain | swelling of the hands is common", pause_ms=9_000)

    assert [stop.last for stop in stops_of(words, "en")] == [3, 9]


def test_another_speaker_begins_a_sentence() -> None:
    assert read("does it hurt >> not at all") == "does it hurt? not at all."


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("so the pill works for them right | and that is good", "right?"),
        ("so i think that's right | and that is good", "right."),
        ("we put a fan right | next to it", "right next"),
    ],
)
def test_only_a_tag_at_the_end_asks_for_a_nod(said: str, expected: str) -> None:
    assert expected in read(said)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "qué es una mutación | es un cambio en el gen",
            "qué es una mutación? es un cambio en el gen.",
        ),
        ("qué bueno | entonces seguimos", "qué bueno. entonces seguimos."),
        (
            "qué pasa si deja de funcionar entonces hacemos otra biopsia",
            "qué pasa si deja de funcionar? entonces hacemos otra biopsia.",
        ),
        (
            "no hay que | dejar la pastilla sin hablar con el doctor",
            "no hay que dejar la pastilla sin hablar con el doctor.",
        ),
    ],
)
def test_spanish_asks_by_its_accents(said: str, expected: str) -> None:
    assert read(said, "es") == expected


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("It works. It is a pill. Take it once.", "en"),
        ("まず 市場 は", "ja"),
        ("et je te laisse la parole", "fr"),
        ("", "en"),
    ],
)
def test_captions_with_full_stops_and_in_other_languages_are_left_alone(
    said: str, language: str
) -> None:
    assert stops_of(spoken(said), language) == ()


def test_a_sentence_says_behind_which_of_its_characters_one_ends() -> None:
    words = spoken("does it hurt >> not at all | so we go on with the treatment")
    sentences = with_stops(sentences_of(words), words, "en")

    assert [(one.text[:at], asks) for one in sentences for at, asks in one.stops] == [
        ("does it hurt", True),
        ("not at all", False),
        ("not at all so we go on with the treatment", False),
    ]
