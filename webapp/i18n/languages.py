"""Languages by the names that their own speakers give them, and words in one inside another's."""

from functools import cache

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from catalog import base_language
from webapp.i18n.translations import LANGUAGES, interface


def language_name(code: str) -> str:
    """A language's own name, with its region where it has one; the code where it is unknown."""
    return _name_of_ours(code) if code in LANGUAGES else _name(code)


def _name(code: str) -> str:
    try:
        locale = Locale.parse(code, sep="-")
    except (ValueError, UnknownLocaleError):
        return code
    name = locale.get_display_name() if "-" in code else locale.get_language_name()
    return name[:1].upper() + name[1:] if name else code


# Every page names these; others may be what a person typed, and are not kept.
_name_of_ours = cache(_name)


def in_language(text: str, code: str, around: str = "") -> str:
    """A text in a language, marked where what stands around it is in another one.

    Around it is the interface, unless said otherwise; "" is a language that nobody knows.
    """
    if not code or base_language(code) == base_language(around or interface().language):
        return text
    return Markup('<span lang="{}">{}</span>').format(code, text)
