"""Beside a video and beside an answer: who else explains this, and what people also asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from libraries import build, library_of
from related_talks import ON_HAIR, by_meaning, written
from small_site import small_app
from starlette.testclient import TestClient

from catalog import Catalogue, Series, Video
from indexer import Shelf
from webapp.app import create_app
from webapp.presenters.moments.related import watch_next


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    library = written(tmp_path_factory.mktemp("library"))
    by_meaning(library)
    with TestClient(create_app(library, Shelf(library))) as client:
        yield client


def section(page: str, name: str) -> str:
    """A section of a page by its class, its white space made one."""
    found = re.search(rf'<section class="{name}">(.*?)</section>', page, re.S)
    assert found
    return re.sub(r"\s+", " ", found[1])


def asked(page: str) -> list[str]:
    return re.findall(r'class="asks">(.*?)</span>', section(page, "also"))


def test_a_video_is_followed_by_others_that_explain_it(client: TestClient) -> None:
    others = section(client.get("/watch/hair").text, "others")

    assert "<h2>Others explain this too</h2>" in others
    assert "<span>Wigs</span>" in others
    assert 'class="time" href="/watch/wigs?t=35"' in others
    assert '<p class="row-asks">When does hair grow again?</p>' in others
    assert "Cut your hair short before hair falls." in others
    assert "/watch/hair" not in others


def test_below_what_is_said_are_like_questions_that_other_videos_answer(client: TestClient) -> None:
    page = client.get("/watch/hair").text

    assert "When does hair grow again?" in asked(page)
    assert '<a href="/watch/wigs?t=36">' in section(page, "also")
    assert "in Wigs</span>" in section(page, "also")
    own = page.index("Questions this video answers")
    assert own < page.index("What is said") < page.index("People also asked")


def test_the_questions_that_a_video_answers_itself_are_not_repeated(client: TestClient) -> None:
    assert "Is soup good?" in client.get("/search?q=what+can+I+eat").text
    assert "People also asked" not in client.get("/watch/meals").text


def test_a_link_into_an_answer_puts_the_questions_like_it_first(client: TestClient) -> None:
    assert asked(client.get("/watch/wigs").text)[0] == "Does the insurer pay?"
    assert asked(client.get("/watch/wigs?t=40").text)[0] == "Will my hair fall out?"


def test_beside_what_was_found_are_questions_like_the_one_answered(client: TestClient) -> None:
    page = client.get("/search?q=does+the+hair+fall+out").text

    assert asked(page)
    assert page.index('class="rows"') < page.index("People also asked")


def test_the_question_that_was_typed_is_not_also_asked(client: TestClient) -> None:
    page = client.get("/search?q=when+does+hair+grow+again%3F").text

    assert "When does hair grow again?" not in re.findall(r'class="asks".*?>(.*?)</span>', page)


def test_a_page_with_nothing_of_the_kind_says_nothing_of_it(tmp_path: Path) -> None:
    with TestClient(small_app(tmp_path)) as client:
        page = client.get("/watch/pills").text + client.get("/search?q=nowhere+said").text

    assert "People also asked" not in page
    assert "Others explain this too" not in page


def test_headings_follow_in_order(client: TestClient) -> None:
    levels = [int(level) for level in re.findall(r"<h(\d)", client.get("/watch/hair").text)]

    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_more_than_two_videos_are_folded_away(tmp_path: Path) -> None:
    library = library_of(tmp_path, {f"hair-{name}": ON_HAIR for name in ("a", "b", "c", "d")})
    build(library)

    with TestClient(create_app(library, Shelf(library))) as client:
        others = section(client.get("/watch/hair-a").text, "others")

    shown, _, folded = others.partition("<details>")
    assert shown.count('class="row"') == 2
    assert "<summary>1 more answer</summary>" in folded
    assert folded.count('class="row"') == 1


def test_after_the_basics_comes_what_goes_deeper_into_the_same() -> None:
    intro = Video("intro", "Intro", "basics", topics=("alk", "pills"))
    videos = (
        Video("other", "Other", "deep", topics=("costs",)),
        Video("some", "Some", "deep", topics=("alk",)),
        Video("both", "Both", "deep", topics=("pills", "alk")),
    )
    named = Video("named", "Named", "basics", topics=("alk",), next="other")
    catalogue = Catalogue(
        series=(
            Series("basics", "Basics", kind="intro", videos=(intro, named)),
            Series("deep", "Deep", kind="in-depth", videos=videos),
        )
    )

    nexts = {slug: watch_next(catalogue.videos[slug], catalogue) for slug in catalogue.videos}

    assert {slug: one and one.slug for slug, one in nexts.items()} == {
        "intro": "both",
        "named": "other",
        "other": None,
        "some": None,
        "both": None,
    }
