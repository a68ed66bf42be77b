"""What the results page offers beside the answer: other spellings, filters, and a way back."""

from __future__ import annotations

import html
import re

from starlette.testclient import TestClient

from indexer import Count, Filter
from webapp.presenters.results.facets import applied_filters, facets
from webapp.presenters.results.questions import LONGEST

ADA = Count("speaker", "ada", "Ada Example", 2, 3)


def links(client: TestClient, address: str, holding: str) -> list[str]:
    found = re.findall(r'<a href="(/search[^"]*)"', client.get(address).text)
    return [html.unescape(link) for link in found if holding in link]


def test_a_choice_adds_its_filter_to_the_question() -> None:
    (people,) = facets("sleep & rest", (ADA,), exact=True)

    assert people.title == "People"
    assert people.values[0].address == "/search?q=sleep+%26+rest+speaker%3Aada&exact=1"


def test_a_language_is_offered_by_its_own_name() -> None:
    (languages,) = facets("x", (Count("language", "es", "es", 1, 1),), exact=False)

    assert languages.values[0].name == "Español"


def test_no_filter_is_offered_that_would_be_cut_off() -> None:
    assert facets("x" * LONGEST, (ADA,), exact=False) == ()


def test_a_filter_is_taken_off_and_the_rest_stays() -> None:
    text = "sleep speaker:ada at night -topic:stages"
    known = [Filter("speaker", "ada", "Ada Example", frozenset())]

    first, second = applied_filters(text, [(6, 17), (27, 40)], known, exact=False)

    assert (first.title, first.name, first.only) == ("Person", "Ada Example", True)
    assert first.address == "/search?q=sleep+at+night+-topic%3Astages"
    assert (second.title, second.name, second.only) == ("Topic", "stages", False)


def test_the_page_offers_filters_and_each_leads_to_a_page_with_its_number(
    client: TestClient,
) -> None:
    offered = links(client, "/search?q=stage+swelling", "topic%3A")

    assert offered
    for link in offered:
        page = client.get(link).text
        assert len(set(re.findall(r'class="time" href="/watch/([a-z-]+)', page))) == 1
        assert "Take off" in page


def test_taking_a_filter_off_leads_back_to_the_question(client: TestClient) -> None:
    assert "/search?q=stage" in links(client, "/search?q=stage+series:basics", "stage")


def test_an_unknown_filter_is_only_words_and_cannot_be_taken_off(client: TestClient) -> None:
    assert "Take off" not in client.get("/search?q=stage+series:nowhere").text


def test_the_page_offers_what_may_have_been_meant(client: TestClient) -> None:
    page = client.get("/search?q=treatmnet+%3Cb%3E").text

    assert "Did you mean" in page
    assert "<bdi>treatment &lt;b&gt;</bdi>?" in page


def test_the_spelling_is_not_questioned_when_it_is_right(client: TestClient) -> None:
    assert "Did you mean" not in client.get("/search?q=treatment").text
