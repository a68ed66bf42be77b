import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog import checksum
from catalog.storage.files import write_atomically
from catalog.storage.library import Library
from transcripts.fetching.provenance import (
    FetchState,
    Provenance,
    TrackChange,
    by_hand,
    keep_track,
    known_etags,
    provenance_file,
    read_provenance,
    read_state,
    sweep,
    without_secrets,
    write_state,
)
from transcripts.sites.outcomes import Outcome

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
OLD, NEW = (b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + said for said in (b"old", b"new"))


def origin(content: bytes, **more: str) -> Provenance:
    fields: dict[str, Any] = {"source_url": "https://example.org/t.vtt", "page": "", "etag": ""}
    fields |= {"fetched_at": ""}
    fields |= {"language": "en", "kind": "manual", "extractor": "html5", "yt_dlp": "2026"}
    return Provenance(sha256=checksum(content), bytes=len(content), **fields | more)


def keep(folder: Path, content: bytes, name: str = "en.manual.vtt") -> TrackChange:
    return keep_track(folder / name, content, origin(content))


def test_a_new_track_is_kept_byte_for_byte_with_its_provenance_beside_it(tmp_path: Path) -> None:
    assert keep(tmp_path / "talk", NEW) is TrackChange.NEW

    track = tmp_path / "talk" / "en.manual.vtt"
    assert track.read_bytes() == NEW
    told = json.loads((tmp_path / "talk" / "en.manual.vtt.provenance.json").read_text())
    assert told["sha256"] == checksum(NEW)
    assert told["bytes"] == len(NEW)


def test_an_unchanged_track_is_not_written_again(tmp_path: Path) -> None:
    keep(tmp_path, NEW)
    before = (tmp_path / "en.manual.vtt").stat()

    assert keep(tmp_path, NEW) is TrackChange.UNCHANGED
    assert (tmp_path / "en.manual.vtt").stat().st_mtime_ns == before.st_mtime_ns
    assert (tmp_path / "en.manual.vtt").stat().st_ino == before.st_ino


def test_a_track_of_ours_is_replaced_by_a_newer_one(tmp_path: Path) -> None:
    keep(tmp_path, OLD)

    assert keep(tmp_path, NEW) is TrackChange.CHANGED
    assert (tmp_path / "en.manual.vtt").read_bytes() == NEW


def test_a_track_put_there_by_hand_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "en.manual.vtt").write_bytes(OLD)

    assert keep(tmp_path, NEW) is TrackChange.BY_HAND
    assert (tmp_path / "en.manual.vtt").read_bytes() == OLD


def test_a_fetched_track_that_was_corrected_by_hand_is_never_replaced(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    (tmp_path / "en.manual.vtt").write_bytes(NEW + b", corrected")

    assert keep(tmp_path, NEW) is TrackChange.BY_HAND
    assert (tmp_path / "en.manual.vtt").read_bytes() == NEW + b", corrected"


DAMAGED = {
    "emptied": b"",
    "blank": b" \n",
    "a web page": b"<!DOCTYPE html><!-- 429 --><html></html>",
    "binary": b"\x00\x01-->" * 99,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_fetched_track_that_was_damaged_is_replaced(tmp_path: Path, content: bytes) -> None:
    keep(tmp_path, OLD)
    (tmp_path / "en.manual.vtt").write_bytes(content)

    assert keep(tmp_path, OLD) is TrackChange.CHANGED
    assert (tmp_path / "en.manual.vtt").read_bytes() == OLD


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_track_by_hand_is_never_replaced(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "en.manual.vtt").write_bytes(content)

    assert keep(tmp_path, NEW) is TrackChange.BY_HAND
    assert (tmp_path / "en.manual.vtt").read_bytes() == content


def test_a_correction_with_times_in_a_spelling_of_its_own_is_no_damage(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    (tmp_path / "en.manual.vtt").write_bytes(b"0:01 --> 0:02\ncorrected")

    assert keep(tmp_path, NEW) is TrackChange.BY_HAND


def test_what_cannot_be_read_is_no_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "read_bytes", closed)

    assert read_state(Library(tmp_path), "talk") is None


def test_a_track_by_hand_is_not_overshadowed_by_one_in_another_form(tmp_path: Path) -> None:
    (tmp_path / "en.manual.srt").write_bytes(OLD)

    assert keep(tmp_path, NEW, "en.manual.vtt") is TrackChange.BY_HAND
    assert not (tmp_path / "en.manual.vtt").exists()


def test_a_track_by_hand_in_another_language_is_in_nobody_s_way(tmp_path: Path) -> None:
    (tmp_path / "en-GB.manual.vtt").write_bytes(OLD)

    assert keep(tmp_path, NEW) is TrackChange.NEW


def test_a_crash_between_provenance_and_track_leaves_the_old_track_ours(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    torn = origin(NEW, previous_sha256=checksum(OLD))
    provenance_file(tmp_path / "en.manual.vtt").write_text(
        json.dumps({name: getattr(torn, name) for name in torn.__struct_fields__})
    )

    assert not by_hand(tmp_path / "en.manual.vtt")
    assert keep(tmp_path, NEW) is TrackChange.CHANGED


def test_damaged_provenance_counts_as_none(tmp_path: Path) -> None:
    keep(tmp_path, OLD)
    provenance_file(tmp_path / "en.manual.vtt").write_bytes(b'{"sha256": \xff')

    assert read_provenance(tmp_path / "en.manual.vtt") is None
    assert keep(tmp_path, NEW) is TrackChange.BY_HAND


def test_what_a_site_said_of_a_track_counts_only_while_the_track_is_as_it_came(
    tmp_path: Path,
) -> None:
    keep_track(tmp_path / "en.manual.vtt", OLD, origin(OLD, etag='"1"'))
    assert known_etags(tmp_path) == {"en.manual.vtt": '"1"'}

    (tmp_path / "en.manual.vtt").write_bytes(NEW)
    assert known_etags(tmp_path) == {}


def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_atomically(tmp_path / "a.json", b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(tmp_path / "a.json", b"new")
    assert [(file.name, file.read_bytes()) for file in tmp_path.iterdir()] == [("a.json", b"old")]


def test_only_half_written_files_of_a_day_ago_are_swept(tmp_path: Path) -> None:
    for name in (".old.vtt.1.part", ".new.vtt.2.part", "en.manual.vtt"):
        (tmp_path / name).write_bytes(b"x")
    os.utime(tmp_path / ".old.vtt.1.part", (0, 0))
    os.utime(tmp_path / "en.manual.vtt", (0, 0))

    sweep(tmp_path)

    assert sorted(file.name for file in tmp_path.iterdir()) == [".new.vtt.2.part", "en.manual.vtt"]


def test_how_asking_went_is_remembered(tmp_path: Path) -> None:
    library, state = Library(tmp_path), FetchState("https://a.org/", Outcome.PRIVATE, NOW)

    write_state(library, "talk", state)

    assert read_state(library, "talk") == state
    assert read_state(library, "another") is None


def test_a_damaged_memory_is_no_memory(tmp_path: Path) -> None:
    library = Library(tmp_path)
    (tmp_path / "captions" / "talk").mkdir(parents=True)
    (tmp_path / "captions" / "talk" / "fetch.json").write_text('{"outcome": "from the future"}')

    assert read_state(library, "talk") is None


KEPT = {
    "youtube": (
        "https://www.youtube.com/api/timedtext?v=abc&lang=en&fmt=json3&signature=S&ip=203.0.113.7",
        "https://www.youtube.com/api/timedtext?v=abc&lang=en&fmt=json3",
    ),
    "plain": ("https://a.org/t.vtt?page=2", "https://a.org/t.vtt?page=2"),
    "password": ("https://me:pw@a.org:8080/t.vtt#x", "https://a.org:8080/t.vtt"),
    "token": (
        "https://a.org/t?id=1&X-Amz-Signature=S&access_token=T&api_key=K&Expires=9",
        "https://a.org/t?id=1",
    ),
}


@pytest.mark.parametrize(("address", "kept"), KEPT.values(), ids=KEPT)
def test_no_secret_of_an_address_is_kept(address: str, kept: str) -> None:
    assert without_secrets(address) == kept
