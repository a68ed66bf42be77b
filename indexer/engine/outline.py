"""What every process keeps of a generation whose passages are on other machines.

The catalogue, the dictionary with its document frequencies, the words for the speller, the
questions that are asked, where terms of the glossary are said, and of each sentence its times.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property

import msgspec
import numpy as np

from catalog import Catalogue, Term
from indexer.arrays import Array, Bools, Floats
from indexer.browse.related_passages import passage_vectors
from indexer.moments.interviewer import interviewer_of
from indexer.query.expansion import Lexicon
from indexer.query.known_words import KnownWord
from indexer.ranking.interviewers import InterviewQuestions
from indexer.ranking.questions import known_questions
from indexer.search.mentions import Place, TermCount, places_of, said_terms
from indexer.storage.bm25 import TermStatistics
from indexer.storage.columns import Columns, identity
from indexer.storage.manifest import IndexedTrack
from indexer.storage.packing import packed, unpacked
from indexer.storage.postings import NOWHERE, Postings, TermPostings
from indexer.storage.reader import IndexReader
from indexer.storage.rows import Rows
from indexer.storage.vectors import Account, Vectors

# Of a sentence, what is kept in every process; the rest comes with blocks.
TIMES = (
    "passage_start_ms", "passage_end_ms", "passage_first", "passage_last",
    "sentence_start_ms", "sentence_end_ms", "sentence_question", "sentence_speaker",
    "sentence_turn",
)  # fmt: skip
_MIX = np.uint64(0x9E3779B97F4A7C15)


class Facts(msgspec.Struct, frozen=True):
    """All that an outline is made of, as it is stored.

    `columns` are without what is said. `rows` and `mean` are how many passages count in the whole
    library and their mean length, `said` in how many of them each of its `terms` is, `pairs` the
    terms that are said side by side, `words` what the speller knows. `interviewers` has who asks in
    each track, `questions` what they ask. `mentions` has where a term of the glossary is said: a
    row a name, its sentence and its characters there. `common` is what all passages mean on the
    whole, `account` that of the vectors, which are left out.
    """

    built_at: str
    built_by: dict[str, str]
    tracks: tuple[IndexedTrack, ...]
    columns: Columns
    catalogue: Catalogue
    rows: int
    mean: float
    terms: tuple[str, ...]
    said: Array
    pairs: Array
    words: tuple[KnownWord, ...]
    interviewers: tuple[tuple[int, bool], ...]
    questions: InterviewQuestions
    mentions: dict[str, Array]
    said_terms: dict[str, TermCount]
    common: Array
    account: Account | None


def rows_among(reader: IndexReader, facts: Facts) -> Rows:
    """Rows of some tracks, among all of the whole library."""
    rows = Rows(reader.tracks, reader.columns, reader.videos)
    rows.layout = replace(rows.layout, rows=facts.rows, mean=facts.mean)
    return rows


class Dictionary(Postings):
    """The terms alone: where each of them is, an engine knows."""

    def __init__(self, terms: Sequence[str]) -> None:
        self.held = frozenset(terms)

    def of(self, term: str) -> TermPostings:
        """Nowhere here."""
        del term
        return NOWHERE


@dataclass(frozen=True, kw_only=True)
class Outline(IndexReader):
    """An index without what is said; its tracks and sentences are numbered as in the whole one."""

    facts: Facts

    @cached_property
    def rows(self) -> Rows:
        """Where tracks, sentences and passages lie in the columns."""
        return rows_among(self, self.facts)

    @cached_property
    def said(self) -> Mapping[str, int]:
        """In how many passages of the whole library each term is."""
        return dict(zip(self.facts.terms, self.facts.said.tolist(), strict=True))

    @cached_property
    def terms(self) -> TermStatistics:
        """In how many passages each term is."""
        return TermStatistics(self.postings, self.rows.layout, self.said)

    def places(self, term: Term) -> tuple[Place, ...]:
        """Where a term of the glossary is said, in the order of the catalogue."""
        found: dict[int, list[tuple[int, int]]] = {}
        rows = self.facts.mentions.get(term.canonical)
        for sentence, *span in () if rows is None else rows.tolist():
            found.setdefault(sentence, []).append((span[0], span[1]))
        return tuple(
            Place(sentence, self.rows.track_of(sentence), tuple(spans))
            for sentence, spans in found.items()
        )


class OutlinedLexicon(Lexicon):
    """What words of an index mean and how they are written, of which there is an outline here."""

    def __init__(self, outline: Outline) -> None:
        super().__init__(outline)
        self._outline = outline

    def written_words(self) -> Iterator[KnownWord]:
        """The words of these transcripts, as they are written."""
        return iter(self._outline.facts.words)

    def _together(self, terms: Sequence[str]) -> bool:
        """Whether terms are said side by side in a sentence: each with the next."""
        if len(terms) == 1:
            return bool(self.document_frequency(terms[0]))
        said = np.array([identity(term) for term in terms], np.uint64)
        asked, known = _paired(said[:-1], said[1:]), self._outline.facts.pairs
        places = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        return bool(len(known)) and bool((known[places] == asked).all())


def packed_outline(reader: IndexReader) -> bytes:
    """Outline an opened index, as it is stored and sent."""
    lexicon, terms = Lexicon(reader), sorted(reader.postings.held)
    facts = Facts(
        built_at=reader.built_at,
        built_by=dict(reader.built_by),
        tracks=reader.tracks,
        columns=_emptied(reader),
        catalogue=reader.catalogue,
        rows=reader.rows.layout.rows,
        mean=reader.rows.layout.mean,
        terms=tuple(terms),
        said=np.array([reader.terms.document_frequency(term) for term in terms], np.int32),
        pairs=_pairs(reader),
        words=tuple(lexicon.written_words()),
        interviewers=tuple(_interviewer(reader, number) for number in range(len(reader.tracks))),
        questions=known_questions(reader, lexicon.vocabulary).interviewers,
        mentions=dict(_mentions(reader)),
        said_terms=said_terms(reader),
        common=_common(reader.vectors),
        account=reader.vectors.account if reader.vectors else None,
    )
    return packed(facts)


def unpacked_outline(content: bytes, name: str) -> Outline:
    """Open an outline under the name of the index it belongs to. Raises IndexerError."""
    facts = unpacked(content, Facts)
    return Outline(
        tracks=facts.tracks,
        columns=facts.columns,
        postings=Dictionary(facts.terms),
        catalogue=facts.catalogue,
        vectors=_no_vectors(facts.account, sum(track.passages for track in facts.tracks)),
        name=name,
        built_at=facts.built_at,
        built_by=facts.built_by,
        facts=facts,
    )


def _no_vectors(account: Account | None, rows: int) -> Vectors | None:
    """So many rows that mean nothing, of the model that gave the true ones."""
    if account is None:
        return None
    nothing = np.broadcast_to(np.int8(0), (rows, account.dimensions))
    scales = np.broadcast_to(np.float32(0), rows)
    return Vectors(account, nothing, scales, np.broadcast_to(np.uint8(0), (rows, 16)))


def _common(vectors: Vectors | None) -> Floats:
    if vectors is None:
        return np.empty(0, np.float32)
    return passage_vectors(vectors.values, vectors.scales).common


def _interviewer(reader: IndexReader, number: int) -> tuple[int, bool]:
    track = reader.rows.sentences_of(number)
    interviewer_of(reader.columns, track)
    return reader.columns.interviewers[track]


def _mentions(reader: IndexReader) -> Iterator[tuple[str, Array]]:
    """Yield where each term of the glossary is said that is said at all."""
    for term in reader.catalogue.terms:
        rows = [(one.sentence, *span) for one in places_of(reader, term) for span in one.spans]
        if rows:
            yield term.canonical, np.array(rows, np.int32)


def _emptied(reader: IndexReader) -> Columns:
    """The columns with the times of all sentences, and of what is said the terms of answers."""
    columns, kept = reader.columns, _of_answers(reader)
    there = {name: getattr(columns, name) for name in TIMES}
    there["sentence_tokens"] = columns.sentence_tokens * kept
    there["token_term"] = columns.token_term[np.repeat(kept, columns.sentence_tokens)]
    counts = {"sentence": len(kept), "token": len(there["token_term"])}
    for field in fields(Columns):
        kind = getattr(columns, field.name).dtype
        blank = np.zeros(counts.get(field.name.partition("_")[0], 0), kind)
        there.setdefault(field.name, blank)
    return Columns(**there)


def _of_answers(reader: IndexReader) -> Bools:
    """The sentences of curated answers: what they speak of tells which of them are alike."""
    kept = np.zeros(len(reader.columns.sentence_tokens), np.bool_)
    for number, track in enumerate(reader.tracks):
        video = reader.videos.get(track.video)
        first, last = reader.rows.sentences_of(number)
        starts = reader.columns.sentence_start_ms[first:last]
        for question in video.questions if video and not track.dead else ():
            if span := question.answer_span:
                begin, end = first + np.searchsorted(starts, span)
                kept[begin:end] = True
    return kept


def _pairs(reader: IndexReader) -> Array:
    """The terms that stand side by side in a sentence, as captions have them or as corrected."""
    found = [np.empty(0, np.uint64)]
    for said, before in reader.positions.wordings:
        sentence = reader.columns.sentences_of(np.flatnonzero(np.diff(before)))
        same = sentence[1:] == sentence[:-1]
        found.append(_paired(said[:-1][same], said[1:][same]))
    return np.unique(np.concatenate(found))


def _paired(first: Array, second: Array) -> Array:
    return np.asarray(first * _MIX ^ second, np.uint64)
