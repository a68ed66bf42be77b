"""A gene of which a question says that it is not changed: "ALK negative", "EGFR wild type"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.analysis.tokenizer import fold
from indexer.query.synonyms import Alternative

_BETWEEN = r"[\s,-]*"
_BEHIND = re.compile(
    rf"{_BETWEEN}(?:(?:gen|gene|mutation|status|test|result|prueba|resultado){_BETWEEN})*"
    r"(?:is |was |came back |es |fue |salio )?(?:negativ[eoa]s?|neg|wild[ -]?type|tipo salvaje)\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:no|not|non|without|sin|wild[ -]?type|tipo salvaje|negativ[eoa]s? (?:for|para|a|en))"
    r"(?: (?:an?|any|the|la|el|los|las|una?|mutacion(?:es)?|mutations?|in|of|de|del|en|for|para))*)"
    rf"{_BETWEEN}$"
)
# Characters: further off, a word belongs to something else.
_NEAR = 60
# What a name says that speaks of a changed gene.
_CHANGED = re.compile(
    r"\b(?:positiv|mutat|mutant|mutacion|fusion|rearrang|reordena|transloc|amplif|alter|skipping|"
    r"delet|insert)|\+"
)


def without_denied(
    alternatives: Iterable[Alternative], before: str, behind: str
) -> tuple[Alternative, ...]:
    """Leave out names of a changed gene where the text around it says that it is not changed."""
    found = tuple(alternatives)
    near_behind, near_before = fold(behind[:_NEAR]), fold(before[-_NEAR:])
    if not found or not (_BEHIND.match(near_behind) or _BEFORE.search(near_before)):
        return found
    return tuple(other for other in found if not _CHANGED.search(fold(other.shown)))
