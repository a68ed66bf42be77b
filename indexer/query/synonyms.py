"""The glossary as search sees it: which names mean the same, or nearly, as terms."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal

import msgspec
from msgspec.structs import replace

from catalog import Term, base_language, read_word_lists
from indexer.analysis.tokenizer import fold, tokens_of
from indexer.settings import Settings

How = Literal["same", "translated", "related", "near", "heard", "shorter"]
# Names of the same thing, in the question's own language or in that of what is said.
SAME = frozenset(("same", "translated"))
Terms = tuple[str, ...]
# How a language cuts a name, and what is kept of that: by the language and the name.
Cut = Callable[[str, str], Terms]
CutNames = Mapping[str, Mapping[str, Terms]]


class Alternative(msgspec.Struct, frozen=True):
    """Another way to say what was asked: all of `terms` together, and how near it is.

    `same` means the same thing, `translated` says it in English, `related` is broader, narrower or
    an everyday word, `near` is only spelled alike, `heard` is where it was probably misheard,
    `shorter` is what a name with a number has in common with its neighbours ("stage"). `language`
    is the language of a name that belongs to one. `everyday` is no name of the thing but a word
    near it.
    """

    terms: Terms
    shown: str
    how: How
    language: str = ""
    everyday: bool = False


class Concept(msgspec.Struct, frozen=True):
    """One thing that is asked about.

    `words` are its own words, each as the terms that the languages make of it; `alternatives` is
    what else it may be called. A `whole` one is a name of several words, which say it only
    together. One that is `required` was asked for by number or by name: what does not speak of
    exactly that does not answer. Of its `choices`, things of one kind, each is enough.
    """

    shown: str
    words: tuple[tuple[str, ...], ...]
    alternatives: tuple[Alternative, ...] = ()
    whole: bool = False
    strict: bool = False
    required: bool = False
    choices: tuple["Concept", ...] = ()

    @property
    def english(self) -> str:
        """What it is called in English, where it was asked for in Spanish; else ""."""
        translated = (one.shown for one in self.alternatives if one.how == "translated")
        return next(translated, "")


def weight_of(other: Alternative, settings: Settings) -> float:
    """Return what another way to say a thing is worth, of one."""
    worth = {
        "same": settings.same,
        "translated": settings.translated,
        "related": settings.related,
        "near": settings.near,
        "heard": settings.heard,
        "shorter": settings.related,
    }
    return worth[other.how]


@dataclass(frozen=True, slots=True)
class _Entry:
    """One glossary term: its names in terms of the tokeniser, each with how it is meant.

    One of a `kind` is this medicine, gene or test, and no other will do; "" of any other.
    """

    names: tuple[Alternative, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Name:
    """A glossary name, cut as one `stemmed_as`; `language` is the one it belongs to, if to one.

    An `everyday` word may be one of another language as well.
    """

    shown: str
    how: How
    stemmed_as: str
    language: str
    entry: _Entry
    everyday: bool = False


Fits = Callable[[Name], bool]


def _any(_name: Name) -> bool:
    return True


class Vocabulary:
    """Finds glossary names in a row of terms. Never changes; threads may share it.

    Names are searched for as `languages` cut them, and found in a question in Spanish as well.
    Of `everyday` terms only the Spanish names are found. What `fits` leaves out is no name here.
    `kept` is how names were cut before.
    """

    def __init__(
        self,
        glossary: Iterable[Term],
        languages: Sequence[str],
        everyday: Iterable[Term] = (),
        kept: CutNames | None = None,
    ) -> None:
        self._cut = partial(_cut, kept or {})
        self._known: dict[Terms, list[Name]] = {}
        for term in glossary:
            self._add(term, languages or ("en",))
        for term in everyday:
            self._add(term, languages or ("en",), only="es")
        self._longest: dict[str, int] = {}
        for name in self._known:
            self._longest[name[0]] = max(len(name), self._longest.get(name[0], 0))

    def _add(self, term: Term, languages: Sequence[str], only: str = "") -> None:
        names: dict[Terms, Alternative] = {}
        for name, _ in _names(term, languages, self._cut):
            names.setdefault(name.terms, name)
        right = (name for name in names.values() if name.shown not in term.misspellings)
        entry = _Entry(tuple(right), _exact_kind(term))
        for name, language in _names(term, dict.fromkeys((*languages, "es")), self._cut):
            spoken = base_language(language)
            known = Name(name.shown, name.how, spoken, name.language, entry, everyday=bool(only))
            if not only or name.language == only:
                self._known.setdefault(name.terms, []).append(known)

    def longest_name(self, terms: Sequence[str], at: int, fits: Fits = _any) -> int:
        """How many of the terms from `at` on make the longest name that the glossary knows."""
        for length in range(min(self._longest.get(terms[at], 0), len(terms) - at), 0, -1):
            if any(map(fits, self._known.get(tuple(terms[at : at + length]), ()))):
                return length
        return 0

    def is_exact(self, name: Terms, fits: Fits = _any) -> bool:
        """Whether a name is that of one medicine, gene or test, not just an everyday word near."""
        return bool(self.exact_kind(name, fits))

    def exact_kind(self, name: Terms, fits: Fits = _any) -> str:
        """The kind of the one medicine, gene or test that a name is of, "" of any other."""
        known = filter(fits, self._known.get(name, ()))
        return next((one.entry.kind for one in known if one.how == "same" and one.entry.kind), "")

    def alternatives(self, name: Terms, fits: Fits = _any) -> tuple[Alternative, ...]:
        """Return what else a name is called, nearest first. None of them is the name itself."""
        found: dict[Terms, Alternative] = {}
        for known in filter(fits, self._known.get(name, ())):
            for other in known.entry.names:
                if other.terms == name:
                    continue
                # From an everyday word to the thing and back, both ways are only related.
                same: How = "translated" if known.language != other.language == "" else "same"
                near: How = same if known.how == other.how == "same" else "related"
                if other.terms not in found or near in SAME:
                    found[other.terms] = other if other.how == near else replace(other, how=near)
        return tuple(sorted(found.values(), key=lambda other: other.how not in SAME))


# Of these kinds, what is written as a name is one thing ("MRI", "Guardant360"), the rest a kind
# ("imaging").
_WITH_CAPITALS = {"gene": "gene", "biomarker": "gene", "test": "test"}
_NAME = re.compile("^[A-Z]|[A-Z]{2}")


def _exact_kind(term: Term) -> str:
    if term.kind == "drug":
        return "drug"
    return _WITH_CAPITALS.get(term.kind, "") if _NAME.search(term.canonical) else ""


def _names(term: Term, languages: Iterable[str], cut: Cut) -> Iterator[tuple[Alternative, str]]:
    """Yield every way to say a term as each language cuts it, and that language.

    Spanish is cut as Spanish only.
    """
    written: tuple[tuple[How, str, tuple[str, ...]], ...] = (
        ("same", "", (term.canonical, *term.variants, *term.misspellings)),
        ("same", "es", term.spanish),
        ("related", "", term.related),
    )
    for how, own, names in written:
        for name in (way for one in names for way in _codes(one)):
            for language in (own,) if own else languages:
                terms = cut(name, language)
                if terms:
                    yield Alternative(terms, name, how, own, everyday=how == "related"), language


_CODE = re.compile(r"([A-Z]{2,5})[ -]?(\d{3,8})")


def _codes(name: str) -> tuple[str, ...]:
    """A name and, of a development code, its other way of writing: `AMG 510` and `AMG510`."""
    code = _CODE.fullmatch(name)
    ways = (f"{code[1]}{code[2]}", f"{code[1]} {code[2]}") if code else ()
    return (name, *(way for way in ways if way != name))


@lru_cache(maxsize=32_768)
def listed_terms(name: str, language: str) -> Terms:
    """How a language cuts a glossary's name. Every index asks for the same few thousand names.

    They are kept: never ask for what a person typed.
    """
    return tuple(token.term for token in tokens_of(name, language))


def _cut(kept: CutNames, name: str, language: str) -> Terms:
    found = kept[language].get(name) if language in kept else None
    return listed_terms(name, language) if found is None else found


def cut_names(glossary: Iterable[Term], languages: Sequence[str]) -> CutNames:
    """How each name that a vocabulary of an index has is cut, so that it can be kept."""
    kept: dict[str, dict[str, Terms]] = {}

    def keep(name: str, language: str) -> Terms:
        terms = kept.setdefault(language, {})[name] = listed_terms(name, language)
        return terms

    for term in (*glossary, *everyday_spanish()):
        for _ in _names(term, dict.fromkeys((*(languages or ("en",)), "es")), keep):
            pass
    return kept


_SPANISH = read_word_lists("indexer/data/spanish.toml")


@lru_cache(maxsize=1)
def everyday_spanish() -> tuple[Term, ...]:
    """Everyday words of questions in Spanish, and their English, as terms of a glossary."""
    words = _SPANISH.ways("everyday")
    return tuple(
        Term(english, "care", variants=tuple(others), spanish=tuple(map(" ".join, spanish)))
        for written, spanish in words.items()
        for english, *others in [tuple(part.strip() for part in written.split("|"))]
    )


NO_VOCABULARY = Vocabulary((), ("en",))


# A gene of which a question says that it is not changed: "ALK negative", "EGFR wild type".
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


def drop_denied(
    alternatives: Iterable[Alternative], before: str, behind: str
) -> tuple[Alternative, ...]:
    """Leave out names of a changed gene where the text around it says that it is not changed."""
    found = tuple(alternatives)
    if not found or not (
        _BEHIND.match(fold(behind[:_NEAR])) or _BEFORE.search(fold(before[-_NEAR:]))
    ):
        return found
    return tuple(other for other in found if not _CHANGED.search(fold(other.shown)))
