"""Opening the generation that is served, or where that is damaged the last good one before it."""

from __future__ import annotations

from dataclasses import dataclass

from catalog import Library
from indexer.embedding.encoder import Meaning
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.storage import generations

# Each time, builds would have to end while one generation is being opened.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Opened:
    """A generation that is whole. `trouble` is why it stands in for the one that was meant.

    `stamp` tells the pointer that was followed from every other.
    """

    generation: Generation
    trouble: str = ""
    stamp: tuple[int, int, int] | None = None


def open_served(
    library: Library, meaning: Meaning | None = None, held: Opened | None = None
) -> Opened:
    """Open what is to be served; every file is checked before. Raises NoIndex when none is whole.

    `held` is what was served until now: it goes on where nothing newer is whole.
    """
    for _ in range(_TRIES):
        stamp = generations.stamp_of(library)
        try:
            opened = _open_best(library, meaning, held, stamp)
        except NoIndex:
            if stamp == generations.stamp_of(library):
                raise
        else:
            # Builds that ended meanwhile may have taken away what was just to be opened.
            if not opened.trouble or stamp == generations.stamp_of(library):
                return opened
    return _open_best(library, meaning, held, generations.stamp_of(library))


def _open_best(
    library: Library,
    meaning: Meaning | None,
    held: Opened | None,
    stamp: tuple[int, int, int] | None,
) -> Opened:
    refused = _pointer_trouble(library)
    names = () if refused and held else generations.names_by_trust(library)
    for name in names:
        if refused and held and held.generation.name == name:
            break
        try:
            generation = Generation(generations.folder_of(library, name), meaning)
        except IndexerError as err:
            refused = refused or err
            if held and held.generation.name == name:
                break
        else:
            return Opened(generation, _stands_in(generation, refused), stamp)
    if held:
        return Opened(held.generation, _stands_in(held.generation, refused), stamp)
    if isinstance(refused, NoIndex):
        raise refused
    raise NoIndex(str(refused)) from refused


def _pointer_trouble(library: Library) -> IndexerError | None:
    try:
        generations.current_name(library)
    except NoIndex as err:
        return err
    return None


def _stands_in(generation: Generation, refused: IndexerError | None) -> str:
    if refused is None:
        return ""
    return f"{refused}. Until then {generation.name} of {generation.built_at} is served"
