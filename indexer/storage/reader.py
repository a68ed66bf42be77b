"""One immutable index, opened: columns, postings, vectors and the catalogue, as data."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from catalog import Catalogue, UsualForms, Video, usual_forms_of
from indexer.analysis.tokenizer import tokens_of
from indexer.errors import IndexerError
from indexer.mishearing.detector import detector_of
from indexer.mishearing.terms import misheard_term
from indexer.storage import tables, vectors
from indexer.storage.bm25 import TermStatistics
from indexer.storage.columns import Columns, identity
from indexer.storage.manifest import (
    CATALOGUE,
    COLUMNS,
    NAMES,
    POSTINGS,
    VECTORS,
    IndexedTrack,
    files_in,
    read_manifest,
    verify,
)
from indexer.storage.positions import Positions
from indexer.storage.postings import Postings, open_postings
from indexer.storage.rows import NameStatistics, Rows
from indexer.storage.vectors import Vectors
from transcripts import Sentence, Track, Transcript

Part = TypeVar("Part")
# So many transcripts are kept; one of three hours takes half a megabyte.
_TRANSCRIPTS = 16
_CUT_NAMES = dict[str, dict[str, tuple[str, ...]]]


@dataclass(frozen=True)
class IndexReader:
    """An opened index. It never changes, and threads may share it.

    `catalogue` is as it was when this was built, so that pages and index always agree. `vectors`
    are what passages mean, None when it was built without a sentence model; `cut_names` is how each
    language cuts the glossary's names, as far as that was kept. What is worked out of these
    (`rows`, `terms`, `positions`) is made on first use and kept.
    """

    tracks: tuple[IndexedTrack, ...]
    columns: Columns
    postings: Postings
    catalogue: Catalogue = field(default_factory=Catalogue)
    vectors: Vectors | None = None
    cut_names: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    name: str = ""
    built_at: str = ""
    built_by: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def videos(self) -> Mapping[str, Video]:
        """The catalogue's videos, by slug."""
        return self.catalogue.videos

    @cached_property
    def kinds(self) -> tuple[str | None, ...]:
        """The kind of each track's series."""
        kinds = {series.slug: series.kind for series in self.catalogue.series}
        videos = (self.videos.get(track.video) for track in self.tracks)
        return tuple(kinds.get(video.series) if video else None for video in videos)

    @cached_property
    def rows(self) -> Rows:
        """Where tracks, sentences and passages lie in the columns."""
        return Rows(self.tracks, self.columns, self.videos)

    @cached_property
    def terms(self) -> TermStatistics:
        """Where each term is said, and what that is worth."""
        return TermStatistics(self.postings, self.rows.layout)

    @cached_property
    def positions(self) -> Positions:
        """Where terms and phrases are said."""
        return Positions(self.columns)

    @cached_property
    def names(self) -> NameStatistics:
        """Where names of several words are said, and what that is worth."""
        return NameStatistics(self.terms, self.positions, self.rows)

    @cached_property
    def numbered_terms(self) -> tuple[str, ...]:
        """The terms that are said and have a digit."""
        held = (term for term in self.postings.held if any(map(str.isdigit, term)))
        return tuple(sorted(filter(self.terms.document_frequency, held)))

    @cached_property
    def misheard_names(self) -> Mapping[int, str]:
        """The names that may have been misheard, by the identity of their misheard_term terms."""
        names = detector_of(self.catalogue).names
        return {identity(misheard_term(name)): name for name in reversed(names)}

    @cached_property
    def title_terms(self) -> Mapping[str, frozenset[int]]:
        """The numbers of the tracks whose video's title and topics hold a term."""
        named: dict[str, set[int]] = {}
        for number, track in enumerate(self.tracks):
            for term in self._terms_of_title(track):
                named.setdefault(term, set()).add(number)
        return {term: frozenset(numbers) for term, numbers in named.items()}

    def _terms_of_title(self, track: IndexedTrack) -> frozenset[str]:
        video = self.videos.get(track.video)
        if track.dead or video is None:
            return frozenset()
        topics = [self.catalogue.topics[slug].title for slug in video.topics]
        texts = (video.title, *topics)
        return frozenset(t.term for text in texts for t in tokens_of(text, video.language))

    def usual_forms(self, language: str) -> UsualForms:
        """How names are usually written in a language."""
        return self._usual_forms(language)

    @cached_property
    def _usual_forms(self) -> Callable[[str], UsualForms]:
        return cache(partial(usual_forms_of, self.catalogue))

    @cached_property
    def shown_moments(self) -> dict[Any, Any]:
        """Moments as they are shown, kept by who shows them (`indexer/moments/snippets.py`)."""
        return {}

    def track_number(self, video: str, language: str | None) -> int | None:
        """The number of the first living track of a video in a language."""
        wanted = (video, language, False)
        found = (n for n, t in enumerate(self.tracks) if (t.video, t.language, t.dead) == wanted)
        return next(found, None)

    def transcript(self, video: str, language: str | None = None) -> Transcript | None:
        """Return what a video says, in the language asked for or else its own; None without one.

        Its sentences only: the words with their times stay in the library's captions.
        """
        there = self.rows.languages(video)
        wanted = language if language in there else next(iter(there), None)
        number = self.track_number(video, wanted)
        return None if number is None else self._transcript(number)

    @cached_property
    def _transcript(self) -> Callable[[int], Transcript]:
        def read(number: int) -> Transcript:
            entry = self.tracks[number]
            file = Path(entry.video) / entry.name
            track = Track(entry.video, entry.language, entry.kind, entry.ext, file, entry.made_by)
            return Transcript(track, (), tuple(self._sentences(number)), entry.notes)

        return lru_cache(_TRANSCRIPTS)(read)

    def speaker_of(self, sentence: int) -> str:
        """Who says a sentence, by its number, as the captions name them; "" where they don't."""
        speaker = int(self.columns.sentence_speaker[sentence])
        return self.tracks[self.rows.track_of(sentence)].speakers[speaker] if speaker >= 0 else ""

    def _sentences(self, number: int) -> Iterator[Sentence]:
        """Read the sentences of one track, column by column: some have tens of thousands."""
        there = slice(*self.rows.sentences_of(number))
        columns, speakers = self.columns, self.tracks[number].speakers
        each = zip(
            columns.sentence_start_ms[there].tolist(),
            columns.sentence_end_ms[there].tolist(),
            columns.sentence_texts(there.start, there.stop),
            columns.sentence_speaker[there].tolist(),
            columns.sentence_question[there].tolist(),
            columns.sentence_turn[there].tolist(),
            strict=True,
        )
        for start_ms, end_ms, text, who, question, turn in each:
            said_by = speakers[who] if who >= 0 else ""
            yield Sentence(start_ms, end_ms, text, 0, 0, said_by, bool(question), turn)


def open_index(folder: Path, *, mapped: bool = False) -> IndexReader:
    """Check every file of a generation and read it into memory. Raises IndexerError.

    Tables that are `mapped` stay where they are: for whoever only looks at some of it now.
    """
    manifest = read_manifest(folder)
    verify(folder, manifest)
    there = manifest.files
    return IndexReader(
        tracks=manifest.tracks,
        columns=tables.load(folder / COLUMNS, mapped=mapped),
        postings=open_postings(folder / POSTINGS, files_in(POSTINGS, there)),
        catalogue=_read(folder / CATALOGUE, Catalogue),
        vectors=vectors.load(folder / VECTORS) if files_in(VECTORS, there) else None,
        cut_names=_read(folder / NAMES, _CUT_NAMES) if NAMES in there else {},
        name=manifest.name,
        built_at=manifest.built_at,
        built_by=manifest.built_by,
    )


def _read(file: Path, kind: type[Part]) -> Part:
    try:
        return msgspec.json.decode(file.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError) as err:
        raise IndexerError(f"{file}: cannot be read: {err}") from err
