"""What search takes for urgent, over phrases in people's own words."""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path
from typing import Any

import pytest

from catalog import read_word_lists
from catalog.settings.site_settings import SIGNS
from indexer.urgency.signs import NOTHING_URGENT, urgency_of

PHRASES: list[dict[str, Any]] = [
    json.loads(line)
    for line in (Path(__file__).parent / "phrases.jsonl").read_text("utf-8").splitlines()
]
URGENT = [one for one in PHRASES if one["kind"]]
HARMLESS = [one["text"] for one in PHRASES if not one["kind"]]


def test_of_urgent_phrases_hardly_one_is_missed() -> None:
    missed = [one["text"] for one in URGENT if not urgency_of(one["text"])]

    assert len(missed) <= 0.02 * len(URGENT), missed


def test_hardly_a_harmless_phrase_raises_an_alarm() -> None:
    alarms = [text for text in HARMLESS if urgency_of(text)]

    assert len(alarms) <= 0.02 * len(HARMLESS), alarms


def test_the_kind_is_told_too() -> None:
    told = [one for one in URGENT if one["kind"] in urgency_of(one["text"]).kinds]

    assert len(told) >= 0.95 * len(URGENT)


def test_every_kind_is_asked_in_both_ways() -> None:
    assert len(PHRASES) >= 150
    assert len(HARMLESS) >= 0.45 * len(PHRASES)
    assert {one["kind"] for one in URGENT} == set(SIGNS) - {"emergency"}


def test_operators_may_name_every_kind_that_there_is() -> None:
    names = read_word_lists("indexer/data/urgent_signs.toml").sources

    assert set(SIGNS) == {name.partition("-")[0] for name in names}


@pytest.mark.parametrize(
    ("happening", "asked"),
    [
        ("I am coughing up blood", "can bevacizumab cause coughing up blood"),
        ("my husband can't breathe", "why do people with COPD struggle to breathe"),
        ("I have chest pain", "I have no chest pain"),
        ("she had a seizure this morning", "she had a seizure ten years ago"),
        ("my temperature is 101", "my temperature is 98.6"),
        ("my temperature is 38,5", "my temperature is 37,5"),
        ("tengo fiebre", "no tengo fiebre"),
        ("I want to die", "I don't want to die"),
        ("thinking of suicide", "suicide gene therapy"),
        ("having a stroke", "a stroke of luck"),
        ("I'm choking", "I got choked up"),
        ("he can't see his hand", "he can't see the messages"),
        ("no puedo hablar de repente", "no puedo hablar de eso"),
        ("she can't speak for the pain in her chest", "she can't speak for the whole team"),
        ("my wife won't wake up", "my laptop won't wake up"),
        ("breathless with the slightest effort", "breathless with joy"),
        ("my fever is gone but it came back", "my fever is gone"),
        ("took 5 tagrisso", "I take 2 tablets a day"),
        ("I take 8 oxycodone a day", "I take 8 alectinib capsules a day"),
        ("took two tagrisso by mistake", "taking 80 mg of tagrisso once a day"),
        ("I doubled my dose", "my doctor doubled my dose"),
        ("tomé cinco pastillas de más", "tomo dos pastillas al día"),
    ],
)
def test_who_and_when_tell_an_emergency_from_a_question(happening: str, asked: str) -> None:
    assert urgency_of(happening)
    assert urgency_of(asked) == NOTHING_URGENT


def test_somebody_who_asks_in_general_and_says_that_it_is_now_is_heard() -> None:
    assert urgency_of("Can osimertinib cause shortness of breath? I have it right now")


def test_a_long_dictated_message_is_read_to_its_end() -> None:
    story = "so my father was diagnosed last spring and we live far from the hospital " * 20

    assert "stroke" in urgency_of(f"{story} and now his face is drooping").kinds


@pytest.mark.parametrize(
    "typed",
    ["I CANT BREATHE", "i can t breathe", "i can’t breathe", "cant breeth", "can not brethe"],
)
def test_it_is_understood_as_people_type(typed: str) -> None:
    assert "breathing" in urgency_of(typed).kinds


@pytest.mark.parametrize(
    "typed", ["", " ", "?!", "'", "肺がん", "\u200b", "a" * 100_000, "can't " * 20_000, "… ¿? , ,"]
)
def test_any_text_is_accepted(typed: str) -> None:
    assert urgency_of(typed) == NOTHING_URGENT


@pytest.mark.parametrize(
    "said", ["arm leg face numb ", "no chest pain ", "can it cause chest pain or ", "diarrea agua "]
)
def test_a_message_made_to_be_slow_is_not(said: str) -> None:
    urgency_of(said)
    begun = time.process_time()

    urgency_of(said * 400)

    assert time.process_time() - begun < 0.5


def test_nothing_of_a_question_is_kept() -> None:
    urgency_of("zorblaxian my husband is coughing up blood")

    kept = [one for one in gc.get_objects() if isinstance(one, dict) and "zorblaxian" in one]
    assert kept == []
