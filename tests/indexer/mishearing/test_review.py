import tomllib
from pathlib import Path

import pytest
from libraries import build, library_of, opened, write_catalogue
from typer.testing import CliRunner

from catalog import Library
from catalog.glossary.corrections import read_corrections
from hope import app
from indexer.commands.check import check_library
from indexer.commands.search import answer_lines
from indexer.mishearing.review import MOST, Suspect, lines_to_review, review_lines

TALKS = {
    "one": "We begin with electinib.\nThen electinib and lore lat nib.\nIt is elk positive.",
    "two": "Is cefitinib like electinib?\nWhat of zorbatinib?\nWe met the doctor.",
}


def reviewed(library: Library, corrections: str) -> list[str]:
    write_catalogue(library.root, corrections, "corrections.toml")
    return list(lines_to_review(library))


def test_unknown_words_that_sound_like_medicines_are_listed_most_often_first(
    tmp_path: Path,
) -> None:
    lines = "\n".join(lines_to_review(library_of(tmp_path, TALKS)))

    assert [(one["heard"], one["meant"]) for one in tomllib.loads(lines)["corrections"]] == [
        ("electinib", "alectinib"),
        ("cefitinib", "?"),
        ("lore lat nib", "lorlatinib"),
        ("zorbatinib", "?"),
    ]
    assert 'heard = "electinib"  # 3 times, first in one at 0:00\n' in lines
    assert 'heard = "lore lat nib"  # once, first in one at 0:05\n' in lines
    assert 'meant = "?"  # perhaps ceritinib or gefitinib' in lines
    assert 'meant = "?"  # sounds like a medicine' in lines


def test_the_list_can_be_pasted_but_what_is_undecided_has_to_be_decided(tmp_path: Path) -> None:
    lines = "\n".join(lines_to_review(library_of(tmp_path, TALKS)))

    corrections, problems = read_corrections(lines, "corrections.toml")

    assert [(one.heard, one.meant) for one in corrections] == [
        ("electinib", "alectinib"),
        ("lore lat nib", "lorlatinib"),
    ]
    assert [problem.entry for problem in problems] == ["cefitinib", "zorbatinib"]


def test_what_was_reviewed_is_not_listed_again(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    pairs = {
        "electinib": "alectinib",
        "cefitinib": "",
        "zorbatinib": "",
        "Lore Lat Nib": "lorlatinib",
    }
    entries = (f'[[corrections]]\nheard = "{h}"\nmeant = "{m}"\n' for h, m in pairs.items())

    assert reviewed(library, "".join(entries)) == [
        "# Nothing here sounds like a misheard name that is not reviewed yet."
    ]


def test_the_list_is_bounded() -> None:
    found = [Suspect(f"zorbatinib {n}", "talk", 0, 1) for n in range(MOST + 3)]

    lines = list(review_lines(found))

    assert sum(line == "[[corrections]]" for line in lines) == MOST
    assert lines[-1] == "# And 3 more that are said less often."


def test_the_command_prints_the_list_and_nothing_else(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)

    ran = CliRunner().invoke(app, ["--library", str(library.root), "check", "--heard"])

    assert ran.exit_code == 0
    assert ran.stdout == "\n".join(lines_to_review(library)) + "\n"


def test_the_command_says_what_is_wrong_with_the_catalogue(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    write_catalogue(library.root, "[[corrections]]", "corrections.toml")

    ran = CliRunner().invoke(app, ["--library", str(library.root), "check", "--heard"])

    assert (ran.exit_code, ran.stdout) == (2, "")
    assert "corrections.toml: correction number 1, heard" in ran.stderr


STALE = "corrections.toml: {}: these words are not in {} any more; mend the entry or take it out"


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        pytest.param('heard = "electinib"', None, id="said"),
        pytest.param('heard = "moose"', STALE.format("moose", "any captions"), id="never said"),
        pytest.param(
            'video = "two"\nheard = "lore lat nib"',
            STALE.format("lore lat nib", "the captions of two"),
            id="said in another video",
        ),
        pytest.param(
            'video = "two"\nheard = "electinib"\nat = "9:00"',
            STALE.format("electinib", "the captions of two near 9:00"),
            id="said at another time",
        ),
    ],
)
def test_a_check_says_which_corrections_match_nothing_any_more(
    tmp_path: Path, entry: str, says: str | None
) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)
    written = f'[[corrections]]\n{entry}\nmeant = "alectinib"\n'
    write_catalogue(tmp_path, written, "corrections.toml")

    checked = check_library(library)

    assert checked.remarks == ((says,) if says else ())


def test_a_check_remarks_on_what_the_glossary_has_no_name_for(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)
    entry = '[[corrections]]\nheard = "electinib"\nmeant = "{}"\n'
    write_catalogue(tmp_path, entry.format("alectnib"), "corrections.toml")

    checked = check_library(library)

    assert [one[:59] for one in checked.remarks] == [
        "corrections.toml: electinib: 'alectnib' is no name in the g"
    ]
    assert checked.sentences[-1] == "No problem; see the remark above."
    write_catalogue(tmp_path, entry.format("Alectinib"), "corrections.toml")
    assert check_library(library).sentences[-1] == "All is well."
    assert checked.exit == 0


def test_a_terminal_says_what_was_probably_said(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    build(library)
    generation = opened(library)

    said = list(answer_lines(generation.search("lorlatinib"), generation.catalogue))

    assert "   probably: lorlatinib" in said


def test_a_terminal_says_what_a_person_found(tmp_path: Path) -> None:
    library = library_of(tmp_path, TALKS)
    says = '[[corrections]]\nheard = "electinib"\nmeant = "alectinib"\n'
    write_catalogue(tmp_path, says, "corrections.toml")
    build(library)
    generation = opened(library)

    said = list(answer_lines(generation.search("alectinib"), generation.catalogue))

    assert "   alectinib (reviewed)" in said
    assert not any("probably" in line for line in said)
