from pathlib import Path

import pytest
from libraries import build, library_of, write_catalogue
from starlette.testclient import TestClient

from indexer import Shelf
from webapp.app import create_app

TALKS = {"talk": "We begin with electinib.\nThen we wait.", "other": "Nothing is said."}


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    library = library_of(tmp_path, TALKS)
    says = '[[corrections]]\nheard = "we wait"\nmeant = "ceritinib"\n'
    write_catalogue(tmp_path, says, "corrections.toml")
    build(library)
    return TestClient(create_app(library, Shelf(library)))


def test_results_say_what_was_probably_said_and_what_a_person_found(client: TestClient) -> None:
    with client:
        probable = client.get("/search", params={"q": "alectinib"}).text
        reviewed = client.get("/search", params={"q": "ceritinib"}).text

    assert "<mark>electinib</mark>" in probable
    assert "probably: <bdi>alectinib</bdi>" in probable
    assert "<mark>we wait</mark>" in reviewed
    assert "<bdi>ceritinib</bdi> (reviewed)" in reviewed
    assert "probably" not in reviewed


def test_the_transcript_on_the_page_keeps_its_words_and_names_what_they_are(
    client: TestClient,
) -> None:
    with client:
        page = client.get("/watch/talk").text

    assert "We begin with electinib.</a> <small" in page
    assert "(probably: <bdi>alectinib</bdi>)" in page
    assert page.count('class="heard"') == 2


def test_programs_are_told_as_well(client: TestClient) -> None:
    with client:
        (hit,) = client.get("/api/search", params={"q": "alectinib"}).json()["hits"]

    assert hit["heard"] == ["alectinib"]
    assert hit["text"].startswith("We begin with electinib.")
