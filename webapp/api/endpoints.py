"""What programs can ask for: one table, which the description and its page are made from."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.api.model import (
    QuestionList,
    SearchPage,
    TermList,
    TopicAnswer,
    TopicList,
    TranscriptAnswer,
    VideoAnswer,
    VideoList,
)
from webapp.api.paging import LISTED, SEARCHED, SENTENCES, Paging
from webapp.i18n.translations import ENGLISH, LANGUAGES
from webapp.presenters.results.autocomplete import Suggestions


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that can be said with an address; `place` is "query" or "path"."""

    name: str
    says: str
    schema: Mapping[str, object]
    place: str = "query"
    required: bool = False


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address, what it answers with, and the statuses of what may be the matter."""

    path: str
    name: str
    says: str
    answer: type
    parameters: tuple[Parameter, ...] = ()
    problems: tuple[int, ...] = ()
    example: str = ""


def _paged(paging: Paging, what: str) -> tuple[Parameter, Parameter]:
    limit = {"type": "integer", "minimum": 1, "maximum": paging.most, "default": paging.usual}
    offset = {"type": "integer", "minimum": 0, "maximum": paging.farthest, "default": 0}
    return (
        Parameter("limit", f"At most so many {what}.", limit),
        Parameter("offset", f"Leave out so many {what} before.", offset),
    )


_SLUG = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$"}
_VIDEO = Parameter("slug", "The video.", _SLUG, "path", required=True)
_TOPIC = Parameter("slug", "The topic.", _SLUG, "path", required=True)
# Something that can be seen: neither space nor control.
_QUESTION = {"type": "string", "pattern": r"[^\s\u0000-\u001f\u007f-\u009f]"}
_TAG = {"type": "string", "examples": ["en", "es-MX"]}

ENDPOINTS = (
    Endpoint(
        "/api/search",
        "search",
        "The moments that answer a question, best first. Any text is accepted, as people write it.",
        SearchPage,
        (
            Parameter("q", "The question.", _QUESTION, required=True),
            *_paged(SEARCHED, "moments"),
            Parameter(
                "exact",
                "1 searches for the words alone, not for other names of the same.",
                {"type": "integer", "enum": [0, 1], "default": 0},
            ),
        ),
        (400, 503),
        "?q=what+does+stage+4+mean",
    ),
    Endpoint(
        "/api/suggest",
        "suggest",
        "All that search fields suggest: names of medicines that are said, each a list of its "
        "names; titles of topics with their pages, and the language of a title that is in another "
        "one; questions. Look in it yourself; nobody need be told what is typed.",
        Suggestions,
        (
            Parameter(
                "lang",
                "The language of what is suggested.",
                {"type": "string", "enum": list(LANGUAGES), "default": ENGLISH},
            ),
        ),
        (400, 503),
    ),
    Endpoint(
        "/api/videos",
        "videos",
        "All videos.",
        VideoList,
        _paged(LISTED, "videos"),
        (400, 503),
    ),
    Endpoint(
        "/api/videos/{slug}",
        "video",
        "One video with its questions and chapters.",
        VideoAnswer,
        (_VIDEO,),
        (404, 503),
    ),
    Endpoint(
        "/api/videos/{slug}/transcript",
        "transcript",
        "What a video says, sentence by sentence, as its captions have it.",
        TranscriptAnswer,
        (
            _VIDEO,
            Parameter("lang", "The language, else the video's own.", _TAG),
            *_paged(SENTENCES, "sentences"),
        ),
        (400, 404, 503),
    ),
    Endpoint(
        "/api/topics",
        "topics",
        "All topics.",
        TopicList,
        _paged(LISTED, "topics"),
        (400, 503),
    ),
    Endpoint(
        "/api/topics/{slug}",
        "topic",
        "One topic with its videos, and the moments that speak of it.",
        TopicAnswer,
        (_TOPIC,),
        (404, 503),
    ),
    Endpoint(
        "/api/terms",
        "terms",
        "The words of the glossary.",
        TermList,
        _paged(LISTED, "words"),
        (400, 503),
    ),
    Endpoint(
        "/api/questions",
        "questions",
        "The questions that videos answer.",
        QuestionList,
        _paged(LISTED, "questions"),
        (400, 503),
    ),
)
