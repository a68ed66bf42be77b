"""One tokeniser for documents and queries, made for this field.

`stage 4`, `PD-L1`, `PDL1`, `CAR-T`, `ALK+`, `G12C`, `EML4-ALK` and `exon 20` stay findable in every
spelling; accents fold; a language is stemmed as itself (Snowball, https://snowballstem.org).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import Stemmer

from catalog import UNSPACED, base_language
from indexer.analysis import spellings
from indexer.analysis.languages import OPERATORS, stopwords
from indexer.analysis.notation import compound_at, may_open, terms_of
from indexer.analysis.segments import MEASURES, Run, Written, fold, read_run, runs_of
from indexer.analysis.shorthand import may_be_shorthand, written_out

__all__ = ["CaptionWords", "Token", "fold", "plain_words", "runs_in", "terms_in", "tokens_of"]

_UNSPACED_RUN = re.compile(rf"[{UNSPACED}]")
_LONGEST_TERM = 40
_MOST_WORDS = 100_000
_STEMMERS = {
    "en": "english", "es": "spanish", "fr": "french", "de": "german", "it": "italian",
    "pt": "portuguese", "nl": "dutch", "sv": "swedish", "da": "danish", "no": "norwegian",
    "ru": "russian",
}  # fmt: skip


class Token(NamedTuple):
    """A term to be found, and the characters `start` to `end` of the text that it stands for.

    Tokens of the same characters are one name: the last is the name itself, those before it are
    shorter ones inside it by which it is found too.
    """

    term: str
    start: int
    end: int


def tokens_of(text: str, language: str = "en") -> tuple[Token, ...]:
    """Cut a text into terms, in order. Words that only hold sentences together are left out."""
    return terms_in(text, runs_in(text), language)


def runs_in(text: str) -> list[Run]:
    """Cut a text into runs, the same in every language; shorthand is written out."""
    return written_out(runs_of(text))


def terms_in(text: str, runs: Sequence[Run], language: str) -> tuple[Token, ...]:
    """Make a language's terms of the runs of a text."""
    spoken = base_language(language)
    skipped = stopwords(spoken)
    found: list[Token] = []
    at = 0
    while at < len(runs):
        run = runs[at]
        alone = run.alone
        if alone is not None and (at + 1 == len(runs) or runs[at + 1].glue == " "):
            for term in alone:
                found.append(Token(term, run.start, run.end))
            at += 1
            continue
        compound = compound_at(runs, at, spoken)
        if compound:
            terms, length = compound
            start, end = run.start, runs[at + length - 1].end
            found += (Token(stem(term[:_LONGEST_TERM], spoken), start, end) for term in terms)
            at += length
        else:
            found += _single(text, runs, at, spoken, skipped)
            at += 1
    return tuple(found)


def _single(
    text: str, runs: Sequence[Run], at: int, language: str, skipped: frozenset[str]
) -> Iterator[Token]:
    run = runs[at]
    if not run.text.isascii() and _UNSPACED_RUN.match(run.text):
        yield from _pairs(text, run)
    elif run.text not in ("+", "%"):
        word = run.text.removesuffix("'s")
        word = spellings.SINGLE.get(word, word)
        if word in skipped and not (_is_month(runs, at) or _is_name(run)):
            return
        if language == "en":
            word = spellings.american(word)
        for term in _whole_names(word) or terms_of(word):
            yield Token(stem(term[:_LONGEST_TERM], language), run.start, run.end)


class CaptionWords(dict[str, Written]):
    """The words of captions in one language, each analysed once.

    What somebody asks must never come here: it keeps every word.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = base_language(language)

    def tokens_of(self, text: str) -> tuple[Token, ...]:
        """Cut a text into the terms that the function of this name finds."""
        return terms_in(text, written_out(runs_of(text, self.__getitem__)), self._language)

    def __missing__(self, written: str) -> Written:
        if len(self) >= _MOST_WORDS:
            self.clear()
        read = read_run(written)
        self[written] = read._replace(alone=self._alone(read))
        return self[written]

    def _alone(self, read: Written) -> tuple[str, ...] | None:
        """The terms of a word; None where what stands around it tells."""
        text = read.text
        little = text.isalpha() and spellings.SINGLE.get(text, text) in stopwords(self._language)
        if (little and (read.capital or text == "may")) or text in MEASURES:
            return None
        if _UNSPACED_RUN.match(text) or may_be_shorthand(text) or may_open(text):
            return None
        return tuple(token.term for token in terms_in(text, [Run(text, 0, 1, " ")], self._language))


_PARTICLE = re.compile(r"[a-z]'([a-z]{3,})")


def _whole_names(word: str) -> tuple[str, ...]:
    """O'Connor, who is also oconnor, and found by Connor."""
    found = _PARTICLE.fullmatch(word) if "'" in word else None
    return (found[1], word.replace("'", "")) if found else ()


def _is_name(run: Run) -> bool:
    """Whether a word that carries no meaning is a name in capitals: WHO, IT, US."""
    return run.name and len(run.text) > 1 and run.text.isalpha() and run.text not in OPERATORS


def _is_month(runs: Sequence[Run], at: int) -> bool:
    """Whether "may" is the month: a number stands behind it."""
    return runs[at].text == "may" and at + 1 < len(runs) and runs[at + 1].text.isdigit()


def _pairs(text: str, run: Run) -> Iterator[Token]:
    """Cut a run of a script without spaces into overlapping pairs of letters."""
    letters: list[Token] = []
    written = {letter: fold(letter) for letter in set(text[run.start : run.end])}
    for at in range(run.start, run.end):
        folded = written[text[at]]
        if folded:
            letters += (Token(letter, at, at + 1) for letter in folded)
        elif letters:  # a mark that stands on the letter before
            letters[-1] = letters[-1]._replace(end=at + 1)
    if len(letters) == 1:
        yield letters[0]
    for first, second in pairwise(letters):
        yield Token(first.term + second.term, first.start, second.end)


def stem(word: str, language: str) -> str:
    """Stem a word as its language does; names of the field, and anything with a digit, never.

    No word is kept, since it may be a question's.
    """
    if word in spellings.UNSTEMMED or not word.isalpha():
        return word
    if word.removesuffix("s") in spellings.UNSTEMMED:
        return word[:-1]  # "TKIs"
    return _stemmer(language)(word)


@lru_cache(maxsize=32)
def _stemmer(language: str) -> Callable[[str], str]:
    name = _STEMMERS.get(language)
    return Stemmer.Stemmer(name, maxCacheSize=0).stemWord if name else str


def plain_words(text: str, language: str = "en") -> tuple[str, ...]:
    """Cut a text into all its words: without case, accents, apostrophes, signs and endings."""
    words = (run.text.replace("'", "") for run in runs_of(text))
    return tuple(stem(word, language) for word in words if word)
