"""The nightly job: find the videos, fetch their captions, index what changed, and report it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec

from catalog import Exit, Library, load_catalogue, progress
from indexer.building import build_index
from indexer.index_report import IndexReport
from transcripts import (
    USUAL,
    FetchReport,
    Run,
    SyncReport,
    fetch_library,
    stoppable,
    sync_library,
)


@dataclass(frozen=True, slots=True)
class UpdateReport:
    """What each of the three parts did."""

    sync: SyncReport
    fetch: FetchReport
    index: IndexReport

    @property
    def exit(self) -> Exit:
        """The gravest of the three: a block weighs more than a part that is missing."""
        index = Exit.PART if self.index.problems else Exit.DONE
        return max(self.sync.exit, self.fetch.exit, index)

    @property
    def sentences(self) -> tuple[str, ...]:
        """All three reports, for a person."""
        return (*self.sync.sentences, *self.fetch.sentences, *self.index.sentences)

    @property
    def as_json(self) -> dict[str, Any]:
        """The report as it is written to a file."""
        parts = {"sync": self.sync, "fetch": self.fetch, "index": self.index}
        return {name: msgspec.to_builtins(part) for name, part in parts.items()} | {
            "exit": int(self.exit)
        }


def update_library(
    library: Library, run: Run = USUAL, *, allow_loopback: bool = False
) -> UpdateReport:
    """Sync, fetch and index. What is blocked is reported, and what is there is indexed.

    Raises CatalogError and IndexerError.
    """
    with stoppable():
        synced = sync_library(library, run=run, allow_loopback=allow_loopback)
        if synced.ending.interrupted:
            fetched = FetchReport(ending=synced.ending)
        else:
            fetched = fetch_library(library, run=run, allow_loopback=allow_loopback)
        indexed = build_index(library, load_catalogue(library), progress)
    return UpdateReport(synced, fetched, indexed)
