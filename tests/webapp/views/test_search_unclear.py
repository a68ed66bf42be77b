"""What a page and a terminal say where nothing clearly answers, and to filters alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from command_line import hope
from libraries import opened, sample_library, write_catalogue
from starlette.testclient import TestClient

from catalog import Library
from indexer import Shelf
from webapp.app import create_app

MENTIONED = "football world cup morning results"
ANSWERED = "What is a liquid biopsy?"
UNANSWERABLE = [MENTIONED, "reset my password"]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return sample_library(tmp_path_factory.mktemp("unclear"))


@pytest.fixture(scope="module")
def client(sample: Library) -> TestClient:
    return TestClient(create_app(sample, Shelf(sample)))


def page(client: TestClient, question: str) -> str:
    return client.get("/search", params={"q": question}).text


def test_a_page_of_mere_mentions_says_that_no_answer_is_clear(client: TestClient) -> None:
    shown = page(client, MENTIONED)

    assert ">No clear answer found</h1>" in shown
    assert f"<title>No clear answer: {MENTIONED}" in shown
    assert "they may not answer your question" in shown
    assert shown.index("Nearest mentions</h2>") < shown.index('<ol class="rows"')
    assert shown.index("</ol>") < shown.index('href="/topics">See all topics')
    assert 'class="best"' not in shown


def test_what_only_comes_near_is_said_so_without_alarm(client: TestClient) -> None:
    shown = page(client, "does the needle biopsy hurt")

    assert ">What comes nearest to your question</h1>" in shown
    assert "but these come near." in shown
    assert "Nearest mentions" not in shown
    assert shown.count('id="outcome"') == 1


def test_a_name_that_nobody_says_is_told_with_its_neighbours(client: TestClient) -> None:
    shown = page(client, "what does stage 7 mean")

    assert "Nobody here speaks of <bdi>stage 7</bdi>." in shown
    assert ">stage 4</a>" in shown
    assert "<mark>stage" not in shown


@pytest.mark.parametrize("question", UNANSWERABLE)
def test_no_page_promises_an_answer_that_is_none(client: TestClient, question: str) -> None:
    shown = page(client, question)

    assert "What the experts say" not in shown
    assert "The best answer comes first" not in shown
    assert 'href="/topic/biomarkers"' in shown or "See all topics" in shown


def test_a_page_with_an_answer_raises_no_doubt(client: TestClient) -> None:
    shown = page(client, ANSWERED)

    assert ">What the experts say</h1>" in shown
    assert "The best answer comes first" in shown
    assert "No clear answer" not in shown
    assert "<h2>Topics</h2>" not in shown


def test_a_terminal_says_that_no_answer_is_clear_above_what_it_lists(sample: Library) -> None:
    printed = hope(sample, "search", MENTIONED).stdout

    assert printed.startswith("No clear answer found.")
    assert printed.index("may not answer your question") < printed.index("\n1. ")
    assert "No clear answer" not in hope(sample, "search", ANSWERED).stdout


def test_a_terminal_promises_nothing_where_nothing_is_found(sample: Library) -> None:
    printed = hope(sample, "search", "reset my password").stdout

    assert printed.startswith("Nothing in these videos answers that")


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("topic:emotions", ["living-with-side-effects"]),
        ("-language:en", ["just-diagnosed", "egfr-resistance"]),
    ],
)
def test_a_filter_alone_lists_the_videos_that_it_leaves(
    sample: Library, client: TestClient, asked: str, left: list[str]
) -> None:
    shown = page(client, asked)
    printed = hope(sample, "search", asked).stdout

    assert set(opened(sample).search(asked).filtered or ()) == set(left)
    for slug in left:
        assert f'<a href="/watch/{slug}"' in shown
        assert f"(/watch/{slug})" in printed
    assert "Add a word to search in" in shown
    assert "Add a word to search in" in printed
    assert "Take off" in shown
    assert "Nothing in these videos" not in shown + printed


def test_filters_that_leave_no_video_together_say_so(sample: Library, client: TestClient) -> None:
    asked = "topic:emotions -series:first-steps -series:going-deeper"

    assert "No video fits all of that" in page(client, asked)
    assert "No video fits all of that" in hope(sample, "search", asked).stdout


def test_with_a_word_or_without_a_filter_no_videos_are_listed(sample: Library) -> None:
    generation = opened(sample)

    for asked in ("topic:emotions sadness", 'topic:emotions "of the"', "", "zebra"):
        assert generation.search(asked).filtered is None, asked


def test_without_captions_a_filter_alone_does_not_invite_to_search(tmp_path: Path) -> None:
    library = Library(tmp_path)
    write_catalogue(
        tmp_path, 'slug = "talks"\ntitle = "Talks"\n[[videos]]\nslug = "a"\ntitle = "A"'
    )
    assert hope(library, "index").exit_code == 0

    shown = page(TestClient(create_app(library, Shelf(library))), "series:talks")

    assert "No video here has captions yet" in shown


def test_a_question_may_begin_with_a_minus_at_a_terminal(sample: Library) -> None:
    printed = hope(sample, "search", "-hair side effects")

    assert printed.exit_code == 0
    assert "\n1. " in printed.stdout
