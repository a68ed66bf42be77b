"""Times as people read and hear them, in the interface's language.

Inside, time is whole milliseconds.
"""

from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.units import format_unit

from webapp.i18n.translations import gettext, interface


def spoken(ms: int) -> str:
    """Time as words, for a screen reader: `1 minute 23 seconds`."""
    return _spoken(whole_seconds(ms), interface().language)


@lru_cache(maxsize=4000)
def _spoken(whole: int, language: str) -> str:
    minutes, seconds = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    parts = [(hours, "hour"), (minutes, "minute"), (seconds, "second")]
    said = [_counted(count, unit, language) for count, unit in parts if count]
    return " ".join(said) or gettext("the beginning")


def whole_seconds(ms: int) -> int:
    """The second in which a time falls, as links carry it."""
    return ms // 1000


def minutes(ms: int) -> str:
    """A length, roughly: `5 minutes`."""
    return _counted(max(1, round(ms / 60_000)), "minute", interface().language)


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
