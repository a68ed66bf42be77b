"""What was asked for by number or by name and is said nowhere, and which of its kind are said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from indexer.analysis.spellings import NUMBERED, ORDINALS
from indexer.analysis.tokenizer import fold
from indexer.ranking.matching import WeightedConcept
from indexer.storage.reader import IndexReader

_MOST = 4
# How one of a numbered kind is named.
_NAMED = {kind: f"{kind} {{}}" for kind in NUMBERED.values()}
_NAMED |= {"ecog": "ECOG {}", "survival": "{}-year survival"}
_ORDINALS = {number: word for word, number in reversed(ORDINALS.items())}
# "stage3b", "her2", "g12c": what stands before the number, the number, what stands behind. A long
# number is the code of one thing (a trial, a medicine, an entry on a bill), which has no kin.
_PARTS = re.compile(r"([^\W\d]+)(\d{1,2})([^\W\d]*)|([^\W\d])(\d{2,4})([^\W\d])")
# Letters that have kin by themselves: T1 and T2 of a tumour's size, nodes, metastases.
_LETTERS = frozenset("tnm")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A thing that was asked for and that nobody speaks of; `neighbours` are said of its kind."""

    name: str
    neighbours: tuple[str, ...] = ()


def unsaid_in(reader: IndexReader, concepts: Iterable[WeightedConcept]) -> tuple[Unsaid, ...]:
    """Find what was required and is said nowhere in an index, in the order it was asked."""
    asked = (one for concept in concepts for one in (concept.choices or (concept,)))
    missing = [one for one in asked if one.required and not _is_said(reader, one)]
    numbered = reader.numbered_terms if missing else ()
    said = [(term, parts) for term in numbered if (parts := _parts(term))]
    return tuple(Unsaid(one.shown, tuple(_neighbours(said, one))[:_MOST]) for one in missing)


def _is_said(reader: IndexReader, concept: WeightedConcept) -> bool:
    # A gene that captions write like a word ("ret") may be said where only the word is known.
    as_word = reader.terms.document_frequency(fold(concept.shown))
    ways = concept.exact_ways
    return bool(as_word) or any(map(reader.names.are_said, ways))


def _neighbours(said: Iterable[tuple[str, "_Parts"]], concept: WeightedConcept) -> Iterator[str]:
    """Name what is `said` of the same kind with another number, the nearest first.

    Of what happened to an exon ("exon 19 insertion") these are exons, itself among them.
    """
    asked = [_parts(way[0]) for way in concept.own_names]
    found: dict[str, tuple[int, str]] = {}
    for parts in filter(None, asked):
        for term, other in said:
            if _same_kind(parts, other):
                found.setdefault(_shown(other), (abs(other.number - parts.number), term))
    yield from sorted(found, key=lambda name: found[name])


class _Parts(NamedTuple):
    before: str
    number: int
    behind: str


def _parts(term: str) -> _Parts | None:
    """Take a name with a number apart; None where it has no kin."""
    found = _PARTS.fullmatch(term)
    if not found:
        return None
    before, number, behind = (part for part in found.groups() if part is not None)
    return _Parts(before, int(number), behind)


def _same_kind(asked: _Parts, other: _Parts) -> bool:
    """Whether two names differ in their number only; a mutation, in what the place became."""
    if asked.before != other.before:
        return False
    if asked.before in _NAMED:
        return len(other.behind) <= 1  # stage 3b; not exon 19del
    if len(asked.before) > 1 or asked.before in _LETTERS:
        return asked.behind == other.behind
    return bool(asked.behind and other.behind) and asked.number == other.number


def _shown(name: _Parts) -> str:
    number = f"{name.number}{name.behind}"
    if name.before == "line" and number in _ORDINALS:
        return f"{_ORDINALS[number]} line"
    named = _NAMED.get(name.before)
    return named.format(number) if named else f"{name.before}{number}".upper()
