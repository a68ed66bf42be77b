"""Tracks that were read, and embedded, kept in a store under what decides what becomes of them.

The key is made of the captions (all of a video in one language), of what reads them, of the names
that the catalogue expects in them, and of the model. So nothing in a store is ever out of date, and
two machines that do the same write the same.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields

import msgspec
import numpy as np
import zstandard

from catalog import Catalogue, Library, checksum, file_checksum
from indexer.arrays import Array
from indexer.embedding.encoder import QueryEncoder
from indexer.embedding.files import ModelFiles
from indexer.mishearing.detector import MishearingDetector, detector_of
from indexer.storage.columns import Columns
from indexer.storage.manifest import IndexedTrack
from indexer.storage.vectors import Account, Vectors
from indexer.store.objects import Objects, objects_at
from indexer.writer.embeddings import EMBEDDED_AS, embed_passages, texts_to_embed
from indexer.writer.sources import (
    GatheredTracks,
    IndexedTranscript,
    TrackChoice,
    read_choice,
)
from transcripts import came_at, uploaded_at

_VECTORS = ("values", "scales", "digests")


class _StoredTrack(msgspec.Struct, frozen=True):
    """A track as it is stored: its account, its arrays by name, its terms, and remarks."""

    entry: IndexedTrack
    arrays: dict[str, tuple[str, tuple[int, ...], bytes]]
    terms: tuple[str, ...]
    remarks: list[str]
    account: Account | None


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

    def find(self, name: str) -> GatheredTracks | None:
        """What is kept under a name; None where there is nothing that is whole."""
        content = self.objects.get(name)
        try:
            packed = zstandard.ZstdDecompressor().decompress(content or b"")
            return self._gathered(msgspec.msgpack.decode(packed, type=_StoredTrack))
        except (zstandard.ZstdError, ValueError, TypeError, KeyError):
            return None  # damaged, or cut: it is made again

    def make(self, name: str, choice: TrackChoice) -> GatheredTracks:
        """Read and embed a choice, and keep what came of it where nothing was in the way."""
        read = read_choice(self.detector, choice)
        for made in read.made:
            texts = texts_to_embed(self.catalogue, [made.entry], made.rows)
            embedded = embed_passages(texts, None, self.meaning, _silently)
            read.vectors += [embedded.vectors] if embedded.vectors else []
            whole = not (embedded.vectors and embedded.vectors.account.lacking)
            if whole and not read.problems:
                self.objects.put(name, _packed(made, read))
        return read

    def _gathered(self, stored: _StoredTrack) -> GatheredTracks:
        arrays = {
            name: np.frombuffer(content, kind).reshape(shape)
            for name, (kind, shape, content) in stored.arrays.items()
        }
        file = self.library.captions_of(stored.entry.video) / stored.entry.name
        # When a file came is known where it lies, and is no part of what it says.
        entry = msgspec.structs.replace(
            stored.entry, came_at=came_at(file), uploaded_at=uploaded_at(file)
        )
        rows = Columns(**{field.name: arrays[field.name] for field in fields(Columns)})
        vectors = [_vectors(stored.account, arrays)] if stored.account else []
        made = IndexedTranscript(entry, rows, stored.terms)
        return GatheredTracks(made=[made], remarks=stored.remarks, vectors=vectors)


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


def _packed(made: IndexedTranscript, read: GatheredTracks) -> bytes:
    arrays: dict[str, Array] = {f.name: getattr(made.rows, f.name) for f in fields(Columns)}
    vectors = next(iter(read.vectors), None)
    for name in _VECTORS if vectors else ():
        arrays[name] = getattr(vectors, name)
    stored = _StoredTrack(
        entry=msgspec.structs.replace(made.entry, came_at="", uploaded_at=""),
        arrays={n: (a.dtype.str, a.shape, a.tobytes()) for n, a in arrays.items()},
        terms=made.terms,
        remarks=read.remarks,
        account=vectors.account if vectors else None,
    )
    packer = zstandard.ZstdCompressor(write_checksum=True)
    return packer.compress(msgspec.msgpack.encode(stored))


def _vectors(account: Account, arrays: Mapping[str, Array]) -> Vectors:
    values, scales, digests = (arrays[name] for name in _VECTORS)
    return Vectors(account, values, scales, digests)


@contextmanager
def _silently(_what: str, _total: int) -> Iterator[Callable[[str], None]]:
    yield lambda _: None
