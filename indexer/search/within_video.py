"""Where one video says what a query asks for: its sentences, each with what to highlight."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from indexer.arrays import Array
from indexer.moments.readable import readable_sentences
from indexer.moments.snippets import highlights
from indexer.query.parser import Query
from indexer.ranking.matching import WeightedConcept, holding_phrases, weigh
from indexer.settings import Settings
from indexer.storage.columns import identity
from indexer.storage.reader import IndexReader

# A sentence is a place when it holds this share of what the best sentence of the video holds.
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class Mention:
    """A sentence that says what was asked for.

    `place` counts the sentences of the transcript, `spans` are highlights as (start, end)
    character offsets into `text`; `readable` is that as it is read, "" where captions have marks.
    """

    place: int
    start_ms: int
    text: str
    spans: tuple[tuple[int, int], ...]
    readable: str = ""


@dataclass(frozen=True, slots=True)
class TrackMentions:
    """The mentions in one track of a video, in the order they are said.

    `starts_ms` is when each sentence that is one begins, by its place; `mention` reads the one at
    a place. `end_ms` is when the last word ends; `find_unsaid` finds the things asked for of which
    nothing is said.
    """

    video: str
    language: str
    starts_ms: Mapping[int, int]
    mention: Callable[[int], Mention]
    end_ms: int
    find_unsaid: Callable[[], tuple[str, ...]] = tuple

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The things asked for of which nothing is said."""
        return self.find_unsaid()

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All of them, read. A long track can have very many."""
        return tuple(self.mention(place) for place in self.starts_ms)


def within(
    reader: IndexReader, query: Query, tracks: Iterable[tuple[str, str]], settings: Settings
) -> Iterator[TrackMentions]:
    """Find what a query asks for in each of some tracks, given by video and language.

    Filters narrow down videos, and so mean nothing here. A track that is not there is left out.
    """
    concepts = weigh(query.concepts, reader.terms.rarity, settings)
    terms = tuple(dict.fromkeys(term for concept in concepts for _, term in concept.terms))
    wanted = [(reader.rows.track_numbers.get(track), track) for track in tracks]
    known = [(number, track) for number, track in wanted if number is not None]
    if not known:
        return
    ranges = [reader.rows.sentences_of(number) for number, _ in known]
    weights = {identity(term): 1.0 for term in terms}
    saying = dict(zip(terms, _saying(reader, weights, ranges), strict=True))
    sentences, worth = _worth(reader, query, concepts, saying)
    places = sentences.searchsorted(ranges).tolist()
    values = reader.columns.values
    for nth, (number, track) in enumerate(known):
        (first, last), (begin, end) = ranges[nth], places[nth]
        found = _enough(sentences[begin:end], worth[begin:end]).tolist()
        yield TrackMentions(
            *track,
            {sentence - first: values.sentence_start_ms[sentence] for sentence in found},
            partial(_mention, reader, number, weights),
            values.sentence_end_ms[last - 1] if last > first else 0,
            partial(_unsaid, concepts, saying, nth),
        )


def _unsaid(
    concepts: Sequence[WeightedConcept], saying: Mapping[str, Sequence[Array]], nth: int
) -> tuple[str, ...]:
    said = {term for term, parts in saying.items() if len(parts[nth])}
    return tuple(one.shown for one in concepts if not one.is_said(said))


def _saying(
    reader: IndexReader, terms: Iterable[int], ranges: Sequence[tuple[int, int]]
) -> Iterator[list[Array]]:
    """Yield for each term the tokens that are it, in each range of sentences."""
    edges = reader.columns.token_offsets[np.array(ranges)]
    for term in terms:
        tokens = reader.positions.tokens_of(term)
        yield [tokens[begin:end] for begin, end in tokens.searchsorted(edges).tolist()]


def _worth(
    reader: IndexReader,
    query: Query,
    concepts: Sequence[WeightedConcept],
    saying: Mapping[str, Sequence[Array]],
) -> tuple[Array, NDArray[np.float64]]:
    """All sentences that say something and what a query leaves of them, with what each is worth."""
    tokens = np.concatenate([np.arange(0), *chain.from_iterable(saying.values())])
    terms = np.repeat(np.arange(len(saying)), [sum(map(len, one)) for one in saying.values()])
    each = reader.columns.sentences_of(tokens)
    ordered = np.sort(each)
    sentences = ordered[np.diff(ordered, prepend=-1) > 0]
    places = sentences.searchsorted(each)
    held = np.zeros((len(saying), len(sentences)), np.bool_)
    held[terms, places] = True
    said = dict(zip(saying, held, strict=True))
    worth = np.zeros(len(sentences))
    for concept in concepts:
        worth += concept.worth * concept.share(said)
    if query.phrases or query.excluded:
        begins, ends = reader.columns.token_offsets[[sentences, sentences + 1]]
        kept = holding_phrases(reader.positions, query, begins, ends)
        worth, sentences = worth[kept], sentences[kept]
    return sentences, worth


def _enough(sentences: Array, worth: NDArray[np.float64]) -> Array:
    """Those of a track that hold nearly as much as its best one."""
    enough: Array = sentences[(worth > 0) & (worth >= _ENOUGH * worth.max(initial=0.0))]
    return enough


def _mention(reader: IndexReader, track: int, weights: Mapping[int, float], place: int) -> Mention:
    sentence = reader.rows.sentences_of(track)[0] + place
    text, spans = highlights(reader.columns, sentence, sentence + 1, weights)
    read = " ".join(readable_sentences(reader, track, sentence, sentence + 1))
    return Mention(place, int(reader.columns.sentence_start_ms[sentence]), text, spans, read)
