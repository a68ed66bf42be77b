"""Query expansion: what else each concept of a query may be called, as far as anybody says that."""

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property, partial
from itertools import chain, islice, pairwise, product

from msgspec.structs import replace

from catalog import Term, base_language
from indexer.analysis.analysed import Analyse
from indexer.analysis.languages import query_languages, stopwords
from indexer.analysis.tokenizer import fold, tokens_of
from indexer.mishearing.terms import MARK
from indexer.query.concepts import concepts_of, exact_names, respelled_names
from indexer.query.coordination import each_with_its_kind
from indexer.query.known_words import KnownWord, written_words
from indexer.query.long_messages import field_words
from indexer.query.parser import Query
from indexer.query.spelling import Speller
from indexer.query.synonyms import (
    NO_VOCABULARY,
    SAME,
    Alternative,
    Concept,
    Vocabulary,
    everyday_spanish,
    listed_terms,
)
from indexer.query.unknown_names import codes_in, with_unknown_names
from indexer.query.word_breaks import Respell, Respeller
from indexer.settings import SETTINGS
from indexer.storage.columns import identity
from indexer.storage.reader import IndexReader

_MOST_NAMES = 6
# However long a question is, so many other names of each thing are searched.
_FEWEST_OTHERS = 6
_ENOUGH_NAMES = 3
_MOST_FORMS = 16
# An everyday word near the thing is no name that could be misheard; a name spelled wrongly is.
_NAMES = SAME | {"near"}


class Lexicon:
    """What words of an index mean and how they are written, made on first use and kept."""

    def __init__(self, reader: IndexReader) -> None:
        self._reader = reader

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the transcripts."""
        return self._reader.rows.spoken_languages

    def document_frequency(self, term: str) -> int:
        """How many passages hold a term."""
        return self._reader.terms.document_frequency(term)

    @property
    def glossary(self) -> tuple[Term, ...]:
        """The terms that are known."""
        return self._reader.catalogue.terms

    @cached_property
    def field(self) -> frozenset[str]:
        """The words of its names."""
        return field_words(self.glossary)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The glossary, cut as the transcripts are."""
        kept = self._reader.cut_names
        return Vocabulary(self.glossary, self.languages, everyday_spanish(), kept=kept)

    @cached_property
    def speller(self) -> Speller:
        """The words of these transcripts and of the glossary."""
        listed_as = partial(listed_terms, language=self._first_language)
        said = self.document_frequency
        return Speller(
            self.written_words, self.glossary, self._terms_of, said, listed_as, self.languages
        )

    def written_words(self) -> Iterator[KnownWord]:
        """The words of these transcripts, as they are written."""
        tracks = self._reader.tracks
        languages = [("" if t.dead else base_language(t.language), t.sentences) for t in tracks]
        return written_words(self._reader.columns, languages)

    @cached_property
    def respeller(self) -> Respeller:
        """How words of these transcripts and of the glossary are joined, split and heard."""
        said, together = self.document_frequency, self._together
        return Respeller(self.glossary, self.speller, self._terms_of, said, together)

    def _together(self, terms: Sequence[str]) -> bool:
        """Whether terms are said side by side in a sentence."""
        first, _ = self._reader.positions.occurrences([identity(term) for term in terms])
        return bool(len(first))

    def _terms_of(self, word: str, language: str = "") -> tuple[str, ...]:
        """The terms that a language, or else the first, makes of a word; none of a mere filler."""
        language = language or self._first_language
        if word.lower() in stopwords(language) and word.isalpha() and not word.isupper():
            return ()  # most of what is asked here; a name in capitals ("WHO") is none
        tokens = tokens_of(word, language)
        return tuple(dict.fromkeys(token.term for token in tokens))

    @property
    def _first_language(self) -> str:
        return next(iter(self.languages), "en")


def concepts_in(
    lexicon: Lexicon, respell: Respell, analyse: Analyse, exact: bool, text: str
) -> tuple[Concept, ...]:
    """Make concepts of a text, with only those alternatives that anybody says.

    `respell` finds what was joined, split or dictated. With `exact` there are only the words typed.
    A name of another language than that of the text is left out.
    """
    languages, text = lexicon.languages, each_with_its_kind(text, analyse)
    if exact:
        typed = concepts_of(text, languages, NO_VOCABULARY, lambda _: ())
        return tuple(replace(concept, alternatives=()) for concept in typed)
    read = analyse(text).language
    told = read.detected()
    near = partial(lexicon.speller.near, language=told)
    respelled = respelled_names(lexicon.vocabulary, text, respell(text))
    codes = codes_in(text, lexicon.document_frequency, lexicon.vocabulary.is_exact)
    respelled += exact_names(codes)
    foreign = lexicon.speller
    found = concepts_of(text, languages, lexicon.vocabulary, near, respelled, foreign, analyse)
    own = base_language(read.ranked(query_languages(languages))[0])
    most = max(_FEWEST_OTHERS, SETTINGS.most_alternatives // max(1, len(found)))
    frequency = lexicon.document_frequency
    concepts = []
    for concept in found:
        guesses = (other for other in concept.alternatives if other.how == "near")
        misheard = _misheard(lexicon, guesses)
        # Nearest first, so that of many the looser ones are left out.
        others = (
            other
            for other in (*concept.alternatives, *_heard_as(concept, frequency))
            if other.language in {"", own}
            and (all(map(frequency, other.terms)) or other in misheard)
        )
        words = (_spoken_forms(lexicon, concept, forms, told) for forms in concept.words)
        few = tuple(islice(others, most))
        concepts.append(replace(concept, words=tuple(words), alternatives=few))
    concepts = list(_unqualified(concepts, text, frequency))
    return with_unknown_names(concepts, text, frequency)


def _unqualified(
    concepts: Sequence[Concept], text: str, frequency: Callable[[str], int]
) -> tuple[Concept, ...]:
    """Take its other names from what stands right behind a word that nobody says.

    What is said of "progression" is not said of "pseudo progression".
    """
    kept = list(concepts[:1])
    for before, concept in pairwise(concepts):
        unsaid = not before.alternatives and not any(map(frequency, chain(*before.words)))
        touches = any(f"{before.shown}{sign}{concept.shown}" in text for sign in " -")
        loose = unsaid and touches and len(concept.words) == 1
        loose = loose and not (concept.required or before.required)
        kept.append(replace(concept, alternatives=()) if loose else concept)
    return tuple(kept)


def also_searched(query: Query) -> tuple[str, ...]:
    """Name what was searched for beside the words typed: a few names, each once.

    Names of the same thing come first; without enough of these, the thing that an everyday word
    belongs to. Other everyday words are not named, nor is what the query's own phrases settle.
    """
    settled = [terms for phrase in query.phrases for terms in phrase]
    excluded = [set(terms) for phrase in query.excluded for terms in phrase]
    others = [
        other
        for concept in query.concepts
        if not any(_says(terms, concept) for terms in settled)
        for other in concept.alternatives
        if not any(terms <= set(other.terms) for terms in excluded)
    ]
    typed = {fold(concept.shown) for concept in query.concepts}
    same = _shown((other for other in others if other.how in _NAMES), typed)
    near = _shown((o for o in others if o.how == "related" and not o.everyday), {*typed, *same})
    few = max(0, _ENOUGH_NAMES - len(same))
    return (*same.values(), *[*near.values()][:few])[:_MOST_NAMES]


def _says(terms: Sequence[str], concept: Concept) -> bool:
    """Whether a phrase holds all words of a concept."""
    return all(any(form in terms for form in forms) for forms in concept.words)


def _shown(others: Iterable[Alternative], but: Container[str]) -> dict[str, str]:
    """Return what is shown of names, by how they are compared, but for some."""
    found = {fold(other.shown): other.shown for other in others}
    return {name: shown for name, shown in found.items() if name not in but}


def _heard_as(concept: Concept, frequency: Callable[[str], int]) -> Iterator[Alternative]:
    """Yield for a concept, and what it is or may be called, the term of its being misheard here."""
    names = [" ".join(forms) for forms in islice(product(*concept.words), _MOST_FORMS)]
    names += [" ".join(other.terms) for other in concept.alternatives if other.how in _NAMES]
    for term in [MARK + name for name in dict.fromkeys(names)]:
        if frequency(term):
            yield Alternative((term,), concept.shown, "heard")


def _misheard(lexicon: Lexicon, guesses: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Choose names that may have been meant, and that captions misheard somewhere."""
    return tuple(one for one in guesses if lexicon.document_frequency(MARK + " ".join(one.terms)))


def _spoken_forms(
    lexicon: Lexicon, concept: Concept, forms: tuple[str, ...], told: str
) -> tuple[str, ...]:
    """Take a word as the question's own language makes it; as others do, if nobody says that.

    Where the language is not told, another's stem counts only for a word that is said as written.
    """
    if lexicon.document_frequency(forms[0]):
        return forms[:1]
    guessed = not told and concept.shown.isalpha() and not lexicon.speller.says(concept.shown)
    return forms[:1] if guessed else forms
