"""YouTube: its hosts, the addresses of its videos, and the ids in them."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qs, quote, urlsplit

SITE = "youtube.com"
EMBEDS = "https://www.youtube-nocookie.com"
# All that belongs to it: pages, still pictures, and the files of videos.
HOSTS = (SITE, "youtu.be", "youtube-nocookie.com", "ytimg.com", "googlevideo.com")
ID = r"[0-9A-Za-z_-]{11}"
_SHORT = "youtu.be"
_PAGES = {SITE, "youtube-nocookie.com", _SHORT, "music.youtube.com"}
_PATH = re.compile(rf"/(?:embed|shorts|live|e|v|watch)/({ID})/?")
_SHORT_PATH = re.compile(rf"/({ID})/?")
_LISTS = {"videoseries", "live_stream"}  # which stand in the place of an id


def is_youtube(host: str) -> bool:
    """Whether a host's name, in lower case, is one of YouTube's."""
    return f".{host}".endswith(tuple(f".{one}" for one in HOSTS))


def watch_address(video_id: str, start_s: int | None = None) -> str:
    """The address of a video, from a second on where one is given."""
    address = f"https://www.{SITE}/watch?v={quote(video_id)}"
    return address if start_s is None else f"{address}&t={start_s}s"


def embed_address(video_id: str) -> str:
    """The address of a video's player, which sets no cookies."""
    return f"{EMBEDS}/embed/{video_id}"


def video_id_in(address: str) -> str:
    """The id in the address of one YouTube video, or nothing."""
    parts = urlsplit(address)
    given = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return youtube_id(parts.hostname or "", parts.path, given)


def youtube_id(host: str, path: str, given: Mapping[str, str]) -> str:
    """The id of the video at a host and path of YouTube, asked for with what is `given`."""
    site = host.removeprefix("www.").removeprefix("m.")
    if site not in _PAGES:
        return ""
    # Elsewhere eleven letters behind the host name a channel.
    found = (_SHORT_PATH if site == _SHORT else _PATH).fullmatch(path)
    named = found[1] if found else given.get("v", "")
    return named if re.fullmatch(ID, named) and named not in _LISTS else ""
