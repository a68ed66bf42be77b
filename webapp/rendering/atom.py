"""Atom feeds (RFC 4287) as text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

ATOM = "application/atom+xml"
# What XML 1.0 cannot hold.
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """Something new: its lasting id, a page, a plain summary, and the same as HTML."""

    id: str
    title: str
    language: str
    page: str
    updated: datetime
    summary: str
    html: str
    published: datetime | None = None
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed at `address`, which tells what is new on `page`. Addresses are whole ones."""

    id: str
    title: str
    subtitle: str
    language: str
    address: str
    page: str
    author: str
    updated: datetime
    entries: tuple[FeedEntry, ...] = field(default_factory=tuple)


def as_atom(feed: Feed) -> str:
    """The feed in XML."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_attribute(feed.language)}">\n'
        f"{''.join(_head(feed))}{''.join(map(_entry, feed.entries))}</feed>\n"
    )


def _head(feed: Feed) -> Iterator[str]:
    yield _text("id", feed.id)
    yield _text("title", feed.title)
    if feed.subtitle:
        yield _text("subtitle", feed.subtitle)
    yield _link("self", ATOM, feed.address)
    yield _link("alternate", "text/html", feed.page)
    yield _person(feed.author)
    yield _text("updated", _time(feed.updated))
    yield _text("generator", "Hope With Answers search")


def _entry(entry: FeedEntry) -> str:
    published = _text("published", _time(entry.published)) if entry.published else ""
    return (
        f'<entry xml:lang="{_attribute(entry.language)}">\n'
        f"{_text('id', entry.id)}{_text('title', entry.title)}"
        f"{_link('alternate', 'text/html', entry.page)}"
        f"{''.join(map(_person, entry.authors))}"
        f"{published}{_text('updated', _time(entry.updated))}"
        f"{_text('summary', entry.summary) if entry.summary else ''}"
        f'<content type="html">{_escaped(entry.html)}</content>\n</entry>\n'
    )


def _text(name: str, text: str) -> str:
    return f"<{name}>{_escaped(text)}</{name}>\n"


def _person(name: str) -> str:
    return f"<author><name>{_escaped(name)}</name></author>\n"


def _link(relation: str, kind: str, address: str) -> str:
    return f'<link rel="{relation}" type="{kind}" href="{_attribute(address)}"/>\n'


def _escaped(text: str) -> str:
    return escape(_NO_XML.sub(" ", text), quote=False)


def _attribute(text: str) -> str:
    return escape(_NO_XML.sub(" ", text))


def _time(when: datetime) -> str:
    return when.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
