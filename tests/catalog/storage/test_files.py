from pathlib import Path

import pytest

from catalog.storage.files import checksum, file_checksum, open_locked, read_json, write_json


def test_a_lock_is_one_s_own_until_it_is_closed(tmp_path: Path) -> None:
    with open_locked(tmp_path / "lock"), pytest.raises(BlockingIOError):
        open_locked(tmp_path / "lock")

    open_locked(tmp_path / "lock").close()


def test_a_link_in_the_place_of_a_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("kept")
    (tmp_path / "lock").symlink_to(tmp_path / "other")

    with pytest.raises(OSError, match="symbolic links"):
        open_locked(tmp_path / "lock")

    assert (tmp_path / "other").read_text() == "kept"


def test_json_is_read_as_it_was_written_and_anything_else_is_none(tmp_path: Path) -> None:
    file = tmp_path / "kept" / "one.json"
    write_json(file, {"a": 1})

    assert read_json(file, dict[str, int]) == {"a": 1}
    assert read_json(file, dict[str, str]) is None
    assert read_json(tmp_path / "missing.json", dict[str, int]) is None


def test_the_checksum_of_a_file_is_that_of_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"ALK")

    assert file_checksum(tmp_path / "file") == checksum(b"ALK")
