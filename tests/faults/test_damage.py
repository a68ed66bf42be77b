"""A generation that is damaged is never served: the last good one is, also in a fresh process."""

from __future__ import annotations

import os
import pickle
import shutil
import time
from pathlib import Path

import pytest
from command_line import hope
from libraries import build, found, library_of, opened, write_track

from catalog import Library, file_checksum
from indexer import NoIndex, Shelf
from indexer.storage.manifest import FILE, read_manifest, write_manifest

SERVED, BEFORE = "g000002", "g000001"


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    library = library_of(tmp_path_factory.mktemp("whole"), {"pills": "lorlatinib for the brain"})
    build(library)
    write_track(library, "pills", "brigatinib for the brain")
    build(library)
    return library.root


@pytest.fixture
def library(whole: Path, tmp_path: Path) -> Library:
    shutil.copytree(whole, tmp_path / "copy", symlinks=True)
    return Library(tmp_path / "copy")


def files_of(library: Library, name: str = SERVED) -> list[Path]:
    folder = library.index_dir / name
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.stat().st_size)


def flip(file: Path) -> None:
    """Change a byte in the middle, where the file lies, as a failing disk does."""
    at = file.stat().st_size // 2
    with file.open("r+b") as opened_file:
        opened_file.seek(at)
        byte = opened_file.read(1)[0]
        opened_file.seek(at)
        opened_file.write(bytes([byte ^ 0x10]))


def stands_in(library: Library) -> str:
    """What a fresh process serves, and what it says of that."""
    shelf = Shelf(library)
    assert shelf.current().name == BEFORE
    return shelf.trouble


def test_a_byte_flipped_in_any_file_has_the_one_before_served_by_a_fresh_process(
    library: Library,
) -> None:
    files = files_of(library)
    assert len(files) > 15

    for file in files:
        flip(file)
        said = stands_in(library)
        assert file.name in said or "generation.json" in said
        assert f"run `hope index`. Until then {BEFORE} of 20" in said
        flip(file)

    assert Shelf(library).current().name == SERVED
    flip(files[-1])
    assert found(opened(library), "lorlatinib") == ["pills"]


def test_any_file_missing_has_the_one_before_served_by_a_fresh_process(library: Library) -> None:
    for file in files_of(library):
        away = file.rename(library.root / "away")
        assert file.name.split(".")[0] in stands_in(library)
        away.rename(file)


def test_no_file_is_shared_by_two_generations(library: Library) -> None:
    everything = [*files_of(library), *files_of(library, BEFORE)]

    assert {file.stat().st_nlink for file in everything} == {1}


def test_check_names_the_damage_and_index_mends_it(library: Library) -> None:
    damaged = library.index_dir / SERVED / "tables/text.npy"
    flip(damaged)

    checked = hope(library, "check")
    mended = hope(library, "index")

    assert checked.exit_code == 1
    assert f"{damaged}: it is damaged; run `hope index`. Until then {BEFORE}" in checked.stdout
    assert mended.exit_code == 0
    shelf = Shelf(library)
    assert (shelf.current().name, shelf.trouble) == ("g000003", "")
    assert found(shelf.current(), "brigatinib") == ["pills"]
    assert hope(library, "check").exit_code == 0


def test_a_mended_index_keeps_a_good_one_before_it(library: Library) -> None:
    flip(library.index_dir / SERVED / "tables/text.npy")

    build(library)

    assert (library.index_dir / BEFORE).is_dir()
    flip(library.index_dir / "g000003/tables/text.npy")
    stands_in(library)


def test_a_track_that_cannot_be_read_is_carried_over_from_the_last_good_one(
    library: Library,
) -> None:
    flip(library.index_dir / SERVED / "tables/text.npy")
    (library.captions_of("pills") / "en.manual.vtt").write_bytes(b"")

    report = build(library)

    assert (report.built, report.carried) == (True, 1)
    assert found(opened(library), "lorlatinib") == ["pills"]


@pytest.mark.parametrize("pointer", [b"", b"garbage\xff", b"g000099\n", b"../../etc\n", None])
def test_a_pointer_that_leads_nowhere_has_the_newest_served(
    library: Library, pointer: bytes | None
) -> None:
    file = library.index_dir / "current"
    file.unlink() if pointer is None else file.write_bytes(pointer)

    shelf = Shelf(library)

    assert found(shelf.current(), "brigatinib") == ["pills"]
    assert f"{file}: " in shelf.trouble
    assert hope(library, "check").exit_code == 1
    assert hope(library, "index").exit_code == 0
    assert opened(library).name == "g000003"
    assert hope(library, "check").exit_code == 0


def test_one_of_another_schema_has_the_one_before_served(library: Library) -> None:
    account = library.index_dir / SERVED / FILE
    account.write_bytes(b'{"schema": 99, "and": "fields of its own"}')

    assert "built by another version (schema 99, ours is" in stands_in(library)
    assert "schema 99" in hope(library, "check").stdout
    assert hope(library, "index").exit_code == 0
    assert opened(library).name == "g000003"


def test_what_another_version_built_still_answers_and_is_built_anew(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.writer.builder.BUILT_BY", {"reader": "next"})

    checked = hope(library, "check")

    assert found(opened(library), "brigatinib") == ["pills"]
    assert checked.exit_code == 1
    assert "another version of this program built it" in checked.stdout
    assert hope(library, "index").exit_code == 0
    assert hope(library, "check").exit_code == 0


def test_when_all_are_damaged_it_is_said_and_index_mends_it(library: Library) -> None:
    for name in (SERVED, BEFORE):
        flip(library.index_dir / name / "tables/text.npy")

    with pytest.raises(NoIndex, match=rf"{SERVED}/tables/text\.npy: it is damaged; run"):
        Shelf(library).current()

    assert hope(library, "index").exit_code == 0
    assert found(opened(library), "brigatinib") == ["pills"]


def test_a_running_process_serves_on_while_its_files_are_cut_and_deleted(library: Library) -> None:
    held = Shelf(library).current()
    for file in files_of(library):
        file.write_bytes(b"")
    shutil.rmtree(library.index_dir)

    assert found(held, "brigatinib") == ["pills"]
    assert found(held, "heart") == []


@pytest.mark.slow
def test_an_index_put_back_from_a_backup_under_a_running_process_is_picked_up(
    library: Library, whole: Path
) -> None:
    shelf = Shelf(library)
    shelf.current()
    shutil.rmtree(library.index_dir)
    time.sleep(0.01)  # so that the pointer has another time
    shutil.copytree(whole / "index", library.index_dir)
    (library.index_dir / "current").write_text(f"{BEFORE}\n")

    assert found(shelf.current(), "lorlatinib") == ["pills"]
    assert shelf.trouble == ""


class Evil:
    """What a stranger would like to have unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (os.environ["EVIL"],)


def test_a_file_that_the_account_does_not_name_is_never_read(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVIL", str(tmp_path / "evil"))
    content = pickle.dumps(Evil())
    (library.index_dir / SERVED / "postings/_MAIN_99.toc").write_bytes(content)

    assert found(opened(library), "brigatinib") == ["pills"]
    assert not (tmp_path / "evil").exists()


def test_the_index_is_nobody_elses_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        library = library_of(tmp_path, {"pills": "lorlatinib reaches the brain"})
        build(library)
    finally:
        os.umask(before)

    for folder in (library.index_dir, library.index_dir / "g000001"):
        assert folder.stat().st_mode & 0o777 == 0o700
    assert "others may write" not in hope(library, "check").stdout


def test_check_warns_of_an_index_that_others_may_write(library: Library) -> None:
    library.index_dir.chmod(0o777)

    checked = hope(library, "check")

    assert checked.exit_code == 1
    assert f"{library.index_dir}: others may write here" in checked.stdout
    assert "chmod -R go-rwx" in checked.stdout


def test_an_account_that_names_what_is_not_there_is_refused(library: Library) -> None:
    folder = library.index_dir / SERVED
    account = read_manifest(folder)
    text = folder / "tables/text.npy"
    text.write_bytes(text.read_bytes() + b"more")
    assert file_checksum(text) != account.files["tables/text.npy"]
    write_manifest(folder, account)

    assert "text.npy: it is damaged" in stands_in(library)
