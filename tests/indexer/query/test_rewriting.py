"""Questions whose words say nothing of what they ask are put in plain words."""

from __future__ import annotations

import pytest

from indexer.query.rewriting import rewrite_idioms


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("how long have I got", "life expectancy"),
        ("How long do I have to live?", "life expectancy?"),
        ("how long does my dad have with stage 4", "life expectancy with stage 4"),
        ("am I going to die", "life expectancy"),
        ("¿Cuánto tiempo me queda?", "¿esperanza de vida?"),
        ("cuanto me queda de vida", "esperanza de vida"),
    ],
)
def test_what_only_people_understand_is_put_in_plain_words(asked: str, plain: str) -> None:
    assert rewrite_idioms(asked) == plain


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
def test_a_question_that_says_what_it_asks_stays(asked: str) -> None:
    assert rewrite_idioms(asked) == asked
