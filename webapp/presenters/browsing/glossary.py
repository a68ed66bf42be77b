"""The pages of the glossary: a term by the words of its address, and what it belongs to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from catalog import Catalogue, Term, Topic, TrialSearch, fold_accents
from webapp.i18n.languages import in_language
from webapp.i18n.translations import ENGLISH, SPANISH, interface

_BETWEEN = re.compile(r"[^a-z0-9]+")
_TREATS = ("drug", "treatment")
_ABOUT = ("gene", "biomarker", "disease", "test", *_TREATS)


@dataclass(frozen=True, slots=True)
class GlossarySection:
    """The terms of the glossary that begin with one letter; "#" for those that begin with none."""

    letter: str
    terms: tuple[Term, ...]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"letter-{self.letter if self.letter != '#' else 0}"


def term_slug(name: str) -> str:
    """The name of a term as an address has it: `pd-l1`, `biomarker-testing`."""
    return _BETWEEN.sub("-", fold_accents(name.replace("+", " plus "))).strip("-")


def term_path(name: str) -> str:
    """The page of a term."""
    return f"/term/{term_slug(name)}"


def find_term(slug: str, terms: Iterable[Term]) -> Term | None:
    """The one term of that name, else the one that is also called so; None when several are."""
    wanted = term_slug(slug)
    known = tuple(terms)
    found = [term for term in known if term_slug(term.canonical) == wanted]
    if not found:
        found = [term for term in known if wanted in map(term_slug, other_names(term))]
    return found[0] if wanted and len(found) == 1 else None


def term_asked(asked: Sequence[tuple[str, str]], terms: Iterable[Term]) -> Term | None:
    """The term with a definition that a question is about and nothing else.

    `asked` are the parts of the question, each with its English name, or "". A term is told by one
    of its names, or by how the name of one alone begins: "biomarkers" for biomarker testing.
    """
    if len(asked) != 1:
        return None
    wanted = [_singular(name) for name in asked[0] if name]
    defined = [term for term in terms if term.definition]
    called = [term for term in defined if not _names_of(term).isdisjoint(wanted)]
    begun = [term for term in defined if _begins(term.canonical, wanted)]
    return called[0] if called else begun[0] if len(begun) == 1 else None


def _names_of(term: Term) -> set[str]:
    return set(map(_known, (term.canonical, *term.variants, *term.spanish)))


def _singular(name: str) -> str:
    return fold_accents(name).removesuffix("s")


# The same of a name of the glossary, kept: never ask it for what a person typed.
_known = lru_cache(maxsize=20_000)(_singular)


def _begins(name: str, beginnings: Iterable[str]) -> bool:
    return any(_known(name).startswith((f"{one} ", f"{one}s ")) for one in beginnings)


def term_name(term: Term) -> tuple[str, str]:
    """What a term is called on the page that is shown, and the language of that name."""
    if interface().language == SPANISH and term.spanish:
        return term.spanish[0], SPANISH
    return term.canonical, ENGLISH


def definition_of(term: Term) -> str:
    """What a term means, marked where it is not in the interface's language; "" where unknown."""
    text, language = _defined(term)
    return in_language(text, language) if text else ""


def plain_definition(term: Term) -> str:
    """The same for where no mark-up can stand."""
    return _defined(term)[0]


def _defined(term: Term) -> tuple[str, str]:
    texts = term.definition.texts if term.definition else {}
    language = interface().language if interface().language in texts else ENGLISH
    return texts.get(language, ""), language


def said_of(terms: Iterable[Term], said: Mapping[str, int]) -> tuple[Term, ...]:
    """The terms that somebody says in this library."""
    return tuple(term for term in terms if term.canonical in said)


def other_names(term: Term) -> tuple[str, ...]:
    """What a term is also called, in English and in Spanish, each once."""
    names = (*term.variants, *term.spanish)
    return tuple(name for name in dict.fromkeys(names) if name != term.canonical)


def languages_of_names(term: Term) -> tuple[tuple[str, str], ...]:
    """What a term is also called, each with the language of that name."""
    spanish = set(term.spanish) - set(term.variants)
    shown, _ = term_name(term)
    names = dict.fromkeys((term.canonical, *other_names(term)))
    return tuple((name, "es" if name in spanish else "en") for name in names if name != shown)


def by_letter(terms: Iterable[Term]) -> tuple[GlossarySection, ...]:
    """Terms from A to Z under their first letters."""
    ordered = sorted(terms, key=lambda term: (_letter(term), term_slug(term_name(term)[0])))
    return tuple(GlossarySection(letter, tuple(some)) for letter, some in groupby(ordered, _letter))


def _letter(term: Term) -> str:
    first = term_slug(term_name(term)[0])[:1].upper()
    return first if first.isalpha() else "#"


def treatments_of(topic: Topic, catalogue: Catalogue) -> tuple[Term, ...]:
    """The medicines and treatments among a topic's terms, and those that the glossary relates."""
    known = {term.canonical: term for term in catalogue.terms}
    named = [known[name] for name in topic.terms if name in known]
    near = [known[name] for term in named for name in term.related if name in known]
    return tuple(dict.fromkeys(term for term in (*named, *near) if term.kind in _TREATS))


def searched_for(topic: Topic, catalogue: Catalogue) -> str:
    """What to look for among trials on a topic; "" for one that is no matter of medicine."""
    kinds = {term.canonical: term.kind for term in catalogue.terms}
    return next((name for name in topic.terms if kinds.get(name) in _ABOUT), "")


def trial_links(
    topic: Topic, catalogue: Catalogue, trials: Iterable[TrialSearch]
) -> list[tuple[str, str]]:
    """Where to look for trials on a topic: names and addresses, asked only when tapped."""
    wanted = searched_for(topic, catalogue)
    return [(one.name, one.about(wanted)) for one in trials]


def topics_with(term: Term, catalogue: Catalogue) -> Iterator[Topic]:
    """The topics that name a term."""
    return (topic for topic in catalogue.topics.values() if term.canonical in topic.terms)
