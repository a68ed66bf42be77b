"""Asking on from one address: what it points at, what it lists, and the tracks it offers."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

from transcripts.sites.offers import Delivery, Info, Offer
from transcripts.sites.signals import Signals
from transcripts.sites.ytdlp import YtDlp

HOPS = 4
LONGEST_LIST = 2000
NOT_MODIFIED = 304


def follow(ydl: YtDlp, address: str, stop: Callable[[str], bool] = lambda _: False) -> Info | None:
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
