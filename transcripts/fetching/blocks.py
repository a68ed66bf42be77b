"""Sites that told us to stop, each with until when: kept in the library for the runs to come."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Self

import msgspec

from catalog import Library, write_json
from transcripts.sites.outcomes import LONGEST_BLOCK, Outcome
from transcripts.sites.policy import site_of

FILE = "blocked.json"
AwareTime = Annotated[datetime, msgspec.Meta(tz=True)]


class SiteBlock(msgspec.Struct, frozen=True):
    """That a site told us to stop, and until when.

    `address` is what was asked; a page elsewhere may have led from there to the site.
    """

    outcome: Outcome
    since: AwareTime
    until: AwareTime
    address: str
    detail: str = ""
    site: str = ""

    def remaining_s(self, now: datetime) -> float:
        """How long to wait still; never longer than first thought, should the clock go back."""
        return max(0.0, min(self.until - now, self.until - self.since).total_seconds())

    def believed(self, now: datetime) -> Self:
        """This block by the clock as it is now: it began, and holds for a day at the most.

        One that begins later than now was written by another clock. It holds for as long as it
        was meant to, from now on; who keeps what this returns has it end.
        """
        since = min(self.since, now)
        held = min(self.until - self.since, LONGEST_BLOCK)
        return msgspec.structs.replace(self, since=since, until=since + held)

    @property
    def sentence(self) -> str:
        """Who told us to stop, and when asking goes on."""
        until = f"{self.until:%Y-%m-%d %H:%M} UTC"
        return f"{self.site}: {self.outcome.sentence} Nothing is asked before {until}."


class _Blocks(msgspec.Struct, frozen=True):
    blocks: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class BlockFile:
    """The blocks that are kept. `damage` says what of them cannot be read, "" when all can."""

    blocks: tuple[SiteBlock, ...] = ()
    damage: str = ""


def read_blocks(library: Library) -> tuple[SiteBlock, ...]:
    """Which sites told us to stop, one block a site; some may be over. Damaged is none."""
    return read_block_file(library).blocks


def read_block_file(library: Library) -> BlockFile:
    """Which sites told us to stop; what is damaged is left out, and said."""
    file = library.root / FILE
    try:
        content = file.read_bytes()
    except OSError:
        return BlockFile()
    damage = f"{file}: damaged, so a site may be asked that told us to stop"
    try:
        entries = msgspec.json.decode(content, type=_Blocks).blocks
    except (msgspec.DecodeError, UnicodeDecodeError):
        old = _read_one(content, _of_all_sites)
        return BlockFile((old,)) if old else BlockFile((), damage)
    read = [_read_one(bytes(entry)) for entry in entries]
    blocks = tuple(block for block in read if block)
    return BlockFile(blocks, "" if len(blocks) == len(read) else damage)


def write_blocks(library: Library, blocks: Iterable[SiteBlock]) -> None:
    """Keep them, and nothing else. Raises OSError."""
    kept = tuple(blocks)
    file = library.root / FILE
    if kept:
        write_json(file, {"blocks": kept})
    else:
        file.unlink(missing_ok=True)


def _read_one(
    content: bytes, as_kept: Callable[[SiteBlock], SiteBlock] = lambda block: block
) -> SiteBlock | None:
    try:
        return as_kept(msgspec.json.decode(content, type=SiteBlock))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _of_all_sites(block: SiteBlock) -> SiteBlock:
    """As it was kept when one block was for all sites."""
    return msgspec.structs.replace(block, site=site_of(block.address))
