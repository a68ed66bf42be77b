"""Playlists to drafts; the site answers from a script."""

import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.entries.entries import read_series
from catalog.errors import ExitCode
from catalog.model import Catalogue, Series, Video
from catalog.storage.library import Library
from transcripts.fetching.drafts import DraftReport, draft_listing, slug_of
from transcripts.fetching.scheduler import RunOptions
from transcripts.sites.offers import PlaylistVideo, VideoListing
from transcripts.sites.outcomes import Outcome
from transcripts.sites.signals import Signals

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
PAGE = "https://example.org/talk"
ID, OTHER = "abcdefghijk", "zyxwvutsrqp"


def talk(**fields: str) -> Video:
    return Video("talk", "Talk", "talks", **{"page": PAGE} | fields)  # type: ignore[arg-type]  # texts only


def catalogue(*videos: Video) -> Catalogue:
    return Catalogue((Series("talks", "Talks", videos=videos),))


def drafted(
    library: Library,
    *videos: PlaylistVideo,
    title: str = "My talks",
    known: Catalogue | None = None,
) -> DraftReport:
    listing = VideoListing(Signals(), title, videos)
    run = RunOptions(clock=lambda: NOW, sleep=lambda _: None)
    return draft_listing(
        "https://www.youtube.com/playlist?list=PL1",
        known or catalogue(),
        library,
        lambda _: listing,
        run,
    )


def test_a_draft_is_a_valid_series_of_the_catalogue(library: Library) -> None:
    odd = 'What is "ALK"?\u202e \\ Größe\n<b>'
    report = drafted(library, PlaylistVideo(ID, odd, 62.4), PlaylistVideo(OTHER, "肺がん", None))

    text = Path(report.file).read_text()
    series, problems = read_series(text, "my-talks.toml")
    assert problems == ()
    assert series is not None
    assert [(one.slug, one.youtube, one.duration_ms) for one in series.videos] == [
        ("what-is-alk-grosse-b", ID, 62_000),
        ("video", OTHER, None),
    ]
    assert report.file == str(library.drafts_dir / "my-talks.toml")


def test_a_duration_is_written_as_minutes_and_seconds(library: Library) -> None:
    report = drafted(library, PlaylistVideo(ID, "Long", 3662))

    assert tomllib.loads(Path(report.file).read_text())["videos"][0]["duration"] == "61:02"


def test_videos_that_the_catalogue_knows_are_left_out_and_said(library: Library) -> None:
    known = catalogue(talk(youtube=ID))

    report = drafted(library, PlaylistVideo(ID, "Talk"), PlaylistVideo(OTHER, "Talk"), known=known)

    assert (report.known, report.drafted) == (("talk",), ("talk-2",))
    assert "Left out, known already: talk." in report.sentences


def test_nobody_is_asked_for_one_video_that_the_catalogue_knows(library: Library) -> None:
    known = catalogue(talk(youtube=ID))

    report = draft_listing(f"https://youtu.be/{ID}", known, library, lambda _: 1 / 0)  # type: ignore[arg-type, return-value]  # it fails

    assert (report.known, report.exit) == (("talk",), ExitCode.DONE)


def test_private_and_deleted_videos_are_left_out_and_counted(library: Library) -> None:
    report = drafted(
        library, PlaylistVideo(ID, "[Private video]"), PlaylistVideo(OTHER, "[Deleted video]")
    )

    assert (report.hidden, report.file) == (2, "")
    assert "Nothing new was found." in report.sentences


def test_a_draft_that_a_person_is_at_work_on_is_not_overwritten(library: Library) -> None:
    first = drafted(library, PlaylistVideo(ID, "One"))
    Path(first.file).write_text("# mine now\n")

    second = drafted(library, PlaylistVideo(ID, "One"))
    third = drafted(library, PlaylistVideo(ID, "One"))

    assert Path(first.file).read_text() == "# mine now\n"
    assert Path(second.file).name == "my-talks-2.toml"
    assert third.file == second.file


def test_a_list_that_cannot_be_read_says_why(library: Library) -> None:
    listing = VideoListing(Signals(statuses=(404,)))

    report = draft_listing("https://a.org/", catalogue(), library, lambda _: listing)

    assert (report.outcome, report.exit) == (Outcome.DEAD_LINK, ExitCode.PART)
    assert not library.drafts_dir.exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("What is ALK+?", "what-is-alk"),
        ("Dr. Shaw's talk", "dr-shaws-talk"),
        ("Más allá", "mas-alla"),
        ("../../etc", "etc"),
        ("  ", "none"),
        ("x" * 200, "x" * 80),
        ("word " * 50, "-".join(["word"] * 16)),
    ],
)
def test_a_title_becomes_a_slug(title: str, slug: str) -> None:
    assert slug_of(title, "none") == slug
