"""What `hope export` writes, as those read it for whom it is: newsletters, YouTube, archives."""

from __future__ import annotations

from pathlib import Path

import pytest
import webvtt
from browser import need_chromium, served
from command_line import hope
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from catalog import Library


def test_chapters_are_read_by_players_and_too_few_are_told(
    exported: Path, library: Library, tmp_path: Path
) -> None:
    result = hope(library, "export", str(tmp_path / "x"), "--only", "chapters")
    parts = webvtt.read(str(exported / "chapters/first-days.vtt")).captions

    assert [(one.start, one.end, one.text) for one in parts] == [
        ("00:00:00.000", "00:00:40.000", "Welcome"),
        ("00:00:40.000", "00:01:30.000", "Tests"),
    ]
    assert not (exported / "chapters/first-days.txt").exists()
    assert "no description for first-days" in result.stdout


@pytest.mark.browser
def test_a_player_reads_the_chapters(exported: Path, browser: Browser) -> None:
    need_chromium()
    html = '<video><track kind="chapters" src="/chapters.vtt"></video>'
    text = (exported / "chapters/first-days.vtt").read_text("utf-8")
    player = Starlette(
        routes=[
            Route("/", lambda _request: HTMLResponse(html)),
            Route("/chapters.vtt", lambda _request: PlainTextResponse(text, media_type="text/vtt")),
        ]
    )
    with served(player) as address:
        page = browser.new_page()
        page.goto(address)
        cues = page.evaluate("""() => new Promise((done) => {
          const track = document.querySelector("track");
          track.addEventListener("load", () => done(
            [...track.track.cues].map((cue) => [cue.startTime, cue.endTime, cue.text])));
          track.addEventListener("error", () => done("not read"));
          track.track.mode = "hidden"; // until then nothing is asked for
        })""")
        page.close()

    assert cues == [[0, 40, "Welcome"], [40, 90, "Tests"]]


@pytest.mark.parametrize("there", ["file", "full"])
def test_nothing_that_is_there_is_written_over(
    library: Library, tmp_path: Path, there: str
) -> None:
    place = tmp_path / "out"
    if there == "file":
        place.write_text("mine")
    else:
        place.mkdir()
        (place / "moments.jsonl").write_text("mine")

    result = hope(library, "export", str(place))

    assert result.exit_code == 2
    assert "is not empty; name a new folder" in result.stderr
    assert "mine" in "".join(f.read_text() for f in [place, *place.glob("*")] if f.is_file())


def test_without_an_index_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    result = hope(Library(tmp_path / "none"), "export", str(tmp_path / "out"))

    assert result.exit_code == 2
    assert "hope" in result.stderr
    assert not (tmp_path / "out").exists()
