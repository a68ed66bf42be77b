"""`hope index`, `search` and `check` as people and programs call them: output and exit code."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import hope, mistakes
from libraries import build, library_of, write_captions, write_catalogue, write_track

from catalog import Catalogue, Library
from indexer.commands.search import answer_lines
from indexer.search.answer import Answer

TALKS = {
    "pills": "Does it reach the brain?\nLorlatinib reaches the brain.",
    "scans": "A scan shows the brain.",
}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "library", TALKS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = library_of(tmp_path_factory.mktemp("library"), TALKS)
    write_track(library, "pills", "Lorlatinib llega al cerebro.", "es.manual.vtt")
    build(library)
    return library


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


def test_search_shows_moments_to_a_person(built: Library) -> None:
    result = hope(built, "search", "does lorlatinib reach the brain")

    assert result.exit_code == 0
    assert "1. 0:00  Pills  (Talks)" in result.stdout
    assert "*Lorlatinib* *reaches*" in result.stdout
    assert "/watch/pills?t=0" in result.stdout


def test_search_that_finds_nothing_says_so_kindly(built: Library) -> None:
    result = hope(built, "search", "zebra")

    assert result.exit_code == 0
    assert result.stdout.startswith("Nothing in these videos answers that")


@pytest.mark.parametrize("query", ["lorlatinib brain", "zebra", "?!", '"unpaired', "肺", "x\x00y"])
def test_search_as_json_keeps_to_its_schema(built: Library, query: str) -> None:
    result = hope(built, "search", query, "--json", "--limit", "5")

    answer = json.loads(result.stdout)
    assert result.exit_code == 0
    assert mistakes("search.json", answer) == []
    assert answer["query"] == query


def test_json_hits_agree_with_the_schema_in_substance(built: Library) -> None:
    answer = json.loads(hope(built, "search", "brain scan", "--json").stdout)
    spanish = json.loads(hope(built, "search", "cerebro", "--json").stdout)

    assert {hit["video"] for hit in answer["hits"]} == {"pills", "scans"}
    assert spanish["hits"][0]["language"] == "es"
    assert mistakes("search.json", {"query": 1}) != []
    assert mistakes("hit.json", {**answer["hits"][0], "extra": 1}) != []


def test_batch_lines_keep_to_their_schema_and_order(built: Library, tmp_path: Path) -> None:
    asked = [{"qid": f"q{n}", "query": query} for n, query in enumerate(["brain", "", "scan"])]
    file = tmp_path / "questions.jsonl"
    file.write_text("".join(json.dumps(line) + "\n" for line in asked))

    result = hope(built, "search", "--batch", str(file), "--limit", "2")

    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert [mistakes("batch-line.json", line) for line in lines] == [[], [], []]
    assert [line["qid"] for line in lines] == ["q0", "q1", "q2"]


def test_batch_reads_standard_input(built: Library) -> None:
    result = hope(built, "search", "--batch", "-", typed='{"qid": 1, "query": "scan"}\nbad\n')

    assert result.exit_code == 1
    assert json.loads(result.stdout)["hits"][0]["video"] == "scans"
    assert "-, line 2: it is no question, passed over" in result.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["search"],
        ["search", "brain", "--batch", "x.jsonl"],
        ["search", "--batch", "missing.jsonl"],
        ["search", "brain", "--limit", "0"],
        ["search", "brain", "--limit", "many"],
        ["search", "brain", "--loud"],
        ["nonsense"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_two_and_a_sentence(built: Library, words: list[str]) -> None:
    result = hope(built, *words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize(
    "words", [["search", "brain"], ["search", "brain", "--json"]], ids=" ".join
)
def test_search_without_an_index_says_what_to_do(library: Library, words: list[str]) -> None:
    result = hope(library, *words)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == f"{library.root}: there is no index yet; run `hope index`\n"


def test_search_in_a_library_that_is_missing_is_a_sentence(tmp_path: Path) -> None:
    library = Library(tmp_path / "nowhere")

    result = hope(library, "search", "brain")

    assert result.exit_code == 2
    assert str(library.root) in result.stderr
    assert not library.root.exists()


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


@pytest.mark.slow
def test_the_installed_command_answers_any_bytes(built: Library) -> None:
    hope_file = Path(sys.executable).parent / "hope"
    query = b"brain \xff\xed\xa0\x80 \xf0\x9f\x98\x80"

    run = subprocess.run(
        [hope_file, "--library", built.root, "search", "--json", query],
        capture_output=True,
        check=False,
    )

    assert run.returncode == 0, run.stderr.decode()
    assert mistakes("search.json", json.loads(run.stdout)) == []
    assert b"Traceback" not in run.stderr


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


def test_where_nothing_is_indexed_yet_an_answer_says_what_to_run() -> None:
    lines = list(answer_lines(Answer("brain", ()), Catalogue(), searchable=False))

    assert lines == ["Nothing is indexed yet, so nothing can be found. Run `hope update`."]
