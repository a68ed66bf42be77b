"""Fetching the captions that are missing or may have changed: politely, one video at a time.

A run can end anywhere. What was fetched is kept at once, how asking went is remembered for each
video, and the next run goes on from there.
"""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from catalog import Library, Video, watch_address
from transcripts.fetching.posters import keep_poster
from transcripts.fetching.provenance import (
    FetchState,
    cannot_read,
    is_whole,
    known_etags,
    read_state,
    same_length,
    without_secrets,
    write_state,
)
from transcripts.fetching.reports import FetchReport, TrackReport, VideoReport
from transcripts.fetching.scheduler import DEFAULT_RUN, RunOptions, ask_in_turn
from transcripts.fetching.tracks import keep_delivery
from transcripts.jobs.shutdown import finishing
from transcripts.sites.offers import CaptionAnswer, Choose, choose_offers
from transcripts.sites.outcomes import Outcome
from transcripts.sites.pictures import Pictures
from transcripts.sites.signals import classify

Captions = Callable[[str, Choose], CaptionAnswer]


def fetch_missing(
    videos: Iterable[Video],
    library: Library,
    captions: Captions,
    run: RunOptions = DEFAULT_RUN,
    pictures: Pictures | None = None,
) -> FetchReport:
    """Fetch what is due and keep it. What a site, the disk or Ctrl-C does is in the report."""
    queue = list(videos)
    waiting = {report.video: report for report in not_due(queue, library, run)}

    def ask(video: Video) -> VideoReport:
        report = fetch_video(video, library, captions, run.clock, pictures)
        run.step(f"{video.slug}: {report.outcome}")
        return report

    asking = [video for video in queue if video.slug not in waiting]
    locked = {video.slug: cannot_read(library, video.slug) for video in asking}
    due = [video for video in asking if not locked[video.slug]]
    answers, ending = ask_in_turn(due, ask, addresses_of, library, run)
    done = waiting | {report.video: report for report in answers}
    reports = tuple(done[video.slug] for video in queue if video.slug in done)
    left = tuple(video.slug for video in queue if video.slug not in done)
    return FetchReport(reports, left, ending, tuple(filter(None, locked.values())))


def fetch_video(
    video: Video,
    library: Library,
    captions: Captions,
    clock: Callable[[], datetime] = DEFAULT_RUN.clock,
    pictures: Pictures | None = None,
) -> VideoReport:
    """Ask for one video now, keep what comes, and remember how it went. Raises OSError.

    `pictures` is asked for a still picture of a video that has none, once its captions are kept.
    """
    folder = library.captions_of(video.slug)
    choose = partial(choose_offers, language=video.language, etags=known_etags(folder))
    asked = _asked(addresses_of(video), captions, choose)
    address, caught = asked[-1] if _is_the_last(asked[-1][1]) else asked[0]
    now = clock()
    with finishing():
        before = read_state(library, video.slug)
        tracks = tuple(
            keep_delivery(folder, address, caught, one, now) for one in caught.deliveries
        )
        report = replace(
            _report(video.slug, without_secrets(address), caught, tracks, now),
            length_ms=caught.length_ms,
            was_ms=_length_before(before, caught.length_ms),
            dead=tuple(
                without_secrets(at) for at, one in asked if classify(one.seen) is Outcome.DEAD_LINK
            ),
            site=_last_site(caught),
        )
        _remember(library, report, before, now)
    return replace(report, picture=keep_poster(library, video.slug, caught, pictures))


def addresses_of(video: Video) -> tuple[str, ...]:
    """Where a video's captions can be asked for, the surest first."""
    if video.youtube:
        return (watch_address(video.youtube),)
    media = "" if video.own_media else video.media
    return tuple(address for address in (media, video.page) if address)


def video_is_due(
    state: FetchState | None, addresses: tuple[str, ...], folder: Path, now: datetime
) -> bool:
    """Whether to ask: never asked, asked elsewhere, long ago, or what was fetched is lost."""
    if state is None or state.address not in map(without_secrets, addresses) or state.at > now:
        return True
    if state.outcome.stops_asking:  # whether that still holds is known for the whole run
        return True
    if state.outcome.well and not all(is_whole(folder / track) for track in state.tracks):
        return True
    return state.next_try is not None and state.next_try <= now


def not_due(
    videos: Iterable[Video], library: Library, run: RunOptions = DEFAULT_RUN
) -> tuple[VideoReport, ...]:
    """Those that are not to be asked for now, and why: asked lately, or without a source."""
    now = run.clock()
    return tuple(report for video in videos if (report := _not_now(video, library, run, now)))


def _not_now(video: Video, library: Library, run: RunOptions, now: datetime) -> VideoReport | None:
    addresses = addresses_of(video)
    if not addresses:
        return VideoReport(video.slug, Outcome.NO_SOURCE, asked=False)
    state = read_state(library, video.slug)
    folder = library.captions_of(video.slug)
    if run.at_once or state is None or video_is_due(state, addresses, folder, now):
        return None
    return VideoReport(video.slug, state.outcome, False, state.address, state.next_try)


def _asked(
    addresses: tuple[str, ...], captions: Captions, choose: Choose
) -> list[tuple[str, CaptionAnswer]]:
    """Ask one address after the other until one has captions, or the site blocks us."""
    asked: list[tuple[str, CaptionAnswer]] = []
    for address in addresses:
        asked.append((address, captions(address, choose)))
        if _is_the_last(asked[-1][1]):
            break
    return asked


def _is_the_last(caught: CaptionAnswer) -> bool:
    outcome = classify(caught.seen)
    return outcome is Outcome.FETCHED or outcome.stops_asking


def _last_site(caught: CaptionAnswer) -> str:
    """The site that told us to stop, else the one that was asked last."""
    seen = [caught.seen, *(one.seen for one in caught.deliveries)]
    stopped = (one.site for one in seen if classify(one).stops_asking)
    return next(stopped, seen[-1].site)


def _length_before(before: FetchState | None, length_ms: int | None) -> int | None:
    """How long the video was, if that is known and not the same."""
    was = before.length_ms if before else None
    return was if same_length(was, length_ms) is False else None


def _report(
    video: str, address: str, caught: CaptionAnswer, tracks: tuple[TrackReport, ...], now: datetime
) -> VideoReport:
    outcome = classify(caught.seen)
    if outcome is Outcome.FETCHED:
        outcome = _of_tracks([track.outcome for track in tracks])
    waits = [caught.seen.retry_after_s, *(one.seen.retry_after_s for one in caught.deliveries)]
    retry_after_s = next((wait for wait in waits if wait is not None), None)
    tries = [one.next_try(now, retry_after_s) for one in (outcome, *(t.outcome for t in tracks))]
    next_try = tries[0] if outcome.stops_asking else min(tries)
    detail = caught.seen.detail or next((one.detail for one in tracks if one.detail), "")
    detail = "" if outcome.well else detail
    return VideoReport(video, outcome, True, address, next_try, detail, tracks)


def _of_tracks(outcomes: list[Outcome]) -> Outcome:
    """What came of a video by what came of its tracks: a block first, then what was had."""
    blocks = [outcome for outcome in outcomes if outcome.stops_asking]
    had = [one for one in (Outcome.FETCHED, Outcome.UNCHANGED) if one in outcomes]
    return next(iter([*blocks, *had, *outcomes]), Outcome.NO_CAPTIONS)


def _remember(
    library: Library, report: VideoReport, before: FetchState | None, now: datetime
) -> None:
    had = {*(before.tracks if before else ()), *(one.file for one in report.tracks if one.change)}
    folder = library.captions_of(report.video)
    tracks = tuple(sorted(name for name in had if is_whole(folder / name)))
    state = FetchState(
        report.address,
        report.outcome,
        now,
        report.next_try,
        report.detail,
        tracks,
        since=(before.since or before.at) if before and before.outcome is report.outcome else now,
        length_ms=report.length_ms or (before.length_ms if before else None),
        dead=report.dead,
    )
    write_state(library, report.video, state)
