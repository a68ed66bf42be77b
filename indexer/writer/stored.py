"""Tracks that were read, and embedded, kept in a store under what decides what becomes of them.

The key is made of the captions (all of a video in one language), of what reads them, of the names
that the catalogue expects in them, and of the model. So nothing in a store is ever out of date, and
two machines that do the same write the same.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import msgspec

from catalog import Catalogue, Library, checksum, file_checksum
from indexer.embedding.encoder import QueryEncoder
from indexer.embedding.files import ModelFiles
from indexer.errors import IndexerError
from indexer.mishearing.detector import MishearingDetector, detector_of
from indexer.storage.columns import Columns
from indexer.storage.manifest import IndexedTrack
from indexer.storage.packing import packed, unpacked
from indexer.storage.vectors import Vectors
from indexer.store.objects import Objects, objects_at
from indexer.writer.embeddings import EMBEDDED_AS, embed_passages, texts_to_embed
from indexer.writer.sources import IndexedTranscript, ReadChoice, TrackChoice, read_choice
from transcripts import came_at, uploaded_at


class _StoredTrack(msgspec.Struct, frozen=True):
    """A track as it is stored; when its file came is known where that lies, and is not in it."""

    entry: IndexedTrack
    rows: Columns
    terms: tuple[str, ...]
    remarks: list[str]
    vectors: Vectors | None


@dataclass(frozen=True)
class TrackStore:
    """The tracks of one library and catalogue in a store, as they are read with one model."""

    address: str
    objects: Objects
    built_by: Mapping[str, str]
    library: Library
    catalogue: Catalogue
    meaning: QueryEncoder
    detector: MishearingDetector

    @property
    def has_model(self) -> bool:
        """Whether tracks are embedded too."""
        return isinstance(self.meaning.found(), ModelFiles)

    def name_of(self, choice: TrackChoice) -> str:
        """Under which name the tracks of a choice are kept. Raises OSError."""
        first = choice.tracks[0]
        found = self.meaning.found()
        model = (found.identity, EMBEDDED_AS) if isinstance(found, ModelFiles) else ()
        decides = (
            self.built_by,
            [(first.video, track.name, file_checksum(track.path)) for track in choice.tracks],
            self.detector.fingerprint(first.video),
            model and (*model, self._title(first.video)),
        )
        key = checksum(msgspec.json.encode(decides))
        return f"tracks-{self.built_by['reader']}/{key[:2]}/{key}"

    def _title(self, video: str) -> str:
        known = self.catalogue.videos.get(video)
        return known.title if known else video

    def find(self, name: str) -> ReadChoice | None:
        """What is kept under a name; None where there is nothing that is whole."""
        content = self.objects.get(name)
        try:
            stored = unpacked(content or b"", _StoredTrack)
        except IndexerError:
            return None  # damaged, or cut: it is made again
        file = self.library.captions_of(stored.entry.video) / stored.entry.name
        entry = msgspec.structs.replace(
            stored.entry, came_at=came_at(file), uploaded_at=uploaded_at(file)
        )
        made = IndexedTranscript(entry, stored.rows, stored.terms)
        return ReadChoice(made, remarks=stored.remarks, vectors=stored.vectors)

    def make(self, name: str, choice: TrackChoice) -> ReadChoice:
        """Read and embed a choice, and keep what came of it where nothing was in the way."""
        read = read_choice(self.detector, choice)
        if read.made:
            texts = texts_to_embed(self.catalogue, [read.made.entry], read.made.rows)
            read.vectors = embed_passages(texts, None, self.meaning, _silently).vectors or None
            whole = not (read.vectors and read.vectors.account.lacking)
            if whole and not read.problems:
                made = read.made
                entry = msgspec.structs.replace(made.entry, came_at="", uploaded_at="")
                stored = _StoredTrack(entry, made.rows, made.terms, read.remarks, read.vectors)
                self.objects.put(name, packed(stored))
        return read


def track_store(
    address: str,
    built_by: Mapping[str, str],
    library: Library,
    catalogue: Catalogue,
    meaning: QueryEncoder,
) -> TrackStore:
    """The tracks of a library in the store at an address. Raises IndexerError."""
    objects = objects_at(address)
    detector = detector_of(catalogue)
    return TrackStore(address, objects, built_by, library, catalogue, meaning, detector)


@contextmanager
def _silently(_what: str, _total: int) -> Iterator[Callable[[str], None]]:
    yield lambda _: None
