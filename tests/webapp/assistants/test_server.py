"""The library for assistants, as the SDK's own client sees it over both transports."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import anyio
import httpx2
import pytest
from command_line import hope
from mcp import Client, StdioServerParameters, stdio_client
from mcp.client.streamable_http import streamable_http_client

from catalog import Library, Operator, load_operator
from indexer import Shelf
from webapp.assistants.server import assistant_server

HOPE = Path(sys.executable).parent / "hope"
ADDRESS = "https://hope.example"
Ask = Callable[[Client], Awaitable[Any]]
SECRET = "mysecretlump"
NO_VIDEO = "There is no such video here; the tool `videos` lists them."
NO_TIME = "The time in this link cannot be read. It is written as t=90 or t=1:30."
MOST_FOUND = "`limit` is a whole number from 1 to 20."


@pytest.fixture(scope="module")
def shelf(library: Library) -> Shelf:
    return Shelf(library)


@pytest.fixture(scope="module")
def operator(library: Library) -> Operator:
    return replace(load_operator(library), address=ADDRESS)


def ask(shelf: Shelf, operator: Operator, name: str, **arguments: Any) -> dict[str, Any]:
    """What a tool answers the client of the SDK, in one process."""

    async def asked(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    return answered(with_client(assistant_server(shelf, operator), asked))


def answered(result: Any) -> dict[str, Any]:
    assert not result.is_error, result.content
    found: dict[str, Any] = result.structured_content
    return found


def refused(shelf: Shelf, operator: Operator, name: str, **arguments: Any) -> str:
    async def asked(client: Client) -> Any:
        return await client.call_tool(name, arguments)

    return sentence(with_client(assistant_server(shelf, operator), asked))


def sentence(result: Any) -> str:
    """What a tool says that refuses."""
    assert result.is_error
    return str(result.content[0].text)


def with_client(server: Any, asked: Ask) -> Any:
    async def run() -> Any:
        async with Client(server) as client:
            return await asked(client)

    return anyio.run(run)


def test_search_gives_words_who_how_sure_and_the_second(shelf: Shelf, operator: Operator) -> None:
    found = ask(shelf, operator, "search", query="What does stage 4 mean?")

    assert (found["confidence"], found["urgent"]) == ("answered", [])
    first = found["moments"][0]
    assert first["words"].startswith("Stage 4 means that the cancer has spread")
    assert first["who"] == "Dr. Tess Sample"
    assert first["link"] == f"{ADDRESS}/watch/first-days?t=4"
    assert first["said"][0] == {"speaker": "Ada Example", "text": "What does stage 4 mean?"}
    assert first["notice"] == "Sample, not medical advice."
    assert first["captions"] == "written by people"


def test_nobody_is_named_whom_captions_do_not_name(shelf: Shelf, operator: Operator) -> None:
    (first, *_) = ask(shelf, operator, "search", query="lorlatinib")["moments"]

    assert first["who"] is None
    assert [one["speaker"] for one in first["said"]] == [None]
    assert first["speakers"] == ["Dr. Tess Sample, oncologist, Invented Hospital"]
    assert first["captions"].startswith("automatic")


def test_where_nobody_answers_that_is_said(shelf: Shelf, operator: Operator) -> None:
    found = ask(shelf, operator, "search", query="does the visit bring purple zebra dancing")

    assert found["confidence"] in {"none", "perhaps"}
    assert "say so" in found["says"].lower()


@pytest.mark.parametrize(
    "question",
    ["I want to kill myself", "quiero morirme y no sé qué significa la etapa cuatro"],
)
def test_words_of_despair_are_answered_with_whom_to_call(
    shelf: Shelf, operator: Operator, question: str
) -> None:
    found = ask(shelf, operator, "search", query=question)

    assert any("988" in sentence for sentence in found["urgent"])
    assert (found["moments"], found["confidence"]) == ([], "none")
    assert "urgent" in found["says"]


def test_what_cannot_wait_stands_beside_what_was_found(shelf: Shelf, operator: Operator) -> None:
    found = ask(shelf, operator, "search", query="stage 4 and chest pain, can't breathe")

    assert any("911" in sentence for sentence in found["urgent"])


@pytest.mark.parametrize(
    "moment",
    [
        "https://hope.example/watch/first-days?t=8", "/watch/first-days?t=0:08", "first-days?t=8",
        "https://hope.example/es/watch/first-days?t=8.", "/watch/First-Days/?lang=en&amp;t=8s",
        "https://hope.example/m/first-days/8", "/m/first-days/8/en", "/embed/first-days?t=8",
        "/quote/first-days?lang=en&from=8.5&to=20&words=x",
    ],
)  # fmt: skip
def test_a_link_opens_at_its_second(shelf: Shelf, operator: Operator, moment: str) -> None:
    opened = ask(shelf, operator, "open_moment", moment=moment, seconds=10)

    assert opened["moment"]["words"].startswith("Stage 4 means")
    assert opened["moment"]["who"] == "Dr. Tess Sample"
    assert opened["moment"]["link"] == f"{ADDRESS}/watch/first-days?t=8"
    assert opened["moment"]["said"][0]["text"].endswith("that nothing can be done.")
    assert opened["confidence"] == "not asked"


def test_an_address_at_youtube_opens_here(shelf: Shelf, operator: Operator) -> None:
    address = "https://youtu.be/abcdefghijk?t=31"

    opened = ask(shelf, operator, "open_moment", moment=address)

    assert "swelling" in opened["moment"]["words"].lower()
    assert opened["moment"]["source_link"] == "https://www.youtube.com/watch?v=abcdefghijk&t=30s"


def test_a_transcript_is_read_in_parts_and_languages(shelf: Shelf, operator: Operator) -> None:
    part = ask(shelf, operator, "transcript", video="first-days", limit=4)
    rest = ask(shelf, operator, "transcript", video="first-days", limit=4, offset=4)
    spanish = ask(shelf, operator, "transcript", video="/watch/first-days?lang=es")

    assert (len(part["sentences"]), part["next_offset"]) == (4, 4)
    assert (len(rest["sentences"]), rest["next_offset"], rest["total"]) == (2, None, 6)
    assert part["sentences"][2]["link"] == f"{ADDRESS}/watch/first-days?t=8"
    assert spanish["language"] == "es"
    assert spanish["sentences"][0]["words"].startswith("¿Qué significa")


def test_lists_lead_to_pages(shelf: Shelf, operator: Operator) -> None:
    videos = ask(shelf, operator, "videos", limit=2)
    topics = ask(shelf, operator, "topics")
    questions = ask(shelf, operator, "questions", topic="stages")

    assert (len(videos["items"]), videos["total"], videos["next_offset"]) == (2, 4, 2)
    assert topics["items"][0]["link"] == f"{ADDRESS}/topic/stages"
    assert questions["items"][0]["link"] == f"{ADDRESS}/watch/first-days?t=4"


def test_without_an_address_links_lead_to_where_a_video_came_from(shelf: Shelf) -> None:
    (first, *_) = ask(shelf, Operator(), "search", query="lorlatinib")["moments"]

    assert first["link"] == "https://www.youtube.com/watch?v=abcdefghijk&t=1s"


@pytest.mark.parametrize(
    ("tool", "arguments", "says"),
    [
        ("search", {"query": ""}, "Say what to search for, in words."),
        ("search", {"query": " \x00"}, "Say what to search for, in words."),
        ("search", {}, "`query` is a text of at most 20,000 characters."),
        ("search", {"query": 5}, "`query` is a text of at most 20,000 characters."),
        ("search", {"query": SECRET * 3_000}, "`query` is a text of at most 20,000 characters."),
        ("search", {"query": SECRET, "limit": 0}, MOST_FOUND),
        ("search", {"query": SECRET, "limit": 1000}, MOST_FOUND),
        ("search", {"query": SECRET, "limit": "many"}, MOST_FOUND),
        ("search", {"query": SECRET, "limit": 2.5}, MOST_FOUND),
        ("search", {"query": SECRET, "limit": None}, MOST_FOUND),
        ("open_moment", {"moment": "/watch/nothing?t=1"}, NO_VIDEO),
        ("open_moment", {"moment": ""}, NO_VIDEO),
        ("open_moment", {"moment": "first-days?t=-5"}, NO_TIME),
        ("open_moment", {"moment": "/m/first-days/soon"}, NO_TIME),
        (
            "open_moment",
            {"moment": "first-days?t=1:00:00"},
            "This video ends before 1:00:00. Choose an earlier time.",
        ),
        (
            "open_moment",
            {"moment": "first-days", "seconds": -1},
            "`seconds` is a whole number from 1 to 300.",
        ),
        ("open_moment", {"moment": "silent"}, "There are no captions of this video yet."),
        (
            "transcript",
            {"video": "first-days", "language": "fr"},
            "This video has captions in en, es only.",
        ),
        (
            "transcript",
            {"video": "first-days", "limit": 0, "offset": -1},
            "`limit` is a whole number from 1 to 300. "
            "`offset` is a whole number from 0 to 1,000,000.",
        ),
        (
            "questions",
            {"topic": "nothing"},
            "There is no topic 'nothing'; the tool `topics` lists them.",
        ),
        ("videos", {"offset": -1}, "`offset` is a whole number from 0 to 1,000,000."),
    ],
)
def test_what_cannot_be_meant_is_refused_in_a_sentence(
    shelf: Shelf, operator: Operator, tool: str, arguments: dict[str, Any], says: str
) -> None:
    assert refused(shelf, operator, tool, **arguments) == says


@pytest.mark.parametrize("offset", [6, 1_000_000])
def test_behind_the_end_there_is_nothing(shelf: Shelf, operator: Operator, offset: int) -> None:
    part = ask(shelf, operator, "transcript", video="first-days", offset=offset)

    assert (part["sentences"], part["next_offset"]) == ([], None)


def test_every_tool_says_that_it_only_reads(shelf: Shelf, operator: Operator) -> None:
    async def listed(client: Client) -> Any:
        return (await client.list_tools()).tools, client.instructions

    tools, told = with_client(assistant_server(shelf, operator), listed)

    assert {tool.name for tool in tools} == {
        "search", "open_moment", "transcript", "videos", "topics", "questions",
    }  # fmt: skip
    assert all(tool.annotations.read_only_hint for tool in tools)
    assert all(tool.description for tool in tools)
    assert "Never put other words into their mouths" in told


def test_without_an_index_a_sentence_says_what_to_do(tmp_path: Path) -> None:
    assert "hope" in refused(Shelf(Library(tmp_path)), Operator(), "videos")


def test_a_bug_tells_the_assistant_nothing_and_keeps_no_word(
    shelf: Shelf, operator: Operator, monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    def broken(*_: Any) -> None:
        raise ValueError(f"cannot read {SECRET}")

    monkeypatch.setattr("webapp.assistants.tools.signposts_for", broken)

    assert refused(shelf, operator, "search", query=SECRET) == "Something went wrong here."
    written = capsys.readouterr()
    assert SECRET not in written.out + written.err
    assert "ValueError while answering" in written.err


@pytest.mark.slow
def test_over_standard_input_and_output(library: Library, tmp_path: Path) -> None:
    command = StdioServerParameters(
        command=str(HOPE),
        args=["--library", str(library.root), "mcp"],
        env={**os.environ, "HOPE_MODEL": "off"},
    )

    async def run() -> Any:
        with (tmp_path / "stderr").open("w") as errors:
            async with Client(stdio_client(command, errlog=errors)) as client:
                await client.call_tool("search", {"query": SECRET})
                refused = await client.call_tool("search", {"query": SECRET, "limit": 99})
                assert sentence(refused) == MOST_FOUND
                return await client.call_tool("search", {"query": "What does stage 4 mean?"})

    found = answered(anyio.run(run))

    assert found["moments"][0]["words"].startswith("Stage 4 means")
    assert (tmp_path / "stderr").read_text() == ""


@contextmanager
def over_http(library: Library, stderr: Path) -> Iterator[str]:
    """`hope mcp --http` on a free port; yields its address."""
    command = [str(HOPE), "--library", str(library.root), "mcp", "--http", "--port", "0"]
    with stderr.open("w") as errors:
        server = subprocess.Popen(
            command, stdout=errors, stderr=errors, env={**os.environ, "HOPE_MODEL": "off"}
        )
        try:
            deadline = time.monotonic() + 30
            while not (found := re.search(r"http://\S+", stderr.read_text())):
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield found[0]
        finally:
            server.send_signal(signal.SIGINT)
            assert server.wait(20) == 0


@pytest.mark.slow
def test_over_http_and_for_this_machine_only(library: Library, tmp_path: Path) -> None:
    async def run(address: str) -> Any:
        async with Client(streamable_http_client(address)) as client:
            refused = await client.call_tool("search", {"query": SECRET, "limit": 0})
            assert sentence(refused) == MOST_FOUND
            return await client.call_tool("search", {"query": "What does stage 4 mean?"})

    with over_http(library, tmp_path / "stderr") as address:
        found = answered(anyio.run(run, address))
        foreign = httpx2.post(address, headers={"Host": "evil.example"}, json={"q": SECRET})
        page = httpx2.post(address, headers={"Origin": "https://evil.example"}, json={})
        large = httpx2.post(address, content=b"x" * 100_000)

    assert found["moments"][0]["words"].startswith("Stage 4 means")
    assert (foreign.status_code, page.status_code, large.status_code) == (421, 403, 413)
    first, last = (tmp_path / "stderr").read_text().splitlines()
    assert first.startswith("Assistants find this library at http://127.0.0.1:")
    assert last == "Stopped."


def test_without_the_extra_one_sentence_says_how_to_have_it(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("webapp.commands.find_spec", lambda _name: None)

    result = hope(library, "mcp")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "requirements-mcp.lock" in result.stderr
    assert len(result.stderr.splitlines()) == 1
