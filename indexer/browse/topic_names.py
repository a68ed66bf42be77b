"""What a topic is called, and so what is about it and what says what it is."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from catalog import Catalogue, Question, Topic
from indexer.analysis.tokenizer import tokens_of
from indexer.model import Hit

Rarity = Callable[[str], float]
_Terms = tuple[str, ...]

# Of a title such as "Costs and insurance" the first part names the topic, and so does another whose
# rarest word tells at least such a share of what the rarest of all tells: not "Fear and feelings".
_TELLING = 0.75
_PARTS = re.compile(r"\s*(?:[,;/&]|\b(?:and|or|y|o)\b)\s*", re.IGNORECASE)
# "What is ...", "how does ... work" and "what does ... mean", up to what they ask for.
_DEFINING = re.compile(
    r"\b(?:what(?:['’]s| is| are)\b(?! the\b)|how do(?:es)?\b(?! (?:i|you|we)\b)(?=.*\bwork\b)"
    r"|what do(?:es)?\b(?=.*\bmean\b)"
    r"|qu[eé] (?:es|son|significan?|quieren? decir)\b|c[oó]mo (?:funciona|act[uú]a)n?\b"
    r"|en qu[eé] consisten?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TopicNames:
    """The terms of a topic's title, its real names, and its everyday names in the glossary."""

    title: frozenset[str]
    names: frozenset[_Terms]
    everyday: frozenset[_Terms]


def names_of(topic: Topic, catalogue: Catalogue, rarity: Rarity) -> TopicNames:
    """Name a topic: by its terms in the glossary, and by the rarest term of its title.

    The title is left to the glossary where that has a name in it: a "liquid biopsy" is no other
    biopsy. A part of a name, such as "positive", names nothing, nor does an everyday word of the
    glossary that stands in the title of another topic.
    """
    own = [term for term in catalogue.terms if term.canonical in topic.terms]
    titles = (other.title for other in catalogue.topics.values() if other.slug != topic.slug)
    elsewhere = frozenset(term for title in titles for term in _terms(title))
    names = {_terms(name) for name in topic.terms}
    names |= {_terms(name) for term in own for name in term.variants}
    names |= {_terms(name, "es") for term in own for name in term.spanish}
    names |= {(term,) for term in _telling(topic.title, names, rarity)}
    everyday = frozenset(_terms(name) for term in own for name in term.related)
    return TopicNames(
        title=frozenset(_terms(topic.title)),
        names=frozenset(filter(None, names)),
        everyday=frozenset(name for name in everyday if not elsewhere.issuperset(name)),
    )


def is_named(names: TopicNames, text: str) -> bool:
    """Whether a title or the like holds a real name of a topic."""
    return any(_one_in(names.names, _terms(text, language)) for language in ("en", "es"))


def is_asked(names: TopicNames, question: Question) -> bool:
    """Whether a question asks for a topic, by a real name or by an everyday one."""
    every = names.names | names.everyday
    return any(_one_in(every, _terms(question.text, language)) for language in ("en", "es"))


def is_said(names: TopicNames, hits: Iterable[Hit]) -> bool:
    """Whether a real name of a topic is said in moments, or probably misheard there."""
    said = (terms for hit in hits for terms in _said(hit))
    return any(_one_in(names.names, terms) for terms in said)


def defines(names: TopicNames, question: Question, language: str = "en") -> bool:
    """Whether a question asks what the topic is: "What is a clinical trial, and ...?"."""
    lead = _DEFINING.search(question.text)
    if lead is None or not is_named(names, question.text):
        return False
    subject = next(iter(tokens_of(question.text[lead.end() :], language)), None)
    return subject is not None and subject.term in names.title


def _one_in(names: Iterable[_Terms], said: _Terms) -> bool:
    """Whether the terms of a name are said, one behind the other."""
    spoken = f" {' '.join(said)} "
    return any(f" {' '.join(name)} " in spoken for name in names)


def _telling(title: str, names: Iterable[_Terms], rarity: Rarity) -> Iterator[str]:
    """Yield the rarest term of the first part of a title, and of others that tell enough.

    A part that holds one of `names` is left out.
    """
    known = frozenset(filter(None, names))
    parts = (_terms(part) for part in _PARTS.split(title))
    rarest = [max(sorted(part), key=rarity) for part in parts if part and not _one_in(known, part)]
    most = max(map(rarity, rarest), default=0.0)
    yield from rarest[:1]
    yield from (term for term in rarest[1:] if rarity(term) >= _TELLING * most)


def _said(hit: Hit) -> Iterator[_Terms]:
    yield _terms(hit.text, hit.language)
    yield from map(_terms, hit.heard)


def _terms(text: str, language: str = "en") -> _Terms:
    return tuple(token.term for token in tokens_of(text, language))
