"""In which languages a text may be asked, and which words are one as they are written."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from catalog import base_language
from indexer.analysis import spellings
from indexer.analysis.stopwords import signs_of, tells
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


def may_be_asked_in(languages: Sequence[str]) -> tuple[str, ...]:
    """Add Spanish, in which people ask also where nothing is said in it."""
    known = tuple(languages or ("en",))
    return known if any(base_language(one) == "es" for one in known) else (*known, "es")


def asked_in(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Order languages by how much of a text speaks for them, the likeliest first."""
    hits = _speaks_for(text, languages)
    return tuple(sorted(languages, key=lambda language: -hits[language]))


def likely_asked_in(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return the languages for which a text speaks most: several when it does not tell."""
    hits = _speaks_for(text, languages)
    return tuple(language for language in languages if hits[language] == max(hits.values()))


def told_in(text: str) -> str:
    """Return English or Spanish, if a text tells that it is one of them, and else ""."""
    likely = likely_asked_in(text, ("en", "es"))
    return likely[0] if len(likely) == 1 else ""


def _speaks_for(text: str, languages: Sequence[str]) -> dict[str, int]:
    written = unicodedata.normalize("NFC", text)
    said = [fold(word) for word in re.findall(r"[^\W\d_]{2,}", written)]
    return {
        language: sum(tells(word, language) for word in said)
        + sum(sign in written for sign in signs_of(language))
        for language in languages
    }
