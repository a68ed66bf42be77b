"""The query parser. Any text is accepted; nothing a person types is an error."""

import re
from collections.abc import Callable, Iterable, Sequence

import msgspec

from catalog import Catalogue
from indexer.analysis.analysed import Analyse, AnalysedText
from indexer.analysis.tokenizer import tokens_of
from indexer.query.filters import apply_filter
from indexer.query.long_messages import question_in
from indexer.query.rewriting import drop_courtesies
from indexer.query.synonyms import Concept
from indexer.settings import SETTINGS

_PART = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<filter>(?:speaker|series|topic|language)):'
    r'(?:"(?P<quoted>[^"]*)"|(?P<value>\S+)))'
    r"|(?<!\S)-(?P<excluded>[^\W\d_][^\s\"]*)",
    re.IGNORECASE,
)
_QUOTES = str.maketrans("“”„«»‟", '""""""')
_UNREADABLE = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
# What has no width stands within words.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+")


Phrase = tuple[tuple[str, ...], ...]
Expand = Callable[[str], tuple[Concept, ...]]


class Query(msgspec.Struct, frozen=True):
    """What a text asks for.

    Each of `phrases` has to stand there, and none of `excluded` may: a phrase is the sequences of
    terms that the languages make of it, of which one is enough. `videos` are the slugs that the
    filters leave, or None without a filter, `barred` those that a filter with a minus takes out;
    `language` is the one asked for, if any, and none of `barred_languages` is; the question is put
    in `question_language`. `wording` is the question without signs and courtesies.
    """

    concepts: tuple[Concept, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    excluded: tuple[Phrase, ...] = ()
    videos: frozenset[str] | None = None
    barred: frozenset[str] = frozenset()
    language: str | None = None
    barred_languages: frozenset[str] = frozenset()
    question_language: str = "en"
    wording: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether there is a filter."""
        asked = self.videos is not None or self.language is not None
        return asked or bool(self.barred or self.barred_languages)

    @property
    def english(self) -> str:
        """The question in the English of its words, where it was put in Spanish; else ""."""
        if not any(concept.english for concept in self.concepts):
            return ""
        return " ".join(concept.english or concept.shown for concept in self.concepts)


def parse_query(
    text: str,
    catalogue: Catalogue,
    languages: Sequence[str],
    expand: Expand,
    field: frozenset[str] = frozenset(),
    analyse: Analyse = AnalysedText,
) -> Query:
    """Read a query against a catalogue, whose transcripts are in `languages`.

    `expand` makes concepts of plain words; `field` are words by which the question in a long
    message is known; `analyse` takes a text apart.
    """
    typed = text[: SETTINGS.longest_message].translate(_QUOTES)
    readable = _UNREADABLE.sub(" ", _UNSEEN.sub("", typed))
    clean = question_in(readable, SETTINGS.longest_query, field)
    signs = _Operators(catalogue, languages or ("en",))
    words = ""
    end = 0
    for part in _signs_in(clean):
        words += f"{clean[end : part.start()]} {signs.take(part)} "
        end = part.end()
    wording = drop_courtesies(words + clean[end:])
    return Query(
        concepts=expand(wording)[: SETTINGS.most_concepts],
        phrases=tuple(filter(None, signs.phrases)),
        excluded=tuple(filter(None, signs.excluded)),
        videos=frozenset.intersection(*signs.allowed) if signs.allowed else None,
        barred=signs.barred,
        language=signs.language,
        barred_languages=signs.barred_languages,
        question_language=analyse(clean).language.ranked(languages or ("en",))[0],
        wording=" ".join(wording.split()),
    )


def _signs_in(text: str) -> Iterable[re.Match[str]]:
    """Find quotes, minus signs and filters; most texts have none of their characters."""
    return _PART.finditer(text) if any(sign in text for sign in '-":') else ()


def filters_in(text: str) -> tuple[tuple[int, int], ...]:
    """Find what is written as a filter, known or not, by its characters in the text."""
    signs = _signs_in(text.translate(_QUOTES))
    return tuple(sign.span() for sign in signs if sign["filter"])


def filters_applied(
    text: str, catalogue: Catalogue, languages: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Find the filters of a text that are known, by its characters; the others are only words."""
    signs = [sign for sign in _signs_in(text.translate(_QUOTES)) if sign["filter"]]
    values = ((sign["filter"].lower(), sign["quoted"] or sign["value"] or "") for sign in signs)
    known = [apply_filter(*value, catalogue, languages or ("en",)) is not None for value in values]
    return tuple(sign.span() for sign, is_known in zip(signs, known, strict=True) if is_known)


class _Operators:
    """Collects what quotes, minus signs and filters ask for."""

    def __init__(self, catalogue: Catalogue, languages: Sequence[str]) -> None:
        self._catalogue = catalogue
        self._languages = languages
        self.phrases: list[Phrase] = []
        self.excluded: list[Phrase] = []
        self.allowed: list[frozenset[str]] = []
        self.barred: frozenset[str] = frozenset()
        self.language: str | None = None
        self.barred_languages: frozenset[str] = frozenset()

    def take(self, part: re.Match[str]) -> str:
        """Take a sign in; return the words of it that are searched for as well."""
        if part["filter"]:
            return self._filter(part)
        if part["excluded"] or part["minus"]:
            self.excluded.append(_phrase(part["excluded"] or part["phrase"], self._languages))
            return ""
        self.phrases.append(_phrase(part["phrase"], self._languages))
        return part["phrase"]

    def _filter(self, part: re.Match[str]) -> str:
        """Narrow down to what a filter leaves; one that is unknown is only words."""
        name, value = part["filter"].lower(), part["quoted"] or part["value"] or ""
        left = apply_filter(name, value, self._catalogue, self._languages)
        if left is None:
            return f"{part['filter']} {value}"
        if isinstance(left, str) and part["minus"]:
            self.barred_languages |= {left}
        elif isinstance(left, str):
            self.language = left
        elif part["minus"]:
            self.barred |= left
        else:
            self.allowed.append(left)
        return ""


def _phrase(text: str, languages: Sequence[str]) -> Phrase:
    """Return the terms of a phrase as each language makes them, without doubles."""
    made = (tuple(t.term for t in tokens_of(text, language)) for language in languages or ("en",))
    return tuple(terms for terms in dict.fromkeys(made) if terms)
