"""The terms under which misheard names are indexed, and found by who asks for the names."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.analysis.tokenizer import Token, tokens_of
from indexer.mishearing.detector import Mishearing

# No word of a transcript or query holds a colon.
MARK = "heard:"
# What a term is: said as the captions have it, or the mark of a name that was probably or, as a
# person found, surely said there, or a term of that sure name.
AS_WRITTEN, PROBABLE, REVIEWED, CORRECTED = range(4)


class IndexedTerm(NamedTuple):
    """A term of a sentence, and what it is: `AS_WRITTEN`, `PROBABLE`, and so on."""

    term: str
    start: int
    end: int
    heard: int = AS_WRITTEN


def misheard_term(name: str) -> str:
    """Return the term of a probable name: one for all spellings that the tokeniser joins."""
    return MARK + " ".join(token.term for token in tokens_of(name))


def with_misheard(
    tokens: Iterable[Token], misheard: Sequence[Mishearing], language: str
) -> list[IndexedTerm]:
    """Put the terms of misheard names among those of a sentence, in the order of the characters.

    A reviewed name is found as if the captions had it, so its own terms are put there as well.
    """
    found = [IndexedTerm(*token) for token in tokens]
    for one in misheard:
        how = REVIEWED if one.reviewed else PROBABLE
        found.append(IndexedTerm(misheard_term(one.name), one.start, one.end, how))
        own = tokens_of(one.name, language) if one.reviewed else ()
        found += (IndexedTerm(token.term, one.start, one.end, CORRECTED) for token in own)
    return sorted(found, key=lambda token: token.start) if misheard else found
