from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from catalog import Library
from indexer import Answer, Generation, Shelf
from indexer.search.search import Searcher
from webapp.app import create_app
from webapp.config import RateLimits, Service
from webapp.middleware.hosts import allowed_hosts
from webapp.middleware.security import HEADERS


class Slow:
    """A search that has begun, and that waits until it may go on."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go_on = threading.Event()


HOSTS = allowed_hosts("https://search.example.org", ["127.0.0.1", "Backup.Example.org"])


@pytest.fixture(autouse=True)
def _within_one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stop the clock that rates are counted by; at a full minute they begin anew."""
    monkeypatch.setattr("time.time", lambda: 1_000_000_030.0)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    """Searches for `slow` that wait until they may go on."""
    slow = Slow()
    search = Searcher.search

    def waiting(self: Searcher, text: str, **options: object) -> Answer:
        if text == "slow":
            slow.begun.set()
            assert slow.go_on.wait(20)
        return search(self, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Searcher, "search", waiting)
    monkeypatch.setattr(Generation, "is_quick", False)
    yield slow
    slow.go_on.set()


def visitor(library: Library, service: Service, host: str = "testserver") -> TestClient:
    return TestClient(
        create_app(library, Shelf(library), service=service), base_url=f"http://{host}"
    )


def test_who_asks_too_often_is_told_kindly_and_when_to_come_again(library: Library) -> None:
    client = visitor(library, Service(rate=RateLimits(searches=2, others=3)))

    pages = [client.get("/search?q=stage") for _ in range(3)]
    spanish = client.get("/es/search?q=stage")
    program = client.get("/api/search?q=stage")
    others = [client.get("/about").status_code for _ in range(4)]

    assert [page.status_code for page in pages] == [200, 200, 429]
    assert "Please wait a minute" in pages[2].text
    assert 1 <= int(pages[2].headers["retry-after"]) <= 120
    assert "espere un minuto" in spanish.text
    assert (program.status_code, program.json()["status"]) == (429, 429)
    assert others == [200, 200, 200, 429]
    assert {name: pages[2].headers[name] for name in HEADERS} == HEADERS
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize(
    "path", ["/watch/first-days?q=stage", "/appointment?find=stage", "/es/api/search?q=stage"]
)
def test_a_search_on_another_page_is_a_search(library: Library, path: str) -> None:
    client = visitor(library, Service(rate=RateLimits(searches=1, others=0)))

    assert client.get("/search?q=stage").status_code == 200
    assert client.get(path).status_code == 429


def test_a_list_that_is_only_shown_is_no_search(library: Library) -> None:
    client = visitor(library, Service(rate=RateLimits(searches=1, others=0)))

    shown = [client.post("/appointment", content="q=What+comes+next").status_code for _ in "123"]
    found = [client.post("/appointment", content="find=stage") for _ in "12"]

    assert shown == [200, 200, 200]
    assert [answer.status_code for answer in found] == [200, 429]
    assert 'id="found"' in found[0].text


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        pytest.param("/", {"content-length": "70000"}, 413, id="body"),
        pytest.param("/", {"content-length": "-1"}, 413, id="no size"),
        pytest.param("/", {b"content-length": b"\xb2"}, 413, id="a digit of another kind"),
        pytest.param("/", {"content-length": "9" * 4400}, 413, id="a size beyond reading"),
    ],
)
def test_what_is_too_large_is_turned_away_with_a_page(
    library: Library, path: str, headers: dict[str, str] | dict[bytes, bytes], status: int
) -> None:
    answer = visitor(library, Service()).get(path, headers=headers)

    assert answer.status_code == status
    assert "<h1>That did not work</h1>" in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_when_all_turns_are_taken_the_next_is_told_at_once_and_pages_go_on(
    library: Library, slow: Slow
) -> None:
    with visitor(library, Service(at_once=1, waiting=0)) as client:
        client.get("/search?q=stage")
        first: list[int] = []
        thread = threading.Thread(
            target=lambda: first.append(client.get("/search?q=slow").status_code)
        )
        thread.start()
        assert slow.begun.wait(20)
        second = client.get("/api/search?q=stage")
        page, other = client.get("/search?q=stage"), client.get("/watch/first-days")
        slow.go_on.set()
        thread.join()

        assert (second.status_code, second.json()["status"]) == (503, 503)
        assert "Many people are searching" in second.json()["detail"]
        assert (page.status_code, other.status_code, first) == (503, 200, [200])
        assert 5 <= int(page.headers["retry-after"]) < 10
        assert {name: page.headers[name] for name in HEADERS} == HEADERS
        assert client.get("/search?q=stage").status_code == 200


def test_under_a_foreign_name_nothing_is_shown_but_a_machine_can_be_watched(
    library: Library,
) -> None:
    client = visitor(library, Service(hosts=HOSTS), "evil.example")
    machine = visitor(library, Service(hosts=HOSTS), "10.0.0.5")

    answer = client.get("/")

    assert answer.status_code == 400
    assert "evil" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert (machine.get("/healthz").status_code, machine.get("/").status_code) == (200, 400)
    program = client.get("/api/videos")
    assert (program.status_code, program.json()["status"]) == (400, 400)
    assert visitor(library, Service(hosts=HOSTS), "localhost").get("/").status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "//evil.example/",
        "//evil.example/search/",
        "/\\evil.example/",
        "/search/?q=//evil.example",
        "/es//evil.example/",
        "/m/first-days/4/%2f%2fevil.example",
        "/watch/first-days/",
        "/%2f%2fevil.example/..",
    ],
)
def test_no_answer_leads_to_another_site(library: Library, path: str) -> None:
    client = visitor(library, Service(hosts=HOSTS), "localhost")

    answer = client.request("GET", f"http://localhost{path}", follow_redirects=False)

    to = answer.headers.get("location", "/")
    assert to.startswith(("http://localhost/", "/"))
    assert not to.startswith(("//", "/\\"))


@pytest.mark.search_budget
def test_a_search_that_takes_too_long_says_so_on_the_page_and_to_programs(
    library: Library,
) -> None:
    hasty, usual = visitor(library, Service(search_seconds=0)), visitor(library, Service())

    page = " ".join(hasty.get("/search?q=stage+cancer").text.split())
    told = hasty.get("/api/search?q=stage+cancer").json()

    assert "it took too long" in page
    assert "tardaba demasiado" in " ".join(hasty.get("/es/search?q=stage").text.split())
    assert told["partial"]
    assert told["hits"]
    assert "it took too long" not in usual.get("/search?q=stage+cancer").text
    assert not usual.get("/api/search?q=stage+cancer").json()["partial"]
