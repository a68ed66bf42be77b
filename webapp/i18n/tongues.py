"""Words in one language inside words in another, marked so that each is read in its own voice."""

from __future__ import annotations

from markupsafe import Markup

from webapp.i18n.languages import base_language
from webapp.i18n.translations import interface
from webapp.presenters.speakers import unnamed


def in_language(text: str, code: str, around: str = "") -> str:
    """A text in a language, marked where what stands around it is in another one.

    Around it is the interface, unless said otherwise; "" is a language that nobody knows.
    """
    if not code or base_language(code) == base_language(around or interface().language):
        return text
    return Markup('<span lang="{}">{}</span>').format(code, text)


def speaker_in(name: str, around: str) -> str:
    """Who speaks, beside words in a language: a name as it is, what stands for one marked."""
    return in_language(name, interface().language, around) if name in unnamed() else name
