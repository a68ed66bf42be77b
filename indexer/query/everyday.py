"""Everyday words that people say in place of one another when they ask the same.

`indexer/data/everyday.toml` has the sets, English. Passages are not searched for them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from catalog import read_word_lists
from indexer.query.synonyms import Terms, listed_terms

_SETS = read_word_lists("indexer/data/everyday.toml").sets("alike")


def sets_in(terms: Sequence[str]) -> Iterator[tuple[int, int, frozenset[int]]]:
    """Find what belongs to a set in a row of terms: where from, where to, and to which sets.

    The longest comes first, and none is inside another.
    """
    known, longest = _known()
    at = 0
    while at < len(terms):
        ends = range(min(at + longest, len(terms)), at, -1)
        end = next((end for end in ends if tuple(terms[at:end]) in known), None)
        if end is not None:
            yield at, end, known[tuple(terms[at:end])]
        at = end or at + 1


def sets_of(name: Terms) -> frozenset[int]:
    """The sets to which a name belongs."""
    return _known()[0].get(name, frozenset())


@lru_cache(maxsize=1)
def _known() -> tuple[dict[Terms, frozenset[int]], int]:
    """The sets of each word or phrase, in terms, and of how many terms the longest is."""
    known: dict[Terms, frozenset[int]] = {}
    for number, alike in enumerate(_SETS):
        for phrase in alike:
            terms = listed_terms(phrase, "en")
            known[terms] = known.get(terms, frozenset()) | {number}
    known.pop((), None)  # a phrase of words that only hold a sentence together
    return known, max(map(len, known))
