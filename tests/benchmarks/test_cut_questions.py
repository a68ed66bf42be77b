"""Questions are cut out of captions whole, and what follows is their answer."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench_cut_questions import cut_questions
from libraries import library_of

from catalog import Library

ASKED = "So how long should people with lung cancer rest after surgery?"
ANSWER = (
    "A week is enough.\nThen walk a little.\nThen walk more.\nListen to your lungs.\nThat is all."
)


def test_a_question_leaves_the_captions_and_what_follows_answers_it(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"rest": f"Welcome to all.\n{ASKED}\n{ANSWER}\nReally?\nYes."})

    (question,) = cut_questions(library)

    assert question == {
        "qid": "rest-5", "query": ASKED, "video": "rest", "start": 10.0, "end": 35.0,
    }  # fmt: skip
    assert ASKED not in captions(library)
    assert "Welcome to all." in captions(library)
    assert "A week is enough." in captions(library)
    assert "Really?" in captions(library)


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param(f"{ASKED}\nA week.\nWhy?\n{ANSWER}", id="a short answer"),
        pytest.param(f"{ASKED}\nWhat would you say?\n{ANSWER}", id="asked otherwise at once"),
        pytest.param(f"How long should people rest?\n{ANSWER}", id="too little is asked"),
        pytest.param(
            f"Lung cancer surgery makes people tired for weeks, all right?\n{ANSWER}",
            id="nothing is asked",
        ),
        pytest.param(ASKED, id="nothing follows"),
        pytest.param(
            f"DR. VENN: {ASKED}\n" + ANSWER.replace("\n", " ") + "\nDR. LUND: No.\nNo.\nNo.\nNo.",
            id="who asked goes on",
        ),
    ],
)
def test_what_cannot_be_asked_by_itself_stays(tmp_path: Path, lines: str) -> None:
    library = library_of(tmp_path, {"rest": lines})

    assert list(cut_questions(library)) == []


def captions(library: Library) -> str:
    return (library.captions_of("rest") / "en.manual.vtt").read_text("utf-8")
