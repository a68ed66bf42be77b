"""How a run of asking behaves, what it must know of every answer, and how it ended."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from catalog import Exit
from transcripts.fetching.blocks import Block
from transcripts.sites.outcomes import Outcome


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

    `blocks` are the sites that told us to stop, `offline` that nothing could be reached any more,
    `trouble` what is the matter with the library.
    """

    blocks: tuple[Block, ...] = ()
    interrupted: bool = False
    offline: bool = False
    trouble: str = ""

    def exit(self, well: bool) -> Exit:
        """The exit code of a command that did this run and nothing else."""
        if self.blocks or self.offline:
            return Exit.BLOCKED
        return Exit.DONE if well and not (self.interrupted or self.trouble) else Exit.PART

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a person should know of it and do next; nothing after an ordinary end."""
        told = (
            *(block.sentence for block in self.blocks),
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
    def site(self) -> str:
        """The site that answered last, which need not be that of the address."""

    @property
    def next_try(self) -> datetime | None:
        """When to ask again; None means when a person asks."""

    @property
    def detail(self) -> str:
        """The site's own words."""


_LATER = "Run it again to go on where it stopped; nothing is lost."
