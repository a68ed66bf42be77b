"""Times as people read, hear and type them, in the interface's language.

Inside, time is whole milliseconds.
"""

import re
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from webapp.i18n.translations import gettext, interface

_TYPED = re.compile(
    r"(?:(?P<plain>[0-9]{1,6})(?:\.[0-9]{0,6})?s?"
    r"|(?:(?P<ch>[0-9]{1,2}):)?(?P<cm>[0-9]{1,3}):(?P<cs>[0-9]{2})"
    r"|(?:(?P<h>[0-9]{1,2})h)?(?:(?P<m>[0-9]{1,3})m)?(?:(?P<s>[0-9]{1,2})s)?)"
)


def spoken(ms: int) -> str:
    """Time as words, for a screen reader: `1 minute 23 seconds`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    said = [_counted(count, unit, interface().language) for count, unit in parts if count]
    return " ".join(said) or gettext("the beginning")


def whole_seconds(ms: int) -> int:
    """The second in which a time falls, as links carry it."""
    return ms // 1000


def minutes(ms: int) -> str:
    """A length, roughly: `5 minutes`."""
    return _counted(max(1, round(ms / 60_000)), "minute", interface().language)


def typed_ms(text: str | None) -> int | None:
    """The time that `?t=` asks for: `83`, `83s`, `1:23` or `1m23s`; None for anything else."""
    match = _TYPED.fullmatch((text or "").strip())
    if match is None or not any(match.groups()):
        return None
    part = {name: int(value or 0) for name, value in match.groupdict().items()}
    hours, minutes_ = part["ch"] + part["h"], part["cm"] + part["m"]
    return (hours * 3600 + minutes_ * 60 + part["plain"] + part["cs"] + part["s"]) * 1000


def day(text: str) -> str:
    """A recorded date as people write it: `May 4, 2026`; what is no date stays as it is."""
    month_only = len(text) == 7
    try:
        when = date.fromisoformat(f"{text}-01" if month_only else text)
    except ValueError:
        return text
    language = interface().language
    if month_only:
        return format_skeleton("yMMMM", when, locale=language)
    return format_date(when, "long", locale=language)


@lru_cache(maxsize=1000)
def _counted(count: int, unit: str, language: str) -> str:
    return format_unit(count, f"duration-{unit}", locale=language)
