"""What questions stand for whose words say nothing of what they ask."""

from __future__ import annotations

import pytest

from indexer.query.rewriting import idioms_in


@pytest.mark.parametrize(
    ("asked", "idiom", "plain"),
    [
        ("how long have I got", "how long have I got", "life expectancy"),
        ("How long do I have to live?", "How long do I have to live", "life expectancy"),
        ("how long does my dad have with stage 4", "how long does my dad have", "life expectancy"),
        ("doctor, am I going to die", "am I going to die", "life expectancy"),
        ("may my son come with me to the visit", "come with me", "bring someone along"),
        ("¿Cuánto tiempo me queda?", "Cuánto tiempo me queda", "esperanza de vida"),
        ("cuanto me queda de vida", "cuanto me queda de vida", "esperanza de vida"),
    ],
)
def test_an_idiom_is_found_whole_with_what_it_stands_for(
    asked: str, idiom: str, plain: str
) -> None:
    ((start, end, found, _),) = idioms_in(asked)

    assert (asked[start:end], found) == (idiom, plain)


@pytest.mark.parametrize(
    "asked",
    [
        "how long do I have to wait for the results",
        "how long does Tagrisso usually work",
        "how long have you been a doctor",
        "how long do I have to be on it",
        "what are the side effects",
    ],
)
def test_a_question_that_says_what_it_asks_has_no_idiom(asked: str) -> None:
    assert not list(idioms_in(asked))
