from __future__ import annotations

import re
import time

import pytest
from small_site import MEDIA
from starlette.testclient import TestClient

from webapp.views.files import is_valid_range


def test_static_files_are_kept_under_names_that_change_with_them(client: TestClient) -> None:
    page = client.get("/").text
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)

    assert any(re.fullmatch(r"/static/site\.[0-9a-f]{12}\.css", name) for name in names)
    for name in names:
        answer = client.get(name)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("name", ["site.css", "../app.py", "%2e%2e/app.py", "..%2fapp.py", "x"])
def test_nothing_else_is_static(client: TestClient, name: str) -> None:
    assert client.get(f"/static/{name}").status_code == 404


def test_a_part_of_a_video_can_be_asked_for(client: TestClient) -> None:
    answer = client.get("/media/first-days.mp4", headers={"Range": "bytes=100-199"})

    assert answer.status_code == 206
    assert answer.content == MEDIA.read_bytes()[100:200]
    assert answer.headers["content-type"] == "video/mp4"
    assert "content-encoding" not in answer.headers


def test_a_range_that_is_not_there_is_refused(client: TestClient) -> None:
    answer = client.get("/media/first-days.mp4", headers={"Range": "bytes=999999999-"})

    assert answer.status_code == 416


@pytest.mark.parametrize("name", ["other.mp4", "..%2fcatalog%2fbasics.toml", "first-days.mp4%00"])
def test_media_that_the_catalogue_does_not_name_is_not_there(client: TestClient, name: str) -> None:
    assert client.get(f"/media/{name}").status_code == 404


def test_captions_are_served_as_webvtt(client: TestClient) -> None:
    answer = client.get("/captions/first-days/es.vtt")

    assert answer.headers["content-type"] == "text/vtt; charset=utf-8"
    assert answer.text.startswith("WEBVTT\n\n00:00:04.500 --> 00:00:08.000\n")
    assert "¿Qué significa la etapa cuatro?" in answer.text


def test_markup_in_captions_stays_text(client: TestClient) -> None:
    assert "&lt;alk&gt;before&lt;/alk&gt;" in client.get("/captions/first-days/en.vtt").text


@pytest.mark.parametrize("path", ["first-days/fr", "silent/en", "nobody/en", "first-days/en.x"])
def test_captions_that_are_not_there_are_not_found(client: TestClient, path: str) -> None:
    assert client.get(f"/captions/{path}.vtt").status_code == 404


@pytest.mark.parametrize(
    "odd", ["items=0-1", "bytes", "bytes=", "bytes=-", "bytes=x-y", "bytes=5-2", "bytes=0-1,x"]
)
def test_a_range_that_is_not_understood_is_passed_over(client: TestClient, odd: str) -> None:
    answer = client.get("/media/first-days.mp4", headers={"Range": odd})

    assert answer.status_code == 200
    assert answer.content == MEDIA.read_bytes()


@pytest.mark.parametrize("odd", ["1" * 200_000 + "x", " " * 200_000 + "1 1", "1-," * 70_000])
def test_an_endless_range_keeps_nobody_waiting(odd: str) -> None:
    begun = time.process_time()

    is_valid_range(f"bytes={odd}")

    assert time.process_time() - begun < 2  # it took three minutes


@pytest.mark.parametrize("ranges", ["bytes=-9", "bytes=5-", "Bytes=0-1", "bytes=0-1, 4-5"])
def test_a_range_may_be_written_in_every_way_there_is(client: TestClient, ranges: str) -> None:
    assert client.get("/media/first-days.mp4", headers={"Range": ranges}).status_code == 206


def test_browsers_find_the_mark_and_search_engines_may_read_everything(client: TestClient) -> None:
    mark, robots = client.get("/favicon.ico"), client.get("/robots.txt")

    assert (mark.status_code, mark.headers["content-type"]) == (200, "image/svg+xml")
    assert robots.text.startswith("User-agent: *\nAllow: /\n")
    assert "Disallow" not in robots.text
