"""What surrounds videos in other languages: from `translation.es.toml` to entries that have it.

A translation names entries by their slugs, and questions and chapters by their original texts.
"""

import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from catalog import fields
from catalog.errors import Problem
from catalog.model import Catalogue, Chapter, Person, Question, Series, Topic, TopicGroup, Video

Entry = TypeVar("Entry", Series, Topic, TopicGroup, Person, Video)
Part = TypeVar("Part", Question, Chapter)
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "series": ("title", "description", "notice"),
    "topics": ("title", "description"),
    "groups": ("title",),
    "people": ("role", "affiliation"),
    "videos": ("title", "description"),
}
KINDS = tuple(_TEXTS)
_PARTS = ("questions", "chapters")


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one file in one language: kind of entry, slug, field, text.

    `parts` has those of questions and chapters: slug of the video, which of the two, original.
    """

    language: str
    file: str
    texts: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)


def language_of_file(name: str) -> str:
    """The language that `translation.es.toml` names; "" for any other file."""
    before, _, rest = name.partition(".")
    return rest.removesuffix(".toml") if before == "translation" else ""


def read_translation(text: str, file: str) -> tuple[Translation, tuple[Problem, ...]]:
    """Read one translation; `file` names it in problems. What cannot be used is left out."""
    problems: list[Problem] = []
    language = language_of_file(file)
    try:
        fields.language(language)
        tables = tomllib.loads(text)
    except ValueError as err:
        return Translation(language, file), (Problem(file, f"this cannot be read: {err}"),)
    texts: dict[str, dict[str, dict[str, str]]] = {}
    parts: dict[str, dict[str, dict[str, str]]] = {}
    for kind, slug, name, value in _fields(tables, file, problems):
        if kind == "videos" and name in _PARTS:
            pairs = _pairs(value, Problem(file, "", slug, name), problems)
            parts.setdefault(slug, {})[name] = pairs
        elif said := _text(value, Problem(file, "", slug, name), problems):
            texts.setdefault(kind, {}).setdefault(slug, {})[name] = said
    return Translation(language, file, texts, parts), tuple(problems)


def _fields(
    tables: Mapping[str, Any], file: str, problems: list[Problem]
) -> Iterator[tuple[str, str, str, Any]]:
    """Each field that can be translated: kind of entry, slug, its name and value."""
    for kind, entries in tables.items():
        if kind not in _TEXTS or not isinstance(entries, dict):
            says = f"there is no such part; the parts are {', '.join(_TEXTS)}"
            problems.append(Problem(file, says, field=kind))
            continue
        known = _TEXTS[kind] + (_PARTS if kind == "videos" else ())
        for slug, table in entries.items():
            for name, value in table.items() if isinstance(table, dict) else [("", table)]:
                if name in known:
                    yield kind, slug, name, value
                    continue
                says = f"there is nothing of that name to translate; write {', '.join(known)}"
                problems.append(Problem(file, says, slug, name))


def _pairs(value: Any, at: Problem, problems: list[Problem]) -> dict[str, str]:
    if not isinstance(value, dict):
        problems.append(replace(at, says='write each as "original" = "translation"'))
        return {}
    read = ((original, _text(said, at, problems)) for original, said in value.items())
    return {original: said for original, said in read if said}


def _text(value: Any, at: Problem, problems: list[Problem]) -> str:
    try:
        return fields.text(value)
    except ValueError as refusal:
        problems.append(replace(at, says=str(refusal)))
        return ""


def translated(
    catalogue: Catalogue, translation: Translation, kinds: Collection[str] = KINDS
) -> tuple[Catalogue, tuple[Problem, ...]]:
    """The catalogue with the texts of a translation for these kinds of entries.

    A problem for each entry, field, question or chapter that is not there to be translated.
    """
    problems: list[Problem] = []
    videos = catalogue.videos
    known: Mapping[str, Mapping[str, Any]] = {
        "series": {one.slug: one for one in catalogue.series},
        "topics": catalogue.topics,
        "groups": {one.slug: one for one in catalogue.groups},
        "people": catalogue.people,
        "videos": videos,
    }
    for kind in kinds:
        problems += _strays(translation, kind, known[kind])

    def worded(kind: str, entry: Entry) -> Entry:
        return _worded(entry, translation, kind) if kind in kinds else entry

    def whole(video: Video) -> Video:
        return _parts(worded("videos", video), translation) if "videos" in kinds else video

    changed = replace(
        catalogue,
        series=tuple(
            replace(worded("series", one), videos=tuple(whole(video) for video in one.videos))
            for one in catalogue.series
        ),
        topics={slug: worded("topics", one) for slug, one in catalogue.topics.items()},
        groups=tuple(worded("groups", one) for one in catalogue.groups),
        people={slug: worded("people", one) for slug, one in catalogue.people.items()},
    )
    return changed, tuple(problems)


def _worded(entry: Entry, translation: Translation, kind: str) -> Entry:
    texts = translation.texts.get(kind, {}).get(entry.slug)
    if not texts:
        return entry
    return replace(entry, translations={**entry.translations, translation.language: texts})


def _parts(video: Video, translation: Translation) -> Video:
    """A video whose questions and chapters have the texts of a translation."""
    found = translation.parts.get(video.slug)
    if not found:
        return video
    language = translation.language

    def every(parts: tuple[Part, ...], texts: Mapping[str, str]) -> tuple[Part, ...]:
        said = ((one, texts.get(_original(one))) for one in parts)
        return tuple(
            replace(one, translations={**one.translations, language: text}) if text else one
            for one, text in said
        )

    return replace(
        video,
        questions=every(video.questions, found.get("questions", {})),
        chapters=every(video.chapters, found.get("chapters", {})),
    )


def _original(part: Question | Chapter) -> str:
    return part.text if isinstance(part, Question) else part.title


def _strays(translation: Translation, kind: str, known: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield a problem for each text whose original is not there."""
    file = translation.file
    for slug, texts in translation.texts.get(kind, {}).items():
        if slug not in known:
            yield Problem(file, f"there is no {slug!r} in {kind}{fields.near(slug, known)}", slug)
            continue
        for name in texts:
            if not getattr(known[slug], name):
                yield Problem(file, "the original has no such text", slug, name)
    for slug, parts in translation.parts.items() if kind == "videos" else ():
        if slug not in known:
            yield Problem(file, f"there is no {slug!r} in {kind}{fields.near(slug, known)}", slug)
            continue
        for name, texts in parts.items():
            there = {_original(part): part for part in getattr(known[slug], name)}
            for text in texts.keys() - there.keys():
                says = f"the video has no {text!r}{fields.near(text, there)}"
                yield Problem(file, says, slug, name)
