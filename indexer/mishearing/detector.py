"""Finds in a transcript the names that its captions probably misheard. The words stay as they are.

Three things tell, in this order: what a person found out (`catalog/corrections.toml`), the aliases
that the glossary lists, and for long names the likeness of unknown words.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import msgspec

from catalog import Catalogue, Correction, Term, base_language, checksum
from indexer.mishearing.aliases import Aliases, Corrections
from indexer.mishearing.phonetics import joined_skeleton, skeleton_key
from indexer.mishearing.similarity import NameMatcher
from indexer.mishearing.words import SpokenWords
from transcripts import Transcript

# Names are compared by how they sound only where they are said about so.
_SOUNDED = ("en", "es")
_MOST_PIECES = 3


class Mishearing(NamedTuple):
    """The name that characters `start` to `end` of a sentence were probably meant to be.

    `reviewed` when a person found so.
    """

    name: str
    start: int
    end: int
    reviewed: bool = False


class MishearingDetector:
    """What a catalogue knows about misheard names. One serves a whole build."""

    def __init__(
        self, glossary: Iterable[Term] = (), corrections: Iterable[Correction] = ()
    ) -> None:
        self._terms = tuple(glossary)
        self._corrections = tuple(corrections)
        self._aliases = Aliases(self._terms)
        self.matcher = NameMatcher(self._terms)
        # What else a term has decides nothing here.
        names = [replace(one, unsourced=(), facts="", sources=()) for one in self._terms]
        self._glossary = hashlib.sha256(msgspec.json.encode(names)).digest()

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What persons found out."""
        return self._corrections

    @property
    def names(self) -> tuple[str, ...]:
        """Every name that a mishearing may have, each once."""
        canonical = (term.canonical for term in self._terms)
        variants = (name for term in self._terms for name in term.variants)
        meant = (one.meant for one in self._corrections if one.meant)
        long = self.matcher.written_names
        return tuple(dict.fromkeys((*canonical, *long, *variants, *meant)))

    def fingerprint(self, video: str) -> str:
        """The SHA-256 of all that decides what is found in a video's transcripts."""
        corrections = msgspec.json.encode(Corrections(self._corrections, video).all)
        return checksum(self._glossary + corrections)

    def found_in(self, transcript: Transcript) -> tuple[tuple[Mishearing, ...], ...]:
        """Find the probable names of each sentence, in order; none overlaps another."""
        texts = [sentence.text for sentence in transcript.sentences]
        words = SpokenWords(texts)
        reviewed = [
            (at, length, correction.meant)
            for at, length, correction in self.corrections_in(transcript, words)
        ]
        probable = [*self._aliases.found_in(words, texts)]
        if base_language(transcript.track.language) in _SOUNDED:
            probable += self._whole(words)
            # The longer ones first: "a fat nib" rather than "fat nib".
            probable += sorted(self._parted(words), key=lambda found: -found[1])
        taken = bytearray(len(words))
        found: list[list[Mishearing]] = [[] for _ in texts]
        for number, (at, length, name) in enumerate((*reviewed, *probable)):
            if any(taken[at : at + length]):
                continue
            taken[at : at + length] = b"\x01" * length
            if name:  # else a person found the words right
                first, last = words[at], words[at + length - 1]
                one = Mishearing(name, first.start, last.end, number < len(reviewed))
                found[first.sentence].append(one)
        return tuple(tuple(sorted(of_one, key=lambda one: one.start)) for of_one in found)

    def corrections_in(
        self, transcript: Transcript, words: SpokenWords | None = None
    ) -> Iterator[tuple[int, int, Correction]]:
        """Yield (place, how many words, correction) for what persons found in a transcript."""
        corrections = Corrections(self._corrections, transcript.track.video)
        if corrections.all:
            said = words or SpokenWords(sentence.text for sentence in transcript.sentences)
            yield from corrections.found_in(said, transcript.sentences)

    def _whole(self, words: SpokenWords) -> Iterator[tuple[int, int, str]]:
        names = {word: name for word in set(words.texts) if (name := self.matcher.match(word))}
        for at in words.places(names):
            yield at, 1, names[words.texts[at]]

    def _parted(self, words: SpokenWords) -> Iterator[tuple[int, int, str]]:
        """Find names that captions parted: a few words that sound like one name together."""
        known = {word: skeleton_key(word) for word in set(words.texts)}
        keys = [known[word] for word in words.texts]
        going_on, skeletons = self.matcher.going_on, self.matcher.skeletons
        begins = (
            n for n, (key, more) in enumerate(pairwise(keys)) if more in going_on.get(key, ())
        )
        for at in begins:
            whole = keys[at]
            for end in range(at + 2, min(at + _MOST_PIECES, len(keys)) + 1):
                if keys[end - 1] not in going_on[whole]:
                    break
                whole = joined_skeleton(whole, keys[end - 1])
                if whole in skeletons and words.in_one_sentence(at, end - 1):
                    name = self.matcher.match_joined(words.texts[at:end])
                    if name:
                        yield at, end - at, name


def detector_of(catalogue: Catalogue) -> MishearingDetector:
    """Make the detector of a catalogue."""
    return MishearingDetector(catalogue.terms, catalogue.corrections)
