from __future__ import annotations

import pytest

from catalog import Question, Topic, Video
from catalog.model import Chapter
from webapp.i18n.translations import Interface, shown_in
from webapp.i18n.wording import (
    original_title,
    part_wording,
    plain_part_wording,
    plain_wording,
    wording,
)

TOPIC = Topic("stages", "Stages", "What they say.", translations={"es": {"title": "Estadios"}})
VIDEO = Video(
    "talk",
    "A talk",
    "talks",
    questions=(Question("Why?", translations={"es": "¿Por qué?"}), Question("When?")),
    chapters=(Chapter("Start", 0, translations={"es": "Inicio"}),),
)


def test_an_entry_is_told_in_the_language_of_the_page() -> None:
    assert wording(TOPIC) == "Stages"

    with shown_in(Interface("es")):
        assert wording(TOPIC) == "Estadios"
        assert original_title(TOPIC) == '<span lang="en">Stages</span>'


def test_a_text_inside_of_another_language_says_its_own() -> None:
    with shown_in(Interface("es")):
        assert wording(TOPIC, "title", "en") == '<span lang="es">Estadios</span>'


def test_what_was_not_translated_stays_and_says_its_language() -> None:
    with shown_in(Interface("es")):
        assert wording(TOPIC, "description") == '<span lang="en">What they say.</span>'
        assert plain_wording(TOPIC, "description") == "What they say."
        assert (wording(VIDEO), original_title(VIDEO)) == ('<span lang="en">A talk</span>', "")
        assert wording(VIDEO, "description") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [("Why?", "¿Por qué?"), ("Start", "Inicio"), ("When?", '<span lang="en">When?</span>')],
)
def test_questions_and_chapters_are_told_in_it_too(text: str, said: str) -> None:
    assert part_wording(text, VIDEO) == text

    with shown_in(Interface("es")):
        assert part_wording(text, VIDEO) == said


def test_a_question_is_asked_in_the_language_of_the_page() -> None:
    with shown_in(Interface("es")):
        assert plain_part_wording("Why?", VIDEO) == "¿Por qué?"
        assert plain_part_wording("When?", VIDEO) == "When?"
