from __future__ import annotations

from starlette.testclient import TestClient

from catalog import Catalogue, Question, Series, Video
from webapp.views.home import EXAMPLES, basics_first, beginning, example_questions


def test_home_offers_a_search_questions_series_and_topics(client: TestClient) -> None:
    page = client.get("/").text

    assert '<form class="search" action="/search" role="search">' in page
    assert 'href="/search?q=What%20does%20stage%204%20mean%3F"' in page
    assert 'href="/watch/first-days"' in page
    assert page.index("Basics &lt;1&gt;") < page.index("Deeper")
    assert 'href="/topic/stages"' in page


def test_people_begin_with_the_first_of_the_basics_that_has_videos() -> None:
    deep = Series("deep", "Deep", kind="in-depth", videos=(Video("d", "D", "deep"),))
    empty = Series("empty", "Empty", kind="intro")
    basics = Series("basics", "Basics", kind="intro", videos=(Video("b", "B", "basics"),))

    ordered = basics_first(Catalogue(series=(deep, empty, basics)))

    assert [series.slug for series in ordered.series] == ["empty", "basics", "deep"]
    assert beginning(ordered) == basics
    assert beginning(Catalogue(series=(deep,))) is None


def test_a_question_to_start_with_is_one_a_video_and_can_be_read_at_a_glance() -> None:
    asked = (Question("Long " * 30), Question("Why me?"), Question("What now?"))
    videos = tuple(Video(str(n), "T", "s", questions=asked) for n in range(EXAMPLES + 2))
    silent = Video("silent", "T", "s")

    shown = example_questions(Catalogue(series=(Series("s", "S", videos=(silent, *videos)),)))

    assert shown == tuple((Question("Why me?"), video) for video in videos[:EXAMPLES])
