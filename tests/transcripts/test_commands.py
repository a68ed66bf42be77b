"""`hope sync` and `hope fetch` as an operator runs them, with the real yt-dlp on this machine."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from textwrap import dedent

import pytest
import typer
from fake_youtube import FakeYouTube, auto, youtube
from loopback import Site
from typer.testing import CliRunner, Result

from catalog import Library
from transcripts.commands import register
from transcripts.fetching.scheduler import RunOptions
from transcripts.library_jobs import fetch_library, sync_library

ID = "abcdefghijk"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
JSON3 = '{"wireMagic": "pb3", "events": [{"tStartMs": 0, "segs": [{"utf8": "Hello"}]}]}'


@pytest.fixture
def tube() -> Iterator[FakeYouTube]:
    with youtube() as fake:
        yield fake


@pytest.fixture
def library(tmp_path: Path) -> Library:
    (tmp_path / "catalog").mkdir()
    return Library(tmp_path)


def catalogue(library: Library, **pages: str) -> None:
    entries = "".join(
        f'\n[[videos]]\nslug = "{slug}"\ntitle = "A talk"\npage = "{page}"\n'
        for slug, page in pages.items()
    )
    text = f'slug = "talks"\ntitle = "Talks"\n{entries}'
    (library.catalog_dir / "talks.toml").write_text(text)


def hope(library: Library, *arguments: str) -> Result:
    app = typer.Typer()

    @app.callback()
    def main(ctx: typer.Context) -> None:
        ctx.obj = library

    register(app)
    return CliRunner().invoke(app, arguments)


def test_fetch_tells_what_it_did_on_stdout_and_its_steps_on_stderr(
    library: Library, site: Site
) -> None:
    catalogue(library, talk=site.page("/talk/", "en en.vtt"))
    site.put("/talk/en.vtt", VTT)

    result = hope(library, "fetch", "--allow-loopback")

    assert result.exit_code == 0
    assert result.stdout == "talk: en.manual.vtt (new: 1 word).\n1 video: 1 fetched.\n"
    assert result.stderr == "Captions 1/1: talk: fetched\n"


def test_fetch_refuses_this_machine_unless_it_is_allowed(library: Library, site: Site) -> None:
    catalogue(library, talk=site.page("/talk/", "en en.vtt"))

    result = hope(library, "fetch")

    assert result.exit_code == 1
    assert "The address may not be asked" in result.stdout
    assert site.asked == []


def test_a_video_that_is_named_is_asked_at_once(library: Library, site: Site) -> None:
    catalogue(library, talk=site.page("/talk/", "en en.vtt"), other=site.page("/other/"))
    site.put("/talk/en.vtt", VTT)
    hope(library, "fetch", "--allow-loopback")
    site.asked.clear()

    hope(library, "fetch", "--allow-loopback")
    hope(library, "fetch", "--allow-loopback", "talk")

    assert site.asked == ["/talk/", "/talk/en.vtt"]


def test_a_name_that_the_catalogue_lacks_is_met_with_near_ones(library: Library) -> None:
    catalogue(library, **{"alk-positive-intro": "https://example.org/"})

    result = hope(library, "fetch", "alk-positve-intro", "xyzzy")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        "The catalogue has no video named 'alk-positve-intro'. Did you mean alk-positive-intro?",
        "The catalogue has no video named 'xyzzy'.",
    ]


@pytest.mark.parametrize("command", ["fetch", "sync"])
def test_a_wrong_catalogue_is_told_without_a_traceback(library: Library, command: str) -> None:
    (library.catalog_dir / "talks.toml").write_text("slug = ")

    result = hope(library, command)

    assert result.exit_code == 2
    assert "talks.toml" in result.stderr
    assert "Traceback" not in result.stderr


def test_captions_that_cannot_be_read_are_told_without_a_traceback(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(library, talk="https://example.org/")
    library.captions_of("talk").mkdir(parents=True)
    usual = os.scandir

    def closed(folder: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
        if folder == library.captions_of("talk"):
            raise PermissionError(13, "Permission denied", str(folder))
        return usual(folder)

    monkeypatch.setattr(os, "scandir", closed)
    result = hope(library, "transcript", "talk")

    assert result.exit_code == 1
    assert result.stderr == "captions/talk: cannot be read: Permission denied\n"


def test_the_report_comes_as_json_too(library: Library, site: Site) -> None:
    catalogue(library, talk=site.page("/talk/"))

    result = hope(library, "fetch", "--allow-loopback", "--json")

    report = json.loads(result.stdout)
    assert report["exit"] == result.exit_code == 1
    assert report["videos"][0]["outcome"] == "no captions"
    assert report["ending"]["blocks"] == []


def test_a_block_ends_both_commands_with_the_code_for_it(library: Library, site: Site) -> None:
    catalogue(library, talk=site.put("/talk/", "Slow down", 429, Retry_After="3600"))

    first = hope(library, "fetch", "--allow-loopback")
    second = hope(library, "sync", "--allow-loopback")

    assert (first.exit_code, second.exit_code) == (3, 3)
    assert "Nothing is asked before" in second.stdout
    assert site.asked == ["/talk/"]


def test_sync_and_fetch_go_from_a_page_to_the_captions_of_its_youtube_video(
    library: Library, site: Site, tube: FakeYouTube
) -> None:
    page = site.html("/p/", f'<iframe src="https://www.youtube.com/embed/{ID}"></iframe>')
    catalogue(library, talk=page)
    tube.video(ID, auto("en", JSON3))

    synced = sync_library(library, allow_loopback=True)
    fetched = fetch_library(library, allow_loopback=True)

    assert synced.pages[0].youtube == ID
    assert fetched.changed == ("talk",)
    told = json.loads((library.captions_of("talk") / "en.auto.json3.provenance.json").read_text())
    assert told["page"] == f"https://www.youtube.com/watch?v={ID}"
    assert "SECRET" not in told["source_url"]


def test_sync_of_a_playlist_drafts_what_is_new(library: Library, tube: FakeYouTube) -> None:
    catalogue(library, talk="https://example.org/")
    tube.playlist("PL1", "Talks", (ID, "How sleep works", "1:02"))

    result = hope(library, "sync", "https://www.youtube.com/playlist?list=PL1")

    assert result.exit_code == 0
    assert "1 video drafted in" in result.stdout
    draft = (library.drafts_dir / "talks.toml").read_text()
    assert 'slug = "how-sleep-works"' in draft


def test_sync_of_a_channel_and_of_one_video_drafts_them(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, talk="https://example.org/")
    tube.channel("hope", "Hope", videos=(ID,), shorts=("shorts00001",))
    tube.video(ID, title="How sleep works")

    channel = hope(library, "sync", "https://www.youtube.com/@hope")
    one = hope(library, "sync", f"youtu.be/{ID}")

    assert channel.exit_code == one.exit_code == 0
    assert "2 videos drafted in" in channel.stdout
    assert "1 video drafted in" in one.stdout
    assert 'title = "How sleep works"' in (library.drafts_dir / "how-sleep-works.toml").read_text()


def test_sync_of_an_empty_playlist_says_so(library: Library, tube: FakeYouTube) -> None:
    catalogue(library, talk="https://example.org/")
    tube.playlist("PL1", "Talks")

    result = hope(library, "sync", "https://www.youtube.com/playlist?list=PL1")

    assert result.exit_code == 1
    assert "The list was read and holds no videos" in result.stdout


def test_what_is_no_address_is_wrong_use(library: Library) -> None:
    catalogue(library)

    result = hope(library, "sync", "talks")

    assert result.exit_code == 2
    assert result.stderr.startswith("'talks' is no web address, which starts with https://")


def test_a_channel_is_named_by_its_handle_too(
    library: Library, tube: FakeYouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transcripts.sites.policy.RequestPolicy.pause_before", lambda *_: 0)
    catalogue(library, talk="https://example.org/")
    tube.channel("hope", "Hope", videos=(ID,))

    there = hope(library, "sync", "@hope")
    not_there = hope(library, "sync", "@nobody")

    assert "1 video drafted" in there.stdout
    assert not_there.exit_code == 1
    assert "@nobody: YouTube has no such playlist or channel" in not_there.stdout


def test_a_run_without_pauses_does_not_wait_before_retries_either(
    library: Library, site: Site
) -> None:
    catalogue(library, talk=site.put("/talk/", "Sorry", 503))
    slept: list[float] = []

    fetch_library(library, run=RunOptions(pause_s=(0, 0), sleep=slept.append), allow_loopback=True)

    assert len(site.asked) == 3
    assert not any(slept)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_a_run_with_its_report(
    library: Library, site: Site, number: signal.Signals
) -> None:
    catalogue(library, talk=site.page("/talk/", "en en.vtt"), slow=site.page("/slow/"))
    site.put("/talk/en.vtt", VTT)
    site.hang("/slow/")
    code = f"""
        from pathlib import Path
        from catalog import Library
        from transcripts.library_jobs import fetch_library
        report = fetch_library(Library(Path({str(library.root)!r})), allow_loopback=True)
        print(report.ending.interrupted, report.left, report.changed)
    """
    child = subprocess.Popen(
        [sys.executable, "-c", dedent(code)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while "/slow/" not in site.asked:
        time.sleep(0.01)
    os.kill(child.pid, number)
    out, err = child.communicate(timeout=60)

    assert (out, child.returncode) == ("True ('slow',) ('talk',)\n", 0), err
