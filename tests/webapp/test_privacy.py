"""What somebody typed is forgotten with the answer: a kept word would be a leaked diagnosis."""

from __future__ import annotations

import asyncio
import gc
from pathlib import Path
from urllib.parse import quote

import pytest
from anyio.from_thread import start_blocking_portal
from libraries import indexed
from small_site import small_app
from starlette.applications import Starlette
from starlette.types import Message

# KnownWord backwards, so that the word itself is nowhere but in what is asked.
BACKWARDS = "bizzuqanommacram"
SHARED = quote("http://localhost/watch/first-days?t=3&q=")
ASKED = (
    "/search?q={}+treatment",
    "/search?q=topic:{}",
    "/api/search?q={}+treatment",
    "/watch/first-days?q={}",
    "/appointment?q={}",
    f"/oembed?url={SHARED}{{}}",
)


def held_in_memory(backwards: str) -> list[str]:
    """Every text in this process that holds a word, apart from the frames that run now."""
    word, seen = backwards[::-1], set[int]()
    found: list[str] = []
    pending = gc.get_objects()
    seen.update(map(id, pending), (id(found), id(pending)))
    while pending:
        for one in gc.get_referents(*(pending.pop() for _ in range(min(500, len(pending))))):
            if isinstance(one, str | bytes):
                text = one if isinstance(one, str) else one.decode("latin-1")
                if text is not word and word in text.casefold():
                    found.append(f"{type(one).__name__} of {len(text)}")
            elif id(one) not in seen:
                seen.add(id(one))
                pending.append(one)
    return found


async def ask(app: Starlette, asked: str) -> int:
    """Ask as a server does, without a client that remembers addresses; return the status."""
    told: list[int] = []
    path, _, query = asked.format(BACKWARDS[::-1]).partition("?")
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET",
        "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "",
        "query_string": query.encode(), "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 1), "server": ("localhost", 80), "state": {},
    }  # fmt: skip

    async def receive() -> Message:
        await asyncio.sleep(0)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            told.append(message["status"])

    await app(scope, receive, send)
    return told[0]


async def ask_all(app: Starlette) -> list[int]:
    async with app.router.lifespan_context(app):
        return [await ask(app, asked) for asked in ASKED]


@pytest.mark.slow
def test_a_word_that_somebody_typed_is_in_no_object_afterwards(tmp_path: Path) -> None:
    """By the site, and by an index in which nobody says it, all names looked for or none."""
    app = small_app(tmp_path / "site")
    generation = indexed(tmp_path, {"one": "We talk about tumors and their treatment today."})

    # In a thread of its own: a browser of another test may keep a loop in this one.
    with start_blocking_portal() as portal:
        statuses = portal.call(ask_all, app)
    for exact in (False, True):
        generation.search(BACKWARDS[::-1], exact=exact)
    gc.collect()

    # Embedding is off here, and its address is taken apart all the same.
    assert statuses == [200, 200, 200, 200, 200, 404]
    assert held_in_memory(BACKWARDS) == []


@pytest.mark.slow
def test_a_kept_word_would_be_found() -> None:
    kept = {"cache": ({"key": (BACKWARDS[::-1] + "s",)},)}

    assert held_in_memory(BACKWARDS), kept
