"""Captions without punctuation: read with it on pages, as they were delivered everywhere else."""

from __future__ import annotations

import pytest
from small_site import small_app
from starlette.testclient import TestClient

READ = "is a pill that reaches the brain."
DELIVERED = "lorlatinib is a pill that reaches the brain"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(small_app(tmp_path_factory.mktemp("library")))


@pytest.mark.parametrize(
    "path",
    [
        "/watch/pills",
        "/watch/pills?t=2",
        "/search?q=pill+brain",
        "/term/lorlatinib",
        "/appointment?m=pills~2",
        "/appointment?m=pills~2&find=pill+brain",
    ],
)
def test_a_page_reads_with_punctuation_and_says_so_once(client: TestClient, path: str) -> None:
    page = client.get(path).text.replace("<mark>", "").replace("</mark>", "")

    assert f"Lorlatinib {READ}" in page
    assert page.count("Punctuation added") == 1


def test_it_is_said_in_the_language_of_the_page(client: TestClient) -> None:
    assert "Puntuación añadida" in client.get("/es/watch/pills").text


@pytest.mark.parametrize("path", ["/watch/first-days", "/search?q=stage+4"])
def test_captions_with_punctuation_are_left_alone(client: TestClient, path: str) -> None:
    assert "Punctuation added" not in client.get(path).text


@pytest.mark.parametrize(
    "path",
    [
        "/captions/pills/en.vtt",
        "/quote/pills/choose?lang=en&from=2&to=7",
        "/api/search?q=pill+brain",
    ],
)
def test_files_quotes_and_programs_get_what_was_delivered(client: TestClient, path: str) -> None:
    assert DELIVERED in client.get(path).text


def test_what_is_found_in_a_video_is_highlighted_as_it_is_read(client: TestClient) -> None:
    page = client.get("/watch/pills?q=pill").text

    assert "Lorlatinib is a <mark>pill</mark> that reaches the brain." in page
