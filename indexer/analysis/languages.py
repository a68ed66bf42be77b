"""Tells whether two words are one as they are written: of Spanish, whose stems join too much."""

from __future__ import annotations

from indexer.analysis import spellings
from indexer.analysis.tokenizer import fold


def forms_of(word: str) -> frozenset[str]:
    """Return a word without accents, and as its singular, its plural's stem or its masculine."""
    folded = fold(word)
    folded = spellings.SINGLE.get(folded, folded)
    cut = {folded, folded.removesuffix("s"), folded.removesuffix("es")}
    return frozenset(cut | {f"{one[:-1]}o" for one in cut if one.endswith("a")})


def written_alike(first: str, second: str) -> bool:
    """Tell whether two words differ by no more than accents, number and gender."""
    return not forms_of(first).isdisjoint(forms_of(second))
