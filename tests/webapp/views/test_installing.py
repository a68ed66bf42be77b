"""The manifest, the worker and the page without internet, as they are sent."""

from __future__ import annotations

import json
import re
import struct

import pytest
from starlette.testclient import TestClient

from catalog import Library, Operator
from indexer import Shelf
from webapp.app import create_app


def named(client: TestClient) -> str:
    """The address of the worker that a page names."""
    found = re.search(r'<meta name="worker" content="([^"]+)">', client.get("/").text)
    assert found
    return found[1]


def told(client: TestClient, address: str) -> dict[str, object]:
    """What the worker is told of the site."""
    first = client.get(address).text.partition("\n")[0]
    known: dict[str, object] = json.loads(first.removeprefix("const SITE = ").removesuffix(";"))
    return known


@pytest.mark.parametrize(("prefix", "start"), [("", "/"), ("/es", "/es/")])
def test_a_manifest_begins_in_the_language_of_its_page(
    client: TestClient, prefix: str, start: str
) -> None:
    page = client.get(f"{prefix}/about").text
    assert f'<link rel="manifest" href="{prefix}/manifest.webmanifest">' in page

    answer = client.get(f"{prefix}/manifest.webmanifest")

    assert answer.headers["content-type"] == "application/manifest+json"
    assert answer.json()["start_url"] == start
    assert answer.json()["scope"] == "/"


def test_icons_are_as_large_as_they_say_and_small_to_load(client: TestClient) -> None:
    icons = client.get("/manifest.webmanifest").json()["icons"]
    drawn = {(icon["sizes"], icon["purpose"]): icon["src"] for icon in icons if "purpose" in icon}

    sizes = ("192x192", "512x512")
    assert set(drawn) == {(size, purpose) for size in sizes for purpose in ("any", "maskable")}
    for (size, _), src in drawn.items():
        content = client.get(src).content
        assert struct.unpack(">II", content[16:24]) == (int(size[:3]), int(size[4:]))
        assert len(content) < 5_000


def test_a_worker_is_kept_under_its_version_and_asked_for_again_without(client: TestClient) -> None:
    assert client.get(named(client)).headers["cache-control"].endswith("immutable")
    assert client.get("/worker.js").headers["cache-control"] == "no-cache"
    assert client.get("/worker.js?v=old").headers["cache-control"] == "no-cache"
    assert client.get("/worker.js").headers["content-type"].startswith("text/javascript")


def test_all_that_a_worker_keeps_is_there(client: TestClient) -> None:
    known = told(client, named(client))
    assert isinstance(known["pages"], dict)
    assert isinstance(known["files"], list)
    pages = known["pages"].values()

    assert [client.get(path).status_code for path in (*pages, *known["files"])] == [200] * 5
    for path in pages:
        parts = set(re.findall(r'(?:src|href)="(/[^"]+)"', client.get(path).text))
        assert parts == set(known["files"])


def test_a_page_that_reads_otherwise_is_another_version(
    client: TestClient, library: Library
) -> None:
    same = TestClient(create_app(library, Shelf(library)))
    other = TestClient(create_app(library, Shelf(library), Operator(name="Somebody")))

    assert told(same, "/worker.js") == told(client, "/worker.js")
    assert told(other, "/worker.js")["version"] != told(client, "/worker.js")["version"]
