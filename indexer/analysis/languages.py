"""Languages: their stop words, detection of a query's language, and forms of a Spanish word."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from catalog import base_language, read_word_lists
from indexer.analysis import spellings
from indexer.analysis.segments import fold

_LISTS = read_word_lists("indexer/data/stopwords.toml")
_BY_LANGUAGE = {language: frozenset(_LISTS.words(language)) for language in ("en", "es", "fr")}
# Written in capitals these join words of a search, elsewhere.
OPERATORS = frozenset(("and", "or", "not", "to", "near"))
# Letters beside a digit are part of a name: "19del" has no Spanish word in it.
_WORD = re.compile(r"\b[^\W\d_]{2,}\b")
# The signs that tell Spanish from the languages around it.
_SPANISH_SIGNS = "¿¡ñÑáíóúÁÍÓÚ"
_TELL_SPANISH = _BY_LANGUAGE["es"] | frozenset(_LISTS.words("tells-spanish"))
_SPANISH_ENDING = re.compile(
    r"(?<!spi)(?<!oer)(?:cion|ciones)$|(?:miento|idad|terapia|grafia|logia)s?$"
)


def stopwords(language: str) -> frozenset[str]:
    """The words of a language that carry no meaning of their own; none where we know none."""
    return _BY_LANGUAGE.get(base_language(language), frozenset())


def _speaking_for(language: str, said: Iterable[str], written: str) -> int:
    """How much speaks for a language: words, small and without accents, and signs of a text."""
    if not language.startswith("es"):
        return sum(map(stopwords(language).__contains__, said))
    words = sum(word in _TELL_SPANISH or bool(_SPANISH_ENDING.search(word)) for word in said)
    return words + (0 if written.isascii() else sum(sign in written for sign in _SPANISH_SIGNS))


def single(word: str) -> str:
    """A word without accents, spelled as its singular where that is irregular."""
    folded = fold(word)
    return spellings.SINGLE.get(folded, folded)


def written_for(form: str) -> tuple[str, ...]:
    """The words, as `single` writes them, of whose `folded_forms` this is one."""
    ways = (form, f"{form}s", f"{form}es")
    if not form.endswith("o"):
        return ways
    own = form.removesuffix("o")
    return (*ways, f"{own}a", f"{own}as", f"{own}aes")


def folded_forms(word: str) -> frozenset[str]:
    """Return a word without accents, and as its singular, its plural's stem or its masculine."""
    folded = single(word)
    cut = {folded, folded.removesuffix("s"), folded.removesuffix("es")}
    return frozenset(cut | {f"{one[:-1]}o" for one in cut if one.endswith("a")})


def is_same_word(first: str, second: str) -> bool:
    """Whether two words differ by no more than accents, number and gender."""
    return not folded_forms(first).isdisjoint(folded_forms(second))


def query_languages(languages: Sequence[str]) -> tuple[str, ...]:
    """Add Spanish, in which people ask also where nothing is said in it."""
    known = tuple(languages or ("en",))
    return known if any(base_language(one) == "es" for one in known) else (*known, "es")


class LanguageEvidence:
    """How much of a text speaks for which language."""

    def __init__(self, text: str) -> None:
        self._written = unicodedata.normalize("NFC", text)
        self._said = [fold(word) for word in _WORD.findall(self._written)]
        self._hits: dict[str, int] = {}

    def _of(self, language: str) -> int:
        if language not in self._hits:
            self._hits[language] = _speaking_for(language, self._said, self._written)
        return self._hits[language]

    def ranked(self, languages: Sequence[str]) -> tuple[str, ...]:
        """Order languages by how much speaks for them, the likeliest first."""
        if len(languages) == 1:
            return tuple(languages)
        return tuple(sorted(languages, key=lambda language: -self._of(language)))

    def likely(self, languages: Sequence[str]) -> tuple[str, ...]:
        """Return the languages for which most speaks: several when the text does not tell."""
        hits = [self._of(language) for language in languages]
        most = max(hits)
        return tuple(one for one, own in zip(languages, hits, strict=True) if own == most)

    def detected(self) -> str:
        """Return English or Spanish, if the text tells that it is one of them, and else ""."""
        likely = self.likely(_TOLD)
        return likely[0] if len(likely) == 1 else ""


_TOLD = ("en", "es")


def detected_language(text: str) -> str:
    """Return English or Spanish, if a text tells that it is one of them, and else ""."""
    return LanguageEvidence(text).detected()
