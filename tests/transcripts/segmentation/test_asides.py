"""What is said around the answers: greetings, farewells, and sponsors' messages."""

from __future__ import annotations

import pytest

from transcripts.model import Sentence
from transcripts.segmentation.asides import with_asides
from transcripts.segmentation.passages import cut_passages

LENGTH_MS = 10_000


def asides(*said: str) -> list[str]:
    """What each passage is, of sentences of ten seconds."""
    sentences = [
        Sentence(n * LENGTH_MS, (n + 1) * LENGTH_MS, text, n, n + 1) for n, text in enumerate(said)
    ]
    return [passage.aside for passage in with_asides(cut_passages(sentences), sentences)]


TALK = ["The scan shows where the tumor is."] * 30


@pytest.mark.parametrize(
    "said",
    [
        "Hello, and thank you for coming.",
        "I'm Dr. Example, and I treat lung cancer.",
        "hi everyone my name is ada",
        "Today we're going to talk about scans.",
        "Bienvenidos a este video.",
    ],
)
def test_a_video_begins_with_a_greeting(said: str) -> None:
    found = asides(said, *TALK)

    assert found[0] == "greeting"
    assert set(found[1:]) == {""}


@pytest.mark.parametrize("said", ["Thanks for watching.", "Goodbye!", "Muchas gracias, doctora."])
def test_a_video_ends_with_a_farewell(said: str) -> None:
    found = asides(*TALK, said)

    assert found[-1] == "farewell"
    assert set(found[:-3]) == {""}


def test_what_is_worded_like_a_greeting_in_the_middle_is_an_answer() -> None:
    assert set(asides(*TALK, "Hello is what the nurse says.", *TALK)) == {""}


def test_an_answer_at_the_very_beginning_is_one() -> None:
    assert set(asides(*TALK)) == {""}


def test_a_sponsors_message_goes_from_the_sponsor_to_the_offer() -> None:
    message = (
        "Our first sponsor is Example Vitamins.",
        "I take their vitamins because I found it hard to know which vitamins to take.",
        "Go to example.com slash talk and use the code TALK at checkout.",
    )

    found = asides(*TALK, *message, *TALK)

    told = [n for n, aside in enumerate(found) if aside]
    assert {found[n] for n in told} == {"sponsor"}
    assert told == list(range(28, 33))


@pytest.mark.parametrize(
    "said",
    [
        "This trial was sponsored by a company.",
        "They took twenty percent off the dose.",
        "This program is brought to you by a foundation.",
    ],
)
def test_one_sign_alone_is_no_sponsors_message(said: str) -> None:
    assert "sponsor" not in asides(*TALK, said, *TALK)


def test_nothing_said_has_no_asides() -> None:
    assert asides() == []
