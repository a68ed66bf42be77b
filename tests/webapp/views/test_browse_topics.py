"""A topic's page, for people who browse, and how a question and its answer are shown."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from indexer.search.search import Searcher


def moment_of(page: str) -> str:
    """The first moment of a page, its white space made one."""
    found = re.search(r'<li class="row">.*?</li>', page, re.S)
    assert found
    return re.sub(r"\s+", " ", found[0])


def test_a_topic_shows_its_moments_with_title_time_quote_and_speakers(client: TestClient) -> None:
    page = client.get("/topic/stages").text

    assert "What the experts say" in page
    assert "<span>The first days &amp; weeks</span>" in moment_of(page)
    assert "Dr. Tess Sample, oncologist" in moment_of(page)
    assert 'href="/watch/first-days?t=4' in moment_of(page)
    assert "<mark>" in moment_of(page)


def test_a_topics_moment_is_headed_by_the_question_that_it_answers(client: TestClient) -> None:
    moment = moment_of(client.get("/topic/stages").text)

    assert '<p class="row-asks">What does stage 4 mean?</p>' in moment


def test_a_topic_lists_its_videos_and_their_questions_below(client: TestClient) -> None:
    page = client.get("/topic/stages").text

    below = page[page.index('id="videos"') :]
    assert 'href="#videos"' in page
    assert "The first days &amp; weeks" in below
    assert "Can I ask anything?" in below


def test_a_notice_is_said_once(client: TestClient) -> None:
    assert client.get("/topic/stages").text.count("Sample, not medical advice.") == 1


def test_a_topic_is_served_without_a_search(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Searcher, "search", None)

    assert "What the experts say" in client.get("/topic/stages").text


def test_a_topic_without_moments_or_videos_leads_to_a_search(client: TestClient) -> None:
    page = client.get("/topic/costs").text

    assert "There is no video on this topic yet." in page
    assert 'href="/search?q=Costs"' in page
    assert "What the experts say" not in page


def test_a_series_lists_its_videos_with_its_notice(client: TestClient) -> None:
    page = client.get("/series/basics").text

    assert page.index("/watch/first-days") < page.index("/watch/pills")
    assert "Sample, not medical advice." in page


def test_a_topic_lists_its_videos_and_their_questions(client: TestClient) -> None:
    assert 'href="/watch/first-days?t=4"' in client.get("/topic/stages").text
    assert "There is no video on this topic yet" in client.get("/topic/costs").text
