"""Builds a new generation beside the one that is served, verifies it, and swaps it in.

Tracks whose caption file did not change are carried over from the generation before, so that the
cost follows what changed.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path
from shutil import rmtree

import msgspec

from catalog import Catalogue, Library, base_language
from indexer.analysis.tokenizer import tokens_of
from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import QueryEncoder
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.query.synonyms import cut_names
from indexer.storage import generations, tables, vectors
from indexer.storage.manifest import (
    CATALOGUE,
    COLUMNS,
    NAMES,
    SCHEMA,
    VECTORS,
    IndexedTrack,
    Manifest,
    checksums,
    is_whole,
    write_manifest,
)
from indexer.storage.reader import IndexReader, open_index
from indexer.writer.assembly import (
    BaseGeneration,
    entries_of,
    is_mostly_dead,
    vectors_before,
    whole_generations,
    with_stored,
    write_rows,
)
from indexer.writer.embeddings import (
    Embeddings,
    embed_passages,
    texts_to_embed,
    unchanged_embeddings,
)
from indexer.writer.report import IndexReport, report_of
from indexer.writer.sources import (
    GatheredTracks,
    Progress,
    ReadChoice,
    TrackChoice,
    choose_sources,
    gather,
)
from indexer.writer.stored import track_store
from indexer.writer.together import read_together
from transcripts import finishing

# Whatever changes the words, sentences, passages or terms made of the same captions changes this.
READER = "21"
# Folders for the rows of tracks that were read, until they are put into the tables.
_READ, _READ_AGAIN = "read", "read-again"
BUILT_BY = {
    "reader": READER,
    "whoosh": version("whoosh-reloaded"),
    "stemmer": version("PyStemmer"),
    "webvtt": version("webvtt-py"),
}


def build_index(  # noqa: PLR0913 - what a build can be told
    library: Library,
    catalogue: Catalogue,
    progress: Progress,
    *,
    full: bool = False,
    translated: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    meaning: QueryEncoder | None = None,
    workers: int = 1,
    store: str = "",
) -> IndexReport:
    """Build, verify and swap in a generation of what the library holds. Raises IndexerError.

    When nothing changed, nothing is built. `full` reads every track again; `translated` also
    takes what a machine translated, where a language has nothing else. With a sentence model every
    passage also has a vector; a text that had one from the same model keeps it. Many tracks are
    read by so many `workers`. With the address of a `store` they are read together with all others
    that work for it, and taken from there.
    """
    meaning = meaning or QueryEncoder()
    with generations.building(library) as (name, folder):
        before = BaseGeneration() if full else _before(library)
        _expect_captions(library, before)
        wanted, kept = choose_sources(library, catalogue, before.entries, translated)
        together = partial(_together, store, library, catalogue, meaning, progress, workers)
        reading = partial(
            gather,
            catalogue=catalogue,
            progress=progress,
            workers=workers,
            together=together if store else None,
        )
        gathered = reading(wanted, before.entries, rows=folder / _READ)
        gathered.carried += kept.carried
        gathered.problems += kept.problems
        curated = msgspec.json.encode(catalogue)
        old = vectors_before(library)
        same = (
            _is_served(library, before)
            and curated == before.catalogue
            and entries_of(before.entries, gathered) == before.entries
        )
        embeddings = unchanged_embeddings(old, meaning, before.entries) if same else None
        if embeddings:
            return _unchanged(library, before, gathered, embeddings)
        base = before
        if is_mostly_dead(entries_of(before.entries, gathered)) and not kept.carried:
            again = partial(reading, rows=folder / _READ_AGAIN)
            base, gathered = _afresh(wanted, before, gathered, again)
        entries = entries_of(base.entries, gathered)
        (folder / CATALOGUE).write_bytes(curated)
        (folder / NAMES).write_bytes(_names(base, curated, catalogue, entries))
        write_rows(folder, base, gathered)
        for read in (_READ, _READ_AGAIN):
            rmtree(folder / read, ignore_errors=True)
        old = with_stored(old, gathered.vectors)
        unneeded = old is None and isinstance(meaning.found(), NoModel)
        rows = tables.load(folder / COLUMNS, mapped=True)
        texts = [] if unneeded else texts_to_embed(catalogue, entries, rows)
        embeddings = embed_passages(texts, old, meaning, progress)
        if same and not embeddings.read:
            return _unchanged(library, before, gathered, embeddings)
        if embeddings.vectors:
            vectors.save(embeddings.vectors, folder / VECTORS)
        built_at = clock().isoformat(timespec="seconds")
        files = checksums(folder)
        write_manifest(folder, Manifest(name, SCHEMA, built_at, BUILT_BY, entries, files))
        _prove(open_index(folder, mapped=True), folder)
        with finishing():
            generations.serve_from_now_on(library, folder, name)
            generations.forget_old(library, lambda old: old == before.folder or is_whole(old))
        return report_of(name, entries, gathered, before.entries, embeddings, built=True)


def _names(
    base: BaseGeneration, curated: bytes, catalogue: Catalogue, entries: Sequence[IndexedTrack]
) -> bytes:
    """How the glossary's names are cut, as the generation before has it if it had the same."""
    if base.folder and base.catalogue == curated and (base.folder / NAMES).is_file():
        return (base.folder / NAMES).read_bytes()
    spoken = dict.fromkeys(base_language(one.language) for one in entries if not one.dead)
    return msgspec.json.encode(cut_names(catalogue.terms, tuple(spoken)))


def _together(
    store: str,
    library: Library,
    catalogue: Catalogue,
    meaning: QueryEncoder,
    progress: Progress,
    workers: int,
    choices: Sequence[TrackChoice],
) -> Iterator[ReadChoice]:
    tracks = track_store(store, BUILT_BY, library, catalogue, meaning)
    return read_together(tracks, choices, progress, workers)


def _unchanged(
    library: Library, before: BaseGeneration, gathered: GatheredTracks, embeddings: Embeddings
) -> IndexReport:
    name = generations.current_name(library)
    return report_of(name, before.entries, gathered, before.entries, embeddings)


def _is_served(library: Library, before: BaseGeneration) -> bool:
    """Whether the generation before is the served one, and not one that stood in for it."""
    with suppress(NoIndex):
        return before.folder is not None and before.folder.name == generations.current_name(library)
    return False


def _afresh(
    wanted: Sequence[TrackChoice],
    before: BaseGeneration,
    gathered: GatheredTracks,
    read: Callable[[Sequence[TrackChoice], Sequence[IndexedTrack]], GatheredTracks],
) -> tuple[BaseGeneration, GatheredTracks]:
    """Read every track again, and so leave the rows behind that no longer count.

    Only when nothing is lost by it: a track may have become unreadable since. Where nothing was
    carried over, all has just been read.
    """
    if not gathered.carried:
        return BaseGeneration(), gathered
    afresh = read([replace(one, before=None) for one in wanted], ())
    whole = len(afresh.made) == len(gathered.made) + len(gathered.carried)
    return (BaseGeneration(), afresh) if whole else (before, gathered)


def _prove(reader: IndexReader, folder: Path) -> None:
    """Raise IndexerError unless what an opened folder holds fits together and answers."""
    columns, postings, vectors = reader.columns, reader.postings, reader.vectors
    rows = sum(track.passages for track in reader.tracks)
    if not rows == postings.rows == len(columns.passage_first):
        raise IndexerError(f"{folder}: tables and postings do not agree")
    if vectors and len(vectors) != rows:
        raise IndexerError(f"{folder}: tables and vectors do not agree")
    for row in {0, rows // 2, rows - 1} if rows else ():
        first, _ = reader.rows.passage(row)
        language = reader.tracks[reader.rows.track_of(first)].language
        for token in tokens_of(columns.sentence_text(first), language):
            if row not in postings.of(token.term).rows:
                raise IndexerError(f"{folder}: {token.term!r} is not found where it is")


def _expect_captions(library: Library, before: BaseGeneration) -> None:
    """Raise IndexerError when all captions are gone that were there before.

    A disk that is not mounted looks like an empty library, and must not empty the index.
    """
    if library.captions_dir.is_dir() or all(entry.dead for entry in before.entries):
        return
    raise IndexerError(
        f"{library.captions_dir}: the captions that were indexed before are not there; "
        "the old index stays. If they are meant to be gone, run `hope index --full`"
    )


def _before(library: Library) -> BaseGeneration:
    """Find the served generation, or the last good one, that was built as we build."""
    for folder, manifest in whole_generations(library):
        if manifest.built_by == BUILT_BY:
            return BaseGeneration(folder, manifest.tracks, (folder / CATALOGUE).read_bytes())
    return BaseGeneration()


def is_built_as_now(generation: Generation) -> bool:
    """Whether a build would carry over from this generation, or read everything again."""
    return generation.reader.built_by == BUILT_BY
