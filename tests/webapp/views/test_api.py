from __future__ import annotations

import shutil
from typing import Any

import pytest
from starlette.testclient import TestClient

from catalog import Library, Question, Video
from indexer import Shelf
from webapp.api.entries import question_entry
from webapp.app import create_app

HIT_KEYS = {
    "video", "title", "series", "start_ms", "end_ms", "match_ms", "text", "spans", "speakers",
    "captions", "language", "url", "source_url", "score", "asked", "answer_at", "heard",
    "goes_on", "turns", "answer", "readable", "made_by",
}  # fmt: skip


def test_hits_have_the_shape_of_the_command_line(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "what does stage 4 mean", "limit": 3}).json()

    assert set(answer) == {
        "query", "answered", "meaning", "hits", "partial", "also", "suggestions", "counts",
        "confidence",
        "unsaid", "next",
    }  # fmt: skip
    assert set(answer["hits"][0]) == HIT_KEYS
    assert answer["hits"][0]["video"] == "first-days"
    assert answer["hits"][0]["url"] == "/watch/first-days?t=4"


def test_limit_limits(client: TestClient) -> None:
    answer = client.get("/api/search", params={"q": "stage cancer brain", "limit": "1"}).json()

    assert len(answer["hits"]) == 1


@pytest.mark.parametrize("query", ["", "q=", "q=%20%00", "q=stage&limit=0", "q=a&limit=x",
                                   "q=a&limit=51", "q=a&limit=-1", "q=a&limit=%D9%A3",
                                   "q=a&limit=" + "9" * 400, "q=a&limit=1e1", "q=a&limit=",
                                   "q=a&offset=-1", "q=a&offset=51", "q=a&exact=yes"])  # fmt: skip
def test_a_request_that_cannot_be_meant_is_400_and_says_why(client: TestClient, query: str) -> None:
    answer = client.get(f"/api/search?{query}")

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.json()["status"], answer.json()["title"]) == (400, "Bad Request")
    assert answer.json()["detail"].endswith((".", "words"))


@pytest.mark.parametrize(
    "query", ["x" * 10_000, "?!*()[]{}", '"stage', "\x00stage", "ステージ", "𝕏"]
)
def test_any_text_is_an_answer(client: TestClient, query: str) -> None:
    answer = client.get("/api/search", params={"q": query})

    assert answer.status_code == 200
    assert isinstance(answer.json()["hits"], list)


def test_answers_are_not_kept_or_listed(client: TestClient) -> None:
    answer = client.get("/api/search?q=stage")

    assert answer.headers["cache-control"] == "private, no-cache"
    assert answer.headers["x-robots-tag"] == "noindex"


def test_health_names_the_generation(client: TestClient) -> None:
    assert client.get("/api/videos").status_code == 200
    health = client.get("/healthz").json()

    assert health["status"] == "ok"
    assert health["generation"]


def test_without_an_index_programs_are_told_503(tmp_path_factory: pytest.TempPathFactory) -> None:
    library = Library(tmp_path_factory.mktemp("empty"))
    shutil.rmtree(library.root)
    client = TestClient(create_app(library, Shelf(library)))

    answer = client.get("/api/search?q=stage")

    assert (answer.status_code, answer.json()["status"]) == (503, 503)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["retry-after"]
    assert client.get("/healthz").json() == {"status": "ok", "generation": None}


@pytest.mark.parametrize(
    "path",
    ["nothing", "videos/nothing", "videos/nothing/transcript", "topics/nothing", "videos/%00",
     "videos/silent/transcript", "videos/first-days/transcript?lang=fr", "topics/..%2f.."],
)  # fmt: skip
def test_what_is_not_there_is_a_problem_and_says_where_to_look(
    client: TestClient, path: str
) -> None:
    answer = client.get(f"/api/{path}", follow_redirects=False)

    assert (answer.status_code, answer.json()["status"]) == (404, 404)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("There is no")


def test_what_is_not_reading_is_refused_and_says_what_is_allowed(client: TestClient) -> None:
    answer = client.post("/api/videos")

    assert (answer.status_code, answer.json()["status"]) == (405, 405)
    assert "GET" in answer.headers["allow"]


@pytest.mark.parametrize(
    "path",
    ["/api/videos", "/api/terms", "/api/questions", "/api/topics",
     "/api/videos/first-days/transcript", "/api/search?q=stage"],
)  # fmt: skip
def test_the_parts_of_a_list_are_the_list(client: TestClient, path: str) -> None:
    whole = listed(client.get(path + ("&" if "?" in path else "?") + "limit=50").json())
    one = client.get(path + ("&" if "?" in path else "?") + "limit=1").json()

    found = listed(one)
    while one["next"] and len(found) < 5:
        one = client.get(one["next"]).json()
        found += listed(one)

    assert len(whole) > 1
    assert found == whole[: len(found)]
    assert one["next"] or len(found) == len(whole)


def listed(page: dict[str, Any]) -> list[Any]:
    found = (page[name] for name in ("items", "sentences", "hits") if name in page)
    return list(next(found))


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/api/videos")
    mark = first.headers["etag"]

    for known in (mark, mark.removeprefix("W/"), f'"other", {mark}', "*"):
        again = client.get("/api/videos", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", mark)
    assert client.get("/api/videos", headers={"If-None-Match": '"other"'}).status_code == 200
    assert client.get("/api/videos?limit=1").headers["etag"] != mark


def test_a_head_tells_what_a_get_does(client: TestClient) -> None:
    for path in ("/api/videos", "/api/search?q=stage", "/openapi.json"):
        assert client.head(path).headers["etag"] == client.get(path).headers["etag"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("es", "es"), ("ES", "es"), ("es-MX", "es"), ("en_US", "en"), ("", "en"), ("en", "en")],
)
def test_a_language_is_understood_as_people_write_it(
    client: TestClient, asked: str, found: str
) -> None:
    answer = client.get(f"/api/videos/first-days/transcript?lang={asked}&limit=1").json()

    assert answer["language"] == found
    if answer["next"]:
        assert client.get(answer["next"]).json()["language"] == found


def test_the_description_is_for_programs_also_when_it_cannot_be_read(client: TestClient) -> None:
    answer = client.post("/openapi.json")

    assert answer.status_code == 405
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_question_keeps_its_id_when_its_time_is_corrected() -> None:
    video = Video("talk", "Talk", "talks")

    before = question_entry(video, Question("What is it?", 4_000))
    after = question_entry(video, Question("What is it?", 9_000))

    assert before.id == after.id
    assert before.id != question_entry(video, Question("What is that?", 4_000)).id
    assert (after.start_ms, after.url) == (9_000, "/watch/talk?t=9")


def test_the_suggestions_are_those_of_the_search_field(client: TestClient) -> None:
    assert "lorlatinib" in client.get("/api/suggest").json()["medicines"][0]
    assert client.get("/api/suggest?lang=fr").status_code == 400


def test_people_can_read_what_programs_can_ask(client: TestClient) -> None:
    page = client.get("/api").text

    assert "/api/videos/{slug}/transcript" in page
    assert "list of Hit" in page
