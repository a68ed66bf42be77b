"""Asking sites what a page, a playlist or a video holds. Every answer is a frozen value."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from catalog import video_id_in, watch_address
from transcripts.sites.address_guard import DownloadBudget
from transcripts.sites.offers import (
    CaptionAnswer,
    Choose,
    Delivery,
    Info,
    Offer,
    PageFinding,
    PlaylistVideo,
    VideoListing,
    read_length_ms,
    read_offers,
    read_place,
    read_playable,
    read_uploaded,
)
from transcripts.sites.outcomes import Outcome
from transcripts.sites.pictures import ACCEPT, BOUNDS, Picture, form_of_picture, read_pictures
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import Signals, classify
from transcripts.sites.ytdlp import VERSION, YtDlp

# First as yt-dlp itself chooses; the second is reported to help where captions are held back.
CLIENTS: tuple[tuple[str, ...], ...] = ((), ("default", "tv", "web_safari"))
AGAIN = {
    Outcome.WITHHELD, Outcome.REMOVED, Outcome.DEAD_LINK, Outcome.OUTDATED, Outcome.FAILED,
}  # fmt: skip
TABS = 2


HOPS = 4
LONGEST_LIST = 2000
NOT_MODIFIED = 304


class Downloader:
    """Asks sites through yt-dlp. One question at a time; cookies are kept between them."""

    def __init__(
        self, policy: RequestPolicy | None = None, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._policy = policy or RequestPolicy()
        self._sleep = sleep
        self._cookies: Any = None

    def captions(self, address: str, choose: Choose) -> CaptionAnswer:
        """Ask for the tracks of one video, and fetch at once those that `choose` picks."""
        budget = DownloadBudget(self._policy.bounds)
        caught = self._captions(address, choose, CLIENTS[0], budget)
        if caught.extractor == "youtube" and _again(caught) and budget.left_s > 0:
            return self._captions(address, choose, CLIENTS[1], budget)
        return caught

    def page(self, address: str) -> PageFinding:
        """Find out which video a page holds, without asking the site of that video."""
        if found := video_id_in(address):
            return PageFinding(Signals(), youtube=found)
        with self._asking() as ydl:
            videos = entries(ydl, follow(ydl, address, stop=video_id_in))
            places = tuple(dict.fromkeys(filter(None, map(read_place, videos))))
            seen = ydl.seen.signals(several=len(places), playable=bool(places))
        if len(places) > 1:
            return PageFinding(seen, candidates=places)
        found = video_id_in(places[0]) if places else ""
        return PageFinding(seen, found, own=bool(places) and not found)

    def listing(self, address: str) -> VideoListing:
        """List a playlist, a channel or the videos of a page, a request a hundred videos.

        The address of one video lists that one, whatever playlist it names beside it.
        """
        if found := video_id_in(address):
            return self._one_video(found)
        with self._asking() as ydl:
            info = follow(ydl, address, stop=video_id_in)
            listed = {video.youtube: video for video in _listed(ydl, info)}
            empty = "entries" in (info or {}) and not listed and not ydl.seen.stumbled
            seen = ydl.seen.signals(several=len(listed), playable=bool(listed), empty=empty)
        return VideoListing(seen, str((info or {}).get("title") or ""), tuple(listed.values()))

    def _one_video(self, video_id: str) -> VideoListing:
        with self._asking() as ydl:
            info = ydl.ask(watch_address(video_id)) or {}
            seen = _seen_of(ydl, info)
        title = str(info.get("title") or video_id)
        there = seen.playable or seen.native or seen.upcoming or seen.live
        video = PlaylistVideo(video_id, title, info.get("duration"))
        return VideoListing(seen, title, (video,) if there else ())

    def picture(self, addresses: tuple[str, ...]) -> Picture:
        """Fetch the first that is a JPEG, WebP or PNG; else why not. Nothing is asked twice."""
        trouble = ""
        with YtDlp(replace(self._policy, attempts=1, bounds=BOUNDS), (), self._sleep) as ydl:
            for address in addresses:
                content = content_of(ydl, address, accept=ACCEPT)
                if content is not None and form_of_picture(content):
                    return Picture(content)
                trouble = _trouble(ydl.seen.signals(), came=content is not None)
                if ydl.late() or classify(ydl.seen.signals()).stops_asking:
                    break
        return Picture(trouble=trouble)

    def _captions(
        self, address: str, choose: Choose, clients: tuple[str, ...], budget: DownloadBudget
    ) -> CaptionAnswer:
        with self._asking(clients, budget) as ydl:
            info = follow(ydl, address)
            videos = entries(ydl, info)
            one = videos[0] if len(videos) == 1 else {}
            offers = read_offers(one)
            seen = _seen_of(ydl, one, several=len(videos) if len(videos) > 1 else 0)
            found = classify(seen) is Outcome.FETCHED
            deliveries = tuple(_deliver(ydl, choose(offers))) if found else ()
        extractor = (info or {}).get("extractor") or ("youtube" if video_id_in(address) else "")
        length_ms, pictures = read_length_ms(one), read_pictures(one)
        return CaptionAnswer(
            seen,
            offers,
            deliveries,
            str(extractor),
            VERSION,
            length_ms,
            pictures,
            read_uploaded(one),
        )

    @contextmanager
    def _asking(
        self, clients: tuple[str, ...] = CLIENTS[0], budget: DownloadBudget | None = None
    ) -> Iterator[YtDlp]:
        """A yt-dlp of its own for every question, so that no warning is swallowed as known."""
        with YtDlp(self._policy, clients, self._sleep, budget) as ydl:
            if self._cookies is not None:
                ydl.cookiejar = self._cookies
            self._cookies = ydl.cookiejar
            yield ydl


def _seen_of(ydl: YtDlp, video: Info, several: int = 0) -> Signals:
    """What was seen while one video was asked for, and what it has."""
    return ydl.seen.signals(
        native=len(read_offers(video)),
        playable=read_playable(video),
        several=several,
        upcoming=video.get("live_status") == "is_upcoming",
        live=video.get("live_status") in {"is_live", "post_live"},
    )


def _deliver(ydl: YtDlp, offers: tuple[Offer, ...]) -> Iterator[Delivery]:
    for offer in offers:
        delivery = deliver(ydl, offer)
        yield delivery
        if classify(delivery.seen).stops_asking:
            return


def _trouble(seen: Signals, *, came: bool) -> str:
    """Why no picture came, in a few words."""
    if seen.refused:
        return "refused: it leads into a private network"
    if seen.not_allowed:
        return f"not allowed: {seen.not_allowed}"
    if seen.too_much:
        return "too large or too slow"
    return "not a JPEG, WebP or PNG" if came else "not there"


def _again(caught: CaptionAnswer) -> bool:
    """Whether other clients may get what this one did not."""
    empty = bool(caught.deliveries) and all(one.content == b"" for one in caught.deliveries)
    return empty or classify(caught.seen) in AGAIN


def _listed(ydl: YtDlp, info: Info | None, depth: int = TABS) -> Iterator[PlaylistVideo]:
    """The YouTube videos of a list, and of the lists in it: a channel's tabs, their playlists."""
    for entry in entries(ydl, info):
        if "entries" in entry:  # a list that came with this one
            yield from _listed(ydl, entry, depth)
        elif found := video_id_in(read_place(entry)):
            yield PlaylistVideo(found, str(entry.get("title") or found), entry.get("duration"))
        elif depth and entry.get("ie_key") == "YoutubeTab":
            yield from _listed(ydl, ydl.ask(entry["url"]), depth - 1)


def follow(
    ydl: YtDlp, address: str, stop: Callable[[str], object] = lambda _: False
) -> Info | None:
    """Ask, and go on where the answer only points elsewhere, until `stop` says enough."""
    info = ydl.ask(address)
    for _ in range(HOPS):
        further = str((info or {}).get("url") or "")
        if not info or not str(info.get("_type", "")).startswith("url") or stop(further):
            break
        info = ydl.ask(further, info.get("ie_key"))
    return info


def entries(ydl: YtDlp, info: Info | None) -> tuple[Info, ...]:
    """The entries of a list as far as they can be read; anything else is its own entry."""
    if not info or "entries" not in info:
        return (info,) if info else ()
    found: list[Info] = []
    with ydl.noting():
        found.extend(entry for entry in islice(info["entries"], LONGEST_LIST) if entry)
    return tuple(found)


def deliver(ydl: YtDlp, offer: Offer) -> Delivery:
    """Fetch one track; its signals are its own. One that has not changed comes without content."""
    came = ydl.fetched(offer.url, {"If-None-Match": offer.etag} if offer.etag else {})
    if came:
        content, etag = came
        return Delivery(offer, content, etag, ydl.seen.signals(native=1))
    # Who was not told what is known already cannot say that it is the same.
    if offer.etag and ydl.seen.statuses == [NOT_MODIFIED]:
        return Delivery(offer, None, offer.etag, Signals(native=1, site=ydl.seen.site))
    return Delivery(offer, None, seen=ydl.seen.signals())


def content_of(ydl: YtDlp, address: str, *, accept: str) -> bytes | None:
    """Fetch what is at one address, or None; the reason is then among the signals."""
    came = ydl.fetched(address, {"Accept": accept, "Accept-Encoding": "identity"})
    return came[0] if came else None
