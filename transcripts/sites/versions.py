"""How old yt-dlp is, and what raises it here. Sites change every few weeks, and it follows them."""

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import cache
from importlib import metadata
from pathlib import Path

from catalog import counted

ROOT = Path(__file__).parents[2]
# Where one of these is, the program runs in a container, and what is installed there is lost.
_OF_CONTAINERS = (Path("/run/.containerenv"), Path("/.dockerenv"))
OLD_DAYS = 60


def yt_dlp_version() -> str:
    """The version that is installed; yt-dlp itself is not loaded."""
    return metadata.version("yt-dlp")


def age_days(version: str, today: date) -> int | None:
    """How many days old a version is, which is a date; None where it is none."""
    try:
        return (today - date(*map(int, version.split(".")[:3]))).days
    except (ValueError, TypeError):
        return None


def yt_dlp_in_words(today: date | None = None) -> str:
    """The version and its age: `yt-dlp 2026.10.26, 35 days old`."""
    version = yt_dlp_version()
    days = age_days(version, today or datetime.now(UTC).date())
    return f"yt-dlp {version}" + (f", {counted(days, 'day')} old" if days is not None else "")


def versions_in_words(today: date | None = None) -> str:
    """What `hope --version` says of yt-dlp: its age and, when that is great, what raises it."""
    now = today or datetime.now(UTC).date()
    days = age_days(yt_dlp_version(), now)
    old = f"\nYouTube changes every few weeks. To have a newer one run {how_to_raise()}."
    return yt_dlp_in_words(now) + (old if days is not None and days > OLD_DAYS else "")


def how_to_raise(
    folder: Path = ROOT,
    environment: Mapping[str, str] = os.environ,
    *,
    container: bool | None = None,
) -> str:
    """What to run to have a newer yt-dlp, by how the program is installed here."""
    if (folder / "Makefile").is_file():
        return f"`make -C {folder} yt-dlp`"
    inside = "container" in environment or any(place.exists() for place in _OF_CONTAINERS)
    if inside if container is None else container:
        return "`make yt-dlp` in the checkout, and build the image anew"
    return f"`{sys.executable} -m pip install --upgrade --no-deps yt-dlp`"


@cache
def newer_may_help() -> str:
    """A sentence after a failure that a newer yt-dlp may mend."""
    return f"To have a newer one (this is {yt_dlp_in_words()}) run {how_to_raise()}."
