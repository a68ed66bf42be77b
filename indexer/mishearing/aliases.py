"""Finds the phrases that stand for a name: aliases of the glossary, and reviewed corrections."""

from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import process

from catalog import Correction, MisheardForm, Term
from indexer.analysis.tokenizer import tokens_of
from indexer.mishearing.words import KnownPhrases, SpokenWords
from transcripts import Sentence

# Captions that are fetched again may have moved by so much.
WITHIN_MS = 30_000


class Aliases:
    """The written aliases of a glossary; what was seen misspelled is one without conditions."""

    def __init__(self, glossary: Iterable[Term]) -> None:
        self._phrases = KnownPhrases(
            (heard.said, (name, heard)) for term in glossary for name, heard in _aliases_of(term)
        )

    def found_in(
        self, words: SpokenWords, sentences: Sequence[str]
    ) -> Iterator[tuple[int, int, str]]:
        """Yield (place, how many words, name) for each alias that is said where it counts."""
        for at, phrase in self._phrases.found_in(words):
            end = at + len(phrase)
            first, last = words[at], words[end - 1]
            written = sentences[first.sentence][first.start : last.end]
            for name, heard in self._phrases.meaning[phrase]:
                if written == name:
                    continue  # the captions have the very name
                if not heard.near or is_near(
                    heard, at, end, words.texts, first.sentence, sentences
                ):
                    yield at, len(phrase), name
                    break


def _aliases_of(term: Term) -> Iterator[tuple[str, MisheardForm]]:
    """Yield each name of a term with what is heard for it."""
    yield from ((term.canonical, heard) for heard in term.heard)
    for misspelled in term.misspellings:
        nearest = process.extractOne(misspelled.casefold(), (term.canonical, *term.variants))
        yield nearest[0] if nearest else term.canonical, MisheardForm(misspelled)


def is_near(
    heard: MisheardForm,
    at: int,
    end: int,
    words: Sequence[str],
    sentence: int,
    sentences: Sequence[str],
) -> bool:
    """Whether one of the words that have to be near is, in any of its forms."""
    if heard.unit == "sentences":
        reach = heard.within - 1
        around = sentences[max(0, sentence - reach) : sentence + reach + 1]
    else:
        around = [*words[max(0, at - heard.within) : at], *words[end : end + heard.within]]
    said = {token.term for token in tokens_of(" ".join(around))}
    return any(token.term in said for word in heard.near for token in tokens_of(word))


class Corrections:
    """The corrections that concern one video."""

    def __init__(self, corrections: Iterable[Correction], video: str) -> None:
        self.all = tuple(one for one in corrections if one.video in ("", video))
        # What is said of one place comes before what is said of all.
        ordered = sorted(self.all, key=lambda one: (one.at_ms is None, not one.video))
        self._phrases = KnownPhrases((one.heard, one) for one in ordered)

    def found_in(
        self, words: SpokenWords, sentences: Sequence[Sentence]
    ) -> Iterator[tuple[int, int, Correction]]:
        """Yield (place, how many words, correction) for each that matches.

        One with a time is for the sentence nearest to it that has the words, within `WITHIN_MS`.
        """
        places: dict[tuple[str, ...], list[int]] = {}
        for at, phrase in self._phrases.found_in(words):
            places.setdefault(phrase, []).append(at)
        for phrase, found in places.items():
            said_in = {words[at].sentence for at in found}
            left = found
            for correction in self._phrases.meaning[phrase]:
                taken = left
                if correction.at_ms is not None:
                    nearest = _nearest(correction.at_ms, said_in, sentences)
                    taken = [at for at in left if words[at].sentence == nearest]
                left = [at for at in left if at not in taken]
                yield from ((at, len(phrase), correction) for at in taken)


def _nearest(at_ms: int, candidates: Iterable[int], sentences: Sequence[Sentence]) -> int | None:
    """Find the sentence that is said at a time, or nearest to it; None when all are far."""

    def away(number: int) -> int:
        sentence = sentences[number]
        return max(sentence.start_ms - at_ms, at_ms - sentence.end_ms, 0)

    nearest = min(candidates, key=lambda number: (away(number), number), default=None)
    return nearest if nearest is not None and away(nearest) <= WITHIN_MS else None
