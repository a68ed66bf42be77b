"""From the words of a query to concepts that somebody here speaks of."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice, product

from catalog import base_language
from indexer.analysis.languages import asked_in, may_be_asked_in, told_in
from indexer.analysis.tokenizer import fold
from indexer.mishearing.terms import MARK
from indexer.query.concepts import Concept, concepts_of
from indexer.query.lexicon import Lexicon
from indexer.query.parser import Query
from indexer.query.synonyms import NO_VOCABULARY, Alternative
from indexer.settings import SETTINGS

_MOST_NAMES = 6
# However long a question is, so many other names of each thing are searched.
_FEWEST_OTHERS = 6
_ENOUGH_NAMES = 3
_MOST_FORMS = 16
# An everyday word near the thing is no name that could be misheard; a name spelled wrongly is.
_NAMES = ("same", "near")


def concepts_in(lexicon: Lexicon, exact: bool, text: str) -> tuple[Concept, ...]:
    """Make concepts of a text, with only those alternatives that anybody says.

    With `exact` there are only the words typed. A name of another language than that of the text
    is left out.
    """
    languages = lexicon.languages
    if exact:
        typed = concepts_of(text, languages, NO_VOCABULARY, lambda _: ())
        return tuple(replace(concept, alternatives=()) for concept in typed)
    told = told_in(text)
    near = partial(lexicon.speller.near, tongue=told)
    found = concepts_of(text, languages, lexicon.vocabulary, near)
    tongue = base_language(asked_in(text, may_be_asked_in(languages))[0])
    most = max(_FEWEST_OTHERS, SETTINGS.most_alternatives // max(1, len(found)))
    concepts = []
    for concept in found:
        misheard = _misheard(lexicon, near(concept.shown))
        # Nearest first, so that of many the looser ones are left out.
        others = (
            other
            for other in (*concept.alternatives, *_heard_as(concept))
            if other.tongue in {"", tongue}
            and (all(map(lexicon.said, other.terms)) or other in misheard)
        )
        words = (_spoken_forms(lexicon, concept, forms, told) for forms in concept.words)
        few = tuple(islice(others, most))
        concepts.append(replace(concept, words=tuple(words), alternatives=few))
    return tuple(concepts)


def also_searched(query: Query) -> tuple[str, ...]:
    """Name what was searched for beside the words typed: a few names, each once.

    Names of the same thing come first; without enough of these, the thing that an everyday word
    belongs to. Other everyday words are not named, nor is what the query's own phrases settle.
    """
    settled = [terms for phrase in query.phrases for terms in phrase]
    excluded = [set(terms) for phrase in query.excluded for terms in phrase]
    others = [
        other
        for concept in query.concepts
        if not any(_says(terms, concept) for terms in settled)
        for other in concept.alternatives
        if not any(terms <= set(other.terms) for terms in excluded)
    ]
    typed = {fold(concept.shown) for concept in query.concepts}
    same = _shown((other for other in others if other.how in {"same", "near"}), typed)
    near = _shown((o for o in others if o.how == "related" and not o.everyday), {*typed, *same})
    few = max(0, _ENOUGH_NAMES - len(same))
    return (*same.values(), *[*near.values()][:few])[:_MOST_NAMES]


def _says(terms: Sequence[str], concept: Concept) -> bool:
    """Whether a phrase holds all words of a concept."""
    return all(any(form in terms for form in forms) for forms in concept.words)


def _shown(others: Iterable[Alternative], but: Container[str]) -> dict[str, str]:
    """Return what is shown of names, by how they are compared, but for some."""
    found = {fold(other.shown): other.shown for other in others}
    return {name: shown for name, shown in found.items() if name not in but}


def _heard_as(concept: Concept) -> Iterator[Alternative]:
    """Yield for a concept, and for what it is or may be called, the term of its being misheard."""
    names = [" ".join(forms) for forms in islice(product(*concept.words), _MOST_FORMS)]
    names += [" ".join(other.terms) for other in concept.alternatives if other.how in _NAMES]
    for name in dict.fromkeys(names):
        yield Alternative((MARK + name,), concept.shown, "heard")


def _misheard(lexicon: Lexicon, guesses: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Choose names that may have been meant, and that captions misheard somewhere."""
    return tuple(one for one in guesses if lexicon.said(MARK + " ".join(one.terms)))


def _spoken_forms(
    lexicon: Lexicon, concept: Concept, forms: tuple[str, ...], told: str
) -> tuple[str, ...]:
    """Take a word as the question's own language makes it; as others do, if nobody says that.

    Where the language is not told, another's stem counts only for a word that is said as written.
    """
    first = lexicon.said(forms[0])
    guessed = not told and concept.shown.isalpha() and not lexicon.speller.says(concept.shown)
    return forms[:1] if first or guessed else forms
