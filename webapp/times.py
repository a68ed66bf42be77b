"""Time as people read it, hear it and type it. Inside, time is whole milliseconds."""

from __future__ import annotations

import re
from datetime import date

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
    said = [f"{count} {unit}{'' if count == 1 else 's'}" for count, unit in parts if count]
    return " ".join(said) or "the beginning"


def whole_seconds(ms: int) -> int:
    """The second in which a time falls, as links carry it."""
    return ms // 1000


def minutes(ms: int) -> str:
    """A length, roughly: `5 minutes`."""
    count = max(1, round(ms / 60_000))
    return f"{count} minute{'' if count == 1 else 's'}"


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
    try:
        if len(text) == 7:
            return date.fromisoformat(f"{text}-01").strftime("%B %Y")
        when = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{when:%B} {when.day}, {when.year}"
