"""Times and numbers as people read them. Inside, time is whole milliseconds."""

from __future__ import annotations


def clock(ms: int) -> str:
    """Time as a player shows it: `1:23`, `1:02:03`."""
    minutes, seconds = divmod(ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def counted(number: int, thing: str) -> str:
    """Count things: `1 video`, `2,000 videos`."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
