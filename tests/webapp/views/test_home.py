from __future__ import annotations

from starlette.testclient import TestClient


def test_home_offers_a_search_questions_and_topics(client: TestClient) -> None:
    page = client.get("/").text

    assert '<form class="search" action="/search" role="search">' in page
    assert 'href="/search?q=What%20does%20stage%204%20mean%3F"' in page
    assert 'href="/watch/first-days"' in page
    assert 'href="/topics#begin"' in page
    assert 'href="/topics"' in page


def test_home_is_no_list_of_all_videos(client: TestClient) -> None:
    page = client.get("/").text

    assert "Deeper" not in page
    assert 'href="/series"' in page
