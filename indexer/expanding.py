"""From the words of a query to concepts that somebody here speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.analysis import fold
from indexer.concepts import Concept, asked_in, concepts_of, may_be_asked_in
from indexer.heard_terms import heard_as
from indexer.query import Query
from indexer.vocabulary import NO_VOCABULARY
from transcripts import primary

if TYPE_CHECKING:
    from indexer.generation import Generation


def concepts_in(generation: Generation, exact: bool, text: str) -> tuple[Concept, ...]:
    """Make concepts of a text, with only those alternatives that anybody says.

    With `exact` there are only the words typed. A name of another language than that of the text
    is left out.
    """
    languages = generation.spoken_languages
    if exact:
        typed = concepts_of(text, languages, NO_VOCABULARY, lambda _: ())
        return tuple(replace(concept, alternatives=()) for concept in typed)
    found = concepts_of(text, languages, generation.vocabulary, generation.speller.near)
    tongue = primary(asked_in(text, may_be_asked_in(languages))[0])
    return tuple(
        replace(
            concept,
            words=tuple(_spoken_forms(generation, forms) for forms in concept.words),
            alternatives=tuple(
                other
                for other in (*concept.alternatives, *heard_as(concept))
                if other.tongue in {"", tongue} and all(map(generation.said, other.terms))
            ),
        )
        for concept in found
    )


def also_searched(query: Query) -> Iterator[str]:
    """Name what was searched for beside the words typed, each once."""
    seen = {fold(concept.shown) for concept in query.concepts}
    for concept in query.concepts:
        for other in concept.alternatives:
            if other.how != "heard" and fold(other.shown) not in seen:
                seen.add(fold(other.shown))
                yield other.shown


def _spoken_forms(generation: Generation, forms: tuple[str, ...]) -> tuple[str, ...]:
    """Take a word as the question's own language makes it; as others do, if nobody says that."""
    return forms[:1] if generation.said(forms[0]) else forms
