"""Many read for one library: kill -9 loses nothing, nothing is twice, the index is the same."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path
from typing import Any

import pytest
from command_line import hope
from fake_model import GONE, FakeEncoder
from libraries import lay_out_sample, opened, quietly, write_captions, write_track
from object_server import object_server
from paths import ROOT, SUPPORT

from catalog import Library, load_catalogue
from indexer.storage.manifest import read_manifest
from indexer.writer.builder import BUILT_BY, build_index
from indexer.writer.sources import choose_sources
from indexer.writer.stored import TrackStore, track_store
from indexer.writer.together import work

pytestmark = pytest.mark.slow

TRACKS = 12


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "library")
    lay_out_sample(library)
    return library


def store_of(library: Library, address: Path | str, meaning: FakeEncoder) -> TrackStore:
    return track_store(str(address), BUILT_BY, library, load_catalogue(library), meaning)


def without_model() -> FakeEncoder:
    meaning = FakeEncoder()
    meaning.gone = GONE
    return meaning


def index_of(library: Library) -> dict[str, Any]:
    """All that an index is, but for when it was built and how Whoosh calls its files."""
    reader, folder = opened(library).reader, library.index_dir / opened(library).name
    manifest = read_manifest(folder)
    files = {n: sha for n, sha in manifest.files.items() if not n.startswith("postings/")}
    found = (reader.postings.of(term) for term in reader.postings.terms())
    said = [(each.rows.tolist(), each.counts.tolist()) for each in found]
    return {"files": files, "tracks": manifest.tracks, "terms": said}


def test_an_index_out_of_a_store_is_the_same_to_the_byte(library: Library, tmp_path: Path) -> None:
    meaning, catalogue = FakeEncoder(), load_catalogue(library)
    build_index(library, catalogue, quietly, full=True, meaning=meaning)
    alone = index_of(library)
    assert meaning.read

    address = str(tmp_path / "store")
    build_index(library, catalogue, quietly, full=True, meaning=meaning, store=address)
    assert meaning.read
    built = build_index(library, catalogue, quietly, full=True, meaning=meaning, store=address)

    assert index_of(library) == alone
    assert len(built.read) == TRACKS
    assert not meaning.read, "what is in the store is not embedded again"


def test_a_title_a_model_or_captions_that_change_are_read_again_and_only_those(
    library: Library, tmp_path: Path
) -> None:
    def made(meaning: FakeEncoder) -> int:
        store = store_of(library, tmp_path / "store", meaning)
        choices, _ = choose_sources(library, store.catalogue, ())
        before = {path.name for path in (tmp_path / "store").glob("tracks-*/*/*")}
        work(store, choices, quietly)
        return len({path.name for path in (tmp_path / "store").glob("tracks-*/*/*")} - before)

    assert [made(FakeEncoder()), made(FakeEncoder())] == [TRACKS, 0]
    write_track(library, "caring-and-costs", "other words", "en.auto.srt")
    assert made(FakeEncoder()) == 1
    file = library.catalog_dir / "sample-first-steps.toml"
    title = file.read_text("utf-8").replace('title = "ALK', 'title = "All of ALK')
    file.write_text(title, "utf-8")
    assert made(FakeEncoder()) == 1
    assert made(FakeEncoder("two")) == TRACKS


def test_a_damaged_object_is_made_again(library: Library, tmp_path: Path) -> None:
    store = store_of(library, tmp_path / "store", without_model())
    choices, _ = choose_sources(library, store.catalogue, ())
    work(store, choices, quietly)
    objects = sorted((tmp_path / "store").glob("tracks-*/*/*"))
    whole = objects[0].read_bytes()
    for cut in (b"", whole[:-9], b"\x00" * 99, whole.replace(whole[40:50], bytes(10))):
        objects[0].write_bytes(cut)

        report = build_index(
            library, store.catalogue, quietly, full=True, store=str(tmp_path / "store")
        )

        assert (len(report.read), report.problems) == (TRACKS, ())
        assert objects[0].read_bytes() == whole


def test_what_cannot_be_read_is_told_and_holds_nobody_up(library: Library, tmp_path: Path) -> None:
    write_captions(library, "egfr-first-steps", b"", "en.manual.srt")

    worked = hope(library, "work", "--store", str(tmp_path / "store"))
    built = hope(library, "index", "--store", str(tmp_path / "store"))

    assert (worked.exit_code, built.exit_code) == (1, 1)
    assert "captions/egfr-first-steps/en.manual.srt: the file is empty" in worked.stdout
    assert f"In the store: {TRACKS - 1} tracks, ready to index." in worked.stdout
    assert f"({TRACKS - 1} tracks read, 0 carried over)" in built.stdout


WORKER = """
import sys, time
from pathlib import Path
from fake_model import FakeEncoder, Reader
from libraries import quietly
from catalog import Library, load_catalogue
from indexer.embedding.encoder import QueryEncoder
from indexer.writer.builder import BUILT_BY, build_index
from indexer.writer.sources import choose_sources
from indexer.writer.stored import TrackStore, track_store
from indexer.writer.together import work

made = TrackStore.make

def told(self, name, choice):
    print(choice.name, flush=True)
    return made(self, name, choice)

TrackStore.make = told
embed, texts = Reader.embed, 0

def stalled(self, *asked):
    global texts
    texts += 1
    if texts == int(sys.argv[3]):
        print("halfway", flush=True)
        time.sleep(120)
    return embed(self, *asked)

Reader.embed = stalled
library = Library(Path(sys.argv[1]))
catalogue = load_catalogue(library)
meaning = FakeEncoder() if sys.argv[3] else QueryEncoder()
store = track_store(sys.argv[2], BUILT_BY, library, catalogue, meaning)
work(store, choose_sources(library, catalogue, ())[0], quietly, patience_s=1)
"""


def begin(library: Library, address: str, stalls: str = "") -> subprocess.Popen[str]:
    """A machine that works for a store, and names each track that it begins.

    It embeds too where `stalls` says after how many texts it goes no further; "0": after none.
    """
    place = {"PYTHONPATH": os.pathsep.join([str(ROOT), str(SUPPORT)]), "HOPE_MODEL": "off"}
    return subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", WORKER, str(library.root), address, stalls],
        stdout=subprocess.PIPE, text=True, env={**os.environ, **place},
    )  # fmt: skip


@pytest.fixture(params=["folder", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "folder":
        yield str(tmp_path / "store")
        return
    with object_server() as bucket:
        yield bucket


def test_killed_machines_lose_nothing_and_no_track_is_there_twice(
    library: Library, address: str
) -> None:
    build_index(library, load_catalogue(library), quietly, full=True)
    alone, begun = index_of(library), []
    for at in random.Random(20).sample(range(1, 5), 2):
        with begin(library, address) as killed:
            assert killed.stdout
            begun += [killed.stdout.readline() for _ in range(at)]
            killed.send_signal(signal.SIGKILL)  # with a claim in its hand
            begun += killed.stdout.readlines()
        assert killed.returncode == -signal.SIGKILL

    machines = [begin(library, address) for _ in range(2)]
    begun += [line for each in machines for line in each.communicate(timeout=120)[0].splitlines()]

    assert [each.returncode for each in machines] == [0, 0]
    again = sorted(name.strip() for name in begun)
    assert len(set(again)) == TRACKS
    assert len(again) <= TRACKS + 2, "only what a dead machine had begun is begun again"
    built = build_index(library, load_catalogue(library), quietly, full=True, store=address)
    assert len(built.read) == TRACKS
    assert index_of(library) == alone


def test_a_machine_killed_while_it_embeds_loses_nothing_and_leaves_no_half(
    library: Library, tmp_path: Path
) -> None:
    meaning, address = FakeEncoder(), tmp_path / "store"
    build_index(library, load_catalogue(library), quietly, full=True, meaning=meaning)
    alone, begun = index_of(library), list[str]()
    passages = sum(track.passages for track in alone["tracks"])
    with begin(library, str(address), stalls=str(passages // 2)) as killed:
        assert killed.stdout
        begun += takewhile(lambda line: line != "halfway\n", killed.stdout)
        killed.send_signal(signal.SIGKILL)
    assert killed.returncode == -signal.SIGKILL
    done = len(begun) - 1
    assert len(list(address.glob("tracks-*/*/*"))) == done, "what was half embedded is not there"
    assert len(list(address.glob("claims/*"))) == 1

    machines = [begin(library, str(address), stalls="0") for _ in range(2)]
    begun += [
        line for each in machines for line in each.communicate(timeout=120)[0].splitlines(True)
    ]

    assert [each.returncode for each in machines] == [0, 0]
    assert sorted([*set(begun), begun[done]]) == sorted(begun), "only the half one is begun again"
    assert len(set(begun)) == TRACKS
    assert meaning.read
    build_index(
        library, load_catalogue(library), quietly, full=True, meaning=meaning, store=str(address)
    )
    assert not meaning.read, "every vector came from the store"
    assert index_of(library) == alone
