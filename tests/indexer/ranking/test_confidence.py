"""How sure search is: whether enough of what was asked is spoken of where it lands."""

from __future__ import annotations

import numpy as np
import pytest
from memory import in_memory

from indexer.ranking.confidence import Asked, certainty, spoken_of
from indexer.ranking.proximity import Evidence
from indexer.settings import SETTINGS

HERE = np.array([1])


def asked_for(worth: float, *places: float) -> Asked:
    """A thing of some worth that places hold so much of."""
    return spoken_of(worth, Evidence.of(np.array(places, np.float32)), HERE, SETTINGS)


def test_all_that_was_asked_makes_sure() -> None:
    asked = [asked_for(0.9, 0, 5), asked_for(0.8, 1, 4)]

    assert certainty(asked, None, SETTINGS) == 1


def test_what_nobody_says_counts_as_asked_and_not_found() -> None:
    asked = [asked_for(0.9, 0, 5), asked_for(1.0, 0, 0), asked_for(1.0, 0, 0)]

    assert certainty(asked, None, SETTINGS) < 1


def test_what_is_said_elsewhere_does_not_count_here() -> None:
    elsewhere = [asked_for(0.9, 5, 0), asked_for(0.5, 0, 5)]

    assert certainty(elsewhere, None, SETTINGS) < certainty(
        [asked_for(0.9, 5, 5), asked_for(0.5, 0, 5)], None, SETTINGS
    )


def test_nearness_by_meaning_makes_surer() -> None:
    asked = [asked_for(0.9, 0, 5), asked_for(0.9, 0, 0)]

    assert certainty(asked, 0.2, SETTINGS) < certainty(asked, 0.6, SETTINGS)


@pytest.mark.parametrize(
    ("query", "confidence"),
    [
        ("rash from osimertinib", "answered"),
        ("rash from gefitinib", "perhaps"),
        ("stage 3 rash", "perhaps"),
        ("zebra", "none"),
    ],
)
def test_what_has_to_be_said_is_said_before_anything_is_answered(
    query: str, confidence: str
) -> None:
    talks = {"pills": "osimertinib may give you a rash\nso wash with care", "tea": "tea is nice"}

    assert in_memory(talks).search(query).confidence == confidence


@pytest.mark.parametrize(
    ("query", "confidence"),
    [
        ("osimertinib memory", "perhaps"),  # of the rest nothing is said there
        ("does sugar feed cancer", "perhaps"),  # nobody says that anything feeds it
        ("every 12 weeks", "none"),  # twelve weeks of something else
        ("every 3 weeks", "answered"),
        ("does a drip smell", "perhaps"),  # one everyday word of two
        ("hello", "none"),  # asks nothing
        ("thank you doctor", "none"),
    ],
)
def test_one_shared_word_is_no_answer(query: str, confidence: str) -> None:
    talks = {
        "pills": "osimertinib is a pill",
        "sugar": "nobody gets a sugar pill in cancer trials",
        "memory": "games are good for the memory",
        "leave": "you can take up to twelve weeks off work\nthe drip is given every three weeks",
        "hello": "hello doctor\ncold food does not smell",
    }

    assert in_memory(talks).search(query).confidence == confidence


def test_a_gene_that_captions_write_like_a_word_is_not_called_unsaid() -> None:
    talks = {"genes": "we look for braf met ret her2 and ntrk", "tea": "tea is nice"}

    assert in_memory(talks).search("RET").unsaid == ()


FOG = {
    "brain": "the scan looks at the brain\nand at the brain again",
    "memory": "some people become forgetful on this pill\nso they write lists",
}


def test_what_comes_near_a_name_goes_before_a_part_of_it_and_is_not_sure() -> None:
    answer = in_memory(FOG).search("brain fog")

    assert answer.hits[0].video == "memory"
    assert answer.confidence == "perhaps"


def test_words_of_a_name_that_are_said_apart_are_not_the_name() -> None:
    talks = {
        "pill": "we give chemo after the pill\nwe keep that pill to protect the brain\n"
        "the beam can affect memory\nso we wait",
        "tea": "tea is nice",
    }

    assert in_memory(talks).search("chemo brain").confidence == "perhaps"


def test_a_name_that_is_said_or_otherwise_called_is_sure() -> None:
    for said in ("brain fog is common", "chemo brain is common"):
        assert in_memory({**FOG, "fog": said}).search("brain fog").confidence == "answered"


def test_a_part_of_a_name_is_found_where_nothing_comes_nearer() -> None:
    talks = {"diet": "when swallowing hurts we give a soft diet", "tea": "tea is nice"}

    assert in_memory(talks).search("trouble swallowing").hits[0].video == "diet"


@pytest.mark.parametrize(
    ("query", "confidence"),
    [
        ("will my children get it too", "perhaps"),  # a topic, and no question
        ("children", "answered"),
        ("what is it about children", "answered"),
        ("1", "perhaps"),
    ],
)
def test_one_everyday_word_of_a_sentence_is_a_topic(query: str, confidence: str) -> None:
    talks = {"home": "tell your children early\ngive them 1 tablet", "tea": "tea is nice"}

    assert in_memory(talks).search(query).confidence == confidence


def test_how_a_question_is_put_need_not_be_said() -> None:
    talks = {"stage": "stage 4 is serious", "tea": "tea actually helps, versus coffee"}

    for query in ("what does stage 4 actually mean", "stage 4 in plain english", "stage 4 vs"):
        assert in_memory(talks).search(query).confidence == "answered", query


def test_what_all_here_is_about_need_not_be_said_beside_a_number() -> None:
    talks = {"stage": "stage 4 is serious", "lungs": "lung cancer begins in the lungs"}

    assert in_memory(talks).search("stage 4 lung cancer").confidence == "answered"
    assert in_memory(talks).search("stage 4 begins").confidence == "perhaps"


def test_what_a_moment_is_about_may_be_named_just_before() -> None:
    talks = {
        "pills": "osimertinib is one tablet once a day\n"
        + "it is taken with food\n" * 9
        + "herbs can make it weaker\n"
        + "that is all\n" * 9,
        "tea": "tea is nice",
    }

    assert in_memory(talks).search("herbs with osimertinib").confidence == "answered"


def test_one_thing_is_not_answered_by_what_only_comes_near_it() -> None:
    talks = {"surgery": "surgery takes the tumor out", "tea": "tea is nice"}

    assert in_memory(talks).search("lobectomy").confidence == "perhaps"
