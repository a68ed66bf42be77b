"""The passages, sentences and terms of a generation as numpy arrays, one behind the other.

Arrays only ever grow: a track that changed is added again at the end, and its old rows are marked
dead, until a full build. Row n of the passages is document n of the postings.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from hashlib import blake2b
from itertools import chain, pairwise
from typing import Any, NamedTuple

import numpy as np

from catalog import base_language
from indexer.analysis.tokenizer import CaptionWords, Token
from indexer.arrays import Array
from indexer.mishearing.detector import Mishearing
from indexer.mishearing.terms import IndexedTerm, with_misheard
from transcripts import Passage, Sentence, Transcript


class Values(NamedTuple):
    """Some of the arrays of `Columns`, to read one value at a time, as Python's own numbers.

    Views, no copies, and read so in a seventh of the time that numpy takes.
    """

    sentence_start_ms: memoryview
    sentence_end_ms: memoryview
    sentence_question: memoryview
    sentence_speaker: memoryview
    sentence_turn: memoryview
    sentence_bytes: memoryview
    token_term: memoryview
    token_start: memoryview
    token_end: memoryview
    token_heard: memoryview
    token_offsets: memoryview
    text_offsets: memoryview
    stop_offsets: memoryview


@dataclass(frozen=True)
class Columns:
    """All arrays. Sentences and passages count from the first of their own track.

    int32 unless said otherwise.
    passage_*: one entry a passage; `first`/`last` are its sentences (last exclusive).
    sentence_*: one entry a sentence; `tokens` and `bytes` say how many of each are its own,
    `speaker` is an index into the track's speakers, or -1; `turn` counts the changes of speaker
    before it in its track; `stops` says how many of those are its own.
    stop_*: one entry for each sentence that ends within one, as people write where captions have no
    punctuation: behind which characters of it, and whether it asks.
    token_*: one entry a term: its identity (uint64), and its characters in the sentence. `heard`
    says what a term is, as `indexer/mishearing/terms.py` does (uint8); what captions misheard
    stands behind their own terms for the same characters.
    text: the UTF-8 of all sentences (uint8).
    """

    passage_start_ms: Array
    passage_end_ms: Array
    passage_first: Array
    passage_last: Array
    sentence_start_ms: Array
    sentence_end_ms: Array
    sentence_tokens: Array
    sentence_bytes: Array
    sentence_question: Array
    sentence_speaker: Array
    sentence_turn: Array
    sentence_stops: Array
    stop_at: Array
    stop_asks: Array
    token_term: Array
    token_start: Array
    token_end: Array
    token_heard: Array
    text: Array

    @cached_property
    def token_offsets(self) -> Array:
        """Where each sentence's terms begin; one more entry at the end."""
        return _offsets(self.sentence_tokens)

    @cached_property
    def text_offsets(self) -> Array:
        """Where each sentence's bytes begin; one more entry at the end."""
        return _offsets(self.sentence_bytes)

    @cached_property
    def stop_offsets(self) -> Array:
        """Where each sentence's stops begin; one more entry at the end."""
        return _offsets(self.sentence_stops)

    @cached_property
    def values(self) -> Values:
        """The arrays that are read one value at a time."""
        return Values(*(memoryview(getattr(self, name)) for name in Values._fields))

    @cached_property
    def cut_eases(self) -> dict[tuple[int, int], int]:
        """How easily speech is cut behind a sentence, as far as it was worked out."""
        return {}

    @cached_property
    def landings(self) -> dict[int, Any]:
        """Where to land for a sentence, kept by who lands (`indexer/moments/landing.py`)."""
        return {}

    @cached_property
    def interviewers(self) -> dict[tuple[int, int], tuple[int, bool]]:
        """Who asks in a track, by its first and last sentence, as far as it was worked out.

        With it goes whether two take turns there, of whom nobody is named.
        """
        return {}

    def sentences_of(self, tokens: Array | np.integer[Any] | int) -> Array:
        """The number of the sentence that each token is in."""
        return np.searchsorted(self.token_offsets, tokens, side="right") - 1

    @cached_property
    def _bytes(self) -> memoryview:
        return np.ascontiguousarray(self.text).data

    def tokens_in(self, first: int, last: int) -> slice:
        """The tokens of the sentences from the first to the last (exclusive)."""
        offsets = self.values.token_offsets
        return slice(offsets[first], offsets[last])

    def terms_in(self, first: int, last: int) -> list[int]:
        """The terms of the sentences from the first to the last (exclusive), by identity."""
        return self.values.token_term[self.tokens_in(first, last)].tolist()

    def sentence_text(self, sentence: int) -> str:
        """The text of a sentence, counted over all tracks."""
        offsets = self.values.text_offsets
        begin, end = offsets[sentence], offsets[sentence + 1]
        return str(self._bytes[begin:end], "utf-8")

    def stops(self, sentence: int) -> tuple[tuple[int, bool], ...]:
        """Where what is read ends within a sentence, counted over all tracks, and what asks."""
        there = slice(*self.values.stop_offsets[sentence : sentence + 2])
        if there.start == there.stop:
            return ()
        return tuple(zip(self.stop_at[there].tolist(), self.stop_asks[there].tolist(), strict=True))

    def sentence_texts(self, first: int, last: int) -> Iterator[str]:
        """The texts of the sentences from the first to the last (exclusive)."""
        for begin, end in pairwise(self.values.text_offsets[first : last + 1]):
            yield str(self._bytes[begin:end], "utf-8")


def identity(term: str) -> int:
    """The 64-bit identity of a term: the same in every generation."""
    return int.from_bytes(blake2b(term.encode("utf-8"), digest_size=8).digest(), "little")


# The same, kept: never ask it for what a person typed.
_kept_identity = lru_cache(maxsize=200_000)(identity)


def columns_of(
    transcript: Transcript,
    passages: Sequence[Passage],
    speakers: Sequence[str],
    readings: Sequence[Sequence[Mishearing]] = (),
) -> tuple[Columns, tuple[str, ...]]:
    """Make the arrays of one transcript, and every term that is in it, once.

    `readings` are the names that each sentence's captions misheard.
    """
    language = transcript.track.language
    tokens_of = _words_in(base_language(language)).tokens_of
    written = [tokens_of(sentence.text) for sentence in transcript.sentences]
    misheard = {
        number: with_misheard(written[number], heard, language)
        for number, heard in enumerate(readings)
        if heard
    }
    tokens: list[Sequence[Token | IndexedTerm]] = [
        misheard.get(number, one) for number, one in enumerate(written)
    ]
    flat = list(chain.from_iterable(tokens))
    texts = [sentence.text.encode("utf-8", "replace") for sentence in transcript.sentences]
    names = {name: number for number, name in enumerate(speakers)}
    known = {term: _kept_identity(term) for term in dict.fromkeys(token.term for token in flat)}
    counts = _ints(map(len, tokens))
    how = np.zeros(len(flat), np.uint8)
    for number, first in zip(misheard, _offsets(counts)[[*misheard]].tolist(), strict=True):
        how[first : first + counts[number]] = [token.heard for token in misheard[number]]
    made = Columns(
        **_passage_arrays(passages),
        **_sentence_arrays(transcript.sentences, names),
        sentence_tokens=counts,
        sentence_bytes=_ints(len(text) for text in texts),
        token_term=np.array([known[token.term] for token in flat], np.uint64),
        token_start=_ints([token.start for token in flat]),
        token_end=_ints([token.end for token in flat]),
        token_heard=how,
        text=np.frombuffer(b"".join(texts), np.uint8),
    )
    return made, tuple(known)


@lru_cache(maxsize=32)
def _words_in(language: str) -> CaptionWords:
    return CaptionWords(language)


def _passage_arrays(passages: Sequence[Passage]) -> Mapping[str, Array]:
    return {
        "passage_start_ms": _ints(passage.start_ms for passage in passages),
        "passage_end_ms": _ints(passage.end_ms for passage in passages),
        "passage_first": _ints(passage.first for passage in passages),
        "passage_last": _ints(passage.last for passage in passages),
    }


def _sentence_arrays(
    sentences: Sequence[Sentence], names: Mapping[str, int]
) -> Mapping[str, Array]:
    return {
        "sentence_start_ms": _ints(sentence.start_ms for sentence in sentences),
        "sentence_end_ms": _ints(sentence.end_ms for sentence in sentences),
        "sentence_question": np.array([s.question for s in sentences], np.bool_),
        "sentence_speaker": _ints(names.get(sentence.speaker, -1) for sentence in sentences),
        "sentence_turn": _ints(sentence.turn for sentence in sentences),
        "sentence_stops": _ints(len(sentence.stops) for sentence in sentences),
        "stop_at": _ints(at for sentence in sentences for at, _ in sentence.stops),
        "stop_asks": np.array([asks for s in sentences for _, asks in s.stops], np.bool_),
    }


def empty() -> Columns:
    """Columns without a row."""
    kinds = {
        "sentence_question": np.bool_,
        "stop_asks": np.bool_,
        "token_term": np.uint64,
        "token_heard": np.uint8,
        "text": np.uint8,
    }
    return Columns(**{f.name: np.empty(0, kinds.get(f.name, np.int32)) for f in fields(Columns)})


def _ints(values: Iterable[int]) -> Array:
    return np.fromiter(values, np.int32)


def _offsets(counts: Array) -> Array:
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])
