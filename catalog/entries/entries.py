"""From the text of the curated files to series with their videos, people and topics."""

from dataclasses import replace
from typing import Any, TypeVar

from catalog.errors import Mistake
from catalog.model import Chapter, Person, Question, Series, Topic, TopicGroup, Video, WrittenAnswer
from catalog.toml import fields
from catalog.toml.tables import TableShape, TomlFile, inline

T = TypeVar("T")

_CHAPTER = TableShape(
    Chapter, {"title": fields.text, "at": fields.time_ms}, ("title", "at"), {"at": "start_ms"}
)
_TIMED_QUESTION = TableShape(
    Question,
    {"text": fields.text, "at": fields.time_ms, "until": fields.time_ms},
    ("text", "at"),
    {"at": "start_ms", "until": "end_ms"},
)


def _question(value: Any) -> Question:
    """Read a question: a plain text, or a table with the time of its answer."""
    return Question(fields.text(value)) if isinstance(value, str) else _timed_question(value)


_timed_question = inline(_TIMED_QUESTION)

_VIDEO = TableShape(
    Video,
    {
        "slug": fields.slug,
        "title": fields.text,
        "description": fields.text,
        "youtube": fields.youtube_id,
        "page": fields.web_address,
        "media": fields.media,
        "speakers": fields.list_of(fields.slug),
        "topics": fields.list_of(fields.slug),
        "recorded": fields.recorded,
        "duration": fields.time_ms,
        "language": fields.language,
        "questions": fields.list_of(_question),
        "chapters": fields.list_of(inline(_CHAPTER)),
        "related": fields.list_of(fields.slug),
        "next": fields.slug,
        "sources": fields.list_of(fields.web_address),
    },
    ("slug", "title"),
    {"duration": "duration_ms"},
    title="title",
)

_SERIES = TableShape(
    Series,
    {
        "slug": fields.slug,
        "title": fields.text,
        "kind": fields.series_kind,
        "description": fields.text,
        "notice": fields.text,
        "language": fields.language,
        "videos": lambda value: value,  # each is read by itself, into the series
    },
    ("slug", "title"),
    title="title",
)

_PERSON = TableShape(
    Person,
    {
        "slug": fields.slug,
        "name": fields.text,
        "role": fields.text,
        "affiliation": fields.text,
        "also": fields.list_of(fields.text),
        "page": fields.web_address,
        "language": fields.language,
    },
    ("slug", "name"),
    title="name",
)

_WRITTEN = TableShape(
    WrittenAnswer, {"text": fields.text, "page": fields.web_address}, ("text", "page")
)

_TOPIC = TableShape(
    Topic,
    {
        "slug": fields.slug,
        "title": fields.text,
        "description": fields.text,
        "terms": fields.list_of(fields.text),
        "stories": fields.list_of(fields.slug),
        "written": fields.list_of(inline(_WRITTEN)),
        "language": fields.language,
    },
    ("slug", "title"),
    title="title",
)


_GROUP = TableShape(
    TopicGroup,
    {
        "slug": fields.slug,
        "title": fields.text,
        "topics": fields.list_of(fields.slug),
        "language": fields.language,
    },
    ("slug", "title", "topics"),
)


def read_series(text: str, file: str) -> tuple[Series | None, tuple[Mistake, ...]]:
    """Read one series file; `file` names it in problems.

    A series or video without a usable slug or title is there too, for its references and times to
    be checked. It has no title, by which it is known, and is of no other use.
    """
    toml = TomlFile(file)
    table = toml.parse(text)
    if table is None:
        return None, tuple(toml.problems)
    series = toml.entry(table, _SERIES, "")
    if series is None:
        return None, tuple(toml.problems)
    tables = toml.tables(table.get("videos", []), "videos", "video")
    # The series' language stands for every video that names none.
    given = {"series": series.slug, "language": series.language}
    read = [toml.entry(video, _VIDEO, name, **given) for name, video in tables]
    whole = replace(series, videos=tuple(video for video in read if video))
    return whole, tuple(toml.problems)


def read_people(text: str, file: str) -> tuple[tuple[Person, ...], tuple[Mistake, ...]]:
    """Read the file of people; one that cannot be used is there without a name."""
    return _read_list(text, file, "people", _PERSON)


def read_topics(text: str, file: str) -> tuple[tuple[Topic, ...], tuple[Mistake, ...]]:
    """Read the file of topics; one that cannot be used is there without a title."""
    return _read_list(text, file, "topics", _TOPIC, beside="groups")


def read_topic_groups(text: str, file: str) -> tuple[tuple[TopicGroup, ...], tuple[Mistake, ...]]:
    """Read what the file of topics says of groups; whether it is TOML `read_topics` tells."""
    toml = TomlFile(file)
    groups = toml.entries((TomlFile(file).parse(text) or {}).get("groups", []), "groups", _GROUP)
    return groups, tuple(toml.problems)


def _read_list(
    text: str, file: str, key: str, shape: TableShape[T], beside: str = ""
) -> tuple[tuple[T, ...], tuple[Mistake, ...]]:
    toml = TomlFile(file)
    table = {name: value for name, value in (toml.parse(text) or {}).items() if name != beside}
    entries = toml.entries(toml.only(table, key), key, shape)
    return entries, tuple(toml.problems)
