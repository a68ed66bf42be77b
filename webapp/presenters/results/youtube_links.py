"""Addresses at YouTube that somebody pasted where questions are typed."""

from catalog import Catalogue
from webapp.rendering.addresses import watch_path
from webapp.rendering.moment_links import youtube_moments


def youtube_link(typed: str, catalogue: Catalogue) -> str | None:
    """The page of the video that is meant, at its second.

    "" where that video is not here, None where no address was pasted.
    """
    moments = tuple(youtube_moments(typed))
    here = {one.youtube: one.slug for one in catalogue.videos.values()} if moments else {}
    for found, start_ms in moments:
        if found in here:
            return watch_path(here[found], start_ms)
    return "" if moments and len(typed.split()) == 1 else None
