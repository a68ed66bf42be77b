"""The description holds, by the validator of OpenAPI; and whatever is answered keeps to it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from browser import served
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry, Resource
from starlette.testclient import TestClient

from catalog import Library
from indexer import Generation, Shelf
from webapp.api.openapi import openapi_document
from webapp.app import create_app

ANSWERS = {
    "/api/search": [
        "?q=stage", "?q=what does stage 4 mean&limit=50", "?q=stage&limit=1&offset=1", "?q=zebra",
        "?q=lorlatinib&exact=1", "?q=I want to kill myself", "?q=chest pain and stage 4",
        "?q=side effects in the brain", "?q=etapa cuatro", "?q=speaker:tess", "?q=", "?q=a&limit=0",
    ],
    "/api/suggest": ["", "?lang=es", "?lang=fr"],
    "/api/videos": ["", "?limit=2&offset=1", "?offset=1000", "?limit=9999"],
    "/api/topics": ["", "?limit=1"],
    "/api/terms": ["", "?limit=1", "?limit=200&offset=200"],
    "/api/questions": ["", "?limit=1"],
}  # fmt: skip


class OnlyShelf:
    """A shelf with one generation for ever."""

    served, trouble, held = "g000001", "", None

    def __init__(self, generation: Generation) -> None:
        self.current = lambda: generation
        self.warm = lambda: None


@pytest.fixture(scope="module")
def sample_client(sample: Generation, tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """The site over the sample, whose interviews show all that captions can hold."""
    library = Library(tmp_path_factory.mktemp("no-files"))
    return TestClient(create_app(library, cast(Shelf, OnlyShelf(sample))))


def mistakes(path: str, answer: Any) -> list[str]:
    """Where an answer does not keep to what the description says of its address and status."""
    document = openapi_document()
    responses = document["paths"][path]["get"]["responses"]
    content = responses[str(answer.status_code)]["content"]
    schema = content[answer.headers["content-type"]]["schema"]
    whole = Resource.from_contents({"$schema": "https://json-schema.org/draft/2020-12/schema",
                                    "$id": "api", **document})  # fmt: skip
    held = Draft202012Validator(
        {"$ref": "api" + schema["$ref"]}, registry=Registry().with_resource("api", whole)
    )
    return [error.message for error in held.iter_errors(answer.json())]


def test_the_description_is_one_of_openapi() -> None:
    OpenAPIV31SpecValidator(openapi_document()).validate()


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_keeps_to_the_description(
    client: TestClient, sample_client: TestClient, path: str
) -> None:
    for query in ANSWERS[path]:
        for asked in (client, sample_client):
            assert mistakes(path, asked.get(path + query)) == [], query


@pytest.mark.slow
def test_every_video_and_topic_keeps_to_the_description(
    client: TestClient, sample_client: TestClient
) -> None:
    for asked in (client, sample_client):
        for kind in ("videos", "topics"):
            slugs = [one["slug"] for one in asked.get(f"/api/{kind}").json()["items"]]
            for slug in [*slugs, "nothing"]:
                assert mistakes(f"/api/{kind}/{{slug}}", asked.get(f"/api/{kind}/{slug}")) == []
        for slug in [one["slug"] for one in asked.get("/api/videos").json()["items"]]:
            path = "/api/videos/{slug}/transcript"
            for query in ("", "?lang=es", "?limit=3&offset=2", "?limit=x"):
                assert mistakes(path, asked.get(path.replace("{slug}", slug) + query)) == []


def test_a_mistake_would_be_found(client: TestClient) -> None:
    answer = client.get("/api/search?q=stage")
    hit = answer.json()["hits"][0]

    class Wrong:
        status_code, headers = answer.status_code, answer.headers

        @staticmethod
        def json() -> dict[str, Any]:
            return {**answer.json(), "hits": [{**hit, "turns": [[0, "Ada"]]}]}

    assert any(len(turn) == 3 for turn in hit["turns"])
    assert mistakes("/api/search", Wrong) != []


@pytest.mark.slow
def test_schemathesis_finds_nothing(library: Library, tmp_path: Path) -> None:
    examples = "200" if os.environ.get("HOPE_SOAK") else "12"
    with served(create_app(library, Shelf(library))) as address:
        run = subprocess.run(
            [
                *(Path(sys.executable).parent / "schemathesis", "run", f"{address}/openapi.json"),
                *("--phases", "examples,coverage,fuzzing", "--max-examples", examples),
                *("--seed", "18", "--generation-database", "none", "--no-color"),
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=540,
        )

    assert run.returncode == 0, run.stdout[-6000:] + run.stderr[-2000:]
