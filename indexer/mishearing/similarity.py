"""Phonetic similarity: finds the long name that an unknown word sounds and is spelled like.

A name is claimed only when it is surely nearest: a word as near to two different drugs is left
alone, and so is every word that is a name or an everyday word itself.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import combinations_with_replacement
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog import Term, read_word_lists
from indexer.analysis.languages import stopwords
from indexer.analysis.tokenizer import fold
from indexer.mishearing.phonetics import joined_skeleton, phonetic_key, skeleton_key

_LISTS = read_word_lists("indexer/data/medicines.toml")
OTHER_DRUGS = frozenset(
    word for name in ("kinase-inhibitors", "antibodies", "others") for word in _LISTS.words(name)
)
SPANISH_DRUGS = _LISTS.word_set("spanish")
_EVERYDAY = _LISTS.word_set("everyday")
_KINDS = frozenset(("drug", "gene", "biomarker", "test"))
_SHORTEST_NAME = 7
# The names of tests and genes are nearer to everyday words.
_SHORTEST_OTHER = 9
_SHORTEST_WORD = 6
_FARTHEST = 3
_ENDINGS = _LISTS.words("endings")
_UNMISTAKABLE = _LISTS.words("unmistakable-endings")
_LITTLE = stopwords("en") | stopwords("es")


def is_medicine(word: str) -> bool:
    """Whether a folded word is the name of a medicine, or ends as only these do."""
    return word in OTHER_DRUGS or word in SPANISH_DRUGS or word.endswith(_UNMISTAKABLE)


class Distance(NamedTuple):
    """The edit distance of two words as they sound: in letters, and in consonants alone."""

    letters: int
    consonants: int

    @property
    def total(self) -> int:
        """Both together: what differs in its consonants is heard as another word."""
        return self.letters + self.consonants


class NameMatcher:
    """The long names of a glossary, to compare words with.

    `skeletons` are the keys of the drugs' names, `prefixes` all that these may begin with.
    """

    def __init__(self, glossary: Iterable[Term]) -> None:
        terms = tuple(glossary)
        self._known = frozenset(_known_words(terms))
        self._names = dict(_long_names(terms))
        # What is another medicine may be the nearest, and then nothing is claimed.
        others = {name: ("", name) for name in sorted(OTHER_DRUGS) if name not in self._names}
        self._all: Mapping[str, tuple[str, str]] = {**self._names, **others}
        self._keys = {name: phonetic_key(name) for name in self._all}
        drugs = dict(_long_names(term for term in terms if term.kind == "drug"))
        self.skeletons = frozenset(map(skeleton_key, drugs))
        self.prefixes = frozenset(
            key[:length] for key in self.skeletons for length in range(1, len(key) + 1)
        )
        self.match = lru_cache(maxsize=200_000)(self._match)

    @cached_property
    def going_on(self) -> Mapping[str, frozenset[str]]:
        """The keys of the words behind each prefix that make it a longer one, or leave it."""
        found: dict[str, set[str]] = {}
        for key in self.skeletons:
            for begin, end in combinations_with_replacement(range(1, len(key) + 1), 2):
                prefix, rest = key[:begin], key[begin:end]
                ways = (rest, f"a{rest}", prefix[-1] + rest, f"a{prefix[-1]}{rest}")
                found.setdefault(prefix, set()).update(
                    way for way in ways if joined_skeleton(prefix, way) in self.prefixes
                )
        return {prefix: frozenset(behind) for prefix, behind in found.items()}

    @property
    def written_names(self) -> tuple[str, ...]:
        """The long names as the glossary writes them."""
        return tuple(written for _, written in self._names.values())

    def _match(self, word: str) -> str:
        """Return the name that one folded word surely is, misheard; empty when it is none."""
        if not _is_long(word) or word in self._known:
            return ""
        return self._surely(word, joined=False)

    def match_joined(self, parts: Sequence[str]) -> str:
        """Return the name that adjacent folded words surely are, which captions parted.

        Names that are said whole are none: "tarceva a" is only Tarceva. Nor does a name end in a
        little word: "a fast in" is not Avastin.
        """
        word = "".join(parts)
        if parts[-1] in _LITTLE or not _is_long(word):
            return ""
        if word in self._known and word not in self._names:
            return ""
        if any(part in self._names or self.match(part) for part in parts):
            return ""
        return self._surely(word, joined=True)

    def _surely(self, word: str, *, joined: bool) -> str:
        near = self.nearest(word)
        if not near:
            return ""
        (best, distance), *others = near
        term, written = self._all[best]
        if not term or not _is_alike(distance, best, joined=joined):
            return ""
        rivals = (other.total for name, other in others if self._all[name][0] != term)
        return written if distance.total < next(rivals, 2 * _FARTHEST) else ""

    def candidates(self, word: str) -> tuple[str, ...] | None:
        """Return the names that a word that is none may be, for a person to choose from.

        None for a word that does not sound like a medicine; empty for one that ends like them.
        """
        if not _is_long(word) or word in self._known:
            return None
        names = tuple(
            self._all[name][1]
            for name, distance in self.nearest(word)
            if name.endswith(_ENDINGS) and distance.total <= _FARTHEST
        )
        return names[:2] if names or word.endswith(_UNMISTAKABLE) else None

    def nearest(self, word: str) -> list[tuple[str, Distance]]:
        """Return folded names within three letters of a word as it sounds, nearest first."""
        key, skeleton = phonetic_key(word), skeleton_key(word)
        found = process.extract(
            key, self._keys, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=8
        )
        near = [
            (name, Distance(int(letters), OSA.distance(skeleton, skeleton_key(name))))
            for _, letters, name in found
        ]
        return sorted(near, key=lambda one: one[1].total)


def _is_long(word: str) -> bool:
    return len(word) >= _SHORTEST_WORD and word.isalpha()


def _is_alike(distance: Distance, name: str, *, joined: bool) -> bool:
    """Whether a distance is small enough for a name of this length.

    The endings of medicines' names are in few other words, so there more may differ.
    """
    length = len(name)
    if joined or not name.endswith(_ENDINGS):
        most = length // 5 - (distance.consonants if length >= 9 else distance.consonants * 2)
    else:
        most = (2 if length < 9 else 3) - distance.consonants
    return distance.letters <= most and distance.consonants <= (0 if joined else 1)


def _long_names(terms: Iterable[Term]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each long name as folded, with the term it belongs to and as it is written.

    Of a drug that has several words each long word is a name: "dabrafenib and trametinib".
    Other names of a term count when they are capitalised or surely a medicine; "inherited" is none.
    """
    for term in terms:
        if term.kind not in _KINDS:
            continue
        shortest = _SHORTEST_NAME if term.kind == "drug" else _SHORTEST_OTHER
        for name in (term.canonical, *term.variants):
            parts = name.replace("-", " ").split()
            if len(parts) > 1 and term.kind != "drug":
                continue
            for part in parts:
                folded = fold(part)
                proper = name == term.canonical or not part.islower() or folded in OTHER_DRUGS
                if len(folded) >= shortest and folded.isalpha() and proper:
                    several = len(parts) > 1 and name == term.canonical
                    yield folded, (folded if several else term.canonical, part)


def _known_words(terms: Iterable[Term]) -> Iterator[str]:
    """Yield every folded word that is right as it is."""
    yield from OTHER_DRUGS
    yield from SPANISH_DRUGS
    yield from _EVERYDAY
    yield from _LITTLE
    for term in terms:
        for name in (term.canonical, *term.variants, *term.related, *term.spanish):
            yield from fold(name).replace("-", " ").split()
