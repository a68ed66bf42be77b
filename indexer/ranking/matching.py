"""Which passages the filters, phrases and exclusions of a query leave."""

from __future__ import annotations

import numpy as np

from catalog import base_language
from indexer.arrays import Array, Bools
from indexer.query.parser import Phrase, Query
from indexer.storage.columns import identity
from indexer.storage.positions import Positions
from indexer.storage.reader import IndexReader


def allowed_rows(reader: IndexReader, query: Query) -> Bools | None:
    """Return which rows the filters, phrases and exclusions of a query leave; None when all are."""
    if query.phrases or query.excluded:
        kept = holding_phrases(reader.positions, query, *reader.rows.tokens)
        return kept if (some := _filtered(reader, query)) is None else kept & some
    return _filtered(reader, query)


def videos_allowed(reader: IndexReader, query: Query) -> tuple[str, ...]:
    """List the videos in which a query without words may find something, as the catalogue does."""
    rows, layout = allowed_rows(reader, query), reader.rows.layout
    kept = layout.alive if rows is None else layout.alive & rows
    left = {reader.tracks[number].video for number in np.unique(layout.track[kept]).tolist()}
    return tuple(slug for slug in reader.videos if slug in left)


def holding_phrases(positions: Positions, query: Query, begins: Array, ends: Array) -> Bools:
    """Return which runs of tokens hold every phrase of a query and none that it excludes."""
    kept = np.ones(len(begins), np.bool_)
    for phrase in query.phrases:
        kept &= positions.hold(_identities(phrase), begins, ends)
    for phrase in query.excluded:
        kept &= ~positions.hold(_identities(phrase), begins, ends)
    return kept


def _identities(phrase: Phrase) -> list[list[int]]:
    return [[identity(term) for term in terms] for terms in phrase]


def _filtered(reader: IndexReader, query: Query) -> Bools | None:
    if not query.is_narrowed:
        return None
    tracks = [
        (query.videos is None or track.video in query.videos)
        and track.video not in query.barred
        and (query.language is None or base_language(track.language) == query.language)
        and base_language(track.language) not in query.barred_languages
        for track in reader.tracks
    ]
    return np.array(tracks, np.bool_)[reader.rows.layout.track]
