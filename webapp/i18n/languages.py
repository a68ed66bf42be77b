"""Languages by the names that their own speakers give them."""

from __future__ import annotations

from markupsafe import Markup

from webapp.i18n.translations import interface

_NAMES = {
    "ar": "العربية",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "hi": "हिन्दी",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pl": "Polski",
    "pt": "Português",
    "ru": "Русский",
    "tl": "Tagalog",
    "vi": "Tiếng Việt",
    "zh": "中文",
}


def base_language(code: str) -> str:
    """The language without its region or script: `es` of `es-419`."""
    return code.replace("_", "-").partition("-")[0].lower()


def language_name(code: str) -> str:
    """A language's own name, with its region where there is one; the code where unknown."""
    name = _NAMES.get(base_language(code))
    if name is None:
        return code
    region = code.replace("_", "-").partition("-")[2]
    return f"{name} ({region})" if region else name


def in_language(text: str, code: str, around: str = "") -> str:
    """A text in a language, marked where what stands around it is in another one.

    Around it is the interface, unless said otherwise; "" is a language that nobody knows.
    """
    if not code or base_language(code) == base_language(around or interface().language):
        return text
    return Markup('<span lang="{}">{}</span>').format(code, text)
