"""Keeping one track that was delivered, or saying why it was not kept."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from transcripts.fetching.changes import change_in_words
from transcripts.fetching.detection import form_of, worth_keeping
from transcripts.fetching.provenance import (
    Change,
    Provenance,
    checksum,
    keep_track,
    without_secrets,
)
from transcripts.fetching.reports import TrackReport
from transcripts.sites.offers import Caught, Delivery, file_name
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import classify


def kept(
    folder: Path, address: str, caught: Caught, delivery: Delivery, now: datetime
) -> TrackReport:
    """Judge one delivery, and write it where it is worth keeping. Raises OSError."""
    offer, content = delivery.offer, delivery.content
    outcome = classify(delivery.seen)
    if content is None:
        if outcome is Outcome.FETCHED:
            return TrackReport(file_name(offer), Outcome.UNCHANGED, Change.UNCHANGED)
        gone = outcome is Outcome.DEAD_LINK  # of the track, not the video
        outcome = Outcome.SITE_TROUBLE if gone else outcome
        return TrackReport(file_name(offer), outcome, detail=delivery.seen.detail)
    outcome = worth_keeping(content)
    if outcome is not Outcome.FETCHED:
        return TrackReport(file_name(offer), outcome)
    name = f"{offer.language}.{offer.kind}.{form_of(content)}"
    provenance = _provenance(address, caught, delivery, content, now)
    before = _content(folder / name)
    change = keep_track(folder / name, content, provenance)
    if change not in {Change.NEW, Change.CHANGED}:
        return TrackReport(name, Outcome.UNCHANGED, change)
    says = change_in_words(folder / name, before, content)
    return TrackReport(name, Outcome.FETCHED, change, says=says)


def _content(track: Path) -> bytes:
    try:
        return track.read_bytes()
    except FileNotFoundError:
        return b""


def _provenance(
    address: str, caught: Caught, delivery: Delivery, content: bytes, now: datetime
) -> Provenance:
    return Provenance(
        source_url=without_secrets(delivery.offer.url),
        page=without_secrets(address),
        fetched_at=now.isoformat(),
        sha256=checksum(content),
        bytes=len(content),
        language=delivery.offer.language,
        kind=delivery.offer.kind,
        extractor=caught.extractor,
        yt_dlp=caught.version,
        etag=delivery.etag,
        name=delivery.offer.name,
        length_ms=caught.length_ms,
    )
