"""Hands out the generation that is served, and picks up a new one without a restart."""

from __future__ import annotations

import threading

from catalog import Library
from indexer import generations
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.meaning import Meaning


class Shelf:
    """One for each process. Threads may share it. All its generations share one `meaning`.

    Whoever holds a generation finishes with it what was begun, also when a newer one is served.
    """

    def __init__(self, library: Library, meaning: Meaning | None = None) -> None:
        self._library = library
        self.meaning = meaning or Meaning()
        self._lock = threading.Lock()
        self._open: Generation | None = None
        self._refused = ""

    def current(self) -> Generation:
        """Return the served generation. Raises NoIndex when there is none that can be read.

        A new generation that turns out to be damaged is refused, and the one before goes on.
        """
        try:
            name = generations.current_name(self._library)
        except NoIndex:
            if self._open:
                return self._open
            raise
        if self._open and name in (self._open.name, self._refused):
            return self._open
        with self._lock:
            return self._opened(name)

    def warm(self) -> None:
        """Open the served generation and the model that reads questions. Raises NoIndex."""
        if self.current().vectors:
            self.meaning.warm()

    def _opened(self, name: str) -> Generation:
        if self._open is None or self._open.name != name:
            try:
                folder = generations.folder_of(self._library, name)
                self._open = Generation(folder, self.meaning)
                self.meaning.look_again(self._open.vectors)
            except IndexerError as err:
                self._refused = name
                if self._open is None:
                    raise NoIndex(str(err)) from err
        return self._open
