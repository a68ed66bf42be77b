"""Hands out the generation that is served, and picks up a new one without a restart.

Where the one that is meant is damaged, the last good one before it goes on.
"""

import gc
import threading
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from catalog import Library, load_engine
from indexer.embedding.encoder import QueryEncoder
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation, OpenedGeneration, open_generation
from indexer.storage import generations

# Each time, builds would have to end while one generation is being opened.
_TRIES = 5


class Source(Protocol):
    """Where the generations come from that a shelf hands out."""

    def stamp(self) -> object:
        """What tells the one that is meant from an older or a newer one; asked for each request."""

    def opened(
        self, meaning: QueryEncoder | None, held: OpenedGeneration | None
    ) -> OpenedGeneration:
        """Open what is to be served; else `held` goes on. Raises NoIndex when there is neither."""


@dataclass(frozen=True, slots=True)
class LibrarySource:
    """The generations in the folder of a library."""

    library: Library

    def stamp(self) -> object:
        """What tells the pointer from an older or a newer one."""
        return generations.stamp_of(self.library)

    def opened(
        self, meaning: QueryEncoder | None, held: OpenedGeneration | None
    ) -> OpenedGeneration:
        """Open what is to be served; every file is checked before."""
        return open_served(self.library, meaning, held)


def source_of(library: Library) -> Source:
    """Where a library's generations are served from: an engine, where its site.toml names one."""
    engine = load_engine(library)
    if engine is None:
        return LibrarySource(library)
    from indexer.engine.follow import EngineSource  # noqa: PLC0415 - few sites have one

    return EngineSource(library, engine)


class Shelf:
    """One for each process. Threads may share it. All its generations share one `meaning`.

    Whoever holds a generation finishes with it what was begun, also when a newer one is served.
    """

    def __init__(self, library: Library, meaning: QueryEncoder | None = None) -> None:
        self._source = source_of(library)
        self.meaning = meaning or QueryEncoder()
        self._lock = threading.Lock()
        self._held: OpenedGeneration | None = None

    def current(self) -> Generation:
        """Return the served generation. Raises NoIndex when there is none that is whole.

        A damaged one is refused, and the last good one goes on, in a fresh process too; `trouble`
        then says so. While one thread opens a new one, the others go on with the one before.
        """
        held = self._held
        if held and held.stamp == self._source.stamp():
            return held.generation
        if not self._lock.acquire(blocking=held is None) and held:
            return held.generation
        del held
        try:
            return self._look_again().generation
        finally:
            self._lock.release()

    @property
    def held(self) -> Generation | None:
        """The generation of the last `current()`; nothing is opened for whoever asks here."""
        held = self._held
        return held.generation if held else None

    @property
    def is_up_to_date(self) -> bool:
        """Whether nothing has to be opened for the next `current()`."""
        return self._held is not None and self._held.stamp == self._source.stamp()

    @property
    def served(self) -> str:
        """The name of the generation of the last `current()`, "" before there was one."""
        held = self._held
        return held.generation.name if held else ""

    @property
    def trouble(self) -> str:
        """Why an older generation stands in for the one that was meant; "" when all is well.

        It is a sentence for the operator, with the file and what to do; it is as of the last
        `current()`.
        """
        return self._held.trouble if self._held else ""

    def warm(self) -> None:
        """Open the served generation and the model that reads questions. Raises NoIndex."""
        generation = self.current()
        if generation.reader.vectors:
            self.meaning.warm()
        _made_ready(generation)

    def _look_again(self) -> OpenedGeneration:
        before = self._held
        if before and before.stamp == self._source.stamp():
            return before
        held = self._source.opened(self.meaning, before)
        vectors = held.generation.reader.vectors
        self.meaning.look_again(vectors.identity if vectors else "")
        if before and before.generation is not held.generation:
            with suppress(NoIndex):  # an engine may be away; whoever asks now has the one before
                _made_ready(held.generation)
        self._held = held
        if before and before.generation is not held.generation:
            del before
            gc.collect()  # a generation holds what holds it, so it does not go by itself
        return held


def _made_ready(generation: Generation) -> None:
    """Search, so that no visitor waits for what the first two searches of a generation make."""
    for _ in range(2):
        generation.search("opening", counts=True)


def open_served(
    library: Library, meaning: QueryEncoder | None = None, held: OpenedGeneration | None = None
) -> OpenedGeneration:
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
    meaning: QueryEncoder | None,
    held: OpenedGeneration | None,
    stamp: tuple[int, int, int] | None,
) -> OpenedGeneration:
    refused = _pointer_trouble(library)
    names = () if refused and held else generations.names_by_trust(library)
    for name in names:
        if refused and held and held.generation.name == name:
            break
        try:
            generation = open_generation(generations.folder_of(library, name), meaning)
        except IndexerError as err:
            refused = refused or err
            if held and held.generation.name == name:
                break
        else:
            return OpenedGeneration(generation, _stands_in(generation, refused), stamp)
    if held:
        return OpenedGeneration(held.generation, _stands_in(held.generation, refused), stamp)
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
