"""What pages will ask for, made in the background while nobody asks.

In a library of a thousand videos the first page of a topic takes a third of a second: templates are
compiled, the terms that are said are counted, the moments of the topic searched for. Whoever asks
for one that is not ready yet has it made at once.
"""

import logging
import time
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import Any, TypeVar

from indexer import Generation, Shelf
from webapp.i18n.translations import LANGUAGES, Interface
from webapp.pages import templates

Made = TypeVar("Made")
logger = logging.getLogger("webapp")
# Begun so long after a start, and looked again as often for a new generation.
EVERY_SECONDS = 2.0
# A piece of work gives way to requests for so long at most.
PATIENCE_SECONDS = 2.0
_MOMENT = 0.02
# As most pages are shown comes first.
_SHOWN = tuple(Interface(one, chosen) for chosen in (False, True) for one in LANGUAGES)


class _NotWantedError(Exception):
    """The site ends, or serves another generation."""


class Warmer:
    """Makes ready what pages of the served generation will ask for, a little at a time.

    Between two pieces of work it rests as long as one took, and waits while the site `is_busy`.
    """

    def __init__(self, shelf: Shelf, is_busy: Callable[[], bool]) -> None:
        self._shelf = shelf
        self._is_busy = is_busy
        self._stopped = Event()
        self._thread = Thread(target=self._run, name="warming", daemon=True)

    def start(self) -> None:
        """Begin, a little later."""
        self._thread.start()

    def stop(self) -> None:
        """End within a piece of work."""
        self._stopped.set()

    def _run(self) -> None:
        done = ""
        while not self._stopped.wait(EVERY_SECONDS):
            done = self._look(done)

    def _look(self, done: str) -> str:
        """Make ready what the served generation needs; the name of the last that is done."""
        generation = self._shelf.held
        if generation is None or generation.name == done:
            return done
        try:
            self._make_ready(generation)
        except _NotWantedError:
            return done
        except Exception as err:  # pages find what they need by themselves, and say what is wrong
            logger.warning("%s while making pages ready", type(err).__name__)
        return generation.name

    def _make_ready(self, generation: Generation) -> None:
        usual, *others = _SHOWN
        self._compile(generation, usual)
        self._patiently(generation, lambda: generation.said)
        search = partial(self._patiently, generation, generation.search)
        for slug in generation.topics_kept:
            generation.topic_moments(slug, search)
        for shown in others:
            self._compile(generation, shown)

    def _compile(self, generation: Generation, shown: Interface) -> None:
        environment = templates(shown)
        for name in environment.list_templates(filter_func=_is_page):
            self._patiently(generation, environment.get_template, name)

    def _patiently(
        self, generation: Generation, work: Callable[..., Made], *args: Any, **named: Any
    ) -> Made:
        until = time.monotonic() + PATIENCE_SECONDS
        while self._is_busy() and time.monotonic() < until and not self._stopped.wait(_MOMENT):
            pass
        if self._stopped.is_set() or self._shelf.held is not generation:
            raise _NotWantedError
        began = time.monotonic()
        made = work(*args, **named)
        self._stopped.wait(time.monotonic() - began)
        return made


def _is_page(name: str) -> bool:
    return name.endswith(".html") and "/" not in name
