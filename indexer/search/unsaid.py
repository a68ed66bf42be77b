"""What was asked for by number or by name and is said nowhere, and which of its kind are said."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.analysis.spellings import NUMBERED
from indexer.analysis.tokenizer import fold
from indexer.ranking.matching import WeightedConcept
from indexer.settings import SETTINGS
from indexer.storage.reader import IndexReader

_MOST = 4
_NUMBERED = frozenset(NUMBERED.values())
# "stage3b", "her2", "80%", "g12c": what stands before the number, the number, what stands behind.
_PARTS = re.compile(r"([^\W\d]*)(\d+(?:\.\d+)?)([^\W\d]*|%)")


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A thing that was asked for and that nobody speaks of; `neighbours` are said of its kind."""

    name: str
    neighbours: tuple[str, ...] = ()


def unsaid_in(reader: IndexReader, concepts: Iterable[WeightedConcept]) -> tuple[Unsaid, ...]:
    """Find what was required and is said nowhere in an index, in the order it was asked."""
    missing = [one for one in concepts if one.required and not _is_said(reader, one)]
    return tuple(Unsaid(one.shown, tuple(_neighbours(reader, one))[:_MOST]) for one in missing)


def _is_said(reader: IndexReader, concept: WeightedConcept) -> bool:
    # A gene that captions write like a word ("ret") may be said where only the word is known.
    as_word = reader.terms.document_frequency(fold(concept.shown))
    ways = concept.exact_ways
    return bool(as_word) or any(len(reader.names.impacts(way, SETTINGS)[0]) for way in ways)


def _neighbours(reader: IndexReader, concept: WeightedConcept) -> Iterator[str]:
    """Name what is said of the same kind with another number, the nearest first."""
    asked = [_PARTS.fullmatch(way[-1]) for way in concept.own_names if len(way) == 1]
    for parts in filter(None, asked):
        found = {}
        for term in reader.numbered_terms:
            other = _PARTS.fullmatch(term)
            if other and _same_kind(parts, other):
                found[_shown(other)] = abs(float(other[2]) - float(parts[2])), term
        yield from sorted(found, key=lambda name: found[name])


def _same_kind(asked: re.Match[str], other: re.Match[str]) -> bool:
    """Whether two names differ in their number only; a mutation, in what the place became."""
    if asked[1] != other[1]:
        return False
    if asked[1] in _NUMBERED:
        return len(other[3]) <= 1  # stage 3b; not exon 19del
    if asked[3] == other[3]:
        return bool(asked[1]) or asked[3] == "%"
    return len(asked[1]) == 1 and asked[2] == other[2]


def _shown(name: re.Match[str]) -> str:
    if name[1] in _NUMBERED:
        return f"{name[1]} {name[2]}{name[3]}"
    return name[0] if name[3] == "%" else name[0].upper()
