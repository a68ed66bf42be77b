"""Finds what is said around the answers: greetings, farewells, and sponsors' messages.

`transcripts/data/asides.toml` has their words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from catalog import read_word_lists
from transcripts.model import Passage, Sentence
from transcripts.segmentation.clauses import spoken_words

# A greeting begins, and a farewell ends, so near to where the video does.
EDGE_MS = 45_000
# Where a sponsor's message goes on, it names its offer, or the next sponsor, within so long.
_GOES_ON_MS = 120_000
# So much of a passage, by its time, makes it a sponsor's message.
_MOSTLY = 1 / 3
_LISTS = read_word_lists("transcripts/data/asides.toml")


def _any_of(name: str) -> re.Pattern[str]:
    phrases = "|".join(re.escape(phrase) for phrase in _LISTS.phrases(name))
    return re.compile(rf"(?<!\S)(?:{phrases})(?!\S)")


_GREETING, _FAREWELL = _any_of("greeting"), _any_of("farewell")
_SPONSOR, _OFFER = _any_of("sponsor"), _any_of("offer")


def with_asides(passages: Sequence[Passage], sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """Say of each passage of a transcript whether it is an aside, and which."""
    if not passages:
        return ()
    said = [_spoken(sentence.text) for sentence in sentences]
    sponsored = _sponsored(sentences, said)
    end_ms = max(passage.end_ms for passage in passages)
    return tuple(_told(passage, sentences, said, sponsored, end_ms) for passage in passages)


def _told(
    passage: Passage,
    sentences: Sequence[Sentence],
    said: Sequence[str],
    sponsored: frozenset[int],
    end_ms: int,
) -> Passage:
    inside = range(passage.first, passage.last)
    text = " ".join(said[passage.first : passage.last])
    sold_ms = sum(sentences[n].end_ms - sentences[n].start_ms for n in inside if n in sponsored)
    if sold_ms and sold_ms >= _MOSTLY * (passage.end_ms - passage.start_ms):
        return replace(passage, aside="sponsor")
    if passage.start_ms < EDGE_MS and _GREETING.search(text):
        return replace(passage, aside="greeting")
    if end_ms - passage.end_ms < EDGE_MS and _FAREWELL.search(text):
        return replace(passage, aside="farewell")
    return passage


def _spoken(text: str) -> str:
    """The words of a text as the lists have them."""
    words = spoken_words(text.replace("%", " percent").replace(".com", " com"))
    return " ".join(word for word in words if word)


def _sponsored(sentences: Sequence[Sentence], said: Sequence[str]) -> frozenset[int]:
    """Find the sentences of sponsors' messages.

    A message goes from the first to the last of several signs that follow one another; one at
    least is an offer. A sponsor who is only named offers nothing.
    """
    found: set[int] = set()
    for signs in _runs(sentences, [n for n, text in enumerate(said) if _is_sign(text)]):
        if len(signs) > 1 and any(_OFFER.search(said[n]) for n in signs):
            found.update(range(signs[0], signs[-1] + 1))
    return frozenset(found)


def _is_sign(text: str) -> bool:
    return bool(_SPONSOR.search(text) or _OFFER.search(text))


def _runs(sentences: Sequence[Sentence], signs: Sequence[int]) -> Iterator[list[int]]:
    run = list(signs[:1])
    for before, sign in pairwise(signs):
        if sentences[sign].start_ms - sentences[before].end_ms > _GOES_ON_MS:
            yield run
            run = []
        run.append(sign)
    if run:
        yield run
