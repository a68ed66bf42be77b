"""Finds in a transcript the names that its captions probably misheard. The words stay as they are.

Three things tell, in this order: what a person found out (`catalog/corrections.toml`), the aliases
that the glossary lists, and for long names the likeness of unknown words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

import msgspec

from catalog import Catalogue, Correction, Term, base_language, checksum
from indexer.mishearing.aliases import Aliases, Corrections
from indexer.mishearing.phonetics import skeleton
from indexer.mishearing.similarity import Likeness
from indexer.mishearing.words import Said, words_of
from transcripts import Transcript

# Names are compared by how they sound only where they are said about so.
_SOUNDED = ("en", "es")
_MOST_PIECES = 3


class Reading(NamedTuple):
    """What characters `start` to `end` of a sentence were probably meant to be.

    `reviewed` when a person found so.
    """

    name: str
    start: int
    end: int
    reviewed: bool = False


class Hearer:
    """What a catalogue knows about misheard names. One serves a whole build."""

    def __init__(
        self, glossary: Iterable[Term] = (), corrections: Iterable[Correction] = ()
    ) -> None:
        self._terms = tuple(glossary)
        self._corrections = tuple(corrections)
        self._aliases = Aliases(self._terms)
        self.likeness = Likeness(self._terms)
        self._skeletons: dict[str, str] = {}
        # What else a term has decides nothing here.
        names = [replace(one, unsourced=(), facts="", sources=()) for one in self._terms]
        self._glossary = hashlib.sha256(msgspec.json.encode(names)).digest()

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a reading may have, each once."""
        canonical = (term.canonical for term in self._terms)
        variants = (name for term in self._terms for name in term.variants)
        meant = (one.meant for one in self._corrections if one.meant)
        long = self.likeness.written_names
        return tuple(dict.fromkeys((*canonical, *long, *variants, *meant)))

    def basis(self, video: str) -> str:
        """The SHA-256 of all that decides what is read in a video's transcripts."""
        corrections = msgspec.json.encode(Corrections(self._corrections, video).all)
        return checksum(self._glossary + corrections)

    def readings(self, transcript: Transcript) -> tuple[tuple[Reading, ...], ...]:
        """Find the probable names of each sentence, in order; none overlaps another."""
        found: list[list[Reading]] = [[] for _ in transcript.sentences]
        texts = [sentence.text for sentence in transcript.sentences]
        words = words_of(texts)
        taken = bytearray(len(words))
        for at, length, correction in self.corrected(transcript, words):
            if _take(taken, at, length) and correction.meant:
                found[words[at].sentence].append(
                    _reading(words, at, length, correction.meant, True)
                )
        probable = list(self._aliases.found_in(words, texts))
        if base_language(transcript.track.language) in _SOUNDED:
            probable += self._alike(words)
            # The longer ones first: "a fat nib" rather than "fat nib".
            probable += sorted(self._joined(words), key=lambda found: -found[1])
        for at, length, name in probable:
            if _take(taken, at, length):
                found[words[at].sentence].append(_reading(words, at, length, name))
        return tuple(tuple(sorted(one, key=lambda reading: reading.start)) for one in found)

    def corrected(
        self, transcript: Transcript, words: Sequence[Said] | None = None
    ) -> Iterator[tuple[int, int, Correction]]:
        """Yield (place, how many words, correction) for what persons found in a transcript."""
        corrections = Corrections(self._corrections, transcript.track.video)
        if corrections.all:
            said = words or words_of(sentence.text for sentence in transcript.sentences)
            yield from corrections.found_in(said, transcript.sentences)

    def _alike(self, words: Sequence[Said]) -> Iterator[tuple[int, int, str]]:
        for at, word in enumerate(words):
            name = self.likeness.of_word(word.text)
            if name:
                yield at, 1, name

    def _joined(self, words: Sequence[Said]) -> Iterator[tuple[int, int, str]]:
        """Find names that captions parted: a few words that sound like one name together."""
        keys = [self._skeleton(word.text) for word in words]
        beginnings, skeletons = self.likeness.beginnings, self.likeness.skeletons
        for at, key in enumerate(keys):
            if key not in beginnings:
                continue
            whole = key
            for length in range(2, min(_MOST_PIECES, len(words) - at) + 1):
                whole = _joined_key(whole, keys[at + length - 1])
                if whole not in beginnings:
                    break
                pieces = words[at : at + length]
                if whole in skeletons and pieces[-1].sentence == pieces[0].sentence:
                    name = self.likeness.of_joined(piece.text for piece in pieces)
                    if name:
                        yield at, length, name

    def _skeleton(self, word: str) -> str:
        key = self._skeletons.get(word)
        if key is None:
            key = self._skeletons[word] = skeleton(word)
        return key


def _joined_key(key: str, more: str) -> str:
    """Join the skeletons of words that are one name: only its first vowel counts."""
    rest = more[1:] if more[:1] == "a" else more
    return key + (rest[1:] if rest and rest[0] == key[-1:] else rest)


def _take(taken: bytearray, at: int, length: int) -> bool:
    """Take words that nothing else has taken; tell whether they were free."""
    free = not any(taken[at : at + length])
    if free:
        taken[at : at + length] = b"\x01" * length
    return free


def _reading(
    words: Sequence[Said], at: int, length: int, name: str, reviewed: bool = False
) -> Reading:
    return Reading(name, words[at].start, words[at + length - 1].end, reviewed)


def hearer_of(catalogue: Catalogue) -> Hearer:
    """Make the hearer of a catalogue."""
    return Hearer(catalogue.terms, catalogue.corrections)
