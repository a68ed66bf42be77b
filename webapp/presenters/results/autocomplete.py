"""What a search field suggests while somebody types: one small file a generation and language.

The browser asks for it once and looks in it by itself, so that nothing is sent of what is typed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

import msgspec

from catalog import Catalogue, Term, Topic, Video, base_language, fold_accents
from indexer import Generation
from webapp.i18n.translations import LANGUAGES
from webapp.presenters.browsing.lists import basics_first
from webapp.rendering.addresses import page_path
from webapp.rendering.assets import Asset, asset_of

MOST_QUESTIONS, MOST_TOPICS, MOST_MEDICINES = 600, 120, 150
MOST_BYTES = 40 * 1024
MOST_OTHER_NAMES = 3
LONGEST = 140


class SuggestionFiles:
    """The files of the generation that was asked for last; each is made once, for all visitors."""

    def __init__(self) -> None:
        self._made: tuple[str, Mapping[str, Asset]] = ("", {})

    def of(self, generation: Generation, language: str) -> Asset:
        """What is suggested in a language of the interface, over a generation."""
        name, files = self._made
        if name != generation.name:
            said = medicines(generation)
            files = {code: suggestions(generation.catalogue, said, code) for code in LANGUAGES}
            self._made = generation.name, files
        return files[language]


def medicines(generation: Generation) -> list[Term]:
    """The medicines of the glossary that are said in a video."""
    known = (term for term in generation.catalogue.terms if term.kind == "drug")
    return [term for term in known if generation.mentions(term)]


class Suggestions(msgspec.Struct, frozen=True):
    """What can be suggested: names of medicines, titles of topics with their pages, questions."""

    medicines: list[list[str]]
    topics: list[list[str]]
    questions: list[str]


def suggestions(catalogue: Catalogue, said: Iterable[Term], language: str) -> Asset:
    """Questions, topics and the medicines that are `said`, in a language, as JSON.

    A medicine is a list of its names, the usual one first; a topic its title and its page, and the
    language of the title where that is another one. Of a large library as many questions as fit.
    """
    known = Suggestions(
        [names_of(term, language) for term in said][:MOST_MEDICINES],
        [topic(one, language) for one in spoken_of(catalogue)][:MOST_TOPICS],
        questions(basics_first(catalogue), language)[:MOST_QUESTIONS],
    )
    while len((file := _file(known, language)).packed) > MOST_BYTES and known.questions:
        fewer = known.questions[: len(known.questions) * 3 // 4]
        known = msgspec.structs.replace(known, questions=fewer)
    return file


def spoken_of(catalogue: Catalogue) -> Iterator[Topic]:
    """The topics of which there is a video."""
    found = {slug for video in catalogue.videos.values() for slug in video.topics}
    return (one for one in catalogue.topics.values() if one.slug in found)


def names_of(term: Term, language: str) -> list[str]:
    """What a medicine is called, its usual name first; numbers of the laboratory are no names."""
    spanish = term.spanish if language == "es" else ()
    others = (name for name in (*spanish, *term.variants) if not any(map(str.isdigit, name)))
    known = dict.fromkeys(name for name in others if name != term.canonical)
    return [term.canonical, *list(known)[:MOST_OTHER_NAMES]]


def topic(one: Topic, language: str) -> list[str]:
    """The title of a topic, its page, and the language of the title where that is another one."""
    path = page_path("topic", one.slug).removeprefix("/")
    if base_language(one.language) == language:
        return [one.title, path]
    translated = one.translations.get(language, {}).get("title")
    return [translated, path] if translated else [one.title, path, one.language]


def questions(catalogue: Catalogue, language: str) -> list[str]:
    """The questions that there are in a language, each once: first the first one of every video."""
    turns: Iterable[Sequence[str | None]] = zip_longest(
        *(_asked(video, language) for video in catalogue.videos.values())
    )
    found: dict[str, str] = {}
    for text in chain.from_iterable(turns):
        if text and len(text) <= LONGEST:
            found.setdefault(fold_accents(text), text)
    return list(found.values())


def _asked(video: Video, language: str) -> list[str]:
    if base_language(video.language) == language:
        return [question.text for question in video.questions]
    translated = (question.translations.get(language) for question in video.questions)
    return [text for text in translated if text]


def _file(known: Suggestions, language: str) -> Asset:
    return asset_of(f"{language}.json", msgspec.json.encode(known))
