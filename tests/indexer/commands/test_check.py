"""`hope check` as people and programs call it: output and exit code."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from command_line import hope
from libraries import library_of, write_captions, write_catalogue

from catalog import Library


def test_check_of_a_sound_library_says_that_all_is_well(built: Library) -> None:
    result = hope(built, "check")

    assert result.exit_code == 0
    assert result.stdout.splitlines()[-1] == "All is well."


def test_check_lists_every_problem_and_where_it_is(library: Library) -> None:
    write_captions(library, "scans", b"")
    write_captions(library, "stray", "WEBVTT\n")
    hope(library, "index")
    (library.index_dir / "g000001/tables/text.npy").write_bytes(b"")

    result = hope(library, "check")

    assert result.exit_code == 1
    assert "captions/stray: the catalogue has no video of this name" in result.stdout
    assert "captions/scans/en.manual.vtt: the file is empty" in result.stdout
    assert "text.npy: it is damaged" in result.stdout
    assert result.stdout.splitlines()[-1] == "3 problems found."


def test_check_of_a_wrong_catalogue_is_two(library: Library) -> None:
    write_catalogue(library.root, 'slug = "Bad Slug"\ntitle = "B"\nfoo = 1\n', "bad.toml")

    result = hope(library, "check")

    assert result.exit_code == 2
    assert "catalogue: bad.toml: slug: " in result.stdout
    assert "catalogue: bad.toml: foo: " in result.stdout


def test_check_of_a_library_that_is_missing_is_two(tmp_path: Path) -> None:
    result = hope(Library(tmp_path / "mistyped"), "check")

    assert result.exit_code == 2
    assert result.stdout == (
        f"{tmp_path}/mistyped: there is no library here; `hope update` makes one\n"
        "1 problem found.\n"
    )


@pytest.mark.parametrize("pointer", ["g000099", "nonsense", ""])
def test_check_finds_a_pointer_that_names_no_index(library: Library, pointer: str) -> None:
    hope(library, "index")
    (library.index_dir / "current").write_text(pointer)

    result = hope(library, "check")

    assert result.exit_code == 1
    assert "index/current: it names no index that is there; run `hope index`" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 problem found."


def test_check_before_the_first_index_is_no_problem(library: Library) -> None:
    result = hope(library, "check")

    assert result.exit_code == 0
    assert "there is no index yet; run `hope index`" in result.stdout


@pytest.mark.parametrize("place", ["captions", "captions/pills"])
def test_check_of_captions_that_are_a_file_is_a_sentence(library: Library, place: str) -> None:
    shutil.rmtree(library.root / place)
    (library.root / place).write_text("no folder")

    result = hope(library, "check")

    assert result.exit_code == 1
    assert f"{place}: this folder cannot be read: Not a directory" in result.stdout
    assert result.stdout.splitlines()[-1] == "1 problem found."


def test_check_names_every_file_that_is_not_read(library: Library) -> None:
    folder = library.captions_of("pills")
    for name in ("en.vtt", "notes.txt", "fetch.json", "en.manual.vtt.provenance.json"):
        (folder / name).write_text("{}")
    (folder / ".en.auto.vtt.123.part").write_text("half")
    (folder / "fr.manual.vtt").mkdir()
    (folder / "de.manual.vtt").symlink_to("nowhere")

    result = hope(library, "check")

    odd = "its name is not <language>.<kind>.<ext>, like en.manual.vtt, so it is not read"
    assert result.stdout.splitlines()[:4] == [
        "captions/pills/de.manual.vtt: this leads to no file, so it is not read",
        f"captions/pills/en.vtt: {odd}",
        "captions/pills/fr.manual.vtt: this is a folder, so it is not read",
        f"captions/pills/notes.txt: {odd}",
    ]
    assert result.stdout.splitlines()[-1] == "4 problems found."


def test_check_speaks_of_one_video_as_one(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "Pills."})
    shutil.rmtree(library.captions_dir)

    assert "1 of 1 video has no captions yet: pills" in hope(library, "check").stdout


def test_check_takes_no_folder_for_a_stray_while_the_catalogue_is_wrong(library: Library) -> None:
    write_catalogue(library.root, "this is no TOML")

    assert "captions/pills" not in hope(library, "check").stdout
