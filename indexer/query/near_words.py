"""Words that another may be misspelled for: about as long, and beginning or sounding alike."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, product

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.mishearing.phonetics import skeleton_of

_MOST = 40
# So many first letters and lengths are kept with the words that are about so: a megabyte or two.
_SHAPES = 256
_SOUND_ALIKE = {
    "c": "ks", "k": "cq", "s": "cz", "z": "sx", "x": "z", "f": "p", "p": "f", "j": "g", "g": "j",
    "i": "ey", "e": "ia", "y": "i", "n": "kp", "q": "k", "a": "eo", "o": "a", "u": "o",
}  # fmt: skip


class NearWords:
    """Folded words to look through, and medicines, each by its first letter and its length."""

    def __init__(self, words: Iterable[str], medicines: Iterable[str]) -> None:
        self._by_shape: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._medicines: dict[int, dict[str, list[str]]] = defaultdict(dict)
        for name in (names := sorted(medicines)):
            self._medicines[len(name)].setdefault(name[0], []).append(name)
        for word in dict.fromkeys((*words, *names)):
            self._by_shape[word[0], len(word)].append(word)
        self._about = lru_cache(_SHAPES)(self._gathered)

    def within(self, word: str, slips: int) -> list[tuple[int, str]]:
        """The words that are no more slips of the pen away, with how many, the nearest first."""
        found = process.extract(
            word,
            self._about(word[0], len(word), slips),
            scorer=OSA.distance,
            score_cutoff=slips,
            limit=_MOST,
        )
        return [(int(distance), other) for other, distance, _ in found]

    def _gathered(self, letter: str, length: int, slips: int) -> list[str]:
        """Take words of about a length that begin alike, as misspelled words nearly do.

        Medicines may begin in any way: which of them is nearest matters most.
        """
        first = {letter, *_SOUND_ALIKE.get(letter, "")}
        lengths = range(length - slips, length + slips + 1)
        alike = (self._by_shape.get(shape, ()) for shape in product(sorted(first), lengths))
        others = (
            names
            for long in lengths
            for begins, names in self._medicines.get(long, {}).items()
            if begins not in first
        )
        return [*chain.from_iterable(alike), *chain.from_iterable(others)]


def may_sound_alike(one: str, other: str) -> bool:
    """Whether two words differ in no consonant but one too many, or two that changed places.

    Who writes "surgary" means surgery; "resort" is no report.
    """
    short, long = sorted((skeleton_of(one), skeleton_of(other)), key=len)
    left = iter(long)
    return all(letter in left for letter in short) or sorted(short) == sorted(long)
