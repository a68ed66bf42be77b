"""Going through what has to be asked, one after the other: pauses, blocks, and a clean end."""

from __future__ import annotations

import errno
import random
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, TypeVar

from catalog import PART, Exit, Library
from transcripts.guard import on_this_machine
from transcripts.outcomes import Outcome
from transcripts.provenance import Block, read_block, write_block
from transcripts.stopping import stop_if_asked

LOST_IN_A_ROW = 3
SHORT_WAIT_S = 120.0


@dataclass(frozen=True, slots=True)
class Run:
    """How a run behaves, and by which clock.

    `at_once` asks also what is not due yet, `force` even while a block holds; `wait` waits until
    a block ends instead of giving up. It pauses for `pause_s` (least, most) seconds between two
    questions, but not for the sake of this machine itself.
    """

    at_once: bool = False
    force: bool = False
    wait: bool = False
    pause_s: tuple[float, float] = (5.0, 10.0)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC).replace(microsecond=0)
    sleep: Callable[[float], None] = time.sleep
    step: Callable[[str], None] = lambda _: None


USUAL = Run()


@dataclass(frozen=True, slots=True)
class Ending:
    """How a run ended: by itself, or by what.

    `block` is what a site told us, `offline` that nothing could be reached any more, `trouble`
    what is the matter with the library.
    """

    block: Block | None = None
    interrupted: bool = False
    offline: bool = False
    trouble: str = ""

    def exit(self, well: bool) -> Exit:
        """The exit code of a command that did this run and nothing else."""
        if self.block or self.offline:
            return Exit.BLOCKED
        return Exit.DONE if well and not (self.interrupted or self.trouble) else Exit.PART

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a person should know of it and do next; nothing after an ordinary end."""
        told = (
            block_sentence(self.block) if self.block else "",
            f"Nothing could be reached any more, so the run stopped. {_LATER}"
            if self.offline
            else "",
            f"The run was ended early. {_LATER}" if self.interrupted else "",
            f"{self.trouble} Mend that, then run again." if self.trouble else "",
        )
        return tuple(sentence for sentence in told if sentence)


class Asked(Protocol):
    """What a run must know of every answer."""

    @property
    def outcome(self) -> Outcome:
        """What came of it."""

    @property
    def address(self) -> str:
        """What was asked, without secrets."""

    @property
    def next_try(self) -> datetime | None:
        """When to ask again; None means when a person asks."""

    @property
    def detail(self) -> str:
        """The site's own words."""


Item = TypeVar("Item")
Answer = TypeVar("Answer", bound=Asked)


def go_through(
    items: Iterable[Item], ask: Callable[[Item], Answer], library: Library, run: Run = USUAL
) -> tuple[tuple[Answer, ...], Ending]:
    """Ask for each item until all is done or something stops the run; the answers are kept."""
    answers: list[Answer] = []
    interrupted, trouble = False, ""
    try:
        if block := waited(library, run):
            return (), Ending(block)
        for item in items:
            stop_if_asked()
            if answers and not on_this_machine(answers[-1].address):
                _pause(run)
            answers.append(ask(item))
            _remember(library, answers[-1], run.clock())
            if answers[-1].outcome.stops_run or _lost(answers):
                break
    except KeyboardInterrupt:
        interrupted = True
    except OSError as err:
        trouble = _trouble(err, library)
    blocked = bool(answers) and answers[-1].outcome.stops_run
    block = read_block(library) if blocked else None
    return tuple(answers), Ending(block, interrupted, _offline(answers), trouble)


def _trouble(err: OSError, library: Library) -> str:
    """What is the matter with the library; a half-written file stands for its folder."""
    file = Path(err.filename or library.root)
    place = file.parent if file.name.endswith(PART) else file
    said = f"{place} cannot be used: {err.strerror or err}"
    closed = err.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    return f"{said}; is the library read-only?" if closed else f"{said}."


def waited(library: Library, run: Run) -> Block | None:
    """Wait for a block to end where that is wanted, or short; else return the block."""
    block = None if run.force else read_block(library)
    remaining = block.remaining_s(run.clock()) if block else 0.0
    if remaining > SHORT_WAIT_S and not run.wait:
        return block
    if block and remaining:
        run.step(f"waiting until {block.until:%H:%M} UTC: {block.outcome}")
        run.sleep(remaining)
    return None


def block_sentence(block: Block) -> str:
    """That a site told us to stop, and when asking goes on."""
    until = f"{block.until:%Y-%m-%d %H:%M} UTC"
    return f"{block.outcome.sentence} Nothing is asked before {until}."


def _remember(library: Library, answer: Asked, now: datetime) -> None:
    """Write down a block; forget an older one as soon as a site answers again."""
    if answer.outcome.stops_run and answer.next_try:
        until, detail = answer.next_try, answer.detail
        write_block(library, Block(answer.outcome, now, until, answer.address, detail))
    elif answer.outcome is not Outcome.NETWORK_DOWN:
        write_block(library, None)


def _lost(answers: list[Answer]) -> bool:
    last = answers[-LOST_IN_A_ROW:]
    return len(last) == LOST_IN_A_ROW and _offline(last)


def _offline(answers: list[Answer]) -> bool:
    """Whether the network failed for all there were, or for the last few."""
    last = answers[-LOST_IN_A_ROW:]
    return bool(last) and all(one.outcome is Outcome.NETWORK_DOWN for one in last)


def _pause(run: Run) -> None:
    seconds = random.uniform(*run.pause_s)  # noqa: S311  # a pause is no secret
    if seconds:
        run.sleep(seconds)


_LATER = "Run it again to go on where it stopped; nothing is lost."
