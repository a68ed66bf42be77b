"""`hope index` as people and programs call it: output and exit code."""

from __future__ import annotations

import shutil
from pathlib import Path

from command_line import hope
from libraries import write_captions, write_catalogue

from catalog import Library


def test_index_says_what_it_did(library: Library) -> None:
    result = hope(library, "index")

    assert result.exit_code == 0
    assert result.stdout == (
        "Built without meaning: it is switched off (HOPE_MODEL=off).\n"
        "Index g000001: 2 videos, 2 passages (2 tracks read, 0 carried over).\n"
    )
    assert "Reading 2/2: scans en" in result.stderr


def test_index_again_says_that_nothing_changed(library: Library) -> None:
    hope(library, "index")

    result = hope(library, "index")

    assert result.exit_code == 0
    assert result.stdout == "Nothing changed; index g000001 stays (2 passages).\n"


def test_index_full_reads_everything(library: Library) -> None:
    hope(library, "index")

    assert "(2 tracks read, 0 carried over)" in hope(library, "index", "--full").stdout


def test_index_with_an_unreadable_track_is_done_in_part(library: Library) -> None:
    write_captions(library, "scans", b"")

    result = hope(library, "index")

    assert result.exit_code == 1
    assert "captions/scans/en.manual.vtt: the file is empty" in result.stdout
    assert "Index g000001: 1 video," in result.stdout


def test_a_wrong_catalogue_stops_the_index_with_every_problem(library: Library) -> None:
    write_catalogue(library.root, 'slug = "Bad Slug"\ntitle = "B"\nfoo = 1\n', "bad.toml")
    write_catalogue(library.root, "this is no TOML", "worse.toml")

    result = hope(library, "index")

    assert result.exit_code == 2
    assert result.stdout == ""
    for place in ("bad.toml: slug: ", "bad.toml: foo: ", "worse.toml: this is not valid TOML"):
        assert place in result.stderr
    assert not library.index_dir.exists()


def test_a_catalogue_that_became_wrong_leaves_the_old_index_served(library: Library) -> None:
    hope(library, "index")
    write_catalogue(library.root, "this is no TOML", "worse.toml")

    assert hope(library, "index").exit_code == 2
    assert "*Lorlatinib* reaches" in hope(library, "search", "lorlatinib").stdout


def test_index_of_a_library_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    library = Library(tmp_path / "nowhere")

    result = hope(library, "index")

    assert result.exit_code == 2
    assert str(library.root) in result.stderr
    assert not library.root.exists()


def test_a_library_that_cannot_be_written_is_a_sentence(library: Library) -> None:
    library.index_dir.write_text("a file where the index has to go, as chmod binds no root")

    result = hope(library, "index")

    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_a_library_that_is_a_file_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("no folder")

    for words in (["search", "brain"], ["index"], ["check"]):
        assert hope(Library(tmp_path / "library"), *words).exit_code in (1, 2)


def test_a_half_written_index_is_a_sentence_and_mended_by_the_next_run(library: Library) -> None:
    hope(library, "index")
    shutil.rmtree(library.index_dir / "g000001/tables")

    broken = hope(library, "search", "brain")
    assert broken.exit_code == 2
    assert "run `hope index`" in broken.stderr

    assert hope(library, "index").exit_code == 0
    assert hope(library, "search", "brain").exit_code == 0
