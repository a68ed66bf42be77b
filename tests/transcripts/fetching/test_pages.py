"""Pages to videos; the site answers from a script."""

from datetime import UTC, datetime, timedelta
from typing import Any

from catalog.entries.resolved import read_resolved, with_resolved
from catalog.errors import ExitCode
from catalog.model import Catalogue, Series, Video
from catalog.storage.library import Library
from transcripts.fetching.pages import SyncReport, sync_pages
from transcripts.fetching.scheduler import RunOptions
from transcripts.sites.offers import PageFinding
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import Signals

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
PAGE = "https://example.org/talk"
ID, OTHER = "abcdefghijk", "zyxwvutsrqp"
FOUND = PageFinding(Signals(), youtube=ID)


def talk(**fields: str) -> Video:
    return Video("talk", "Talk", "talks", **{"page": PAGE} | fields)  # type: ignore[arg-type]  # texts only


def catalogue(*videos: Video) -> Catalogue:
    return Catalogue((Series("talks", "Talks", videos=videos),))


def synced(
    library: Library, finding: PageFinding, *videos: Video, now: datetime = NOW, **how: Any
) -> tuple[SyncReport, list[str]]:
    asked: list[str] = []

    def find(page: str) -> PageFinding:
        asked.append(page)
        return finding

    run = RunOptions(clock=lambda: now, sleep=lambda _: None, **how)
    return sync_pages(videos or (talk(),), library, find, run), asked


def test_a_page_s_video_fills_in_the_catalogue(library: Library) -> None:
    report, _ = synced(library, FOUND)

    (video,) = with_resolved(catalogue(talk()), read_resolved(library)).videos.values()
    assert video.youtube == ID
    assert report.exit is ExitCode.DONE
    assert report.sentences[0] == f"talk: {PAGE} holds the YouTube video {ID}."


def test_a_page_with_its_own_video_stays_the_source(library: Library) -> None:
    synced(library, PageFinding(Signals(), own=True))

    resolved = read_resolved(library)
    assert resolved.videos["talk"].media == PAGE
    assert with_resolved(catalogue(talk()), resolved) == catalogue(talk())


def test_several_videos_are_left_to_a_person(library: Library) -> None:
    finding = PageFinding(Signals(several=2), candidates=("https://a", "https://b"))

    report, _ = synced(library, finding)

    assert report.exit is ExitCode.PART
    assert read_resolved(library).videos["talk"].candidates == ("https://a", "https://b")
    assert report.sentences[1] == f"talk: the videos on {PAGE} are https://a, https://b."


def test_what_a_curator_wrote_is_not_looked_up(library: Library) -> None:
    _, asked = synced(library, FOUND, talk(youtube=OTHER), talk(media="film.mp4"), talk(page=""))

    assert asked == []


def test_an_id_that_was_found_before_is_looked_up_again_after_a_month(library: Library) -> None:
    synced(library, FOUND)
    (filled,) = with_resolved(catalogue(talk()), read_resolved(library)).videos.values()

    early, asked_early = synced(library, FOUND, filled, now=NOW + timedelta(days=29))
    _, asked_late = synced(library, FOUND, filled, now=NOW + timedelta(days=30))

    assert (asked_early, early.waiting) == ([], 1)
    assert asked_late == [PAGE]


def test_a_page_that_fails_later_does_not_take_back_what_was_found(library: Library) -> None:
    synced(library, FOUND)

    report, _ = synced(library, PageFinding(Signals(statuses=(404,))), at_once=True)

    assert read_resolved(library).videos["talk"].youtube == ID
    assert report.pages[0].kept
    assert report.pages[0].outcome is Outcome.DEAD_LINK


def test_a_page_that_the_curator_changed_is_looked_up_at_once(library: Library) -> None:
    synced(library, FOUND)

    moved = talk(page="https://example.org/moved")
    _, asked = synced(library, FOUND, moved)

    assert asked == ["https://example.org/moved"]
    assert with_resolved(catalogue(talk()), read_resolved(library)) == catalogue(talk())


def test_a_limit_stops_the_run_and_is_remembered(library: Library) -> None:
    limited = PageFinding(Signals(statuses=(429,), retry_after_s=3600))
    videos = (talk(), Video("other", "Other", "talks", page="https://example.org/other"))

    first, _ = synced(library, limited, *videos)
    second, asked = synced(library, FOUND, *videos)

    assert (first.exit, first.left) == (ExitCode.BLOCKED, ("other",))
    assert (second.exit, asked) == (ExitCode.BLOCKED, [])
