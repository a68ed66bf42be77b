"""Which tracks a library holds, and which of them is read: manual before automatic."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from catalog import Library, Video, base_language, leads_out
from transcripts.errors import TranscriptError
from transcripts.model import CAPTION_FORMATS, Track, TrackKind

_LANGUAGE = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*"
_NAME = re.compile(
    rf"(?P<language>{_LANGUAGE})\."
    rf"(?P<kind>manual|auto|translated)\.(?P<ext>{'|'.join(CAPTION_FORMATS)})\Z"
)
_KINDS: dict[str, TrackKind] = {"manual": "manual", "auto": "auto", "translated": "translated"}
_FEWEST_HEARD = 20
_FRACTION = 0.4
_ORDER = {"manual": 0, "auto": 1, "translated": 2}


def tracks_of(library: Library, video: str) -> tuple[Track, ...]:
    """List a video's tracks, the best of each language first; files of other names are none.

    Nor are links that lead out of the captions.

    Raises TranscriptError when the folder cannot be read.
    """
    folder = library.captions_of(video)
    try:
        with os.scandir(folder) as there:
            named = [file for file in there if _NAME.match(file.name)]
        linked = bool(named) and folder.is_symlink()
        paths = [
            folder / file.name
            for file in named
            if not (
                (linked or file.is_symlink())
                and leads_out(folder / file.name, library.captions_dir)
            )
            and file.is_file()
        ]
    except (FileNotFoundError, NotADirectoryError):
        return ()
    except OSError as err:
        place = f"captions/{video}"
        raise TranscriptError(f"{place}: cannot be read: {err.strerror or err}") from err
    return tuple(sorted(filter(None, map(track_at, sorted(paths))), key=_preference))


def track_at(path: Path) -> Track | None:
    """The track that a path in a video's folder names; None when its name is that of none."""
    m = _NAME.match(path.name)
    if not m:
        return None
    return Track(path.parent.name, m["language"].lower(), _KINDS[m["kind"]], m["ext"], path)


def is_language(code: str) -> bool:
    """Whether this is the code of a language, as names of tracks begin with."""
    return re.fullmatch(_LANGUAGE, code) is not None


def choose_tracks(
    tracks: Iterable[Track], video: Video, translated: bool = False
) -> tuple[Track, ...]:
    """Choose one track a language, the video's own language first.

    Variants of a language (`en`, `en-US`) are one language, or speech would be there twice. A
    machine translation is never chosen unless `translated` asks for it.
    """
    best: dict[str, Track] = {}
    for track in sorted(tracks, key=lambda t: _choice(t, video)):
        if track.kind != "translated" or translated:
            best.setdefault(base_language(track.language), track)
    return tuple(sorted(best.values(), key=lambda t: (_foreign(t, video), t.language)))


def automatic_beside(tracks: Iterable[Track]) -> Track | None:
    """The automatic track in the language of the first of these, where people wrote that one."""
    first, *others = tracks
    if first.kind != "manual":
        return None
    language = base_language(first.language)
    same = (t for t in others if t.kind == "auto" and base_language(t.language) == language)
    return next(same, None)


def heard_instead(written: int, heard: Track, words: int) -> str:
    """Why automatic captions are used instead of those that people wrote; "" where they are not.

    It is where these have but a fraction of the words that a machine heard: the chat of a stream,
    a song that is shown, captions that somebody gave up.
    """
    if words < _FEWEST_HEARD or written >= _FRACTION * words:
        return ""
    counted = f"{written} word" if written == 1 else f"{written:,} words"
    return (
        f"it has {counted}, a fraction of the {words:,} in {heard.name}, so it is not the talk; "
        f"{heard.name} is used instead"
    )


def _choice(track: Track, video: Video) -> tuple[int, bool, int, str]:
    own = track.language == video.language
    return _ORDER[track.kind], not own, CAPTION_FORMATS.index(track.ext), track.language


def _foreign(track: Track, video: Video) -> int:
    """Order languages: the video's own, English, then the others."""
    if base_language(track.language) == base_language(video.language):
        return 0
    return 1 if base_language(track.language) == "en" else 2


def _preference(track: Track) -> tuple[int, int, str]:
    return _ORDER[track.kind], CAPTION_FORMATS.index(track.ext), track.language
