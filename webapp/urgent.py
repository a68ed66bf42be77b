"""Tells whether a question may be about something that should not wait.

Showing a signpost too often is kinder than missing it once: the words of a phrase may stand in any
order and form, with a few others between them, and why somebody asks is not looked at. The answers
are always shown as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from catalog import Signpost
from indexer import plain_words

# As in "coughing up quite a lot of blood".
WORDS_BETWEEN = 5


def signposts_for(question: str, signposts: Iterable[Signpost]) -> tuple[Signpost, ...]:
    """The signposts whose words are in a question, each in the language of those words.

    They keep their order; of those that say the same in several languages there is only the first.
    """
    cut: dict[str, tuple[str, ...]] = {}
    found: dict[str, Signpost] = {}
    for one in signposts:
        if one.language not in cut:
            cut[one.language] = plain_words(question, one.language)
        if one.slug not in found and _any_in(one, cut[one.language]):
            found[one.slug] = one
    return tuple(found.values())


def _any_in(signpost: Signpost, words: Sequence[str]) -> bool:
    asked = frozenset(words)
    return any(phrase <= asked and _together(phrase, words) for phrase in _phrases(signpost))


@lru_cache(maxsize=1000)
def _phrases(signpost: Signpost) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(plain_words(one, signpost.language)) for one in signpost.words)


def _together(phrase: frozenset[str], words: Sequence[str]) -> bool:
    """Whether all words of a phrase stand close to each other, in any order."""
    last: dict[str, int] = {}
    for place, word in enumerate(words):
        if word in phrase:
            last[word] = place
            if len(last) == len(phrase):
                spread = place - min(last.values()) + 1
                if spread <= len(phrase) + WORDS_BETWEEN:
                    return True
    return False
