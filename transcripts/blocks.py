"""Sites that told us to stop, each with until when: kept in the library for the runs to come."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from catalog import Library, write_atomically
from transcripts.outcomes import Outcome

FILE = "blocked.json"
YOUTUBE = "youtube.com"
_OF_YOUTUBE = (YOUTUBE, "youtu.be", "youtube-nocookie.com", "ytimg.com", "googlevideo.com")


class Block(msgspec.Struct, frozen=True):
    """That a site told us to stop, and until when.

    `address` is what was asked; a page elsewhere may have led from there to the site.
    """

    outcome: Outcome
    since: datetime
    until: datetime
    address: str
    detail: str = ""
    site: str = ""

    def remaining_s(self, now: datetime) -> float:
        """How long to wait still; never longer than first thought, should the clock go back."""
        return max(0.0, min(self.until - now, self.until - self.since).total_seconds())

    @property
    def sites(self) -> frozenset[str]:
        """Those that are not asked meanwhile: the one that said so, and the page that led there."""
        return frozenset(filter(None, (self.site, site_of(self.address))))

    @property
    def sentence(self) -> str:
        """Who told us to stop, and when asking goes on."""
        until = f"{self.until:%Y-%m-%d %H:%M} UTC"
        return f"{self.site}: {self.outcome.sentence} Nothing is asked before {until}."


class _Blocks(msgspec.Struct, frozen=True):
    blocks: tuple[Block, ...]


def site_of(address: str) -> str:
    """The site that an address belongs to: its host, one for all of YouTube; "" for no address."""
    try:
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.").removesuffix(":443").removesuffix(":80")
    return YOUTUBE if f".{host}".endswith(tuple(f".{one}" for one in _OF_YOUTUBE)) else host


def read_blocks(library: Library) -> tuple[Block, ...]:
    """Which sites told us to stop, one block a site; some may be over. Damaged is none."""
    try:
        content = (library.root / FILE).read_bytes()
    except OSError:
        return ()
    for read in (_several, _single):
        try:
            return read(content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            continue
    return ()


def write_blocks(library: Library, blocks: Iterable[Block]) -> None:
    """Keep them, and nothing else. Raises OSError."""
    kept = tuple(blocks)
    file = library.root / FILE
    if kept:
        encoded = msgspec.json.encode(_Blocks(kept))
        write_atomically(file, msgspec.json.format(encoded, indent=2) + b"\n")
    else:
        file.unlink(missing_ok=True)


def _several(content: bytes) -> tuple[Block, ...]:
    return msgspec.json.decode(content, type=_Blocks).blocks


def _single(content: bytes) -> tuple[Block, ...]:
    """As it was kept when one block was for all sites."""
    block = msgspec.json.decode(content, type=Block)
    return (msgspec.structs.replace(block, site=site_of(block.address)),)
