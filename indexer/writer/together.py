"""Reads the tracks of a library by many machines: each makes what nobody has made yet."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from time import sleep

import msgspec

from catalog import Catalogue, ExitCode, Library, counted
from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import QueryEncoder
from indexer.store.claims import PATIENCE_S, Claims
from indexer.writer.sources import Progress, ReadChoice, TrackChoice
from indexer.writer.stored import TrackStore, track_store
from indexer.writer.workers import each_in_turn

_ROUND_S = 0.5
Problems = tuple[str, ...]
Turn = Callable[[TrackChoice], Problems | None]


@dataclass(frozen=True, slots=True)
class WorkReport:
    """What a run of `hope work` left: so many tracks in the store, and what could not be read."""

    ready: int
    problems: Problems

    @property
    def exit(self) -> ExitCode:
        """Done in part when something could not be read."""
        return ExitCode.PART if self.problems else ExitCode.DONE

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, for a person."""
        return (*self.problems, f"In the store: {counted(self.ready, 'track')}, ready to index.")


def read_together(
    store: TrackStore, choices: Sequence[TrackChoice], progress: Progress, workers: int
) -> Iterator[ReadChoice]:
    """Have all of the choices read by whoever takes part; then yield what each says."""
    work(store, choices, progress, workers)
    return (_found(store, choice) for choice in choices)


def _found(store: TrackStore, choice: TrackChoice) -> ReadChoice:
    try:
        name = store.name_of(choice)
    except OSError as err:
        return ReadChoice(problems=[f"{choice.name}: {err.strerror}"])
    return store.find(name) or store.make(name, choice)


def work(
    store: TrackStore,
    choices: Sequence[TrackChoice],
    progress: Progress,
    workers: int = 1,
    patience_s: float = PATIENCE_S,
) -> WorkReport:
    """Make what the store lacks by so many processes, and wait for what others are making.

    What was claimed and not made within the patience is made here. A sentence model is on all
    cores by itself. Raises IndexerError.
    """
    turn = partial(_turn, store, Claims(store.objects, patience_s))
    known = msgspec.json.encode(store.catalogue)
    begin = partial(_begin, store.address, dict(store.built_by), store.library, known)
    todo = random.sample(choices, len(choices))  # so that many do not meet at the same one
    done: list[Problems] = []
    with progress("Reading", len(todo)) as step:
        turns: Iterator[Problems | None]
        turns = each_in_turn(turn, todo, 1 if store.has_model else workers, begin)
        while todo:
            left = []
            for choice, problems in zip(todo, turns, strict=True):
                if problems is None:
                    left.append(choice)
                else:
                    done.append(problems)
                    step(choice.name)
            if len(left) == len(todo):
                sleep(_ROUND_S)
            todo = left
            turns = map(turn, todo)
    problems = tuple(sorted(problem for some in done for problem in some))
    return WorkReport(sum(not some for some in done), problems)


def _turn(store: TrackStore, claims: Claims, choice: TrackChoice) -> Problems | None:
    """See to it that a choice is made: what was in the way, or None while others are at it."""
    try:
        name = store.name_of(choice)
    except OSError as err:
        return (f"{choice.name}: {err.strerror}",)
    key = name.rpartition("/")[2]
    if store.objects.has(name):
        return ()
    if not claims.take(key):
        return None
    try:
        return () if store.objects.has(name) else tuple(store.make(name, choice).problems)
    finally:
        claims.give_back(key)


def _begin(address: str, built_by: dict[str, str], library: Library, catalogue: bytes) -> Turn:
    """Make ready to read tracks, in a process that has only just begun."""
    known = msgspec.json.decode(catalogue, type=Catalogue)
    words_alone = QueryEncoder(lambda: NoModel("these processes only read"))
    store = track_store(address, built_by, library, known, words_alone)
    return partial(_turn, store, Claims(store.objects))
