"""Languages by the names that their own speakers give them."""

from __future__ import annotations

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
