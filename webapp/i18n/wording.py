"""What the catalogue says of a video, a topic or a person, in the interface's language."""

from collections.abc import Iterator

from catalog import Person, Series, Topic, TopicGroup, Video, WrittenAnswer, base_language
from webapp.i18n.languages import in_language
from webapp.i18n.translations import ENGLISH, interface

Entry = Series | Topic | TopicGroup | Person | Video


def wording(entry: Entry, field: str = "title", around: str = "") -> str:
    """A text of an entry, marked where it is not in the language `around` it; "" for none.

    That is the interface's, unless said otherwise.
    """
    text, language = _said(entry, field)
    return in_language(text, language, around) if text else ""


def plain_wording(entry: Entry, field: str = "title") -> str:
    """A text of an entry for where no mark-up can stand."""
    return _said(entry, field)[0]


def original_title(entry: Series | Topic | Video) -> str:
    """The title as it was given, marked; "" where it is the one that is shown anyway."""
    shown = plain_wording(entry)
    return "" if shown == entry.title else in_language(entry.title, entry.language)


def part_wording(text: str, video: Video) -> str:
    """The text of one of a video's questions or chapters, marked like `wording`."""
    said = plain_part_wording(text, video)
    return in_language(said, video.language if said == text else interface().language)


def written_wording(answer: WrittenAnswer) -> str:
    """The question that a page elsewhere answers, marked like `wording`; it is given in English."""
    shown = interface().language
    said = answer.translations.get(shown, "")
    return said or in_language(answer.text, ENGLISH)


def plain_part_wording(text: str, video: Video) -> str:
    """The text of one of a video's questions or chapters for where no mark-up can stand."""
    return next(_parts(text, video), text)


def _said(entry: Entry, field: str) -> tuple[str, str]:
    shown = interface().language
    translations = entry.translations
    own = shown == base_language(entry.language)
    said = "" if own else translations.get(shown, {}).get(field, "")
    return (said, shown) if said else (getattr(entry, field), entry.language)


def _parts(text: str, video: Video) -> Iterator[str]:
    """The translations of a question or a chapter, of which there is one at most."""
    shown = interface().language
    for question in video.questions:
        if question.text == text and shown in question.translations:
            yield question.translations[shown]
    for chapter in video.chapters:
        if chapter.title == text and shown in chapter.translations:
            yield chapter.translations[shown]
