"""A still picture of each video, kept so that the site can show it without asking anybody else.

It is asked for together with the captions, and only while there is none: a picture that is there
is never replaced, whoever put it there. To have another, take it away, or put your own there.
"""

from catalog import Library, write_atomically
from transcripts.jobs.shutdown import finishing
from transcripts.sites.offers import CaptionAnswer
from transcripts.sites.outcomes import Outcome
from transcripts.sites.pictures import FORMS, Pictures, form_of_picture
from transcripts.sites.signals import classify

KEPT = "kept"

_SHOWN = {Outcome.FETCHED, Outcome.NO_CAPTIONS, Outcome.WITHHELD}


def has_poster(library: Library, video: str) -> bool:
    """Whether there is a picture of a video, of whatever form and from wherever."""
    paths = [library.posters_dir / f"{video}{form}" for form in FORMS]
    return any(path.exists() or path.is_symlink() for path in paths)


def keep_poster(
    library: Library, video: str, caught: CaptionAnswer, pictures: Pictures | None
) -> str:
    """Keep a picture of a video that has none yet: KEPT, or why not; "" where none was asked for.

    Never an error: a video is found, read and watched without one.
    """
    wanted = pictures and caught.pictures and classify(caught.seen) in _SHOWN
    blocked = any(classify(one.seen).stops_asking for one in caught.deliveries)
    if not pictures or not wanted or blocked or has_poster(library, video):
        return ""
    picture = pictures(caught.pictures)
    form = form_of_picture(picture.content)
    if not form:
        return picture.trouble or "not there"
    with finishing():
        if has_poster(library, video):
            return ""
        try:
            write_atomically(library.posters_dir / f"{video}{form}", picture.content)
        except OSError as err:
            return f"not written: {err.strerror or err}"
    return KEPT
