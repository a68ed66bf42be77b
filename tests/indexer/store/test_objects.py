"""A folder and what fsspec reaches keep the same promises; S3 where its server is installed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest
from object_server import object_server

from indexer import IndexerError
from indexer.store.objects import Objects, objects_at


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with object_server() as address:
        yield address


@pytest.fixture(params=["folder", "memory", "s3"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return f"{request.getfixturevalue('bucket')}/{uuid4().hex}"
    return f"memory://{uuid4().hex}" if request.param == "memory" else str(tmp_path / "store")


@pytest.fixture
def objects(place: str) -> Objects:
    return objects_at(place)


def test_what_was_put_is_there_for_everybody_until_it_is_removed(
    objects: Objects, place: str
) -> None:
    objects.put("tracks/a", b"one")
    objects.put("tracks/a", b"two")
    there = objects_at(place)

    assert (there.has("tracks/a"), there.get("tracks/a")) == (True, b"two")
    assert (there.has("tracks/b"), there.get("tracks/b")) == (False, None)

    there.remove("tracks/a")
    there.remove("tracks/a")
    assert (objects.has("tracks/a"), objects.get("tracks/a")) == (False, None)


def test_of_many_that_create_the_same_one_does(objects: Objects) -> None:
    with ThreadPoolExecutor(8) as pool:
        created = list(pool.map(lambda n: objects.create("claims/a", b"%d" % n), range(24)))

    assert sum(created) == 1
    assert objects.get("claims/a") == b"%d" % created.index(True)


def test_a_place_that_cannot_be_used_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")

    with pytest.raises(IndexerError, match="file: the store cannot be used: Not a directory"):
        objects_at(str(tmp_path / "file")).put("tracks/a", b"one")
    with pytest.raises(IndexerError, match="nonsense://x: the store cannot be used"):
        objects_at("nonsense://x").has("tracks/a")


def test_an_object_server_that_is_gone_is_told_in_a_sentence(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")

    with pytest.raises(IndexerError, match="s3://gone/hope: the store cannot be used"):
        objects_at("s3://gone/hope").put("tracks/a", b"one")
    assert os.environ["AWS_MAX_ATTEMPTS"] == "1"
