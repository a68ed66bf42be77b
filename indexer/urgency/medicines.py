"""What medicines are called in a message, by the names that the glossary knows."""

from collections.abc import Collection, Iterable, Iterator

from catalog import Term
from indexer.analysis.segments import fold

# They stand in a message for the names, and in the word lists for any of them.
DRUG, TABLET, ONE_A_DAY = "@drug", "@tablet", "@daily"
# How names of medicines end that are tablets, inhibitors of kinases and of RAS. World Health
# Organization, The use of stems in the selection of International Nonproprietary Names, 2018.
_TABLETS = ("nib", "sib")
_SHORTEST = 5


def kinds_of_medicines(terms: Iterable[Term], one_a_day: Collection[str]) -> dict[str, str]:
    """What stands for each name that is one word."""
    kinds: dict[str, str] = {}
    for term in terms:
        if term.kind == "drug":
            kind = TABLET if term.canonical.endswith(_TABLETS) else DRUG
            kinds |= {name: ONE_A_DAY if name in one_a_day else kind for name in _names(term)}
    return kinds


def _names(drug: Term) -> Iterator[str]:
    for name in (drug.canonical, *drug.variants, *drug.misspellings):
        for word in fold(name).split():
            if word.isalpha() and len(word) >= _SHORTEST:
                yield word
