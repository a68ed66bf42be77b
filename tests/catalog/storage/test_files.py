from pathlib import Path

import pytest

from catalog.storage.files import (
    checksum,
    file_checksum,
    leads_out,
    open_locked,
    read_json,
    write_json,
)


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


@pytest.mark.parametrize(
    ("path", "out"),
    [
        ("talk/said", False),
        ("in/said", False),
        ("dangling", False),
        ("out", True),
        ("out/said", True),
        ("circle", True),
        ("one", True),
        ("one/said", True),
    ],
)
def test_what_a_link_takes_elsewhere_or_in_a_circle_leads_out(
    tmp_path: Path, path: str, out: bool
) -> None:
    folder = tmp_path / "captions"
    for inside in (folder / "talk", tmp_path / "elsewhere"):
        inside.mkdir(parents=True)
        (inside / "said").write_text("So we begin.")
    for link, to in {
        "in": "talk",
        "dangling": "nowhere",
        "out": "../elsewhere",
        "circle": "circle",
        "one": "other",
        "other": "one",
    }.items():
        (folder / link).symlink_to(to)

    assert leads_out(folder / path, folder) == out
