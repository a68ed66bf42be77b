"""Going through what has to be asked, one after the other: pauses, blocks, and a clean end.

A site that told us to stop, or cannot be reached, is left alone; the others are asked on.
`RunOptions` says how a run behaves, `RunEnding` how it ended.
"""

import errno
import random
import re
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from catalog import PART, ExitCode, Library
from transcripts.fetching.blocks import SiteBlock, read_block_file, read_blocks, write_blocks
from transcripts.fetching.provenance import without_secrets
from transcripts.jobs.shutdown import stop_if_asked
from transcripts.sites.address_guard import on_this_machine
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import site_of
from transcripts.sites.versions import newer_may_help

_LATER = "Run it again to go on where it stopped; nothing is lost."
LOST_IN_A_ROW = 3
ALIKE_IN_A_ROW = 5
SHORT_WAIT_S = 120.0
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class RunOptions:
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


DEFAULT_RUN = RunOptions()


@dataclass(frozen=True, slots=True)
class RunEnding:
    """How a run ended: by itself, or by what.

    `blocks` are the sites that told us to stop, `failing` says of each where everything failed
    alike, `offline` that nothing could be reached any more, `trouble` what is the matter with the
    library.
    """

    blocks: tuple[SiteBlock, ...] = ()
    failing: tuple[str, ...] = ()
    interrupted: bool = False
    offline: bool = False
    trouble: str = ""

    def exit(self, well: bool) -> ExitCode:
        """The exit code of a command that did this run and nothing else."""
        if self.blocks or self.failing or self.offline:
            return ExitCode.BLOCKED
        return ExitCode.DONE if well and not (self.interrupted or self.trouble) else ExitCode.PART

    @property
    def sentences(self) -> tuple[str, ...]:
        """What a person should know of it and do next; nothing after an ordinary end."""
        sentences = (
            *(block.sentence for block in self.blocks),
            *self.failing,
            f"Nothing could be reached any more, so the run stopped. {_LATER}"
            if self.offline
            else "",
            f"The run was ended early. {_LATER}" if self.interrupted else "",
            f"{self.trouble} Mend that, then run again." if self.trouble else "",
        )
        return tuple(sentence for sentence in sentences if sentence)


class SiteAnswer(Protocol):
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


Answer = TypeVar("Answer", bound=SiteAnswer)


def ask_in_turn(
    items: Iterable[Item],
    ask: Callable[[Item], Answer],
    addresses: Callable[[Item], Iterable[str]],
    library: Library,
    run: RunOptions = DEFAULT_RUN,
) -> tuple[tuple[Answer, ...], RunEnding]:
    """Ask for each item until all is done or something stops the run; the answers are kept.

    An item with one of its addresses on a site that told us to stop is not asked before that is
    over, nor is the page that led there. Where it is over soon, or the run may wait, those come
    last.
    """
    queue = _Queue(ask, addresses, library, run)
    interrupted, trouble = False, ""
    try:
        queue.recall()
        left = queue.ask_all(items)
        if left and queue.waited():
            queue.ask_all(left)
    except KeyboardInterrupt:
        interrupted = True
    except OSError as err:
        trouble = _trouble(err, library)
    offline = _all_lost(queue.answers)
    blocks = tuple(queue.kept_away.values())
    failing = tuple(queue.failing.values())
    return tuple(queue.answers), RunEnding(blocks, failing, interrupted, offline, trouble)


class _Queue(Generic[Item, Answer]):
    """One run: what was answered, and which sites are left alone."""

    def __init__(
        self,
        ask: Callable[[Item], Answer],
        addresses: Callable[[Item], Iterable[str]],
        library: Library,
        run: RunOptions,
    ) -> None:
        self._ask, self._addresses, self._library, self._run = ask, addresses, library, run
        self.answers: list[Answer] = []
        self.kept_away: dict[str, SiteBlock] = {}
        self._holding: list[SiteBlock] = []
        self._leading: dict[str, SiteBlock] = {}
        self.failing: dict[str, str] = {}
        self._lost_sites: set[str] = set()
        self._stopped = False

    def recall(self) -> None:
        """Look up who told us to stop, and set right what another clock wrote."""
        if self._run.force:
            return
        now, account = self._run.clock(), read_block_file(self._library)
        if account.damage:
            self._run.step(account.damage)
        believed = [block.believed(now) for block in account.blocks]
        if believed != list(account.blocks):
            write_blocks(self._library, believed)
        self._holding = [block for block in believed if block.remaining_s(now)]

    def ask_all(self, items: Iterable[Item]) -> list[Item]:
        """Ask those that may be asked; return the others."""
        left = []
        for item in items:
            stop_if_asked()
            if self._stopped or self._is_closed(item):
                left.append(item)
                continue
            if self.answers and not on_this_machine(self.answers[-1].address):
                _pause(self._run)
            self.answers.append(self._ask(item))
            self._heed(self.answers[-1])
        return left

    def waited(self) -> bool:
        """Wait for what keeps something from being asked, as far as that is wanted."""
        now = self._run.clock()
        waits = [(block.remaining_s(now), block) for block in self.kept_away.values()]
        worth = [one for one in waits if self._run.wait or one[0] <= SHORT_WAIT_S]
        worth = [one for one in worth if one[1] in self._holding]
        if self._stopped or not worth:
            return False
        longest_s, last = max(worth, key=lambda one: one[0])
        self._run.step(f"waiting until {last.until:%H:%M} UTC for {last.site}: {last.outcome}")
        self._run.sleep(longest_s)
        for _, block in worth:
            self._holding.remove(block)
            del self.kept_away[block.site]
        return True

    def _is_closed(self, item: Item) -> bool:
        asked = tuple(self._addresses(item))
        sites = {site_of(address) for address in asked}
        addresses = {without_secrets(address) for address in asked if site_of(address)}
        reasons = [block for block in self._holding if _keeps(block, sites, addresses)]
        reasons += [block for site, block in self._leading.items() if site in sites]
        self.kept_away |= {block.site: block for block in reasons}
        met = any(_keeps(block, sites, addresses) for block in self.kept_away.values())
        return bool(reasons or met or sites & (self._lost_sites | self.failing.keys()))

    def _heed(self, answer: Answer) -> None:
        """Leave alone a site that told us to stop or is lost; forget what is over."""
        now, site = self._run.clock(), _site(answer)
        kept = {block.site: block for block in read_blocks(self._library)}
        if answer.outcome.stops_asking:
            until = answer.next_try or now
            facts = (answer.outcome, now, until, answer.address, answer.detail, site)
            again = site in self.kept_away
            kept[site] = self.kept_away[site] = SiteBlock(*facts)
            if again:  # a second page leads there: the others of its site may too
                self._leading[site_of(answer.address)] = kept[site]
            write_blocks(self._library, kept.values())
        elif answer.outcome.lost:
            self._heed_loss()
        elif answer.outcome.alike:
            self._heed_failure(site)
        elif gone := {site, site_of(answer.address)} & kept.keys():
            write_blocks(self._library, [kept[one] for one in kept.keys() - gone])

    def _heed_loss(self) -> None:
        """Three losses in a row are a lost site, or the network when they are of several."""
        if _all_lost(self.answers) and len(self.answers) >= LOST_IN_A_ROW:
            sites = {_site(one) for one in self.answers[-LOST_IN_A_ROW:]}
            self._lost_sites |= sites
            self._stopped = len(sites) > 1

    def _heed_failure(self, site: str) -> None:
        """Five failures in a row that nobody knows and that are alike are the site's own."""
        last = [one for one in self.answers if _site(one) == site][-ALIKE_IN_A_ROW:]
        alike = {(one.outcome, _unnamed(one.detail)) for one in last}
        if len(last) == ALIKE_IN_A_ROW and len(alike) == 1:
            self.failing[site] = _fails_alike(site, last[-1])


def _unnamed(detail: str) -> str:
    """A site's words without what differs from video to video: ids, numbers and addresses."""
    return re.sub(r"\S*[\d/_]\S*|\b\S{11}\b", "", detail)


def _fails_alike(site: str, answer: SiteAnswer) -> str:
    words = f" It said: {answer.detail.rstrip('.')}." if answer.detail else ""
    newer = "" if answer.outcome.newer else f" {newer_may_help()}"  # else each of them says so
    return (
        f"{site}: {ALIKE_IN_A_ROW} in a row failed alike, so the fault is the site's or yt-dlp's "
        f"and nothing more was asked there.{words}{newer}"
    )


def _keeps(block: SiteBlock, sites: Collection[str], addresses: Collection[str]) -> bool:
    """Whether a block keeps something from being asked: its site is, or the page led there."""
    return block.site in sites or block.address in addresses


def _site(answer: SiteAnswer) -> str:
    return answer.site or site_of(answer.address)


def _all_lost(answers: Sequence[SiteAnswer]) -> bool:
    """Whether the network failed for all there were, or for the last few."""
    last = answers[-LOST_IN_A_ROW:]
    return bool(last) and all(one.outcome.lost for one in last)


def _pause(run: RunOptions) -> None:
    seconds = random.uniform(*run.pause_s)  # noqa: S311  # a pause is no secret
    if seconds:
        run.sleep(seconds)


def _trouble(err: OSError, library: Library) -> str:
    """What is the matter with the library; a half-written file stands for its folder."""
    file = Path(err.filename or library.root)
    place = file.parent if file.name.endswith(PART) else file
    said = f"{place} cannot be used: {err.strerror or err}"
    closed = err.errno in {errno.EACCES, errno.EPERM, errno.EROFS}
    return f"{said}; is the library read-only?" if closed else f"{said}."
