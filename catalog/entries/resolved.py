"""What `hope sync` found out about pages: kept in the library, never in curated files."""

from dataclasses import replace
from typing import Annotated

import msgspec

from catalog import youtube
from catalog.errors import CatalogError, Mistake
from catalog.model import Catalogue, Video
from catalog.storage.files import write_json
from catalog.storage.library import Library

YouTubeId = Annotated[str, msgspec.Meta(pattern=rf"^({youtube.ID})?$")]


class PageResolution(msgspec.Struct, frozen=True, omit_defaults=True):
    """What one page was found to hold.

    Either `youtube`, an id; or `media`, the page itself when it plays a video of its own; or
    `candidates`, the addresses among which a person must choose; or none of them. `outcome` says
    which, or what went wrong at the last try; `resolved_at` is when (ISO 8601, UTC).
    """

    page: str
    outcome: str
    resolved_at: str
    youtube: YouTubeId = ""
    media: str = ""
    candidates: tuple[str, ...] = ()

    @property
    def found(self) -> bool:
        """Whether the page led to one video."""
        return bool(self.youtube or self.media)


class ResolvedPages(msgspec.Struct, frozen=True):
    """Resolutions by the slug of their video."""

    videos: dict[str, PageResolution] = {}

    def of(self, video: Video) -> PageResolution | None:
        """What is known of a video's page, if the catalogue still names that page."""
        known = self.videos.get(video.slug)
        return known if known and known.page == video.page else None

    def having(self, slug: str, resolution: PageResolution) -> "ResolvedPages":
        """The same with one resolution added or replaced."""
        return ResolvedPages({**self.videos, slug: resolution})


def read_resolved(library: Library) -> ResolvedPages:
    """Read what is known; nothing when `hope sync` never ran. Raises CatalogError."""
    file = library.resolved_file
    try:
        return msgspec.json.decode(file.read_bytes(), type=ResolvedPages)
    except FileNotFoundError:
        return ResolvedPages()
    except OSError as err:
        raise CatalogError(
            [Mistake(str(file), f"this file cannot be read: {err.strerror}")]
        ) from err
    except (msgspec.DecodeError, UnicodeDecodeError) as err:
        says = f"this file is damaged ({err}); delete it and run `hope sync`, which makes it again"
        raise CatalogError([Mistake(str(file), says)]) from err


def write_resolved(library: Library, resolved: ResolvedPages) -> None:
    """Keep what is known, in one step. Raises OSError."""
    in_order = dict(sorted(resolved.videos.items()))
    write_json(library.resolved_file, ResolvedPages(in_order))


def with_resolved(catalogue: Catalogue, resolved: ResolvedPages) -> Catalogue:
    """Fill in the YouTube ids that `hope sync` found. What a curator wrote always wins."""
    series = tuple(
        replace(one, videos=tuple(_filled(video, resolved) for video in one.videos))
        for one in catalogue.series
    )
    return replace(catalogue, series=series)


def _filled(video: Video, resolved: ResolvedPages) -> Video:
    known = resolved.of(video)
    if video.youtube or not known or not known.youtube:
        return video
    return replace(video, youtube=known.youtube)
