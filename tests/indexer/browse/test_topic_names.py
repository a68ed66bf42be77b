"""What asks for a topic, speaks of it, or defines it."""

from __future__ import annotations

import dataclasses

import pytest
from hits import HIT
from msgspec.structs import replace

from catalog import Catalogue, Question, Term, Topic
from indexer.analysis.tokenizer import tokens_of
from indexer.browse.topic_names import defines, is_said, names_of


def rarity(term: str) -> float:
    """Long words are rare here."""
    return float(len(term))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What is a clinical trial, and am I a guinea pig?", "en"),
        ("So what's a trial?", "en"),
        ("How does a clinical trial work?", "en"),
        ("What does clinical trial mean?", "en"),
        ("¿Qué es un ensayo clínico?", "es"),
    ],
)
def test_a_question_for_what_a_topic_is_defines_it(text: str, language: str) -> None:
    title = "Ensayos clínicos" if language == "es" else "Clinical trials"
    topic = Topic("trials", title, terms=("trial",))
    term = Term("trial", "treatment", spanish=("ensayo clínico",))
    names = dataclasses.replace(
        names_of(topic, Catalogue((), {}, {"trials": topic}, (term,)), rarity),
        title=frozenset(token.term for token in tokens_of(title, language)),
    )

    assert defines(names, Question(text), language)


@pytest.mark.parametrize(
    "text",
    [
        "Who pays for a clinical trial?",
        "What is the placebo of a trial?",
        "What are the costs of a trial?",
        "How do I know if the trial is working?",
        "What is a placebo?",
    ],
)
def test_another_question_defines_no_topic(text: str) -> None:
    topic = Topic("trials", "Clinical trials", terms=("trial",))

    names = names_of(topic, Catalogue((), {}, {"trials": topic}), rarity)

    assert not defines(names, Question(text))


def test_a_part_of_a_name_names_no_topic() -> None:
    topic = Topic("alk", "ALK-positive lung cancer", terms=("ALK",))
    names = names_of(
        topic, Catalogue((), {}, {"alk": topic}), lambda term: 5.0 if term == "alk" else 1.0
    )

    assert not is_said(names, [replace(HIT, text="A positive test of the lung.")])
    assert is_said(names, [replace(HIT, text="ALK was found.")])
    assert is_said(names, [replace(HIT, text="Elk was found.", heard=("ALK",))])


def test_a_name_of_two_words_is_said_only_when_both_are() -> None:
    topic = Topic("liquid-biopsy", "Liquid biopsy", terms=("liquid biopsy",))
    names = names_of(topic, Catalogue((), {}, {"liquid-biopsy": topic}), rarity)

    assert not is_said(names, [replace(HIT, text="A biopsy of the muscle.")])
    assert is_said(names, [replace(HIT, text="Liquid biopsies are quick.")])
