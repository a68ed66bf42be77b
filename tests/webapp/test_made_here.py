"""Captions that a speech model wrote here are called so wherever their words are shown."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from command_line import hope
from libraries import build, write_catalogue
from starlette.testclient import TestClient

from catalog import Library, load_catalogue
from indexer import Shelf
from transcripts.transcribing.listener import HeardLine
from transcripts.transcribing.writing import heard_as_webvtt, keep_heard
from webapp.app import create_app

MADE_BY = "faster-whisper 1.2.1, model small"
SAID = ("Lorlatinib is a pill that reaches the brain.", "Swelling of the hands is common with it.")
SHORT = {"": "Captions made here by a machine<", "/es": "Subtítulos hechos aquí por una máquina<"}
WHOLE = {
    "": f"Captions made here by a machine ({MADE_BY}): drug names may be mis-heard",
    "/es": f"Subtítulos hechos aquí por una máquina ({MADE_BY}): puede haber errores",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = Library(tmp_path_factory.mktemp("made-here"))
    videos = (f'[[videos]]\nslug = "{slug}"\ntitle = "On {slug}"\n' for slug in ("pills", "hands"))
    write_catalogue(library.root, f'slug = "talks"\ntitle = "Talks"\n{"".join(videos)}')
    now = datetime(2026, 5, 4, tzinfo=UTC)
    for video in load_catalogue(library).videos.values():
        lines = [
            HeardLine(5_000 * n, 5_000 * n + 4_000, ((5_000 * n, f"{text} On {video.slug}."),))
            for n, text in enumerate(SAID)
        ]
        text, _ = heard_as_webvtt(lines, MADE_BY, now)
        keep_heard(library, video, "en", text, MADE_BY, now)
    build(library)
    return library


@pytest.fixture(scope="module")
def client(library: Library) -> TestClient:
    return TestClient(create_app(library, Shelf(library)))


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize(
    "path",
    [
        "/watch/pills",
        "/search?q=lorlatinib",
        "/term/lorlatinib",
        "/feeds/search.atom?q=lorlatinib",
        "/appointment?m=pills~0-4",
    ],
)
def test_every_page_with_its_words_says_so(client: TestClient, path: str, language: str) -> None:
    shown = client.get(language + path).text

    assert WHOLE[language] in shown
    assert "utomatic captions" not in shown
    assert "ubtítulos automáticos" not in shown


@pytest.mark.parametrize("language", ["", "/es"])
def test_the_grey_line_of_a_row_says_so_shortly(client: TestClient, language: str) -> None:
    assert SHORT[language] in client.get(f"{language}/search?q=lorlatinib").text


def test_programs_are_told_the_name_of_the_model(client: TestClient) -> None:
    hit = client.get("/api/search?q=lorlatinib").json()["hits"][0]
    transcript = client.get("/api/videos/pills/transcript").json()

    assert (hit["captions"], hit["made_by"]) == ("auto", MADE_BY)
    assert (transcript["kind"], transcript["made_by"]) == ("auto", MADE_BY)


def test_what_is_exported_says_so(library: Library, tmp_path: Path) -> None:
    hope(library, "export", str(tmp_path / "out"))

    moments = (tmp_path / "out/moments.jsonl").read_text().splitlines()
    assert {json.loads(line)["made_by"] for line in moments} == {MADE_BY}
    page = next((tmp_path / "out/site").rglob("pills*.html")).read_text()
    assert WHOLE[""] in page


def test_the_command_line_says_so(library: Library) -> None:
    says = f"made here by a machine, {MADE_BY}"

    assert f"({says}: names of drugs may be misheard)" in hope(library, "search", "pill").stdout
    assert (
        f"captions/pills/en.auto.vtt, captions/hands/en.auto.vtt: {says}"
        in hope(library, "check").output
    )
    shown = hope(library, "transcript", "pills")
    assert f"pills en.auto.vtt: {says}; nobody checked it" in shown.stderr
    assert says not in shown.stdout
    file = hope(library, "transcript", "pills", "--format", "vtt").stdout
    assert file.startswith(f"WEBVTT\n\nNOTE {says[0].upper()}{says[1:]}; nobody checked it.\n\n00:")
    program = json.loads(hope(library, "transcript", "pills", "--format", "json").stdout)
    assert program["made_by"] == MADE_BY


def test_what_a_person_corrected_is_not_the_machine_s_any_more(library: Library) -> None:
    track = library.captions_of("hands") / "en.auto.vtt"
    heard = track.read_bytes()
    track.write_bytes(heard.replace(b"Swelling", b"A swelling"))

    shown = hope(library, "transcript", "hands")
    track.write_bytes(heard)

    assert "A swelling" in shown.stdout
    assert "machine" not in shown.output
