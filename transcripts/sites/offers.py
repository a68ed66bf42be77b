"""What a site offers and delivers, as frozen values, and which of its tracks are wanted."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import parse_qs, urlsplit

from catalog import base_language, number, video_id_in, watch_address
from transcripts.model import FETCHED_FORMATS
from transcripts.sites.signals import Signals

OfferKind = Literal["manual", "auto"]
Info = Mapping[str, Any]  # what yt-dlp tells of a page, a list or a video

AUTOMATIC = "-x-auto"
MOST_TRACKS = 100
LONGEST_S = 7 * 24 * 60 * 60
LATEST_S = 4_000_000_000
# A language tag, and after it what a site adds to tell apart two tracks in one language.
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?(-.+)?", re.I)


@dataclass(frozen=True, slots=True)
class Offer:
    """One track that can be asked for.

    `language` is empty where the site names none; `original` marks the automatic captions of
    the language that is spoken. `etag` is what the site said of the track when it last came.
    """

    language: str
    kind: OfferKind
    ext: str
    url: str
    name: str = ""
    original: bool = False
    etag: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came for one offer: its bytes as delivered, or None when they have not changed."""

    offer: Offer
    content: bytes | None
    etag: str = ""
    seen: Signals = field(default_factory=Signals)


@dataclass(frozen=True, slots=True)
class CaptionAnswer:
    """What asking one address for captions gave; `length_ms` is the video's, where it is known.

    `pictures` are the addresses at which a still picture of it may be had, the best first;
    `uploaded` is when it was (ISO 8601), where the site says so.
    """

    seen: Signals
    offers: tuple[Offer, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    extractor: str = ""
    version: str = ""
    length_ms: int | None = None
    pictures: tuple[str, ...] = ()
    uploaded: str = ""


@dataclass(frozen=True, slots=True)
class PageFinding:
    """What a page holds: one YouTube video, one of its own, or several to choose among."""

    seen: Signals
    youtube: str = ""
    own: bool = False
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PlaylistVideo:
    """One video of a playlist or channel; `duration_s` is None where not known."""

    youtube: str
    title: str
    duration_s: float | None = None


@dataclass(frozen=True, slots=True)
class VideoListing:
    """A playlist or channel; `videos` is empty when it could not be read."""

    seen: Signals
    title: str = ""
    videos: tuple[PlaylistVideo, ...] = ()


Choose = Callable[[tuple[Offer, ...]], tuple[Offer, ...]]


def read_offers(info: Info) -> tuple[Offer, ...]:
    """The native tracks of what yt-dlp found, machine translations left out."""
    tables: tuple[tuple[str, OfferKind], ...] = (
        ("subtitles", "manual"),
        ("automatic_captions", "auto"),
    )
    return tuple(
        offer
        for key, kind in tables
        for tag, entries in _table(info.get(key))
        for entry in entries
        if (offer := _offer(tag, kind, entry))
    )


def choose_offers(
    offers: Iterable[Offer], language: str, etags: Mapping[str, str] | None = None
) -> tuple[Offer, ...]:
    """Every manual track, a hundred at most, and the automatic one of the video's language.

    Of each the best form, plain tracks before the variants a site may add; `etags` by file
    name are what is known from the last time.
    """
    best: dict[tuple[str, OfferKind], Offer] = {}
    for offer in sorted(offers, key=_rank):
        named = replace(offer, language=offer.language or language)
        best.setdefault((named.language, named.kind), named)
    manual = [offer for offer in best.values() if offer.kind == "manual"][:MOST_TRACKS]
    automatic = [offer for offer in best.values() if offer.kind == "auto"]
    chosen = (*manual, *_spoken(automatic, language, bool(manual)))
    return tuple(replace(one, etag=(etags or {}).get(file_name(one), "")) for one in chosen)


def read_place(info: Info) -> str:
    """The address of one video on a page, as short as it can be said; or nothing."""
    formats: list[Info] = info.get("formats") or [{}]
    url = str(info.get("url") or formats[0].get("url") or "")
    if not url and info.get("subtitles"):
        url = next((offer.url for offer in read_offers(info)), "")
    found = video_id_in(url)
    return watch_address(found) if found else url


def read_playable(info: Info) -> bool:
    """Whether there is anything to play; preview images are listed as formats too."""
    formats = info.get("formats") or ()
    return bool(info.get("url")) or any(one.get("ext") != "mhtml" for one in formats)


def read_length_ms(info: Info) -> int | None:
    """How long a video is, where the site says so in a number that can be one."""
    seconds = number(info.get("duration"))
    if seconds is None or not 0 < seconds < LONGEST_S:
        return None
    return round(1_000 * seconds)


def read_uploaded(info: Info) -> str:
    """When a video was uploaded: the time, or only the day; "" where the site does not say."""
    seconds = number(info.get("timestamp"))
    if seconds is not None and 0 < seconds < LATEST_S:
        return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
    day = str(info.get("upload_date") or "")
    try:
        return datetime.strptime(day, "%Y%m%d").replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return ""


def file_name(offer: Offer) -> str:
    """The name of its file in the library: `en.auto.json3`."""
    return f"{offer.language}.{offer.kind}.{offer.ext}"


def _table(value: object) -> Iterator[tuple[str, list[Mapping[str, object]]]]:
    if isinstance(value, Mapping):
        for tag, entries in value.items():
            yield str(tag or ""), [entry for entry in entries or [] if isinstance(entry, Mapping)]


def _offer(tag: str, kind: OfferKind, entry: Mapping[str, object]) -> Offer | None:
    url = str(entry.get("url") or "")
    ext = str(entry.get("ext") or "") or _ext_of(url)
    if not url or "tlang" in parse_qs(urlsplit(url).query) or ext not in {*FETCHED_FORMATS, ""}:
        return None
    if tag.endswith(AUTOMATIC):
        tag, kind = tag.removesuffix(AUTOMATIC), "auto"
    language, variant = _language(tag.removesuffix("-orig"))
    if tag and not language:
        return None
    name, original = str(entry.get("name") or ""), tag.endswith("-orig")
    return Offer(language, kind, ext, url, name, original, variant=variant)


def _language(tag: str) -> tuple[str, str]:
    """A tag as it is usually written (`pt-BR`), and what a site added to it."""
    found = _LANGUAGE.fullmatch(tag)
    if not found:
        return "", ""
    language, script, region, variant = (part or "" for part in found.groups())
    parts = (language.lower(), script.title(), region.upper())
    return "-".join(part for part in parts if part), variant


def _ext_of(url: str) -> str:
    """The form that an address shows; empty where only its content can tell."""
    found = re.search(r"\.(\w+)$", urlsplit(url).path.lower())
    return (
        found[1] if found and found[1] in {*FETCHED_FORMATS, "ttml", "ass", "json", "xml"} else ""
    )


def _rank(offer: Offer) -> tuple[bool, int, bool]:
    form = (
        FETCHED_FORMATS.index(offer.ext) if offer.ext in FETCHED_FORMATS else len(FETCHED_FORMATS)
    )
    return bool(offer.variant), form, not offer.original


def _spoken(automatic: list[Offer], language: str, enough: bool) -> list[Offer]:
    """The automatic track of the video's language; without any other, that of what is heard."""
    spoken = base_language(language)
    named = [offer for offer in automatic if base_language(offer.language) == spoken]
    heard = sorted(automatic, key=lambda offer: not offer.original)
    return (named or ([] if enough else heard))[:1]
