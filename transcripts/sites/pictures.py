"""Still pictures of videos: where a site has them, which is best, and of what form one is."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from catalog import number
from transcripts.sites.address_guard import AnswerBounds
from transcripts.sites.offers import Info

FORMS = (".jpg", ".webp", ".png")  # those that the site shows
ACCEPT = "image/jpeg,image/webp,image/png"
BOUNDS = AnswerBounds(max_bytes=1_000_000, seconds=20.0)
TRIES = 3
_WIDE = (1.6, 1.9)  # 16:9, and what rounding makes of it
_WIDTHS = (640, 1920)
_BEST_WIDTH = 1280
_DRAWN = (".svg", ".gif", ".avif", ".ico")


@dataclass(frozen=True, slots=True)
class Picture:
    """What asking for a picture gave: its bytes, or why there is none."""

    content: bytes = b""
    trouble: str = ""


Pictures = Callable[[tuple[str, ...]], Picture]


def read_pictures(info: Info) -> tuple[str, ...]:
    """Where a video's still picture may be had, the best first, at most three addresses.

    Best is a wide one of about 1280 pixels; then the best that a site is only guessed to have,
    and then the one it surely has.
    """
    listed = [one for one in info.get("thumbnails") or () if isinstance(one, dict)]
    sized = sorted((one for one in listed if _width(one)), key=_fitness)
    fitting = [one for one in sized if _WIDTHS[0] <= _width(one) <= _WIDTHS[1]]
    guessed = sorted((one for one in listed if not _width(one)), key=_preference, reverse=True)
    inorder = (*fitting[:1], *guessed[:1], {"url": info.get("thumbnail")}, *sized)
    addresses = dict.fromkeys(str(one.get("url") or "") for one in inorder)
    return tuple(filter(_may_be_picture, addresses))[:TRIES]


def form_of_picture(content: bytes) -> str:
    """`.jpg`, `.webp` or `.png`, by the content alone; empty for anything else."""
    if content.startswith(b"\xff\xd8\xff"):
        return ".jpg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return ".png"
    return ".webp" if content[:4] == b"RIFF" and content[8:12] == b"WEBP" else ""


def _may_be_picture(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and not parts.path.lower().endswith(_DRAWN)


def _width(one: Info) -> float:
    return number(one.get("width")) or 0


def _preference(one: Info) -> float:
    return number(one.get("preference")) or 0


def _fitness(one: Info) -> tuple[bool, float]:
    height = number(one.get("height"))
    wide = not height or _WIDE[0] <= _width(one) / height <= _WIDE[1]
    return not wide, abs(_width(one) - _BEST_WIDTH)
