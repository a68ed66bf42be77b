"""The words of an index and of a glossary as they are written, to correct others by."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec
import numpy as np

from catalog import KINDS, Term
from indexer.analysis.tokenizer import fold
from indexer.arrays import Array
from indexer.storage.columns import Columns

# Words of a letter or two, and what is longer than any word, are not offered.
_SHORTEST_WRITTEN, _LONGEST_WRITTEN = 3, 25
_MIX = np.uint64(0x9E3779B97F4A7C15)
_OF_THE_FIELD = frozenset(KINDS) - {"care", "emotion", "life", "outcome", "people", "risk"}
# Their names are the same in every language, or nearly.
_WORLDWIDE = frozenset(("biomarker", "drug", "gene"))


class KnownWord(msgspec.Struct, frozen=True):
    """A word as it is written, and how often it is said; `listed` when the glossary has it.

    `technical` is a name of this field, no everyday word; `languages` are the languages it belongs
    to, none when it belongs to all.
    """

    text: str
    said: int
    listed: bool = False
    technical: bool = False
    languages: frozenset[str] = frozenset()


def written_words(columns: Columns, languages: Sequence[tuple[str, int]]) -> Iterator[KnownWord]:
    """Yield every word that is said, with its accents, once a language; not one of a letter or two.

    `languages` are the languages of the tracks and how many sentences each has; what is said in ""
    does not count. Words that share a term and a length count as one, written as where it is said
    first.
    """
    length = columns.token_end - columns.token_start
    known = sorted({language for language, _ in languages})
    numbers = [known.index(language) for language, _ in languages]
    of_sentence = np.repeat(np.array(numbers, np.int64), [count for _, count in languages])
    of_token = np.repeat(of_sentence, columns.sentence_tokens)
    shape = length.astype(np.uint64) * np.uint64(len(known)) + of_token.astype(np.uint64)
    first, counts = _first_of_each(columns.token_term + shape * _MIX)
    inside = (length[first] >= _SHORTEST_WRITTEN) & (length[first] <= _LONGEST_WRITTEN)
    inside &= np.array([language != "" for language in known], np.bool_)[of_token[first]]
    first, counts = first[inside], counts[inside]
    sentence = np.searchsorted(columns.token_offsets, first, side="right") - 1
    lines = zip(
        columns.text_offsets[sentence].tolist(),
        columns.text_offsets[sentence + 1].tolist(),
        columns.token_start[first].tolist(),
        columns.token_end[first].tolist(),
        counts.tolist(),
        of_sentence[sentence].tolist(),
        strict=True,
    )
    whole = columns.text.tobytes()
    seen: set[tuple[str, int]] = set()
    for begin, stop, start, end, count, language in lines:
        text = whole[begin:stop].decode("utf-8")[start:end].lower().removesuffix("'s")
        folded = fold(text)
        if text.isalpha() and (folded, language) not in seen:
            seen.add((folded, language))
            yield KnownWord(text, count, languages=frozenset((known[language],)))


def _first_of_each(keys: Array) -> tuple[Array, Array]:
    """Where each key is first, and how often it is, in the order of the keys.

    They are random numbers. To sort them with their places in their lowest bits takes a fifth of
    the time that it takes to sort places by them.
    """
    bits = np.uint64(len(keys).bit_length())
    placed = np.sort(keys >> bits << bits | np.arange(len(keys), dtype=np.uint64))
    begins = np.flatnonzero(np.diff(placed >> bits, prepend=~placed[:1] >> bits))
    first = placed[begins] & ~(~np.uint64(0) << bits)
    return first.astype(np.int64), np.diff(np.append(begins, len(keys)))


def glossary_words(glossary: Iterable[Term]) -> dict[str, KnownWord]:
    """The names of a glossary that may be offered, by how they are compared, as in one word."""
    names: dict[str, KnownWord] = {}
    for term in glossary:
        technical = term.kind in _OF_THE_FIELD
        for listed, language, is_technical in (
            ((term.canonical, *term.variants), "en", technical),
            (term.related, "en", False),
            (term.spanish, "es", technical),
        ):
            words = [word for name in listed for word in name.split()]
            languages = frozenset[str]() if term.kind in _WORLDWIDE else frozenset((language,))
            for name in (*filter(str.isupper, words), *listed):
                folded = fold(name.replace(" ", ""))
                if folded.isalpha():
                    word = KnownWord(name, 0, True, is_technical, languages)
                    names[folded] = together(names.get(folded), word)
    return names


def english_words(glossary: Iterable[Term]) -> Iterable[str]:
    """Every English name of a glossary, misspelled ones too, and every word of it, each once."""
    names = [
        name
        for term in glossary
        for name in (term.canonical, *term.variants, *term.related, *term.misspellings)
    ]
    return dict.fromkeys((*names, *(word for name in names for word in name.split())))


def together(known: KnownWord | None, other: KnownWord) -> KnownWord:
    """Put together what is known of a word that is written in two places."""
    if known is None:
        return other
    everywhere = not (known.languages and other.languages)
    return KnownWord(
        other.text if other.listed or other.said > known.said else known.text,
        known.said + other.said,
        known.listed or other.listed,
        known.technical or other.technical,
        frozenset() if everywhere else known.languages | other.languages,
    )
