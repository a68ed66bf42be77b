"""Query expansion: from the words of a query to concepts, each with what else it may be called."""

from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain, islice, pairwise, product

from catalog import Term, base_language
from indexer.analysis.languages import (
    detected_language,
    is_same_word,
    likely_languages,
    query_languages,
    ranked_languages,
)
from indexer.analysis.tokenizer import Token, fold, tokens_of
from indexer.mishearing.terms import MARK
from indexer.query.parser import Query
from indexer.query.requirements import is_required, measures_in
from indexer.query.respelling import Respell, Respelled, Respeller
from indexer.query.rewriting import idioms_in
from indexer.query.spelling import Speller, written_words
from indexer.query.synonyms import (
    NO_VOCABULARY,
    SAME,
    Alternative,
    Concept,
    Fits,
    Name,
    Vocabulary,
    drop_denied,
    everyday_spanish,
    listed_terms,
)
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
    def vocabulary(self) -> Vocabulary:
        """The glossary, cut as the transcripts are."""
        return Vocabulary(self.glossary, self.languages, everyday_spanish())

    @cached_property
    def speller(self) -> Speller:
        """The words of these transcripts and of the glossary."""
        tracks = self._reader.tracks
        languages = [("" if t.dead else base_language(t.language), t.sentences) for t in tracks]
        spoken = partial(written_words, self._reader.columns, languages)
        listed_as = partial(listed_terms, language=self._first_language)
        return Speller(spoken, self.glossary, self._terms_of, self.document_frequency, listed_as)

    @cached_property
    def respeller(self) -> Respeller:
        """How words of these transcripts and of the glossary are joined, split and heard."""
        said, together = self.document_frequency, self._together
        return Respeller(self.glossary, self.speller, self._terms_of, said, together)

    def _together(self, terms: Sequence[str]) -> bool:
        """Whether terms are said side by side in a sentence."""
        found = self._reader.positions.occurrences([identity(term) for term in terms])
        return any(True for _ in found)

    def _terms_of(self, word: str, language: str = "") -> tuple[str, ...]:
        """The terms that a language, or else the first, makes of a word; none of a mere filler."""
        tokens = tokens_of(word, language or self._first_language)
        return tuple(dict.fromkeys(token.term for token in tokens))

    @property
    def _first_language(self) -> str:
        return next(iter(self.languages), "en")


def concepts_in(lexicon: Lexicon, respell: Respell, exact: bool, text: str) -> tuple[Concept, ...]:
    """Make concepts of a text, with only those alternatives that anybody says.

    `respell` finds what was joined, split or dictated. With `exact` there are only the words typed.
    A name of another language than that of the text is left out.
    """
    languages = lexicon.languages
    if exact:
        typed = concepts_of(text, languages, NO_VOCABULARY, lambda _: ())
        return tuple(replace(concept, alternatives=()) for concept in typed)
    told = detected_language(text)
    near = partial(lexicon.speller.near, language=told)
    respelled = _respelled(lexicon.vocabulary, text, respell(text))
    foreign = lexicon.speller.is_foreign
    found = concepts_of(text, languages, lexicon.vocabulary, near, respelled, foreign)
    own = base_language(ranked_languages(text, query_languages(languages))[0])
    most = max(_FEWEST_OTHERS, SETTINGS.most_alternatives // max(1, len(found)))
    concepts = []
    for concept in found:
        guesses = (other for other in concept.alternatives if other.how == "near")
        misheard = _misheard(lexicon, guesses)
        # Nearest first, so that of many the looser ones are left out.
        others = (
            other
            for other in (*concept.alternatives, *_heard_as(concept))
            if other.language in {"", own}
            and (all(map(lexicon.document_frequency, other.terms)) or other in misheard)
        )
        words = (_spoken_forms(lexicon, concept, forms, told) for forms in concept.words)
        few = tuple(islice(others, most))
        concepts.append(replace(concept, words=tuple(words), alternatives=few))
    return _unqualified(concepts, text, lexicon.document_frequency)


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


def _heard_as(concept: Concept) -> Iterator[Alternative]:
    """Yield for a concept, and for what it is or may be called, the term of its being misheard."""
    names = [" ".join(forms) for forms in islice(product(*concept.words), _MOST_FORMS)]
    names += [" ".join(other.terms) for other in concept.alternatives if other.how in _NAMES]
    for name in dict.fromkeys(names):
        yield Alternative((MARK + name,), concept.shown, "heard")


def _misheard(lexicon: Lexicon, guesses: Iterable[Alternative]) -> tuple[Alternative, ...]:
    """Choose names that may have been meant, and that captions misheard somewhere."""
    return tuple(one for one in guesses if lexicon.document_frequency(MARK + " ".join(one.terms)))


def _spoken_forms(
    lexicon: Lexicon, concept: Concept, forms: tuple[str, ...], told: str
) -> tuple[str, ...]:
    """Take a word as the question's own language makes it; as others do, if nobody says that.

    Where the language is not told, another's stem counts only for a word that is said as written.
    """
    first = lexicon.document_frequency(forms[0])
    guessed = not told and concept.shown.isalpha() and not lexicon.speller.says(concept.shown)
    return forms[:1] if first or guessed else forms


Near = Callable[[str], tuple[Alternative, ...]]
Foreign = Callable[[str, Container[str]], bool]


@dataclass(frozen=True, slots=True)
class _Name:
    """A run of the text that is one thing, by its characters.

    `exact` says that no other thing will do; `plain` are the terms that stand for an idiom.
    """

    start: int
    end: int
    alternatives: tuple[Alternative, ...] = ()
    exact: bool = False
    plain: tuple[str, ...] = ()


def _respelled(vocabulary: Vocabulary, text: str, respelled: Iterable[Respelled]) -> list[_Name]:
    """Say of what was joined, split or dictated what it may be called."""
    found = []
    for one in respelled:
        if one.name:
            terms = listed_terms(one.name, "en")
            guess = Alternative(terms, one.name, "near")
            others = (*_also_near(guess, vocabulary), guess)
            plain: tuple[str, ...] = (fold("".join(text[one.start : one.end].split())),)
        else:
            others, plain = vocabulary.alternatives(one.terms), one.terms
        exact = vocabulary.is_exact(plain)
        found.append(_Name(one.start, one.end, others, exact, plain))
    return found


def concepts_of(
    text: str,
    languages: Sequence[str],
    vocabulary: Vocabulary,
    near: Near,
    respelled: Sequence[_Name] = (),
    foreign: Foreign = lambda _words, _languages: False,
) -> tuple[Concept, ...]:
    """Find what a text asks about, in its order, each thing once.

    `near` finds what is spelled like a word that nobody ever says; `respelled` are words that were
    joined, split or dictated; `foreign` tells a name in another language than the text's.
    """
    words: dict[tuple[int, int], dict[str, None]] = {}
    shorter: dict[tuple[int, int], dict[str, None]] = {}
    names: list[_Name] = [*respelled]
    languages = query_languages(languages)
    likely = {base_language(language) for language in likely_languages(text, languages)}
    for language in ranked_languages(text, languages):
        tokens = tokens_of(text, language)
        told = len(likely) == 1 or language == languages[0]
        if base_language(language) in likely:
            reading = _Reading(base_language(language), told, foreign)
            names += _names(text, tokens, vocabulary, reading)
            names += (_Name(*span, exact=True) for span in measures_in(text, tokens))
        else:
            reading = _Reading(base_language(language), told=True, foreign=foreign)
            within = _names(text, tokens, vocabulary, reading)
            names += (one for one in within if foreign(text[one.start : one.end], likely))
            if base_language(language) != "en":
                continue
        # What the language of the question leaves out, another must not bring in again.
        known = set(words)
        for place, terms in _by_place(tokens).items():
            if not known or place in known:
                words.setdefault(place, {})[terms[-1]] = None
                shorter.setdefault(place, {}).update(dict.fromkeys(terms[:-1]))
    if vocabulary is not NO_VOCABULARY:
        names += _idioms(text, vocabulary)
    found: dict[tuple[tuple[str, ...], ...], Concept] = {}
    ordered = sorted(words)
    for name in _spans(ordered, names, len(text)):
        start, end = name.start, name.end
        at = ordered[bisect_left(ordered, (start, 0)) : bisect_left(ordered, (end, 0))]
        inside = [tuple(words[word]) for word in at if word[1] <= end]
        inside = [(term,) for term in name.plain] or inside
        if not inside:
            continue  # what the language of the question leaves out is a name in another
        meant = drop_denied(name.alternatives, text[:start], text[end:])
        concept = Concept(text[start:end], tuple(dict.fromkeys(inside)), meant)
        if len(inside) == 1:
            if not name.alternatives:
                concept = replace(concept, alternatives=_guessed(concept.shown, vocabulary, near))
            concept = _with_shorter(concept, shorter.get((start, end), ()))
        required = name.exact or _is_required(concept, vocabulary)
        strict = bool(name.plain) or (required and not name.alternatives)
        concept = replace(concept, whole=len(inside) > 1, strict=strict, required=required)
        found.setdefault(concept.words, concept)
        if len(found) == SETTINGS.most_concepts:
            break
    return tuple(found.values())


def _guessed(word: str, vocabulary: Vocabulary, near: Near) -> tuple[Alternative, ...]:
    """Guess what an unknown word was meant to be, and what that is also called."""
    guesses = near(word)
    same = (other for guess in guesses for other in _also_near(guess, vocabulary))
    return tuple({guess.terms: guess for guess in (*same, *guesses)}.values())


def _also_near(guess: Alternative, vocabulary: Vocabulary) -> Iterator[Alternative]:
    """Yield what else a guess is called, but not what only has its stem, as guesses."""
    also = vocabulary.alternatives(guess.terms, lambda name: fold(name.shown) == fold(guess.shown))
    yield from (replace(other, how="near") for other in also if other.how in SAME)


def _is_required(concept: Concept, vocabulary: Vocabulary) -> bool:
    """Whether a thing was asked for by number or by name, however it was spelled."""
    typed = is_required(concept.shown, [term for forms in concept.words for term in forms])
    near = (one for one in concept.alternatives if one.how == "near")
    return typed or any(vocabulary.is_exact(one.terms) for one in near)


def _idioms(text: str, vocabulary: Vocabulary) -> Iterator[_Name]:
    """Find the phrases that only people understand, each with what it stands for."""
    for start, end, plain, language in idioms_in(text):
        terms = listed_terms(plain, language)
        stands = Alternative(terms, plain, "same")
        yield _Name(start, end, (stands, *vocabulary.alternatives(terms)), plain=terms)


def _by_place(tokens: Sequence[Token]) -> dict[tuple[int, int], list[str]]:
    """Put together the terms of the same characters: a name is the last, behind shorter ones."""
    places: dict[tuple[int, int], list[str]] = {}
    for token in tokens:
        places.setdefault((token.start, token.end), []).append(token.term)
    return places


def _with_shorter(concept: Concept, shorter: Iterable[str]) -> Concept:
    """Let what is inside a name stand for it, for less: "stage" for "stage 4"."""
    parts = tuple(Alternative((term,), concept.shown, "shorter") for term in shorter)
    return replace(concept, alternatives=(*concept.alternatives, *parts))


@dataclass(frozen=True, slots=True)
class _Reading:
    """In which language a text is read, and whether anything but itself tells to read it so."""

    language: str
    told: bool
    foreign: Foreign

    def fits(self, words: str) -> Fits:
        """Make a test for names: whether these words of the text may be it.

        The stems of other languages join words that only look alike, such as "number" and "numb":
        there a name of one word has to be written so. When nothing tells the language of a text,
        only its own names are looked for.
        """

        def may_be(name: Name) -> bool:
            if name.stemmed_as != self.language or not (
                self.told or name.language == self.language
            ):
                return False
            if name.everyday and not self.told and not self.foreign(words, ("en",)):
                return False
            shown = name.shown.split()
            stemmed = self.language != "en" and all(map(str.isalpha, (words, *shown)))
            return not stemmed or any(is_same_word(words, word) for word in shown)

        return may_be


def _names(
    text: str, tokens: Sequence[Token], vocabulary: Vocabulary, reading: _Reading
) -> Iterator[_Name]:
    """Find the names in a row of tokens, the longest first, none inside another."""
    terms = [token.term for token in tokens]
    at = 0
    while at < len(terms):
        # Only a name of one word depends on how it is written, and that is the word here.
        fits = reading.fits(text[tokens[at].start : tokens[at].end])
        length = vocabulary.longest_name(terms, at, fits)
        if length:
            name = tuple(terms[at : at + length])
            others, exact = vocabulary.alternatives(name, fits), vocabulary.is_exact(name, fits)
            yield _Name(tokens[at].start, tokens[at + length - 1].end, others, exact)
        at += max(1, length)


def _spans(words: Sequence[tuple[int, int]], names: Sequence[_Name], length: int) -> list[_Name]:
    """Cut the text into names and the words between them; a name within another belongs to it."""
    taken: list[_Name] = []
    covered = bytearray(length)
    ordered = sorted(names, key=lambda name: (name.start - name.end, name.start))
    for name in (*ordered, *(_Name(*place) for place in words)):
        if not any(covered[name.start : name.end]):
            covered[name.start : name.end] = b"\1" * (name.end - name.start)
            taken.append(name)
    return sorted(taken, key=lambda name: name.start)
