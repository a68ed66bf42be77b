"""What a file of a library is, and where it belongs; from its name alone."""

import re
from collections.abc import Collection, Iterator
from pathlib import Path

from catalog import Library, near
from indexer.checking.facts import Fact
from transcripts import CAPTION_FORMATS

_CURATED = re.compile(
    r"(people|topics|corrections|definitions|translation\.[A-Za-z-]+)\.toml|glossary\.csv"
)
_SITE = "site.toml"
_FILMS = {".mp4", ".webm", ".m4a", ".mp3", ".mov", ".mkv", ".ogg", ".wav"}
_PICTURES = {".jpg", ".jpeg", ".webp", ".png"}
_KINDS = ("manual", "auto", "translated")
_LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z][a-z]{3}|-[A-Z]{2}|-\d{3})?")
# What the library has of its own: these are looked through elsewhere, or nobody's to name.
_FOLDERS = ("catalog", "captions", "media", "posters", "drafts", "index")


def misplaced(library: Library, videos: Collection[str]) -> Iterator[Fact]:
    """Yield what lies in a wrong place: the file, and the place where it would be used."""
    for path in _entries(library.root):
        if path.is_dir() and path.name not in _FOLDERS:
            yield from _strange_folder(path, videos)
        elif path.is_file():
            yield from _belongs(path, "", videos)
    for folder in (library.catalog_dir, library.captions_dir, library.media_dir):
        for path in _entries(folder):
            if path.is_file() and path.name != _SITE:  # of which reading the catalogue tells
                yield from _belongs(path, folder.name, videos)
            elif folder != library.captions_dir and path.is_dir():
                for file in filter(Path.is_file, _entries(path)):
                    yield from _belongs(file, f"{folder.name}/{path.name}", videos)


def right_name(name: str, video: str = "", videos: Collection[str] = ()) -> str:
    """Where a caption file belongs, as `captions/<video>/en.manual.vtt`; "" for any other file."""
    stem, _, ext = name.rpartition(".")
    if not stem or ext.lower() not in CAPTION_FORMATS or ext.lower() == "json":  # of anything
        return ""
    parts = re.split(r"[._ ]", stem)
    kind = next((part.lower() for part in parts if part.lower() in _KINDS), "manual")
    language = next((part for part in reversed(parts) if _LANGUAGE.fullmatch(part)), "en")
    named = max((slug for slug in videos if slug in stem.lower()), key=len, default="<video>")
    return f"captions/{video or named}/{language}.{kind}.{ext.lower()}"


def _belongs(path: Path, folder: str, videos: Collection[str]) -> Iterator[Fact]:
    where = f"{folder}/{path.name}" if folder else path.name
    right = _place_of(path, videos)
    at_home = right.rpartition("/")[0] == folder
    if right and not at_home:
        yield Fact(where, f"it is not used here; its place is {right}")


def _place_of(path: Path, videos: Collection[str]) -> str:
    name, ext = path.name, path.suffix.lower()
    if name == _SITE:
        return name
    if _CURATED.fullmatch(name) or (ext == ".toml" and "slug" in _head(path)):
        return f"catalog/{name}"
    if ext in _FILMS:
        return f"media/{name}"
    if ext in _PICTURES:
        return f"posters/{path.stem if path.stem in videos else '<video>'}{ext}"
    return right_name(name, videos=videos)


def _strange_folder(path: Path, videos: Collection[str]) -> Iterator[Fact]:
    """A folder that has the name of a video, or nearly that of one of the library's own."""
    if path.name in videos:
        yield Fact(path.name, f"it is not used here; its place is captions/{path.name}")
    elif meant := near(path.name, [one for one in _FOLDERS if not (path.parent / one).exists()]):
        yield Fact(path.name, f"nothing of this folder is used{meant}")


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:  # which is told where the folder is read
        return []


def _head(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(4096).decode("utf-8", "replace")
    except OSError:
        return ""
