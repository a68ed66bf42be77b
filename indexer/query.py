"""Understands a query. Any text is accepted; nothing a person types is an error."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog import Catalogue
from indexer.analysis import fold, tokens_of
from indexer.settings import SETTINGS

_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<filter>(?:speaker|series|topic|language)):'
    r'(?:"(?P<quoted>[^"]*)"|(?P<value>\S+)))'
    r"|(?<!\S)-(?P<excluded>[^\W\d_][^\s\"]*)",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„«»‟", '""""""')
_UNREADABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+|[\ud800-\udfff]+"
)


@dataclass(frozen=True, slots=True)
class Concept:
    """One word or name of the query: the terms it may stand as, the same thing in each language."""

    shown: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """What a text asks for.

    `phrases` and `excluded` are sequences of terms that have to, or must not, stand in a row.
    `videos` are the slugs that the filters leave, or None without a filter; likewise `languages`.
    """

    concepts: tuple[Concept, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    excluded: tuple[tuple[str, ...], ...] = ()
    videos: frozenset[str] | None = None
    language: str | None = None


def understand(text: str, catalogue: Catalogue, languages: Sequence[str]) -> Query:
    """Read a query against a catalogue, whose transcripts are in `languages`."""
    clean = _UNREADABLE.sub(" ", text.translate(_QUOTES))[: SETTINGS.longest_query]
    phrases: list[tuple[str, ...]] = []
    excluded: list[tuple[str, ...]] = []
    allowed: list[frozenset[str]] = []
    language: str | None = None
    words = ""
    end = 0
    for part in _PART.finditer(clean):
        words += clean[end : part.start()] + " "
        end = part.end()
        if part["filter"]:
            name, value = part["filter"].lower(), part["quoted"] or part["value"] or ""
            left = _filtered(name, value, catalogue, languages)
            if left is None:
                words += f"{part['filter']} {value} "
            elif isinstance(left, str):
                language = left
            else:
                allowed.append(left)
        elif part["excluded"] or part["minus"]:
            excluded += _terms(part["excluded"] or part["phrase"], languages)
        else:
            phrases += _terms(part["phrase"], languages)
            words += f"{part['phrase']} "
    words += clean[end:]
    return Query(
        concepts=_concepts(words, languages),
        phrases=tuple(phrases),
        excluded=tuple(excluded),
        videos=frozenset.intersection(*allowed) if allowed else None,
        language=language,
    )


def _concepts(text: str, languages: Sequence[str]) -> tuple[Concept, ...]:
    """Find the words and names of a text; what each language makes of one is one concept."""
    spans: dict[tuple[int, int], dict[str, None]] = {}
    for language in languages or ("en",):
        for token in tokens_of(text, language):
            spans.setdefault((token.start, token.end), {})[token.term] = None
    found: dict[tuple[str, ...], Concept] = {}
    for (start, end), terms in sorted(spans.items()):
        concept = Concept(text[start:end], tuple(terms))
        found.setdefault(concept.terms, concept)
    return tuple(found.values())[: SETTINGS.most_concepts]


def _terms(text: str, languages: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the terms of a phrase as each language makes them, without doubles."""
    made = (tuple(t.term for t in tokens_of(text, language)) for language in languages or ("en",))
    return [terms for terms in dict.fromkeys(made) if terms]


def _filtered(
    name: str, value: str, catalogue: Catalogue, languages: Sequence[str]
) -> frozenset[str] | str | None:
    """Return the videos that a filter leaves, or the language it names; None when it is unknown."""
    wanted = fold(value).strip(" ,.;")
    if not wanted:
        return None
    if name == "language":
        return wanted if any(known.split("-")[0] == wanted for known in languages) else None
    choices = {"speaker": _speakers, "series": _series, "topic": _topics}[name](catalogue)
    videos = {
        video
        for names, slugs in choices
        if any(wanted in fold(known) for known in names)
        for video in slugs
    }
    return frozenset(videos) or None


_Choices = list[tuple[tuple[str, ...], frozenset[str]]]


def _speakers(catalogue: Catalogue) -> _Choices:
    return [
        (
            (person.slug, person.name, *person.also),
            frozenset(v.slug for v in catalogue.videos.values() if person.slug in v.speakers),
        )
        for person in catalogue.people.values()
    ]


def _series(catalogue: Catalogue) -> _Choices:
    return [
        ((series.slug, series.title, series.kind or ""), frozenset(v.slug for v in series.videos))
        for series in catalogue.series
    ]


def _topics(catalogue: Catalogue) -> _Choices:
    return [
        (
            (topic.slug, topic.title),
            frozenset(v.slug for v in catalogue.videos.values() if topic.slug in v.topics),
        )
        for topic in catalogue.topics.values()
    ]
