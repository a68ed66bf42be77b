"""What `hope export` writes, as those read it for whom it is: newsletters, YouTube, archives."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import webvtt
from browser import need_chromium, served
from command_line import hope
from playwright.sync_api import Browser
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from catalog import Library


@pytest.fixture(scope="module")
def exported(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("out") / "new"
    result = hope(library, "export", str(folder))
    assert result.exit_code == 0
    assert "open site/index.html" in result.stdout
    return folder


@pytest.fixture(scope="module")
def moments(exported: Path) -> list[dict[str, Any]]:
    lines = (exported / "moments.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_a_curated_question_has_its_answer_and_who_gives_it(moments: list[dict[str, Any]]) -> None:
    (one,) = [moment for moment in moments if moment["kind"] == "question"]

    assert one["question"] == "What does stage 4 mean?"
    assert one["url"] == "/watch/first-days?t=4"
    assert [said["speaker"] for said in one["said"]] == ["Ada Example", "Dr. Tess Sample"]
    assert one["said"][1]["text"].startswith("Stage 4 means that the cancer has spread")
    assert one["notice"] == "Sample, not medical advice."


def test_a_topic_has_the_moments_of_its_page(moments: list[dict[str, Any]]) -> None:
    (one,) = [moment for moment in moments if moment["kind"] == "topic"]

    assert (one["topic"], one["video"], one["start_ms"]) == ("stages", "first-days", 4_250)
    assert "Stage 4 means that the cancer has spread" in one["said"][-1]["text"]


def test_every_word_that_is_said_is_in_a_passage(moments: list[dict[str, Any]]) -> None:
    said = " ".join(one["text"] for one in moments if one["kind"] == "passage")

    for word in ("biomarker", "lorlatinib", "extendido"):
        assert word in said
    assert len({one["id"] for one in moments}) == len(moments)
    assert {one["captions"] for one in moments} == {"manual", "auto"}
    (pill, *_) = [one for one in moments if one["video"] == "pills"]
    assert pill["source_url"] == "https://www.youtube.com/watch?v=abcdefghijk&t=2s"
    assert pill["said"][0]["speaker"] is None


def test_links_have_the_address_of_the_site_where_it_is_known(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = "webapp.commands.load_operator"
    from catalog import Operator  # noqa: PLC0415 - only here

    monkeypatch.setattr(known, lambda _library: Operator(address="https://hope.example"))
    hope(library, "export", str(tmp_path / "out"), "--only", "moments", "--only", "site")

    line = (tmp_path / "out/moments.jsonl").read_text("utf-8").splitlines()[0]
    assert json.loads(line)["url"].startswith("https://hope.example/watch/")
    page = (tmp_path / "out/site/first-days.en.html").read_text("utf-8")
    assert 'href="https://hope.example/watch/first-days?t=8"' in page
    assert not (tmp_path / "out/chapters").exists()


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


def test_every_link_of_the_archive_leads_somewhere_in_it(exported: Path) -> None:
    site = exported / "site"
    for page in site.glob("*.html"):
        text = page.read_text("utf-8")
        assert "<script" not in text
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            name, _, anchor = link.partition("#")
            if name.startswith("https://"):
                continue
            there = (site / (name or page.name)).read_text("utf-8")
            assert not anchor or f'id="{anchor}"' in there, (page.name, link)


def test_what_is_text_stays_text_in_the_archive(exported: Path) -> None:
    page = (exported / "site/index.html").read_text("utf-8")

    assert "Basics &lt;1&gt;" in page
    assert "The first days &amp; weeks" in page


@pytest.mark.browser
def test_the_archive_opens_from_a_disk(exported: Path, browser: Browser) -> None:
    need_chromium()
    context = browser.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto((exported / "site/index.html").as_uri())
    page.get_by_role("link", name="Words from A to Z").click()
    page.get_by_role("link", name="Pills for ALK, 0:02").first.click()
    target = page.evaluate("document.querySelector(':target').textContent")
    families = page.evaluate("getComputedStyle(document.body).maxWidth")
    context.close()

    assert "orlatinib is a pill" in target
    assert families != "none"  # its style is there
    assert all(address.startswith("file:") for address in asked)


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


def test_the_archive_can_be_in_spanish(library: Library, tmp_path: Path) -> None:
    hope(library, "export", str(tmp_path / "out"), "--only", "site", "--language", "es")

    page = (tmp_path / "out/site/index.html").read_text("utf-8")
    assert '<html lang="es">' in page
    assert "Lo que se dijo en estos videos" in page
    assert '<span lang="en">Pills for ALK</span>' in page
