"""What every answer's head says, and that no address leads out of the folders that are served."""

from __future__ import annotations

from pathlib import Path

import pytest
from site_pages import FRIEND, PAGES, site_of_every_page
from small_site import indexed_library
from starlette.testclient import TestClient

from catalog.toml.fields import text as read_text
from indexer import Shelf
from webapp.app import create_app
from webapp.config import RateLimits, Service
from webapp.middleware.security import HEADERS

SECRET = "nobody may read this"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    root = tmp_path_factory.mktemp("site")
    app = site_of_every_page(root / "library")
    outside = root / "secret"
    outside.write_text(SECRET)
    posters, media = root / "library/posters", root / "library/media"
    posters.mkdir()
    (posters / "pills.jpg").symlink_to(outside)
    (media / "link.mp4").symlink_to(outside)
    (media / "unmentioned.mp4").write_text(SECRET)
    return TestClient(app, raise_server_exceptions=False, follow_redirects=False)


def assert_safe(headers: dict[str, str], *, framed: bool = False) -> None:
    assert {name: headers[name.lower()] for name in HEADERS} == HEADERS
    policy = dict(rule.split(" ", 1) for rule in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["base-uri"] == "'none'"
    assert policy["frame-ancestors"] == (FRIEND if framed else "'none'")
    assert "strict-transport-security" not in headers
    assert "server" not in headers
    assert "set-cookie" not in headers


@pytest.mark.parametrize("page", PAGES, ids=[page.kind for page in PAGES])
def test_every_page_has_the_headers(client: TestClient, page: object) -> None:
    answer = client.get(page.path, follow_redirects=True)  # type: ignore[attr-defined]

    assert answer.status_code == page.status  # type: ignore[attr-defined]
    assert_safe(dict(answer.headers), framed=page.framed)  # type: ignore[attr-defined]


def test_every_other_kind_of_answer_has_the_headers(client: TestClient) -> None:
    sheet = client.get("/").text.partition('rel="stylesheet" href="')[2].partition('"')[0]
    media = "/media/first-days.mp4"
    answers = {
        200: [client.get(one) for one in (sheet, media, "/captions/first-days/en.vtt")]
        + [client.get(one) for one in ("/favicon.ico", "/robots.txt", "/sitemap.xml")]
        + [client.get(one) for one in ("/api/search?q=stage", "/healthz", "/readyz")],
        206: [client.get(media, headers={"range": "bytes=0-9"})],
        302: [client.get("/m/first-days/4")],
        404: [client.get(one) for one in ("/static/x", "/media/x", "/posters/x", "/api/x")],
        405: [client.post("/"), client.put("/api/search"), client.delete("/watch/first-days")],
        413: [client.post("/appointment", content=b"q=" + b"x" * 70_000)],
        416: [client.get(media, headers={"range": "bytes=999999999-"})],
    }

    for status, some in answers.items():
        for answer in some:
            assert answer.status_code == status, answer.url
            assert_safe(dict(answer.headers))


def test_whoever_is_turned_away_has_the_headers(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    app = create_app(
        library, Shelf(library), service=Service(rate=RateLimits(searches=1, others=1))
    )
    client = TestClient(app)

    answers = [client.get("/api/search?q=a"), client.get("/search?q=a"), client.get("/search?q=a")]

    assert answers[-1].status_code == 429
    assert_safe(dict(answers[-1].headers))


WAYS_OUT = (
    "../../secret",
    "..%2f..%2fsecret",
    "%2e%2e%2f%2e%2e%2fsecret",
    "..%252f..%252fsecret",
    "....//....//secret",
    "%2fetc%2fpasswd",
    "..%5c..%5csecret",
    "%c0%ae%c0%ae%c0%afsecret",
    "first-days.mp4%00",
    "first-days%00.jpg",
    "link.mp4",
    "unmentioned.mp4",
    ".",
    "%ff%fe",
    "x" * 5000,
)


@pytest.mark.parametrize("folder", ["static", "media", "posters", "captions"])
@pytest.mark.parametrize("way", WAYS_OUT, ids=lambda way: way[:30])
def test_no_address_leads_out_of_what_is_served(client: TestClient, folder: str, way: str) -> None:
    for path in (f"/{folder}/{way}", f"/{folder}/{way}/en.vtt", f"/es/{folder}/{way}"):
        answer = client.get(f"http://testserver{path}", follow_redirects=True)

        assert answer.status_code == 404
        assert SECRET not in answer.text
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/quote/first-days/choose?from=8&lang=//evil.example",
        "/quote/%2f%2fevil.example/choose",
        "/es/quote/first-days/choose?from=//evil.example&to=https://evil.example",
        "/m/first-days/4/evil.example",
        "/m/%2f%2fevil.example/4",
        "/m/first-days/4%0d%0aLocation:%20https:%2f%2fevil.example",
        "/term/%2f%2fevil.example",
        "/term//evil.example",
        "/term/https:%2f%2fevil.example",
        "/term/Tagrisso?next=//evil.example",
        "/es//evil.example/%2e%2e",
        "/es/%2f%2fevil.example/",
        "/search?next=https://evil.example",
        "/%0d%0aLocation:%20//evil.example/",
    ],
)
def test_no_redirect_leads_to_another_site(client: TestClient, path: str) -> None:
    answer = client.get(f"http://testserver{path}")

    to = answer.headers.get("location", "/")
    assert answer.status_code < 500
    assert to.startswith(("http://testserver/", "/"))
    assert not to.startswith(("//", "/\\"))
    assert "\n" not in to


def test_a_text_of_the_catalogue_turns_no_writing_round_and_moves_no_terminal() -> None:
    assert read_text("Dr. \u202eTess\u2066 \x1b[31mSample\x9b") == "Dr. Tess [31mSample"
    with pytest.raises(ValueError, match="write a text in quotes"):
        read_text("\u202e\x00")
