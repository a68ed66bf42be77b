"""Keeping one track that was delivered, what that changed in words, or why it was not kept."""

from collections import Counter
from datetime import datetime
from pathlib import Path

from catalog import checksum, counted
from transcripts.errors import TranscriptError
from transcripts.fetching.detection import form_of, worth_keeping
from transcripts.fetching.provenance import Provenance, TrackChange, keep_track, without_secrets
from transcripts.fetching.reports import TrackReport
from transcripts.reader import read_captions
from transcripts.sites.offers import CaptionAnswer, Delivery, file_name
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import classify
from transcripts.tracks import track_at


def keep_delivery(
    folder: Path, address: str, caught: CaptionAnswer, delivery: Delivery, now: datetime
) -> TrackReport:
    """Judge one delivery, and write it where it is worth keeping. Raises OSError."""
    offer, content = delivery.offer, delivery.content
    outcome = classify(delivery.seen)
    if content is None:
        if outcome is Outcome.FETCHED:
            return TrackReport(file_name(offer), Outcome.UNCHANGED, TrackChange.UNCHANGED)
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
    if change not in {TrackChange.NEW, TrackChange.CHANGED}:
        return TrackReport(name, Outcome.UNCHANGED, change)
    says = change_in_words(folder / name, before, content)
    return TrackReport(name, Outcome.FETCHED, change, says=says)


def _content(track: Path) -> bytes:
    try:
        return track.read_bytes()
    except FileNotFoundError:
        return b""


def _provenance(
    address: str, caught: CaptionAnswer, delivery: Delivery, content: bytes, now: datetime
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
        uploaded=caught.uploaded,
    )


def change_in_words(path: Path, before: bytes, after: bytes) -> str:
    """How many words there are in a track, and how many came and went since it was `before`.

    Words are counted, whatever their order: "12 words came and 3 went, now 1,480".
    """
    old, new = _words(path, before), _words(path, after)
    total = new.total()
    if not before:
        return counted(total, "word")
    came, went = (new - old).total(), (old - new).total()
    if not came + went:
        return f"the same {counted(total, 'word')}, at other times or in another order"
    return f"{counted(came, 'word')} came and {went:,} went, now {total:,}"


def _words(path: Path, content: bytes) -> Counter[str]:
    """What is said in a track; nothing where it cannot be read, which indexing will tell."""
    track = track_at(path)
    if not track or not content:
        return Counter()
    try:
        words = read_captions(track, content).words
    except TranscriptError:
        return Counter()
    return Counter(word.text.casefold() for word in words)
