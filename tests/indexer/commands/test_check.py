"""`hope check` as people and programs call it: output and exit code."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from command_line import hope
from fake_youtube import youtube
from libraries import library_of, vtt, write_captions, write_catalogue, write_track

from catalog import Library
from transcripts import RunOptions, fetch_library


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
        "captions/pills/en.vtt: its name has to be <language>.<kind>.<ext>, like en.manual.vtt, "
        "so it is not read",
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


def test_check_says_what_is_so_of_many_tracks_once_and_a_mere_flaw_is_no_problem(
    tmp_path: Path,
) -> None:
    library = library_of(tmp_path, {f"talk-{n}": "Hello." for n in range(12)})
    for n in range(12):
        said = "Hello \xe9 " * (n + 1)
        write_captions(library, f"talk-{n}", vtt(said).encode("cp1252"))

    result = hope(library, "check")

    (told,) = [line for line in result.stdout.splitlines() if "Windows-1252" in line]
    assert told.startswith("captions/talk-0/en.manual.vtt, ")
    assert "and 2 more: it is not UTF-8" in told
    assert result.exit_code == 0


def test_check_after_an_index_reads_no_track_again(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_captions(library, "pills", vtt("What no index reads."), "en.auto.vtt")
    hope(library, "index")
    hope(library, "check")
    monkeypatch.setattr("indexer.checking.tracks.read_track", None)

    assert hope(library, "check").exit_code == 0


def test_check_reads_a_track_that_changed_since(library: Library) -> None:
    hope(library, "index")
    write_captions(library, "pills", b"")

    result = hope(library, "check")

    assert result.exit_code == 1
    assert "captions/pills/en.manual.vtt: the file is empty" in result.stdout


@pytest.mark.parametrize("cached", [False, True])
def test_check_tells_a_note_of_the_index_as_of_a_fresh_reading(
    library: Library, cached: bool
) -> None:
    write_captions(library, "pills", vtt("Caf\xe9 " * 3).encode("cp1252"))
    if cached:
        hope(library, "index")

    assert "captions/pills/en.manual.vtt: it is not UTF-8" in hope(library, "check").stdout


def test_check_tells_corrections_whose_words_are_gone_by_the_index(library: Library) -> None:
    write_track(library, "pills", "I take electinib daily.")
    write_catalogue(
        library.root,
        '[[corrections]]\nheard = "electinib"\nmeant = "alectinib"\n'
        '[[corrections]]\nheard = "lore lat nib"\nmeant = "lorlatinib"\n',
        "corrections.toml",
    )
    hope(library, "index")

    said = hope(library, "check").stdout

    assert "lore lat nib: these words are not in any captions any more" in said
    assert "electinib: these words" not in said


def test_a_correction_of_a_track_that_no_index_has_is_not_taken_for_stale(
    library: Library,
) -> None:
    write_track(library, "pills", "I take electinib daily.", "en.auto.vtt")
    text = '[[corrections]]\nheard = "electinib"\nmeant = "alectinib"\n'
    write_catalogue(library.root, text, "corrections.toml")
    hope(library, "index")

    for _ in range(2):
        assert "these words are not in" not in hope(library, "check").stdout


MISPLACED = {
    "captions/pills.vtt": "captions/pills/en.manual.vtt",
    "captions/es.auto.srt": "captions/<video>/es.auto.srt",
    "pills.es.vtt": "captions/pills/es.manual.vtt",
    "people.toml": "catalog/people.toml",
    "glossary.csv": "catalog/glossary.csv",
    "catalog/pills.mp4": "media/pills.mp4",
    "pills.jpg": "posters/pills.jpg",
    "media/pills.srt": "captions/pills/en.manual.srt",
    "media/films/pills.mp4": "media/pills.mp4",
    "catalog/more/people.toml": "catalog/people.toml",
}


@pytest.mark.parametrize(("place", "right"), MISPLACED.items(), ids=MISPLACED)
def test_check_names_the_right_place_of_a_file_in_a_wrong_one(
    library: Library, place: str, right: str
) -> None:
    file = library.root / place
    file.parent.mkdir(exist_ok=True, parents=True)
    file.write_text("")

    result = hope(library, "check")

    assert f"{place}: it is not used here; its place is {right}" in result.stdout
    assert result.exit_code == 1


def test_check_names_a_folder_that_is_spelled_wrong(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": "Pills."})
    library.captions_dir.rename(tmp_path / "caption")

    assert "caption: nothing of this folder is used; did you mean 'captions'?" in (
        hope(library, "check").stdout
    )


def test_check_tells_dates_in_the_future(library: Library) -> None:
    more = (
        'slug = "more"\ntitle = "More"\n[[videos]]\nslug = "a"\ntitle = "A"\nrecorded = "2124-05"\n'
    )
    write_catalogue(library.root, more, "more.toml")

    result = hope(library, "check")

    assert "catalogue: a, recorded: 2124-05 is in the future; correct the date" in result.stdout
    assert result.exit_code == 1


def test_check_names_each_video_that_waits_for_a_person_and_says_once_what_to_do(
    tmp_path: Path,
) -> None:
    names = [f"talk-{n}" for n in range(14)]
    library = library_of(tmp_path, dict.fromkeys(names, "Hello."))
    ids = {name: f"vid{number:08}" for number, name in enumerate(names)}
    entries = "".join(
        f'[[videos]]\nslug = "{name}"\ntitle = "T"\nyoutube = "{id_}"\n'
        for name, id_ in ids.items()
    )
    write_catalogue(tmp_path, f'slug = "talks"\ntitle = "T"\n{entries}')
    with youtube() as tube:
        for id_ in ids.values():
            tube.refuses(id_, "Private video")
        fetch_library(library, run=RunOptions(pause_s=(0, 0)))

    (told,) = [line for line in hope(library, "check").stdout.splitlines() if "private" in line]

    assert all(f"{name}: private since " in told for name in names)
    assert told.count("Their transcripts stay") == 1


def test_check_tells_pages_that_hold_the_same_video_and_a_folder_that_is_spelled_wrong(
    library: Library,
) -> None:
    pages = "".join(
        f'[[videos]]\nslug = "{slug}"\ntitle = "T"\npage = "https://example.org/{slug}"\n'
        for slug in ("one", "two")
    )
    write_catalogue(library.root, f'slug = "more"\ntitle = "More"\n{pages}', "more.toml")
    found = {
        slug: {
            "page": f"https://example.org/{slug}",
            "outcome": "resolved",
            "resolved_at": "2026-03-01T04:00:00+00:00",
            "youtube": "abcdefghijk",
        }
        for slug in ("one", "two")
    }
    library.resolved_file.write_text(json.dumps({"videos": found}))
    write_captions(library, "pilss", vtt("Said."))

    result = hope(library, "check")

    assert "one, two: the same YouTube video abcdefghijk is behind each; keep one" in result.stdout
    assert "so it is not indexed; did you mean 'pills'?" in result.stdout
