from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

from webapp.rendering.moment_links import is_stray

WORDS = "Stage 4 means that the cancer has spread"
CHOSEN = "/quote/first-days/choose?lang=en&from=8.5&to=20"
AROUND = st.text(st.characters(codec="utf-8").filter(is_stray), min_size=1, max_size=2)
STRAYS = [
    ".", ",", ")", ">", '"', " ", "\N{NO-BREAK SPACE}", "/", "&fbclid=x", "&utm_source=a.", "](x)",
    "\N{ZERO WIDTH SPACE}", "\r\n", "\N{HORIZONTAL ELLIPSIS}",
]  # fmt: skip


@pytest.fixture(scope="module")
def quoted(client: TestClient) -> str:
    url = client.get(CHOSEN).url
    return f"{url.path}?{url.query.decode()}"


def links(quoted: str) -> tuple[str, ...]:
    return (
        "/watch/first-days?t=8",
        "/watch/first-days?lang=en&t=0:08",
        "/m/first-days/8",
        "/embed/first-days?t=8",
        "/appointment?m=first-days~8-20~en",
        quoted,
        quoted.replace("/quote/", "/embed/"),
    )


def written(link: str) -> tuple[str, ...]:
    """A link in the other ways in which mail programs and hands write it."""
    path, mark, query = link.partition("?")
    return (
        link.replace("&", "&amp;"),
        f"{path}/{mark}{query}",
        f"http://testserver/{path}{mark}{query}",
        path + quote(mark + query),
        f"{link}{'&' if mark else '?'}{query}",
        path.replace("first-", "first-%0D%0A ") + mark + query,
        path.replace("first-", "first-%C2%AD") + mark + query,
        path.replace("first-", "first%E2%80%91") + mark + query,
        path.upper() + mark + query if "/embed/" not in path else link,
        link.replace("t=8", "fbclid=x?t=8").replace("t=0:08", "t=0%EF%BC%9A08-0:20"),
    )


def opens(client: TestClient, address: str) -> bool:
    """Whether an address opens the words of the moment, at its second."""
    answer = client.get(address)
    at = "#t=8" in answer.text or "0:08" in answer.text
    return answer.status_code == 200 and at and (WORDS in answer.text or "/embed/" in address)


@pytest.mark.parametrize("stray", STRAYS)
def test_no_stray_character_kills_a_link(client: TestClient, quoted: str, stray: str) -> None:
    put = stray if stray.startswith("&") else quote(stray, safe="")
    for link in links(quoted):
        shown = link + (put if "?" in link or not stray.startswith("&") else f"?{put[1:]}")
        assert opens(client, shown), shown


@pytest.mark.parametrize("tail", ["a=1", "t=99", "q=x", "words=y", "%26", "m=first-days~99"])
def test_a_long_tail_kills_no_link(client: TestClient, quoted: str, tail: str) -> None:
    for link in ("/watch/first-days?t=8", quoted, quoted.replace("/quote/", "/embed/")):
        assert opens(client, f"{link}&" + "&".join([tail] * 300)), link
    assert client.get("/api/videos?limit=1&" + "a=1&" * 300).status_code == 200


def test_a_link_means_the_same_however_it_was_written(client: TestClient, quoted: str) -> None:
    for link in links(quoted):
        for another in written(link):
            assert opens(client, another), another


@given(AROUND)
@settings(max_examples=25, deadline=None)
def test_whatever_is_put_behind_a_link_it_opens(client: TestClient, stray: str) -> None:
    assert opens(client, "/watch/first-days?t=8" + quote(stray, safe=""))


@pytest.mark.parametrize("lost", ["t=soon", "t=%00", "t=9e9", "t=99999", "start=-5"])
@pytest.mark.parametrize("page", ["watch", "embed"])
def test_a_time_that_cannot_be_read_opens_the_video_and_says_so(
    client: TestClient, page: str, lost: str
) -> None:
    if (page, lost) != ("embed", "t=99999"):
        answer = client.get(f"/{page}/first-days?{lost}")

        assert answer.status_code == 200
        assert "The video starts at the beginning." in answer.text


def test_mending_leads_to_nothing_that_stays_inside(client: TestClient) -> None:
    for path in (
        "/healthz.",
        "http://testserver//healthz",
        "/HEALTHZ",
        "/en/healthz",
        "/es/readyz",
        "/en/metrics)",
    ):
        assert client.get(path).status_code == 404, path
    assert client.get("/healthz").status_code == 200


def test_a_pasted_address_opens_the_video_at_its_second(client: TestClient) -> None:
    typed = {"q": "https://youtu.be/abcdefghijk?t=30"}

    found = client.get("/es/search", params=typed, follow_redirects=False)

    assert (found.status_code, found.headers["location"]) == (302, "/es/watch/pills?t=30")
    assert "no-store" in found.headers["cache-control"]


def test_a_pasted_address_of_another_video_is_told_so(client: TestClient) -> None:
    page = client.get("/search", params={"q": "https://youtu.be/zzzzzzzzzzz"})

    assert page.status_code == 200
    assert "not one of the videos of this site" in page.text


@pytest.mark.parametrize("path", ["/watch/first-", "/es/quote/first-da", "/watch/firs."])
def test_a_link_that_was_cut_in_a_name_opens_the_one_video_that_is_meant(
    client: TestClient, path: str
) -> None:
    answer = client.get(path)

    assert answer.url.path.endswith("/watch/first-days")
    assert 'role="status"' in answer.text


def test_a_name_that_could_be_several_is_not_guessed(client: TestClient) -> None:
    for path in ("/watch/f", "/watch/nothing", "/quote/x", "/watch/first-days-and-more"):
        assert client.get(path).status_code == 404
