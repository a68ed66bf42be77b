from __future__ import annotations

from starlette.testclient import TestClient


def test_home_offers_a_search_questions_series_and_topics(client: TestClient) -> None:
    page = client.get("/").text

    assert '<form class="search" action="/search" role="search">' in page
    assert 'href="/search?q=What%20does%20stage%204%20mean%3F"' in page
    assert 'href="/watch/first-days"' in page
    assert page.index("Basics &lt;1&gt;") < page.index("Deeper")
    assert 'href="/topic/stages"' in page
