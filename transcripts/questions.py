"""Tells questions: by their mark, or in unpunctuated speech by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_QUESTION = re.compile(r"[?？][\"'”’»」)\]]*( ?[\"'”’»])?\Z")
_LONGEST_MARK = 8
_LEAD_IN = frozenset("so and but now okay ok well then yeah yes right um uh er because".split())
_ASKING = frozenset("what how why when where who which whose".split())
_BEING = frozenset("is are was were isn't aren't wasn't weren't".split())
_DOING = frozenset("do does did don't doesn't didn't".split())
_MIGHT = frozenset("can could should will would can't couldn't shouldn't won't wouldn't".split())
_HAVING = frozenset("have has had haven't hasn't am may might".split())
_PERSONS = frozenset("you i we it they he she there that this these those".split())
_ASKED = _PERSONS | frozenset(
    "my our your their his her the a an any all someone anyone everyone people patients".split()
)


def is_marked_question(text: str) -> bool:
    """Tell whether a sentence is written as a question."""
    return _QUESTION.search(text[-_LONGEST_MARK:]) is not None or text.startswith("¿")


def asks(words: Sequence[str], fresh: bool) -> bool:
    """Tell a question by its first words, in lower case and without punctuation.

    `fresh` says that a speaker begins here; without it, and without a word such as "so" in
    front, "is that the case" is rather the rest of what was said before.
    """
    start = next((n for n, word in enumerate(words) if word not in _LEAD_IN), len(words))
    first, second, third = [*words[start : start + 3], "", "", ""][:3]
    rest = words[start + 3 : start + 6]
    if first == "which":
        return fresh and (second in _DOING or third in _DOING | _MIGHT) and second not in _ASKED
    if first == "who" and not (fresh or start):
        return False
    if first in _ASKING:
        return _asks_for(second, third, rest)
    if first in ("what's", "how's", "who's", "where's"):
        return second in _ASKED and "is" not in rest
    return (fresh or start > 0) and _inverted(first, second)


def _asks_for(second: str, third: str, rest: Sequence[str]) -> bool:
    """Judge what follows "what", "how" and the like: "what is a ...", not "what I tell ..."."""
    if second in ("about", "if"):
        return True
    if second == "happens":
        return third in ("if", "when", "after", "to", "then", "")
    if second in _BEING | _DOING | _MIGHT | _HAVING:
        return third in _ASKED or not _BEING.intersection(rest)
    if second in _ASKED:
        return False
    helping = _DOING | _MIGHT | _BEING
    return any(a in helping and b in _ASKED for a, b in pairwise([third, *rest]))


def _inverted(first: str, second: str) -> bool:
    """Tell "does that mean" and "can you", verb before subject."""
    if first in _HAVING:
        return second in _PERSONS - {"this", "that", "these", "those"}
    return first in _BEING | _DOING | _MIGHT and second in _ASKED
