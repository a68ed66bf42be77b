"""Respelling: words of a question that were joined, split or dictated, by what the index says.

"pseudo progression" is pseudoprogression where only that is said, "secondopinion" a second opinion
where that is said together, and "oh simmer tin ib" sounds like osimertinib. What was typed stays.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

import msgspec
from rapidfuzz import process
from rapidfuzz.distance import OSA

from catalog import MisheardForm, Term
from indexer.analysis.analysed import Analyse, AnalysedText, Once
from indexer.analysis.languages import stopwords
from indexer.analysis.tokenizer import fold
from indexer.mishearing.aliases import is_near
from indexer.mishearing.phonetics import phonetic_key, skeleton_key, skeleton_of, sound_of
from indexer.mishearing.similarity import OTHER_DRUGS, SPANISH_DRUGS
from indexer.mishearing.words import SpokenWord, folded_words
from indexer.query.spelling import Speller
from indexer.query.synonyms import Terms

_MOST_WORDS = 30
_MOST_PIECES = 5
_MOST_JOINED = 3
_SHORTEST_JOINED = 5
_SHORTEST_SPLIT = 5
_LONGEST = 30
_SHORTEST_NAME = 6
# Shorter ones are not among the words that are written down.
_SHORTEST_WRITTEN = 3
# How far a name may sound from what was dictated: the share of its letters that may differ, when
# none, one or two of its consonants do. A name of another thing has to be so much farther.
_FARTHEST = 5
_LETTERS = (0.45, 0.34, 0.2)
_MOST_CONSONANTS = len(_LETTERS) - 1
_CLEARLY = 2
_SOUNDED = frozenset(
    ("body", "disease", "drug", "outcome", "side effect", "test", "treatment", "trial")
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_BESIDE = re.compile(r" ?[ -]? ?")


class Respelled(msgspec.Struct, frozen=True):
    """Characters of a question that are other words: the `terms` said here, or a name guessed."""

    start: int
    end: int
    terms: Terms = ()
    name: str = ""


Respell = Callable[[str], tuple[Respelled, ...]]


class Respeller:
    """Knows how words of an index and of the glossary are joined, split and heard.

    `terms_of` makes a word's terms, `said` tells how many passages hold a term, and `together`
    whether terms are said side by side anywhere. Nothing that anybody typed is kept.
    """

    def __init__(
        self,
        glossary: Iterable[Term],
        speller: Speller,
        terms_of: Callable[[str], Terms],
        said: Callable[[str], int],
        together: Callable[[Terms], bool],
    ) -> None:
        terms = tuple(glossary)
        self._speller, self._terms_of = speller, terms_of
        self._said, self._together = said, together
        self._heard: dict[tuple[str, ...], list[tuple[str, MisheardForm]]] = {}
        for term in terms:
            for form in term.heard:
                self._heard.setdefault(folded_words(form.said), []).append((term.canonical, form))
        self._heard_first = frozenset(run[0] for run in self._heard if run)
        self._names = dict(_sounded(terms))
        for other in OTHER_DRUGS | SPANISH_DRUGS:
            self._names.setdefault(other, (other, ""))
        self._keys = {name: phonetic_key(name) for name in self._names}
        self._longest_key = max(map(len, self._keys.values()), default=0)

    def found_in(self, text: str, analyse: Analyse = AnalysedText) -> tuple[Respelled, ...]:
        """Find what was joined, split or dictated, in order; none overlaps another."""
        words = _words_of(analyse(text))
        unknown = [self._is_unknown(word.text) for word in words]
        knows, is_name = Once(self._speller.knows), Once(self._is_name)
        typed = _Typed(text, words, _beside(text, words), unknown, knows, is_name)
        found: list[Respelled] = []
        at = 0
        while at < len(typed.words):
            length, one = self._longest(typed, at)
            if one:
                found.append(one)
            at += length
        return tuple(found)

    def _longest(self, typed: "_Typed", at: int) -> tuple[int, Respelled | None]:
        """Find what begins at a word: how many words it takes, and what it is."""
        text, words, unknown = typed.text, typed.words, typed.unknown
        most = typed.beside[at]
        strange = any(unknown[at : at + most])
        dictated = self._dictated(typed, at, most) if strange else None
        heard = words[at].text in self._heard_first
        for length in range(most, dictated[0] - 1 if dictated else 1, -1):
            one = self._as_heard(text, words, at, length) if heard else None
            if not one and length <= _MOST_JOINED:
                pieces = words[at : at + length]
                one = self._joined(text, pieces, strange and any(unknown[at : at + length]))
            if one:
                return length, one
        if dictated:
            return dictated
        return 1, self._split(words[at]) if unknown[at] else None

    def _is_unknown(self, word: str) -> bool:
        """Whether nobody says a word, and it does not only hold sentences together."""
        return not (word in _LITTLE or word.isdigit() or self._speller.is_said(word))

    def _as_heard(
        self, text: str, words: Sequence[SpokenWord], at: int, length: int
    ) -> Respelled | None:
        """Find a name that the glossary lists as heard so: near its words, or said by nobody."""
        run = tuple(word.text for word in words[at : at + length])
        for name, form in self._heard.get(run, ()):
            said = [word.text for word in words]
            if is_near(form, at, at + length, said, 0, [text]) or not self._together(
                tuple(term for word in run for term in self._terms_of(word))
            ):
                return Respelled(words[at].start, words[at + length - 1].end, name=name)
        return None

    def _joined(self, text: str, pieces: Sequence[SpokenWord], strange: bool) -> Respelled | None:
        """Join pieces to a word that is said or listed, where they are not said side by side."""
        word = "".join([piece.text for piece in pieces])
        start, end = pieces[0].start, pieces[-1].end
        hyphened = "-" in text[start:end]
        if not (strange or hyphened or len(word) > _SHORTEST_NAME):
            return None
        if not (strange or self._speller.says(word)):
            return None
        code = strange and pieces[0].text.isalpha() and word.isalnum()
        if not (_SHORTEST_JOINED <= len(word) <= _LONGEST and word.isalpha()) and not code:
            return None
        listed = strange and (self._speller.name(word) or "").isalpha()
        if not (code or listed or self._speller.says(word)):
            return None
        terms = self._terms_of(word)
        if not (listed or (len(terms) == 1 and self._said(terms[0]))):
            return None
        apart = tuple(term for piece in pieces for term in self._terms_of(piece.text))
        whole = len(apart) == len(pieces) and self._together(apart)
        return None if whole else Respelled(start, end, terms)

    def _split(self, word: SpokenWord) -> Respelled | None:
        """Split a word that nobody says where its parts are said side by side."""
        if not (_SHORTEST_SPLIT <= len(word.text) <= _LONGEST and word.text.isalpha()):
            return None
        for at in range(1, len(word.text)):
            if not self._are_words(word.text[:at], word.text[at:]):
                continue
            parts = (self._terms_of(word.text[:at]), self._terms_of(word.text[at:]))
            terms = tuple(term for part in parts for term in part)
            if len(terms) == 2 and self._side_by_side(word.text[:at], word.text[at:], terms):
                return Respelled(word.start, word.end, terms)
        return None

    def _are_words(self, first: str, second: str) -> bool:
        """Whether two words may be said together at all, as far as their writing tells."""
        if self._speller.together(first, second):
            return True
        return all(
            len(word) < _SHORTEST_WRITTEN or self._speller.says(word) for word in (first, second)
        )

    def _side_by_side(self, first: str, second: str, terms: Terms) -> bool:
        """Whether two words are said together, or stand so in a name of the glossary."""
        if self._speller.together(first, second):
            return True
        return all(map(self._said, terms)) and self._together(terms)

    def _dictated(self, typed: "_Typed", at: int, most: int) -> tuple[int, Respelled] | None:
        """Find the name that some pieces sound like together, of which one is no word here."""
        words = typed.words
        best: tuple[int, str, str] | None = None
        taken = 0
        for length in range(2, most + 1):
            pieces = [word.text for word in words[at : at + length]]
            if not any(typed.unknown[at : at + length]) or all(
                map(typed.knows.__getitem__, pieces)
            ):
                continue  # "taste" is a word, if only of the glossary
            if any(map(typed.is_name.__getitem__, pieces)):
                break
            little = not _LITTLE.isdisjoint(pieces)
            sounded = self._sounds_like("".join(pieces), 0 if little else _MOST_CONSONANTS)
            # "pem bro liz you mab" is the whole name, not only Pembro.
            if sounded and (best is None or sounded[0] < best[0] or sounded[1] == best[1]):
                best, taken = sounded, length
        if best is None:
            return None
        return taken, Respelled(words[at].start, words[at + taken - 1].end, name=best[2])

    def _is_name(self, word: str) -> bool:
        """Whether one piece is, or sounds like, a name by itself."""
        return len(word) >= _SHORTEST_NAME and (
            self._speller.name(word) is not None or self._sounds_like(word) is not None
        )

    def _sounds_like(self, word: str, most: int = _MOST_CONSONANTS) -> tuple[int, str, str] | None:
        """Return how far the one name is that a word sounds like, its term, and how it is written.

        At most so many consonants may differ. None when unsure.
        """
        if not (_SHORTEST_NAME <= len(word) <= _LONGEST and word.isalpha()):
            return None
        key, skeleton = sound_of(word), _nasal(skeleton_of(word))
        if len(key) > self._longest_key + _FARTHEST:
            return None
        near = sorted(
            (letters + OSA.distance(skeleton, _nasal(skeleton_key(name))), letters, name)
            for _, letters, name in process.extract(
                key, self._keys, scorer=OSA.distance, score_cutoff=_FARTHEST, limit=8
            )
        )
        if not near:
            return None
        total, letters, name = near[0]
        meant, written = self._names[name]
        consonants = total - letters
        alike = consonants <= most and letters / len(self._keys[name]) <= _LETTERS[consonants]
        rivals = (other[0] for other in near[1:] if self._names[other[2]][0] != meant)
        clear = total + _CLEARLY <= next(rivals, total + _CLEARLY)
        return (total, meant, written) if written and alike and clear else None


class _Typed(NamedTuple):
    """The words of a question, how many stand beside each other from each on, which of them nobody
    says, and what tells of a word, asked once.
    """

    text: str
    words: Sequence[SpokenWord]
    beside: Sequence[int]
    unknown: Sequence[bool]
    knows: Once[bool]
    is_name: Once[bool]


_LITTLE = stopwords("en") | stopwords("es")


def _nasal(skeleton: str) -> str:
    """A skeleton in which m and n are one: "in fin z" is Imfinzi."""
    return skeleton.replace("m", "n")


def _words_of(analysed: AnalysedText) -> list[SpokenWord]:
    """Cut a question into words, as those of a transcript are, and keep none of them."""
    text = analysed.text
    spans = [(token.start, token.end) for token in analysed.terms()]
    # What the analysis reads as one name, such as "three d", is no other.
    pieces = (span for span in spans if not text[slice(*span)].isalpha())
    read = [span for span in pieces if len(_WORD.findall(text[slice(*span)])) > 1]
    return [
        SpokenWord(fold(word[0]).replace("’", "'").removesuffix("'s"), *word.span(), 0)
        for word in islice(_WORD.finditer(text), _MOST_WORDS)
        if not (read and any(start <= word.start() < end for start, end in read))
    ]


def _beside(text: str, words: Sequence[SpokenWord]) -> list[int]:
    """How many words from each on stand beside each other, with no more than a sign between."""
    found = [1] * len(words)
    for at in range(len(words) - 2, -1, -1):
        if _BESIDE.fullmatch(text, words[at].end, words[at + 1].start):
            found[at] = min(_MOST_PIECES, found[at + 1] + 1)
    return found


def _sounded(terms: Iterable[Term]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield each name that may be dictated, folded, with its term and as it is written."""
    for term in terms:
        if term.kind in _SOUNDED:
            others = (*term.variants, *term.spanish) if term.kind == "drug" else ()
            parts = term.related if " and " in term.canonical else ()
            for name in (term.canonical, *others, *parts):
                folded = fold(name)
                if folded.isalpha() and len(folded) >= _SHORTEST_NAME:
                    yield folded, (term.canonical if name not in parts else name, name)
