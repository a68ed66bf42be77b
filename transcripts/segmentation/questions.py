"""Tells questions: by their mark, or in unpunctuated speech by how they begin."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_QUESTION = re.compile(r"[?？][\"'”’»」)\]]*( ?[\"'”’»])?\Z")
_LONGEST_MARK = 8
# What only asks for a nod.
_TAG = re.compile(
    r"(?:\A|[,;:–—-]) ?¿?(?:right|okay|ok|yeah|huh|correct|you know|verdad|no|cierto)[?？]+\W*\Z",
    re.IGNORECASE,
)
_LONGEST_TAG = 24
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_MOST_WORDS = 12
_LEAD_IN = frozenset("so and but now okay ok well then yeah yes right um uh er because".split())
_ASKING = frozenset("what how why when where who which whose".split())
_BEING = frozenset("is are was were isn't aren't wasn't weren't".split())
_DOING = frozenset("do does did don't doesn't didn't".split())
_MIGHT = frozenset("can could should will would can't couldn't shouldn't won't wouldn't".split())
_HAVING = frozenset("have has had haven't hasn't am may might".split())
_HELPING = _BEING | _DOING | _MIGHT | _HAVING
# Behind these a name tells rather than asks: "when MET is the ...", but "how many does ...".
_DIRECTLY = frozenset("when where who".split())
_PERSONS = frozenset("you i we it they he she there that this these those".split())
# "now is a friend" asks nothing.
_NO_SUBJECT = frozenset("a an all any".split())
# "so am I", and "so am I if ...", agree with what was said before.
_AGREEING = frozenset("if and but because when too then".split()) | {""}
# Whoever says these has broken off.
_BREAKS = frozenset("oh ah uh um hmm well no yes yeah okay ok".split())
_ASKED = _PERSONS | frozenset(
    "my our your their his her the a an any all someone anyone everyone people patients".split()
)


def is_marked_question(text: str) -> bool:
    """Tell whether a sentence is written as a question; one that only ends ", right?" is none."""
    if _TAG.search(text[-_LONGEST_TAG:] if len(text) > _LONGEST_TAG else text):
        words = [word[0].lower() for word in _WORD.finditer(text)]
        return asks(words[:_MOST_WORDS], fresh=True)
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
        told = first in _DIRECTLY and second not in _HELPING
        return not told and _asks_for(second, third, rest)
    if first in ("what's", "how's", "who's", "where's"):
        return second in _ASKED and "is" not in rest
    begun = (fresh or start > 0) and not _agrees(words[:start], third)
    return begun and _inverted(first, second, third)


def _agrees(before: Sequence[str], third: str) -> bool:
    """Tell "and so am I" by the words before its verb, and the one behind its subject."""
    return bool(before) and before[-1] == "so" and (len(before) > 1 or third in _AGREEING)


def _asks_for(second: str, third: str, rest: Sequence[str]) -> bool:
    """Judge what follows "what", "how" and the like: "what is a ...", not "what I tell ..."."""
    if second in ("about", "if"):
        return True
    if second == "happens":
        return third in ("if", "when", "after", "to", "then", "")
    if second in _BEING | _DOING | _MIGHT | _HAVING:
        if second in _DOING | _MIGHT and next(iter(rest), "") in _BREAKS:
            return False
        return third in _ASKED or not _BEING.intersection(rest)
    if second in _ASKED:
        return False
    helping = _DOING | _MIGHT | _BEING
    return any(a in helping and b in _ASKED for a, b in pairwise([third, *rest]))


def _inverted(first: str, second: str, third: str) -> bool:
    """Tell "does that mean" and "can you", verb before subject."""
    if third in _BREAKS:
        return False
    if first in _HAVING:
        return second in _PERSONS - {"this", "that", "these", "those"}
    if first in _BEING:
        return second in _ASKED - _NO_SUBJECT
    return first in _DOING | _MIGHT and second in _ASKED
