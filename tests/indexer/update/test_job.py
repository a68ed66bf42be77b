"""The nightly job, with the real yt-dlp on this machine: its report, its lock, and how it ends."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from command_line import hope, mistakes
from fake_youtube import FakeYouTube, auto, youtube
from libraries import found, opened, vtt, write_captions, write_catalogue
from loopback import Site, serving
from paths import ROOT
from thousand_talks import thousand_talks

from catalog import Catalogue, ExitCode, Library
from indexer import update_library
from indexer.storage import generations
from indexer.update.report import UpdateReport
from transcripts import RunOptions
from transcripts.jobs.lock import BusyError

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
ID = "abcdefghijk"
GLOSSARY = "canonical,kind,variants,related,misspellings,spanish,unsourced,facts,sources,heard\n"
SCAN, PILL = vtt("the scan shows the lungs"), vtt("one pill a day")


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def tube() -> Iterator[FakeYouTube]:
    with youtube() as fake:
        yield fake


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


def catalogue(library: Library, **videos: str) -> None:
    """A video with a page each, or with other fields, as TOML; and no glossary, to be quick."""
    write_catalogue(library.root, GLOSSARY, "glossary.csv")
    write_catalogue(library.root, "", "topics.toml")
    fields = {slug: v if " = " in v or not v else f'page = "{v}"' for slug, v in videos.items()}
    write_catalogue(
        library.root,
        'slug = "talks"\ntitle = "Talks"\n'
        + "".join(
            f'\n[[videos]]\nslug = "{slug}"\ntitle = "A talk"\n{more}\n'
            for slug, more in fields.items()
        ),
    )


def talk(site: Site, slug: str, captions: str = SCAN) -> str:
    site.put(f"/{slug}/en.vtt", captions)
    return site.page(f"/{slug}/", "en en.vtt")


def update(library: Library, *, days: float = 0, **how: Any) -> UpdateReport:
    now = NOW + timedelta(days=days)
    return update_library(library, RunOptions(clock=lambda: now, **how), allow_loopback=True)


def reported(file: Path) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(file.read_text("utf-8"))
    assert mistakes("update.json", report) == []
    return report


@contextmanager
def running(library: Library, *words: str) -> Iterator[subprocess.Popen[str]]:
    """`hope`, as a process of its own."""
    line = [sys.executable, "-m", "hope", "--library", str(library.root), *words]
    with subprocess.Popen(
        line, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as child:
        try:
            yield child
        finally:
            child.kill()


def asked(site: Site, path: str, child: subprocess.Popen[str]) -> None:
    """Wait until a process asks for a path."""
    while path not in site.asked:
        assert child.poll() is None, child.stderr and child.stderr.read()
        time.sleep(0.01)


def test_the_report_tells_of_each_video_what_came_of_it_and_what_changed(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, scans=talk(site, "scans"), pills=site.page("/pills/"))
    file = tmp_path / "report.json"

    result = hope(library, "update", "--allow-loopback", "--report", str(file))

    report = reported(file)
    scans, pills = report["videos"]
    assert (result.exit_code, report["exit"]) == (1, 1)
    assert (scans["outcome"], scans["page"], scans["index"]) == ("fetched", "resolved", "read")
    assert scans["changed"] == "en.manual.vtt (new: 5 words)"
    assert scans["next_try"] > report["ended"]
    assert (pills["outcome"], pills["index"]) == ("no captions", "nothing")
    assert report["summary"][-1].startswith("The update was done in part: 1 video with new")
    assert result.stdout.splitlines() == report["summary"]


def test_a_week_later_only_what_changed_is_read_and_said_in_words(
    library: Library, site: Site
) -> None:
    catalogue(library, scans=talk(site, "scans"), pills=talk(site, "pills", PILL))
    update(library)
    talk(site, "scans", vtt("the scan shows the liver and the lungs"))

    report = update(library, days=7, pause_s=(0, 0))

    said = {one["video"]: (one["changed"], one["index"]) for one in report.as_json["videos"]}
    assert said == {
        "scans": ("en.manual.vtt (changed: 3 words came and 0 went, now 8)", "read"),
        "pills": ("", "as before"),
    }
    assert report.index
    assert (report.index.read, report.index.carried) == (("scans en.manual.vtt",), 1)
    assert report.exit is ExitCode.DONE


@pytest.mark.parametrize(
    ("status", "code"), [(200, ExitCode.DONE), (404, ExitCode.PART), (429, ExitCode.BLOCKED)]
)
def test_the_exit_code_is_that_of_the_gravest_part(
    library: Library, site: Site, status: int, code: ExitCode
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    site.put("/scans/", site.answers["/scans/"].body, status)

    assert update(library).exit is code


def test_a_wrong_catalogue_leaves_the_index_serving_and_a_report(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    update(library)
    write_catalogue(library.root, 'slug = "talks"\ntitle = 5\n')

    result = hope(library, "update", "--report", str(tmp_path / "r.json"))

    report = reported(tmp_path / "r.json")
    assert (result.exit_code, report["exit"]) == (2, 2)
    assert "talks.toml" in report["failures"][0]["says"]
    assert (report["sync"], report["fetch"], report["index"]) == (None, None, None)
    assert found(opened(library), "lungs") == ["scans"]


def test_an_index_that_cannot_be_built_does_not_hide_what_was_fetched(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    library.index_dir.write_text("a file, not a folder")

    result = hope(library, "update", "--allow-loopback", "--report", str(tmp_path / "r.json"))

    report = reported(tmp_path / "r.json")
    assert result.exit_code == 1
    assert [one["part"] for one in report["failures"]] == ["index"]
    assert report["videos"][0]["outcome"] == "fetched"
    assert report["videos"][0]["index"] == "not done"


def test_a_bug_is_in_the_report_and_keeps_its_traceback(
    library: Library, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    kept: list[UpdateReport] = []

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by nothing")

    monkeypatch.setattr("indexer.update.job.build_index", broken)
    with pytest.raises(ZeroDivisionError):
        update_library(library, allow_loopback=True, keep=kept.append)

    assert mistakes("update.json", json.loads(json.dumps(kept[-1].as_json, default=str))) == []
    assert kept[-1].fetch
    assert "ZeroDivisionError: by nothing" in kept[-1].failures[0].says
    assert kept[-1].ended
    assert kept[-1].exit is ExitCode.PART


def test_a_report_that_cannot_be_written_is_said_and_the_job_is_done(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    (tmp_path / "file").write_text("no folder")
    file = tmp_path / "file" / "report.json"

    result = hope(library, "update", "--allow-loopback", "--report", str(file))

    assert result.exit_code == 1
    assert result.stderr.count("the report cannot be written") == 1
    assert found(opened(library), "lungs") == ["scans"]


def test_a_report_may_go_to_a_pipe(library: Library) -> None:
    catalogue(library)
    reading, writing = os.pipe()

    hope(library, "update", "--report", f"/dev/fd/{writing}")
    os.close(writing)

    with os.fdopen(reading) as pipe:
        report = json.load(pipe)
    assert mistakes("update.json", report) == []
    assert report["ended"]


@pytest.mark.slow
def test_a_second_run_says_who_is_at_work_and_leaves(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, slow=talk(site, "slow"))
    site.hang("/slow/")
    file = tmp_path / "r.json"
    with running(library, "update", "--allow-loopback", "--report", str(file)) as first:
        asked(site, "/slow/", first)
        others = [
            hope(library, "update", "--allow-loopback", "--report", str(file)),
            hope(library, "fetch", "--allow-loopback"),
            hope(library, "sync", "--allow-loopback"),
        ]
        with pytest.raises(BusyError, match="`hope update`"):
            update_library(library)

    assert [one.exit_code for one in others] == [3, 3, 3]
    for one in others:
        assert f"`hope update` (process {first.pid}, since 20" in one.stderr
        assert "run it again when that one has ended" in one.stderr
    assert site.asked == ["/slow/"]
    assert reported(file)["ended"] is None, "the report is the first run's"


@pytest.mark.slow
def test_a_killed_run_leaves_a_report_and_no_lock_and_the_next_one_goes_on(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, scans=talk(site, "scans"), slow=talk(site, "slow"))
    site.hang("/slow/en.vtt")
    file = tmp_path / "r.json"
    with running(library, "update", "--allow-loopback", "--report", str(file)) as child:
        asked(site, "/slow/en.vtt", child)
        os.kill(child.pid, signal.SIGKILL)
        child.wait()
    killed = reported(file)
    site.hanging.clear()
    site.asked.clear()

    result = hope(library, "update", "--allow-loopback", "--report", str(file))

    assert (killed["ended"], killed["exit"]) == (None, 1)
    assert killed["sync"]["pages"]
    assert result.exit_code == 0
    assert "/scans/en.vtt" not in site.asked, "what was fetched is not asked for again"
    assert found(opened(library), "lungs") == ["scans", "slow"]


@pytest.mark.slow
def test_an_index_by_hand_may_be_built_while_an_update_fetches(
    library: Library, site: Site
) -> None:
    catalogue(library, slow=talk(site, "slow"), mine="")
    write_captions(library, "mine", PILL)
    site.hang("/slow/")
    with running(library, "update", "--allow-loopback") as child:
        asked(site, "/slow/", child)
        result = hope(library, "index")

    assert result.exit_code == 0
    assert found(opened(library), "pill") == ["mine"]


def test_an_update_waits_for_an_index_that_is_being_built_by_hand(library: Library) -> None:
    catalogue(library, mine="")
    write_captions(library, "mine", PILL)
    library.index_dir.mkdir()
    with (library.index_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        waited: list[float] = []

        def sleep(seconds: float) -> None:
            waited.append(seconds)
            fcntl.flock(lock, fcntl.LOCK_UN)

        report = update(library, sleep=sleep)

    assert len(waited) == 1
    assert report.exit is ExitCode.DONE
    assert found(opened(library), "pill") == ["mine"]


@pytest.mark.parametrize("changed", [False, True], ids=["as-it-was", "changed"])
def test_the_catalogue_is_read_once_and_again_where_somebody_changes_it_meanwhile(
    library: Library, monkeypatch: pytest.MonkeyPatch, changed: bool
) -> None:
    catalogue(library, mine="")
    write_captions(library, "mine", SCAN)
    write_captions(library, "more", PILL)
    read: list[Library] = []
    usual = sys.modules["indexer.update.job"].load_catalogue

    def counting(there: Library) -> Catalogue:
        read.append(there)
        return usual(there)  # type: ignore[no-any-return]

    monkeypatch.setattr("indexer.update.job.load_catalogue", counting)

    def keep(report: UpdateReport) -> None:
        if changed and report.fetch and not report.index:
            catalogue(library, mine="", more="")

    update_library(library, keep=keep)

    assert len(read) == 1 + changed
    assert found(opened(library), "pill") == ["more"] * changed


def test_an_index_by_hand_leaves_while_another_is_built(library: Library) -> None:
    catalogue(library, mine="")
    library.index_dir.mkdir(parents=True)
    with (library.index_dir / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        result = hope(library, "index")

    assert result.exit_code == 3
    assert "another `hope index` is at work here" in result.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("path", "number"),
    [("/slow/", signal.SIGTERM), ("/slow/en.vtt", signal.SIGINT)],
    ids=["sync", "fetch"],
)
def test_a_signal_while_asking_ends_the_job_with_its_report(
    library: Library, site: Site, tmp_path: Path, path: str, number: signal.Signals
) -> None:
    catalogue(library, scans=talk(site, "scans"), slow=talk(site, "slow"))
    site.hang(path)
    file = tmp_path / "r.json"
    with running(library, "update", "--allow-loopback", "--report", str(file)) as child:
        asked(site, path, child)
        os.kill(child.pid, number)
        out, err = child.communicate(timeout=60)

    report = reported(file)
    assert (child.returncode, report["exit"]) == (1, 1), err
    assert "Traceback" not in err
    assert report["stopped"]
    assert report["ended"]
    assert out.splitlines()[-1].startswith("The update was stopped: ")
    assert report["index"] is None
    assert not list(library.root.rglob("*.part"))

    site.hanging.clear()
    site.asked.clear()
    assert hope(library, "update", "--allow-loopback").exit_code == 0
    assert site.asked[-2:] == ["/slow/", "/slow/en.vtt"]
    assert ("/scans/en.vtt" in site.asked) == (path == "/slow/"), "what is there is not asked for"
    assert found(opened(library), "lungs") == ["scans", "slow"]


@contextmanager
def ending_at(step: str, what: str, _total: int) -> Iterator[Callable[[str], None]]:
    """Progress that sends this very process a SIGTERM at a step of the build."""
    if what == step:
        os.kill(os.getpid(), signal.SIGTERM)
    yield lambda _: None


@pytest.mark.parametrize("command", ["update", "index"])
def test_a_signal_while_indexing_leaves_the_index_that_was_there(
    library: Library, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    catalogue(library, mine="")
    write_captions(library, "mine", PILL)
    room = "indexer.update.job" if command == "update" else "indexer.commands.index"
    with monkeypatch.context() as patched:
        patched.setattr(f"{room}.progress", partial(ending_at, "Reading"))
        stopped = hope(library, command)
    left = sorted(path.name for path in library.index_dir.iterdir())

    again = hope(library, command)

    assert (stopped.exit_code, again.exit_code) == (1, 0)
    assert "stopped" in (stopped.stdout + stopped.stderr).lower()
    assert left == [".lock"]
    assert found(opened(library), "pill") == ["mine"]


def test_understanding_can_be_stopped_too(
    library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    catalogue(library, mine="")
    write_captions(library, "mine", PILL)

    def understanding(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("indexer.writer.builder.embed_passages", understanding)
    result = hope(library, "update", "--report", str(tmp_path / "r.json"))

    assert result.exit_code == 1
    assert reported(tmp_path / "r.json")["stopped"]


def test_a_signal_during_the_swap_lets_it_finish(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue(library, mine="")
    write_captions(library, "mine", PILL)
    usual = generations.serve_from_now_on

    def swap(*what: Any) -> None:
        os.kill(os.getpid(), signal.SIGTERM)
        usual(*what)

    monkeypatch.setattr("indexer.storage.generations.serve_from_now_on", swap)
    report = update(library)

    assert (report.exit, report.stopped) == (ExitCode.DONE, False)
    assert found(opened(library), "pill") == ["mine"]


def test_a_block_holds_for_every_run_until_its_time_is_up(library: Library, site: Site) -> None:
    catalogue(library, scans=talk(site, "scans"), pills=talk(site, "pills"))
    site.put("/scans/", "Slow down", 429, Retry_After="7200")
    first = update(library)
    site.page("/scans/", "en en.vtt")
    before = list(site.asked)

    hour_later = update(library, days=1 / 24)
    after = list(site.asked)
    three_later = update(library, days=3 / 24, pause_s=(0, 0))

    assert (first.exit, hour_later.exit) == (ExitCode.BLOCKED, ExitCode.BLOCKED)
    assert before == after == ["/scans/"], "nor is anything else of the site asked"
    assert "Nothing is asked before 2026-03-01 06:00 UTC." in " ".join(hour_later.sentences)
    assert three_later.exit is ExitCode.DONE


def test_a_block_may_be_waited_for_or_overridden(library: Library, site: Site) -> None:
    catalogue(library, scans=talk(site, "scans"))
    site.put("/scans/", "Slow down", 429, Retry_After="7200")
    update(library)
    site.page("/scans/", "en en.vtt")

    assert hope(library, "update", "--allow-loopback", "--force").exit_code == 0
    site.put("/scans/", "Slow down", 429, Retry_After="7200")
    update(library, days=40)
    site.page("/scans/", "en en.vtt")
    slept: list[float] = []
    waited = update(library, days=40, wait=True, sleep=slept.append)

    assert slept[0] == 7200
    assert waited.exit is ExitCode.DONE


@pytest.mark.parametrize(
    ("reason", "outcome"),
    [("Private video", "private"), ("Video unavailable", "removed")],
)
def test_a_withdrawn_video_stays_until_a_person_decides(
    library: Library, tube: FakeYouTube, reason: str, outcome: str
) -> None:
    catalogue(library, scans=f'youtube = "{ID}"')
    tube.video(ID, auto("en", SCAN_JSON))
    update(library)
    tube.refuses(ID, reason)

    withdrawn = update(library, days=8, pause_s=(0, 0))
    next_night = update(library, days=9)
    checked = hope(library, "check").stdout

    assert (withdrawn.exit, next_night.exit) == (ExitCode.PART, ExitCode.DONE)
    says = f"scans: {outcome} since 2026-03-09 (https://www.youtube.com/watch?v={ID})."
    assert [one.says.startswith(says) for one in next_night.waiting] == [True]
    assert says in checked
    assert found(opened(library), "lungs") == ["scans"]

    library.captions_of("scans").rename(library.root / "withdrawn")
    assert hope(library, "index").exit_code == 0
    assert found(opened(library), "lungs") == []


SCAN_JSON = json.dumps(
    {"events": [{"tStartMs": 0, "dDurationMs": 900, "segs": [{"utf8": "the scan of lungs"}]}]}
)


def test_a_video_of_another_length_is_noticed_until_a_person_decides(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, scans=f'youtube = "{ID}"')
    tube.video(ID, auto("en", SCAN_JSON), lengthSeconds="600")
    update(library)
    tube.video(ID, auto("en", SCAN_JSON), lengthSeconds="645")

    report = update(library, days=8)
    standing = update(library, days=9)

    assert (report.as_json["videos"][0]["was_ms"], report.exit) == (600_000, ExitCode.DONE)
    assert "scans: The video is 10:45 long now and was 10:00 before;" in " ".join(report.sentences)
    assert [one.why for one in standing.waiting] == ["length"]
    assert found(opened(library), "lungs") == ["scans"]
    provenance = library.captions_of("scans") / "en.auto.json3.provenance.json"
    assert f"captions/scans/{provenance.name}" in hope(library, "check").stdout

    decided = {k: v for k, v in json.loads(provenance.read_text()).items() if k != "length_ms"}
    provenance.write_text(json.dumps(decided))
    assert update(library, days=10).waiting == ()


def test_a_length_that_sites_only_round_otherwise_is_the_same(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, scans=f'youtube = "{ID}"')
    tube.video(ID, auto("en", SCAN_JSON), lengthSeconds="600")
    update(library)
    tube.video(ID, auto("en", SCAN_JSON), lengthSeconds="601")

    assert update(library, days=8).waiting == ()


def test_captions_that_came_with_the_new_length_need_no_decision(
    library: Library, tube: FakeYouTube
) -> None:
    catalogue(library, scans=f'youtube = "{ID}"')
    tube.video(ID, auto("en", SCAN_JSON), lengthSeconds="600")
    update(library)
    tube.video(ID, auto("en", SCAN_JSON.replace("lungs", "liver")), lengthSeconds="645")

    assert update(library, days=8).waiting == ()


@pytest.mark.parametrize("status", [404, 410])
def test_a_dead_link_is_reported_and_what_was_found_stays(
    library: Library, site: Site, status: int
) -> None:
    catalogue(library, scans=talk(site, "scans"))
    update(library)
    site.put("/scans/", "Gone", status)

    report = update(library, days=40)

    assert report.exit is ExitCode.PART
    assert report.as_json["videos"][0]["outcome"] == "dead link"
    assert "There is nothing at this address any more (404 or 410)" in " ".join(report.sentences)
    assert [one.why for one in report.waiting] == ["withdrawn"]
    assert found(opened(library), "lungs") == ["scans"]


def test_dead_media_are_reported_although_the_page_has_the_captions(
    library: Library, site: Site
) -> None:
    page, media = talk(site, "scans"), f"{site.url}/film.mp4"
    catalogue(library, scans=f'page = "{page}"\nmedia = "{media}"')

    report = update(library)

    says = f"scans: There is nothing at {media} any more (404 or 410); correct it in the catalogue."
    assert says in report.fetch.sentences if report.fetch else ()
    assert says in hope(library, "check").stdout
    assert report.as_json["videos"][0]["outcome"] == "fetched"


def test_a_dead_page_is_reported_although_its_video_was_found_before(
    library: Library, site: Site, tube: FakeYouTube
) -> None:
    page = site.html("/p/", f'<iframe src="https://www.youtube.com/embed/{ID}"></iframe>')
    catalogue(library, scans=f'page = "{page}"')
    tube.video(ID, auto("en", SCAN_JSON))
    update(library)
    site.put("/p/", "Gone", 410)

    report = update(library, days=40)
    next_night = update(library, days=41)

    says = f"scans: There is nothing at {page} any more (404 or 410); correct it in the catalogue."
    assert [one.says for one in report.waiting] == [says]
    assert [one.says for one in next_night.waiting] == [says]
    assert says in hope(library, "check").stdout
    assert found(opened(library), "lungs") == ["scans"]


def test_a_dead_address_without_any_captions_waits_for_a_person_too(
    library: Library, site: Site
) -> None:
    catalogue(library, scans=f"{site.url}/gone/")

    assert [one.why for one in update(library).waiting] == ["dead link"]


def test_a_film_that_is_not_in_the_library_is_reported(library: Library, site: Site) -> None:
    catalogue(library, scans=f'page = "{talk(site, "scans")}"\nmedia = "film.mp4"')

    says = "scans: there is no media/film.mp4 in the library; put it there or correct `media`."
    assert [one.says for one in update(library).waiting] == [says]

    library.media_dir.mkdir()
    (library.media_dir / "film.mp4").write_bytes(b"film")
    assert update(library, days=1).waiting == ()


def test_a_library_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file")

    result = hope(Library(tmp_path / "library"), "update")

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_link_in_the_place_of_the_lock_is_not_followed(library: Library, tmp_path: Path) -> None:
    catalogue(library)
    (tmp_path / "other").write_text("mine")
    (library.root / ".run.lock").symlink_to(tmp_path / "other")

    result = hope(library, "fetch")

    assert result.exit_code == 2
    assert (tmp_path / "other").read_text() == "mine"


def test_one_changed_track_costs_the_reading_of_one_track(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = thousand_talks(tmp_path, talks=6, cues=6)
    update(library)
    read: list[str] = []
    usual = sys.modules["indexer.writer.sources"].read_captions

    def counting(track: Any, content: bytes) -> Any:
        read.append(track.video)
        return usual(track, content)

    monkeypatch.setattr("indexer.writer.sources.read_captions", counting)
    write_captions(library, "talk-0003", SCAN)

    report = update(library)

    assert read == ["talk-0003"]
    assert report.index
    assert (report.index.read, report.index.carried) == (("talk-0003 en.manual.vtt",), 5)
