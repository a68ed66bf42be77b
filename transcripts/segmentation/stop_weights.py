"""What tells of the end of a sentence: words, pauses and length, in tenths of log-odds.

`transcripts/data/stops.toml` has the weights; `tests/benchmarks/learn_stops.py` learned them.
"""

from bisect import bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import pairwise
from operator import add
from typing import NamedTuple

from catalog import read_word_lists
from transcripts.model import Word

Sign = tuple[str, str]

_LISTS = read_word_lists("transcripts/data/stops.toml")
# The places of words around an end; 0 is the last one before it.
PLACES = range(-2, 4)
# Pairs of words tell too: the first of each stands there.
PAIRS = {"pairs-before": -1, "pairs-across": 0, "pairs-behind": 1}
EDGE, NUMBER, OTHER = "^", "#", "-"
_ENDINGS = _LISTS.words("endings")
_LETTER_MS = 55


class Steps(NamedTuple):
    """Weights, each of which holds from its number up to the next."""

    least: tuple[int, ...]
    weights: tuple[int, ...]

    def weight(self, number: int) -> int:
        """The weight at a number."""
        return self.weights[max(0, bisect_right(self.least, number) - 1)]


def _steps(name: str) -> Steps:
    found = sorted((int(least), weight) for least, weight in _LISTS.weights(name).items())
    return Steps(tuple(least for least, _ in found), tuple(weight for _, weight in found))


# By the words since the last end, where that begins as a question and where not; by the silence
# where captions have no times of words, else by how long a word takes.
LENGTHS, LENGTHS_ASKED = _steps("lengths"), _steps("lengths-asked")
_SILENCES, _PAUSES = _steps("silences"), _steps("pauses")
_ROWS = _LISTS.several("places")
_BY_PLACE = {
    place: {word: int(row[n]) for word, row in _ROWS.items()} for n, place in enumerate(PLACES)
}
_BY_PAIR = {
    place: {pair: int(weight) for pair, weight in _LISTS.weights(table).items()}
    for table, place in PAIRS.items()
}


def weights_of(words: Sequence[Word], spoken: Sequence[str]) -> list[int]:
    """What words and pause say for an end behind each word but the last.

    `spoken` are the words as `bare` makes them.
    """
    known = {word: kind_of(word, _ROWS) for word in set(spoken)}
    kinds = [known[word] for word in spoken]
    pairs = [f"{first} {second}" for first, second in pairwise(kinds)]
    told = [_pause_weight(words, n) for n in range(len(words) - 1)]
    for place, weights in _BY_PLACE.items():
        told = _with(told, [weights.get(kind, 0) for kind in kinds], place, weights.get(EDGE, 0))
    for place, weights in _BY_PAIR.items():
        told = _with(told, [weights.get(pair, 0) for pair in pairs], place, 0)
    return told


def _with(told: Sequence[int], weights: Sequence[int], place: int, edge: int) -> list[int]:
    """Add to each gap what is told at a place from it, or what the edge of all words tells."""
    moved = [edge] * max(0, -place) + [*weights[max(0, place) :]] + [edge] * max(0, place)
    return [*map(add, told, moved)]


def kind_of(word: str, common: Container[str]) -> str:
    """What a word is weighed as: itself when it is common, else a number, or by its ending."""
    if word in common:
        return word
    if word[:1].isdigit():
        return NUMBER
    fitting = (end for end in _ENDINGS if word.endswith(end[1:]) and len(word) > len(end) + 1)
    return next(fitting, OTHER)


def signs(kinds: Sequence[str], n: int) -> Iterator[Sign]:
    """What is weighed of the words around the gap behind word `n`: each by its place, and pairs."""
    for place in PLACES:
        yield str(place), kinds[n + place] if 0 <= n + place < len(kinds) else EDGE
    for table, place in PAIRS.items():
        if 0 <= n + place < len(kinds) - 1:
            yield table, f"{kinds[n + place]} {kinds[n + place + 1]}"


def _pause_weight(words: Sequence[Word], n: int) -> int:
    steps = _PAUSES if words[n + 1].timed else _SILENCES
    return steps.weight(pause_ms(words, n))


def pause_ms(words: Sequence[Word], n: int) -> int:
    """How long it takes from word `n` to the next, beyond what it takes to say it.

    Where only cues have times, that is the silence between two of them.
    """
    word, after = words[n], words[n + 1]
    if not after.timed:
        return after.start_ms - word.end_ms
    return after.start_ms - word.start_ms - _LETTER_MS * len(word.text)
