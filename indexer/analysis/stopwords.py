"""Words that only hold a sentence together, and what tells a language, from a data file."""

from __future__ import annotations

import re
from importlib import resources

from catalog import WordLists, base_language

_LISTS = WordLists(resources.files("indexer") / "data/stopwords.toml")
_BY_LANGUAGE = {language: frozenset(_LISTS.words(language)) for language in ("en", "es", "fr")}
_TELL_SPANISH = frozenset(_LISTS.words("tells-spanish"))
_SPANISH_ENDING = re.compile(
    r"(?<!spi)(?<!oer)(?:cion|ciones)$|(?:miento|idad|terapia|grafia|logia)s?$"
)


def stopwords(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning of their own; none where we know none."""
    return _BY_LANGUAGE.get(base_language(language), frozenset())


def tells(word: str, language: str) -> bool:
    """Whether a word, small and without accents, speaks for a language."""
    if language.startswith("es") and (word in _TELL_SPANISH or _SPANISH_ENDING.search(word)):
        return True
    return word in stopwords(language)


def signs_of(language: str) -> str:
    """The signs that tell a language from those around it."""
    return "¿¡ñÑáíóúÁÍÓÚ" if language.startswith("es") else ""
