"""Talks small enough to write down in a test, as an index that never touches the disk.

For tests that only rank, land or look:

    hit = best(in_memory({"pills": "one line is one cue\\nof five seconds"}), "cue")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
from libraries import vtt
from whoosh.filedb.filestore import RamStorage

from catalog import Catalogue, Library, Series, Term, Video, load_catalogue
from indexer import Generation
from indexer.mishearing.detector import detector_of
from indexer.storage.columns import Columns, identity
from indexer.storage.inversion import Documents
from indexer.storage.postings import Postings, add_documents, schema
from indexer.storage.reader import IndexReader
from indexer.storage.rows import Rows
from indexer.writer.sources import index_transcript
from transcripts import Track, read_captions


class Memory(RamStorage):  # type: ignore[misc]  # Whoosh has no types
    """Keeps in memory what Whoosh writes on the way, too: all processes would share its folder."""

    def temp_storage(self, name: str | None = None) -> Memory:
        del name
        return Memory()


def in_memory(talks: Mapping[str, str]) -> Generation:
    """Index talks, a line a cue, with the glossary that is shipped."""
    return Generation(reader_of(talks))


def reader_of(talks: Mapping[str, str]) -> IndexReader:
    """The same, as data only."""
    videos = tuple(
        Video(slug, slug.replace("-", " ").capitalize(), "talks", topics=()) for slug in talks
    )
    catalogue = Catalogue((Series("talks", "Talks", videos=videos),), terms=_shipped_terms())
    detector = detector_of(catalogue)
    made = [
        index_transcript(read_captions(_track(slug), vtt(lines).encode()), detector, source=slug)
        for slug, lines in talks.items()
    ]
    opened = Memory().create_index(schema())
    tracks = tuple(one.entry for one in made)
    columns = concatenated([one.rows for one in made])
    names = {identity(term): term for one in made for term in one.terms}
    add_documents(opened, Documents(columns.token_term, *Rows(tracks, columns, {}).tokens, names))
    return IndexReader(
        tracks=tracks,
        columns=columns,
        postings=Postings(opened),
        catalogue=catalogue,
    )


def concatenated(parts: Sequence[Columns]) -> Columns:
    """Columns one behind the other."""
    names = [field.name for field in fields(Columns)]
    return Columns(**{n: np.concatenate([getattr(part, n) for part in parts]) for n in names})


def _track(video: str) -> Track:
    return Track(video, "en", "manual", "vtt", Path(video))


@cache
def _shipped_terms() -> tuple[Term, ...]:
    """The glossary, which takes a while to read."""
    return load_catalogue(Library(Path("no-library"))).terms
