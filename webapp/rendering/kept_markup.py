"""Markup of what is said that is the same whoever asks: written once, and kept without a question.

Links keep the question asked of a video. What is kept has a mark in its place.
"""

from collections.abc import Callable, MutableMapping
from dataclasses import replace
from typing import Protocol, TypeVar
from urllib.parse import quote

from markupsafe import Markup

from webapp.i18n.translations import interface
from webapp.rendering.addresses import WatchLinks

# Of a character that nobody types: it is for private use.
_QUESTION = "\ue000"
_MARK = quote(_QUESTION)


class Shown(Protocol):
    """Something of a transcript: its `anchor`, and whether what was asked is marked in it."""

    @property
    def anchor(self) -> str:
        """Its id on the page."""

    @property
    def is_marked(self) -> bool:
        """Whether anything in it depends on what was asked."""


One = TypeVar("One", bound=Shown)


def kept_markup(
    one: One,
    links: WatchLinks,
    write: Callable[[One, WatchLinks], str],
    kept: MutableMapping[object, str],
) -> Markup:
    """What `write` makes of one thing and its links; of nothing marked, what it made before."""
    if one.is_marked:
        return Markup(write(one, links))  # noqa: S704 - as the template escaped it
    key = interface().language, links.language, links.part, bool(links.question), one.anchor
    markup = kept.get(key)
    if markup is None:
        asked = replace(links, question=_QUESTION if links.question else "")
        markup = kept[key] = str(write(one, asked))
    if links.question:
        markup = markup.replace(_MARK, links.quoted)
    return Markup(markup)  # noqa: S704 - a quoted question has nothing to escape
