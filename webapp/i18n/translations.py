"""The texts of the interface, in the language that is shown.

Texts are looked up under their English wording in `translations/<language>/site.po`; what is not
there stays English.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

TRANSLATIONS = Path(__file__).parent.parent / "translations"
ENGLISH, SPANISH = "en", "es"
LANGUAGES = (ENGLISH, SPANISH)
_OG_LOCALES = {ENGLISH: "en_US", SPANISH: "es_LA"}


@dataclass(frozen=True, slots=True)
class Interface:
    """The language a page is shown in; `chosen` when its address says so (`/es/watch/...`)."""

    language: str = ENGLISH
    chosen: bool = False

    @property
    def og_locale(self) -> str:
        """The language as Open Graph names it, for sites that show a link to the page."""
        return _OG_LOCALES[self.language]

    def link(self, path: str) -> str:
        """An address of this site that keeps the language, where that was chosen."""
        return f"/{self.language}{path}" if self.chosen and path.startswith("/") else path


_shown: ContextVar[Interface] = ContextVar("interface", default=Interface())  # noqa: B039 - frozen


def interface() -> Interface:
    """The interface of the request that is being answered."""
    return _shown.get()


@contextmanager
def shown_in(language: Interface) -> Iterator[None]:
    """Show the interface so, to all that runs inside."""
    token = _shown.set(language)
    try:
        yield
    finally:
        _shown.reset(token)


def N_(text: str) -> str:  # noqa: N802 - the name that extracting tools look for
    """Mark a text that is looked up later, when the language is known."""
    return text


def gettext(text: str) -> str:
    """A text in the interface's language."""
    return _texts(interface().language).gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """A text in the interface's language, for one or for many."""
    return _texts(interface().language).ngettext(one, many, count)


def link(path: str) -> str:
    """An address of this site that keeps the language the visitor chose."""
    return interface().link(path)


@cache
def _texts(language: str) -> NullTranslations:
    source = TRANSLATIONS / language / "site.po"
    if not source.is_file():
        return NullTranslations()
    with source.open("rb") as file:
        catalog = read_po(file, locale=language)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return Translations(compiled)
