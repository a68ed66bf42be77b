"""An archive: a page for each transcript, and pages that lead to them. It needs no server.

Every link is relative, nothing is loaded from elsewhere, and no script runs, so it opens from a
disk, an email or a museum's shelf alike.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from pathlib import Path

from jinja2 import Environment

from catalog import Operator, Series, Term, Video, clock
from indexer import Generation, MentionedSentence, source_url, watch_url
from transcripts import Transcript
from webapp.i18n.languages import in_language, language_name
from webapp.i18n.times import day
from webapp.i18n.translations import interface
from webapp.i18n.wording import part_wording, plain_wording, wording
from webapp.presenters.browsing.glossary import said_of, term_name, term_slug
from webapp.presenters.watching.transcript import Line, anchors, sentence_at, take_turns
from webapp.rendering.environment import page_environment

TEMPLATES = Path(__file__).parent.parent / "templates" / "archive"
STYLE = "archive.css"
# Of a word that is said everywhere the first places will do.
MOST_PLACES = 100


@dataclass(frozen=True, slots=True)
class ArchivedVideo:
    """A video, and the languages in which there is a page of its transcript, its own first."""

    video: Video
    series: Series
    languages: tuple[str, ...]

    @property
    def page(self) -> str:
        """The file of its page, "" where there is none."""
        return page_of(self.video.slug, self.languages[0]) if self.languages else ""


@dataclass(frozen=True, slots=True)
class ArchivedTerm:
    """A word of the glossary and where it is said; `more` places are left out."""

    term: Term
    anchor: str
    places: tuple[tuple[str, MentionedSentence], ...]
    more: int


@dataclass(frozen=True, slots=True)
class ArchivedLine:
    """A sentence as it is read, its id on the page, and where its second plays, "" for nowhere."""

    anchor: str
    start_ms: int
    text: str
    address: str


@dataclass(frozen=True, slots=True)
class ArchivedTurn:
    """What one speaker says; "" where it is not said who does."""

    speaker: str
    lines: tuple[ArchivedLine, ...]


def page_of(slug: str, language: str) -> str:
    """The file of a transcript."""
    return f"{slug}.{language}.html"


def archive_pages(generation: Generation, operator: Operator) -> Iterator[tuple[str, str]]:
    """The files of an archive, each with its text, in the interface's language."""
    render = partial(_rendered, operator=operator)
    series = tuple(one for one in generation.catalogue.series if one.videos)
    videos = {
        one.slug: [
            ArchivedVideo(video, one, generation.languages(video.slug)) for video in one.videos
        ]
        for one in series
    }
    words = [_term(generation, one) for one in said_of(generation.catalogue.terms, generation.said)]
    words.sort(key=lambda one: term_slug(term_name(one.term)[0]))
    yield STYLE, (TEMPLATES / STYLE).read_text("utf-8")
    yield "index.html", render("index.html", series=series, videos=videos)
    yield "words.html", render("words.html", words=words, videos=generation.videos)
    for one in chain.from_iterable(videos.values()):
        for language in one.languages:
            page = _transcript(generation, operator, one, language)
            yield page_of(one.video.slug, language), render("transcript.html", **page)


def _term(generation: Generation, term: Term) -> ArchivedTerm:
    said = generation.mentions(term)
    places = tuple((page_of(one.video, one.language), one) for one in said.between(0, MOST_PLACES))
    return ArchivedTerm(term, term_slug(term.canonical), places, max(0, len(said) - MOST_PLACES))


def _transcript(
    generation: Generation, operator: Operator, archived: ArchivedVideo, language: str
) -> dict[str, object]:
    """What the page of a transcript shows."""
    video = archived.video
    transcript = generation.transcript(video.slug, language)
    assert transcript  # noqa: S101 - there is one in each of its languages
    others = [one for one in archived.languages if one != language]
    return {
        "archived": archived,
        "video": video,
        "speakers": generation.catalogue.speakers_of(video),
        "track": transcript.track,
        "turns": _turns(generation, operator, video, transcript),
        "questions": _questions(video, transcript),
        "punctuated": bool(generation.readable(video.slug, language)),
        "others": [(page_of(video.slug, one), one) for one in others],
    }


def _turns(
    generation: Generation, operator: Operator, video: Video, transcript: Transcript
) -> tuple[ArchivedTurn, ...]:
    language = transcript.track.language
    turns = take_turns(transcript, readable=generation.readable(video.slug, language))
    at_second = partial(_at_second, operator, video, language)
    return tuple(
        ArchivedTurn(
            turn.speaker,
            tuple(
                ArchivedLine(line.anchor, line.start_ms, _read(line), at_second(line.start_ms))
                for line in turn.lines
            ),
        )
        for turn in turns
    )


def _read(line: Line) -> str:
    return "".join(one.text for one in (*line.asked, *line.said))


def _questions(video: Video, transcript: Transcript) -> list[tuple[str, str]]:
    """The questions of a video, each with the id of the sentence that begins its answer."""
    ids = anchors(transcript.sentences)
    found = []
    for question in video.questions:
        at_ms = question.start_ms
        place = None if at_ms is None else sentence_at(transcript.sentences, at_ms)
        found.append((question.text, "" if place is None else ids[place]))
    return found


def _at_second(operator: Operator, video: Video, language: str, at_ms: int) -> str:
    """Where a second plays: on the site, where its address is known, else where it came from."""
    if operator.address:
        return operator.address + watch_url(video, at_ms, language)
    return source_url(video, at_ms) or ""


def _rendered(template: str, **values: object) -> str:
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    environment = page_environment(TEMPLATES)
    environment.globals |= {"interface": interface, "term_name": term_name}
    shown = (clock, day, in_language, language_name, part_wording, plain_wording, wording)
    for function in shown:
        environment.filters[function.__name__] = function
    return environment
