"""What lies in the folders of captions: tracks, and all that is none, each with the reason."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from catalog import PART, Catalogue, Library, leads_out, near
from indexer.checking.facts import Fact
from indexer.checking.places import right_name
from transcripts import Track, TranscriptError, tracks_of

# What lies beside the tracks of a video.
_STATE = "fetch.json"
_PROVENANCE = ".provenance.json"
_LEADS_OUT = "this link leads out of the captions"


def names_in(folder: Path, place: str, found: list[str]) -> list[str]:
    """List a folder that may be absent; what keeps it from being listed is a problem."""
    try:
        return sorted(path.name for path in folder.iterdir())
    except OSError as err:
        if not isinstance(err, FileNotFoundError) or folder.is_symlink():
            found.append(f"{place}: this folder cannot be read: {err.strerror}")
        return []


def stray_folders(library: Library, catalogue: Catalogue, names: Iterable[str]) -> Iterator[Fact]:
    """Yield the folders that belong to no video, with the one that was probably meant."""
    says = "the catalogue has no video of this name, so it is not indexed"
    for name in names:
        if name not in catalogue.videos and library.captions_of(name).is_dir():
            yield Fact(f"captions/{name}", f"{says}{near(name, catalogue.videos)}")


def same_video(catalogue: Catalogue) -> Iterator[str]:
    """Say which pages were found to hold one video; of curated ids the catalogue tells."""
    holding: dict[str, list[str]] = {}
    for video in catalogue.videos.values():
        holding.setdefault(video.youtube, []).append(video.slug)
    for youtube, slugs in holding.items():
        if youtube and len(slugs) > 1:
            yield f"{', '.join(slugs)}: the same YouTube video {youtube} is behind each; keep one"


def tracks_in(
    library: Library, video: str, facts: list[Fact], found: list[str]
) -> tuple[Track, ...]:
    """List a video's tracks; everything else in its folder is a problem."""
    folder = library.captions_of(video)
    if leads_out(folder, library.captions_dir):
        facts.append(Fact(f"captions/{video}", f"{_LEADS_OUT}, so it is not read"))
        return ()
    names = names_in(folder, f"captions/{video}", found)
    try:
        tracks = tracks_of(library, video) if names else ()
    except TranscriptError as err:
        found.append(str(err))
        return ()
    read = {track.path.name for track in tracks}
    for name in names:
        says = "" if name in read else _why_unread(folder / name)
        if says:
            facts.append(Fact(f"captions/{video}/{name}", f"{says}, so it is not read"))
    return tracks


def _why_unread(path: Path) -> str:
    """Say why a file is no track; nothing for what lies beside tracks."""
    if path.name.startswith(".") and path.name.endswith(PART):
        return ""
    if path.is_file() and leads_out(path, path.parents[1]):
        return _LEADS_OUT
    if not path.is_file():
        return "this is a folder" if path.is_dir() else "this leads to no file"
    if path.name == _STATE or path.name.endswith(_PROVENANCE):
        return ""
    if right := right_name(path.name, path.parent.name):
        return f"its name has to be <language>.<kind>.<ext>, like {right.rpartition('/')[2]}"
    return "its name is not <language>.<kind>.<ext>, like en.manual.vtt"
