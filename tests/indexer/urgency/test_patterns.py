from __future__ import annotations

import pytest

from catalog import read_word_lists
from indexer.urgency.patterns import Phrases, Spotter

WRITE = Phrases(
    {
        "COUGH": ["cough*", "hack*"],
        "WONT_STOP": ["wont_stop", "COUGH on"],
        "BODILY": ["arm", "leg"],
        "MISTAKE": ["by_mistake"],
    }
)


def spotted(phrase: str, message: str) -> bool:
    spotter = Spotter(WRITE, {"list": [phrase]})
    return any(name == "list" for name, _ in spotter.spotted(f" {message} "))


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("COUGH blood/red", "i coughed up' blood"),
        ("chest .. arm", "chest and then the arm"),
        ("legs & numb", "numb are my legs"),
        ("nose WONT_STOP", "nose wont stop"),
        ("nose WONT_STOP", "nose hacking on"),
        ("temp <10[1-9]>", "temp 102"),
        ("<10[1-9]> degrees", "102 degrees"),
        ("legs &\nnumb/\nweak", "weak legs"),
        ("move the_!BODILY", "move the' date"),
        ("daily !..MISTAKE", "daily with' food . by' mistake"),
    ],
)
def test_a_phrase_is_spotted(phrase: str, message: str) -> None:
    assert spotted(phrase, message)


@pytest.mark.parametrize(
    ("phrase", "message"),
    [
        ("COUGH blood", "cough without blood"),
        ("wont_stop", "wont ever' stop"),
        ("chest .. arm", "chest . arm"),
        ("chest .. arm", "arm chest"),
        ("cough", "coughing"),
        ("temp <10[1-9]>", "temp 98.6"),
        ("move the_!BODILY", "move the' arm"),
        ("move the_!BODILY", "move the' ."),
        ("daily !..MISTAKE", "daily with' food by' mistake"),
    ],
)
def test_what_is_no_such_phrase_is_not(phrase: str, message: str) -> None:
    assert not spotted(phrase, message)


@pytest.mark.parametrize("name", ["signs", "words", "context"])
def test_no_bar_or_space_parts_a_regular_expression_of_the_lists(name: str) -> None:
    lists = read_word_lists(f"indexer/data/urgent_{name}.toml")
    phrases = [one for kind in lists.sources for one in lists.phrases(kind)]
    slots = [slot for phrase in phrases for slot in phrase.split()]

    assert [one for one in slots if one.count("<") != one.count(">") - one.count("?<")] == []
