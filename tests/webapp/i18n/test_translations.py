from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from small_site import small_app
from starlette.testclient import TestClient


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    app = small_app(tmp_path_factory.mktemp("library"))
    with TestClient(app, follow_redirects=False) as client:
        yield client


def test_a_page_says_its_language_and_that_the_header_chose_it(client: TestClient) -> None:
    page = client.get("/about", headers={"Accept-Language": "es-MX,es;q=0.9"})

    assert '<html lang="es">' in page.text
    assert page.headers["content-language"] == "es"
    assert "accept-language" in page.headers["vary"].lower()


def test_the_address_overrules_the_header(client: TestClient) -> None:
    page = client.get("/en/about", headers={"Accept-Language": "es"})

    assert '<html lang="en">' in page.text
    assert "accept-language" not in page.headers.get("vary", "").lower()


def test_links_keep_a_language_that_was_chosen_and_only_then(client: TestClient) -> None:
    chosen = client.get("/es/").text
    negotiated = client.get("/", headers={"Accept-Language": "es"}).text

    kept = r'(?:href|action)="(/(?!es/|en/|static/)[^"]*)"'
    assert re.findall(kept, chosen) == []
    assert 'href="/watch/first-days"' in negotiated


@pytest.mark.parametrize(
    "path", ["/", "/search?q=%C2%BFqu%C3%A9%3F&exact=1", "/watch/first-days?t=8"]
)
def test_the_switch_leads_to_the_same_page_with_what_was_asked(
    client: TestClient, path: str
) -> None:
    for address in (path, f"/es{path}", f"/en{path}"):
        page = client.get(address).text

        switches = re.findall(r'<a href="([^"]*)" lang="(\w\w)" hreflang="\w\w"', page)[:2]
        escaped = path.replace("&", "&amp;")
        assert switches == [(f"/en{escaped}", "en"), (f"/es{escaped}", "es")]


def test_the_language_that_is_shown_is_marked_in_the_switch(client: TestClient) -> None:
    page = client.get("/es/about").text

    assert re.search(r'hreflang="es" aria-current="true">Español<', page)
    assert re.search(r'hreflang="en">English<', page)


def test_a_language_alone_is_the_first_page(client: TestClient) -> None:
    assert client.get("/es").text == client.get("/es/").text


def test_a_slash_too_many_keeps_the_language(client: TestClient) -> None:
    assert (
        client.get("/es/watch/first-days/?t=8").text == client.get("/es/watch/first-days?t=8").text
    )


@pytest.mark.parametrize(
    "path",
    [
        "/es/nothing",
        "/es/es/about",
        "/esx",
        "/es//evil.example",
        "/%65%73/x%22%3E%3Cb%3E",
    ],
)
def test_odd_addresses_are_pages_that_are_not_there(client: TestClient, path: str) -> None:
    answer = client.get(path)

    assert answer.status_code == 404
    assert answer.text.count("<h1") == 1
    assert '"><b>' not in answer.text
    assert 'href="//' not in answer.text


def test_a_very_long_query_does_not_swell_the_page(client: TestClient) -> None:
    page = client.get("/es/about?" + "%C3%B1" * 3000).text

    switch = re.findall(r'href="(/en/about\?[^"]*)"', page)[0]
    assert len(switch) <= 4100
    assert re.fullmatch(r"(?:%[0-9A-F]{2})+", switch.partition("?")[2])
