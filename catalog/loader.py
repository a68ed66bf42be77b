"""Loads the catalogue of a library from disk, or the one shipped in the package."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from catalog.entries.entries import read_people, read_series, read_topic_groups, read_topics
from catalog.entries.resolved import read_resolved, with_resolved
from catalog.entries.translations import KINDS, language_of_file, read_translation, translated
from catalog.errors import CatalogError, Mistake
from catalog.glossary.corrections import read_corrections
from catalog.glossary.definitions import defined, read_definitions
from catalog.glossary.terms import read_glossary
from catalog.model import Catalogue, Person, Series, Term, Topic
from catalog.storage.files import leads_out
from catalog.storage.library import Library
from catalog.validation import check, duplicates

T = TypeVar("T")
Reader = Callable[[str, str], tuple[tuple[T, ...], tuple[Mistake, ...]]]
SHIPPED = resources.files("catalog") / "data"
_LISTS = ("people.toml", "topics.toml", "corrections.toml", "definitions.toml")
_SITE = "site.toml"


def load_catalogue(library: Library) -> Catalogue:
    """Load, check and return the catalogue of a library, with what `hope sync` resolved.

    Raises CatalogError, which holds every problem at once.
    """
    catalogue, problems = read_catalogue(library)
    if problems:
        raise CatalogError(problems)
    return catalogue


def catalogue_stamp(library: Library) -> tuple[tuple[str, int, int, int], ...]:
    """What tells a library's catalogue from an older or a newer one, by a look at each file."""
    found = []
    for file in (*sorted(library.catalog_dir.glob("*")), library.resolved_file):
        with suppress(OSError):
            seen = file.stat()
            found.append((file.name, seen.st_ino, seen.st_mtime_ns, seen.st_size))
    return tuple(found)


def shipped_terms() -> tuple[Term, ...]:
    """Read the terms of the glossary that comes with the program."""
    file = SHIPPED / "glossary.csv"
    return read_glossary(file.read_text("utf-8"), file.name)[0]


def read_catalogue(library: Library) -> tuple[Catalogue, tuple[Mistake, ...]]:
    """Read as much of a library's catalogue as can be used, and every problem in it."""
    problems: list[Mistake] = []
    folder = _folder(library, problems)
    if folder is None:
        return Catalogue(), tuple(problems)
    series, files = _read_all_series(folder, problems)
    people = _read_or_shipped(folder, "people.toml", read_people, problems)
    topics = _read_or_shipped(folder, "topics.toml", read_topics, problems)
    groups = _read_or_shipped(folder, "topics.toml", read_topic_groups, problems)
    problems += duplicates(((p.slug, "people.toml") for p in people), "person")
    problems += duplicates(((t.slug, "topics.toml") for t in topics), "topic")
    problems += duplicates(((g.slug, "topics.toml") for g in groups), "group")
    terms = _read_or_shipped(folder, "glossary.csv", read_glossary, problems)
    terms = _defined(terms, folder, problems)
    if not (folder / "topics.toml").is_file():
        topics = _fitting(topics, terms, people)
    corrections = _read_or_shipped(folder, "corrections.toml", read_corrections, problems)
    catalogue = Catalogue(
        series=series,
        people={person.slug: person for person in people},
        topics={topic.slug: topic for topic in topics},
        terms=terms,
        corrections=corrections,
        groups=groups,
    )
    problems += check(catalogue, files)
    catalogue = _translated(_usable(catalogue), folder, problems)
    try:
        catalogue = with_resolved(catalogue, read_resolved(library))
    except CatalogError as err:
        problems += err.problems
    return catalogue, tuple(problems)


def _folder(library: Library, problems: list[Mistake]) -> Traversable | None:
    """Choose the library's own folder, or the shipped one where it surely has none of its own."""
    own = library.catalog_dir
    try:
        return own if any(file.suffix == ".toml" for file in own.iterdir()) else SHIPPED
    except OSError as err:
        if isinstance(err, FileNotFoundError) and not own.is_symlink():
            return SHIPPED
        says = f"cannot be read: {err.strerror}; mend it, or remove it to use the shipped catalogue"
        problems.append(Mistake("catalog", says))
        return None


def _usable(catalogue: Catalogue) -> Catalogue:
    """Leave out what was kept for its problems alone: it has no title or name."""
    series = (
        replace(one, videos=tuple(video for video in one.videos if video.title))
        for one in catalogue.series
        if one.title
    )
    return replace(
        catalogue,
        series=tuple(series),
        people={slug: person for slug, person in catalogue.people.items() if person.name},
        topics={slug: topic for slug, topic in catalogue.topics.items() if topic.title},
    )


def _translated(catalogue: Catalogue, folder: Traversable, problems: list[Mistake]) -> Catalogue:
    """Add what translations say: the shipped ones of shipped lists, then the catalogue's own."""
    shipped = [
        kind
        for kind, name in (("people", "people"), ("topics", "topics"), ("groups", "topics"))
        if not (folder / f"{name}.toml").is_file()
    ]
    for place, kinds in ((SHIPPED, shipped), (folder, KINDS)):
        for file in sorted(place.iterdir(), key=lambda file: file.name) if kinds else ():
            text = _text(file, problems) if language_of_file(file.name) else None
            if text is None:
                continue
            translation, says = read_translation(text, file.name)
            catalogue, strays = translated(catalogue, translation, kinds)
            problems += says + strays if place is folder else ()
    return catalogue


def _read_all_series(
    folder: Traversable, problems: list[Mistake]
) -> tuple[tuple[Series, ...], dict[str, str]]:
    """Read every series file by name; return the series and their files by slug."""
    found: list[tuple[Series, str]] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml") or file.name in _LISTS or language_of_file(file.name):
            continue
        if file.name == _SITE:
            if folder is not SHIPPED:
                misplaced = "this file belongs into the library itself, beside the folder catalog"
                problems.append(Mistake(file.name, misplaced))
            continue
        text = _text(file, problems)
        if text is None:
            continue
        series, says = read_series(text, file.name)
        problems += says
        if series:
            found.append((series, file.name))
    problems += duplicates(((series.slug, file) for series, file in found), "series")
    problems += duplicates(
        ((video.slug, file) for series, file in found for video in series.videos), "video"
    )
    return tuple(series for series, _ in found), {series.slug: file for series, file in found}


def _read_or_shipped(
    folder: Traversable, name: str, read: Reader[T], problems: list[Mistake]
) -> tuple[T, ...]:
    """Read a file of the catalogue, or the shipped one where this catalogue has none."""
    own = folder / name
    if not own.is_file():
        values, says = _shipped(name, read)
    else:
        text = _text(own, problems)
        values, says = read(text, name) if text is not None else ((), ())
    problems += says
    return values


@cache
def _shipped(name: str, read: Reader[T]) -> tuple[tuple[T, ...], tuple[Mistake, ...]]:
    """What a file holds that comes with the program: read once, since nobody changes it."""
    return read((SHIPPED / name).read_text("utf-8"), name)


def _defined(
    terms: tuple[Term, ...], folder: Traversable, problems: list[Mistake]
) -> tuple[Term, ...]:
    """Add what terms mean; shipped definitions only where a glossary of one's own has the term."""
    name = "definitions.toml"
    pairs = _read_or_shipped(folder, name, read_definitions, problems)
    found, strays = defined(terms, dict(pairs), name)
    own = (folder / name).is_file() or not (folder / "glossary.csv").is_file()
    problems += strays if own else ()
    return found


def _fitting(
    topics: tuple[Topic, ...], terms: tuple[Term, ...], people: tuple[Person, ...]
) -> tuple[Topic, ...]:
    """Leave out of the shipped topics what lists of one's own do not have: terms and people."""
    known = {term.canonical for term in terms}
    told = {person.slug for person in people if person.page}
    return tuple(
        replace(
            topic,
            terms=tuple(name for name in topic.terms if name in known),
            stories=tuple(slug for slug in topic.stories if slug in told),
        )
        for topic in topics
    )


def _text(file: Traversable, problems: list[Mistake]) -> str | None:
    if isinstance(file, Path) and leads_out(file, file.parent):
        says = "this link leads out of the catalogue; put the file itself here"
        problems.append(Mistake(file.name, says))
        return None
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as err:
        problems.append(Mistake(file.name, f"this is not UTF-8 text (byte {err.start})"))
    except OSError as err:
        problems.append(Mistake(file.name, f"this file cannot be read: {err.strerror}"))
    return None
