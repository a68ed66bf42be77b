"""What surrounds videos in other languages: from `translation.es.toml` to entries that have it.

A translation names entries by their slugs, and questions and chapters by their original texts.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, TypeVar

from catalog.errors import Mistake
from catalog.model import (
    Catalogue,
    Chapter,
    Person,
    Question,
    Series,
    Texts,
    Topic,
    TopicGroup,
    Video,
    WrittenAnswer,
)
from catalog.toml import fields
from catalog.toml.tables import TomlFile

Entry = TypeVar("Entry", Series, Topic, TopicGroup, Person, Video)
Part = Question | Chapter | WrittenAnswer
_TEXTS: Mapping[str, tuple[str, ...]] = {
    "series": ("title", "description", "notice"),
    "topics": ("title", "description"),
    "groups": ("title",),
    "people": ("role", "affiliation"),
    "videos": ("title", "description"),
}
KINDS = tuple(_TEXTS)
_PARTS = {"videos": ("questions", "chapters"), "topics": ("written",)}


@dataclass(frozen=True, slots=True)
class Translation:
    """The texts of one file in one language: kind of entry, slug, field, text.

    `parts` has those of questions and chapters: kind, slug, which of these, original, text.
    """

    language: str
    file: str
    texts: Mapping[str, Mapping[str, Texts]] = field(default_factory=dict)
    parts: Mapping[str, Mapping[str, Mapping[str, Texts]]] = field(default_factory=dict)


def language_of_file(name: str) -> str:
    """The language that `translation.es.toml` names; "" for any other file."""
    before, _, rest = name.partition(".")
    return rest.removesuffix(".toml") if before == "translation" else ""


@lru_cache(maxsize=16)  # those that come with the program are read for every catalogue
def read_translation(text: str, file: str) -> tuple[Translation, tuple[Mistake, ...]]:
    """Read one translation; `file` names it in problems. What cannot be used is left out."""
    toml, language = TomlFile(file), language_of_file(file)
    problems = toml.problems
    try:
        fields.language(language)
    except ValueError as refusal:
        toml.report(str(refusal))
    tables = toml.parse(text) or {}
    texts: dict[str, dict[str, dict[str, str]]] = {}
    parts: dict[str, dict[str, dict[str, Texts]]] = {}
    for kind, slug, name, value in _fields(tables, file, problems):
        if name in _PARTS.get(kind, ()):
            pairs = _pairs(value, Mistake(file, "", slug, name), problems)
            parts.setdefault(kind, {}).setdefault(slug, {})[name] = pairs
        elif said := _text(value, Mistake(file, "", slug, name), problems):
            texts.setdefault(kind, {}).setdefault(slug, {})[name] = said
    return Translation(language, file, texts, parts), tuple(problems)


def _fields(
    tables: Mapping[str, Any], file: str, problems: list[Mistake]
) -> Iterator[tuple[str, str, str, Any]]:
    """Each field that can be translated: kind of entry, slug, its name and value."""
    for kind, entries in tables.items():
        if kind not in _TEXTS or not isinstance(entries, dict):
            says = f"there is no such part; the parts are {', '.join(_TEXTS)}"
            problems.append(Mistake(file, says, field=kind))
            continue
        known = _TEXTS[kind] + _PARTS.get(kind, ())
        for slug, table in entries.items():
            for name, value in table.items() if isinstance(table, dict) else [("", table)]:
                if name in known:
                    yield kind, slug, name, value
                    continue
                says = f"there is nothing of that name to translate; write {', '.join(known)}"
                problems.append(Mistake(file, says, slug, name))


def _pairs(value: Any, at: Mistake, problems: list[Mistake]) -> dict[str, str]:
    if not isinstance(value, dict):
        problems.append(replace(at, says='write each as "original" = "translation"'))
        return {}
    read = ((original, _text(said, at, problems)) for original, said in value.items())
    return {original: said for original, said in read if said}


def _text(value: Any, at: Mistake, problems: list[Mistake]) -> str:
    try:
        return fields.text(value)
    except ValueError as refusal:
        problems.append(replace(at, says=str(refusal)))
        return ""


def translated(
    catalogue: Catalogue, translation: Translation, kinds: Collection[str] = KINDS
) -> tuple[Catalogue, tuple[Mistake, ...]]:
    """The catalogue with the texts of a translation for these kinds of entries.

    A problem for each entry, field, question or chapter that is not there to be translated.
    """
    problems: list[Mistake] = []
    known: Mapping[str, Mapping[str, Any]] = {
        "series": {one.slug: one for one in catalogue.series},
        "topics": catalogue.topics,
        "groups": {one.slug: one for one in catalogue.groups},
        "people": catalogue.people,
        "videos": catalogue.videos,
    }
    for kind in kinds:
        problems += _strays(translation, kind, known[kind])

    def worded(kind: str, entry: Entry) -> Entry:
        return _worded(entry, translation, kind) if kind in kinds else entry

    changed = replace(
        catalogue,
        series=tuple(
            replace(worded("series", one), videos=tuple(worded("videos", v) for v in one.videos))
            for one in catalogue.series
        ),
        topics={slug: worded("topics", one) for slug, one in catalogue.topics.items()},
        groups=tuple(worded("groups", one) for one in catalogue.groups),
        people={slug: worded("people", one) for slug, one in catalogue.people.items()},
    )
    return changed, tuple(problems)


def _worded(entry: Entry, translation: Translation, kind: str) -> Entry:
    """An entry with its texts, and the questions and chapters in it with theirs."""
    language = translation.language
    changes: dict[str, Any] = {
        name: tuple(_told(part, pairs, language) for part in getattr(entry, name))
        for name, pairs in translation.parts.get(kind, {}).get(entry.slug, {}).items()
    }
    if texts := translation.texts.get(kind, {}).get(entry.slug):
        changes["translations"] = {**entry.translations, language: texts}
    return replace(entry, **changes) if changes else entry


def _told(part: Part, texts: Texts, language: str) -> Part:
    said = texts.get(_original(part))
    return replace(part, translations={**part.translations, language: said}) if said else part


def _original(part: Part) -> str:
    return part.title if isinstance(part, Chapter) else part.text


def _strays(translation: Translation, kind: str, known: Mapping[str, Any]) -> Iterator[Mistake]:
    """Yield a problem for each text whose original is not there."""
    file = translation.file
    texts, parts = translation.texts.get(kind, {}), translation.parts.get(kind, {})
    for slug in {**texts, **parts}:
        if slug not in known:
            yield Mistake(file, f"there is no {slug!r} in {kind}{fields.near(slug, known)}", slug)
            continue
        for name in texts.get(slug, {}):
            if not getattr(known[slug], name):
                yield Mistake(file, "the original has no such text", slug, name)
        for name, pairs in parts.get(slug, {}).items():
            there = [_original(part) for part in getattr(known[slug], name)]
            for text in pairs.keys() - set(there):
                says = f"there is no {text!r} to translate{fields.near(text, there)}"
                yield Mistake(file, says, slug, name)
