"""Still pictures of the videos, served from here so that nobody else is asked for them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from catalog import Library, Video

KINDS = (".jpg", ".webp", ".png")


def poster_file(library: Library, slug: str) -> Path | None:
    """The picture of a video inside the library's posters folder, if there is one."""
    folder = library.posters_dir.resolve()
    for kind in KINDS:
        path = (folder / f"{slug}{kind}").resolve()
        if path.is_relative_to(folder) and path.suffix in KINDS and path.is_file():
            return path
    return None


def poster_address(library: Library, video: Video) -> str:
    """Where a video's picture is served, another address when it changed; "" without one."""
    path = poster_file(library, video.slug)
    return f"/posters/{quote(video.slug)}?v={version_of(path)}" if path else ""


def version_of(path: Path) -> str:
    """What tells a picture from the one it replaces."""
    status = path.stat()
    return f"{status.st_mtime_ns:x}-{status.st_size:x}"
