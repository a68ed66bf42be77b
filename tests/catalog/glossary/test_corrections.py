from pathlib import Path

import pytest
from libraries import library_of, write_catalogue

from catalog import Correction, MisheardForm, Term, read_catalogue
from catalog.glossary.corrections import read_corrections, ruinous
from catalog.glossary.terms import COLUMNS, read_glossary

HEAD = ",".join((*COLUMNS, "heard")) + "\n"
SOURCE = "https://example.org/a"


def glossary_problems(*rows: tuple[str, str]) -> list[str]:
    """The problems of a glossary of genes, each with its cell of what is heard."""
    cells = (f'{name},gene,,,,,,,{SOURCE},"{heard}"\n' for name, heard in rows)
    return [str(problem) for problem in read_glossary(HEAD + "".join(cells), "g.csv")[1]]


def test_corrections_are_read_as_they_are_written() -> None:
    text = """
        [[corrections]]
        video = "talk"
        heard = " electinib "
        meant = "alectinib"
        at = "7:42"
        [[corrections]]
        heard = "Elk Grove"
        meant = ""
    """

    corrections, problems = read_corrections(text, "corrections.toml")

    assert problems == ()
    assert corrections == (
        Correction("electinib", "alectinib", "talk", 462_000),
        Correction("Elk Grove", ""),
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param('heard = "a"', "a, meant: this field is needed", id="no meaning"),
        pytest.param('meant = "a"', "correction number 1, heard: this field", id="no words"),
        pytest.param('heard = "."\nmeant = "a"', "., heard: '.' holds no word", id="a dot"),
        pytest.param('heard = "a"\nmeant = "?"', "a, meant: write what was", id="undecided"),
        pytest.param('heard = "a"\nmeant = 3', "a, meant: write a text in", id="a number"),
        pytest.param('heard = "a"\nmeant = ""\nwho = "b"', "a, who: there is no", id="a field"),
        pytest.param('heard = "a"\nmeant = ""\nat = "x"', "a, at: 'x' is no time", id="a time"),
        pytest.param('heard = "a"\nmeant = ""\nvideo = "X"', "a, video: 'X' is no", id="a slug"),
    ],
)
def test_a_correction_that_cannot_be_used_is_left_out_with_its_reason(text: str, says: str) -> None:
    good = '[[corrections]]\nheard = "good"\nmeant = "well"\n'

    corrections, problems = read_corrections(f"[[corrections]]\n{text}\n{good}", "c.toml")

    assert [one.heard for one in corrections] == ["good"]
    assert [str(problem)[: len(says) + 8] for problem in problems] == [f"c.toml: {says}"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        pytest.param("corrections = 3", "write each entry under its own", id="no list"),
        pytest.param("[[fixes]]", "there is no such field", id="another list"),
        pytest.param("corrections = [3]", "write a table of fields, not 3", id="no table"),
        pytest.param("[[", "this is not valid TOML", id="no TOML"),
    ],
)
def test_a_file_of_another_form_is_a_problem(text: str, says: str) -> None:
    corrections, (problem,) = read_corrections(text, "c.toml")

    assert corrections == ()
    assert problem.says.startswith(says)


def test_a_correction_that_is_there_twice_is_a_problem() -> None:
    entry = '[[corrections]]\nheard = "{}"\nmeant = "b"\n'

    _, problems = read_corrections(entry.format("a") + entry.format("A"), "c.toml")

    assert [str(problem) for problem in problems] == [
        "c.toml: A: this is there twice; keep one of them"
    ]


def test_a_correction_for_a_video_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"talk": "a"})
    says = '[[corrections]]\nvideo = "talks"\nheard = "elk"\nmeant = "ALK"\n'
    write_catalogue(tmp_path, says, "corrections.toml")

    catalogue, problems = read_catalogue(library)

    assert len(catalogue.corrections) == 1
    assert [str(one) for one in problems] == [
        "corrections.toml: elk, video: there is no video 'talks'; did you mean 'talk'?"
    ]


def test_what_is_heard_for_a_name_is_read_with_the_words_that_have_to_be_near() -> None:
    cell = "ross one|met [exon , gene]|elk [fusion; 3 words] | alc [fusion; 1 sentence]"
    row = f'ROS1,gene,,,,,ross one,,{SOURCE},"{cell}"\n'

    (term,), problems = read_glossary(HEAD + row, "g.csv")

    assert problems == ()
    assert term.heard == (
        MisheardForm("ross one"),
        MisheardForm("met", ("exon", "gene")),
        MisheardForm("elk", ("fusion",), 3, "words"),
        MisheardForm("alc", ("fusion",), 1, "sentences"),
    )


@pytest.mark.parametrize(
    "cell",
    ["met [exon", "met exon]", "[exon]", "met []", "met [exon; 3 miles]", "met [exon; 0 words]"],
)
def test_what_cannot_be_read_as_heard_is_a_problem(cell: str) -> None:
    (says,) = glossary_problems(("MET", cell))

    assert says == (
        f"g.csv: MET: {cell!r} cannot be read; "
        "write 'ross one', or 'met [exon, skipping; 3 words]' with words that have to be near"
    )


def test_a_short_word_alone_cannot_stand_for_a_name() -> None:
    assert glossary_problems(("MET", "met")) == [
        "g.csv: MET: 'met' is short: add words that have to be near, in brackets"
    ]
    assert glossary_problems(("MET", "mettala")) == []


def test_one_name_is_not_heard_as_another() -> None:
    assert glossary_problems(("RET", ""), ("MET", "ret [gene]")) == [
        "g.csv: MET, heard: 'ret' is a name of 'RET'"
    ]
    assert glossary_problems(("RET", "red one"), ("MET", "Red one")) == [
        "g.csv: MET, heard: 'Red one' is also what 'RET' is heard as"
    ]
    assert glossary_problems(("RET", "red [fusion]"), ("MET", "red [exon]")) == []


def test_a_glossary_without_that_column_is_as_good() -> None:
    head = ",".join(COLUMNS) + "\n"

    (term,), problems = read_glossary(f"{head}ALK,gene,,,,,,,{SOURCE}\n", "g.csv")

    assert problems == ()
    assert term.heard == ()


DRUGS = (
    Term("alectinib", "drug", variants=("Alecensa",)),
    Term("crizotinib", "drug", variants=("Xalkori",), spanish=("crizotinibe",)),
    Term("ALK", "gene"),
)


def refused(heard: str, meant: str, video: str = "", at_ms: int | None = None) -> list[str]:
    one = Correction(heard, meant, video, at_ms)
    return [str(problem) for problem in ruinous([one], DRUGS, "c.toml")]


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("alectinib", "crizotinib"), ("on Alecensa now", "on Xalkori now")],
)
def test_one_medicine_is_never_corrected_into_another(heard: str, meant: str) -> None:
    found = refused(heard, meant, "talk", 462_000)

    assert found == [
        f"c.toml: {heard}, meant: 'alectinib' is a medicine of its own, so it is never taken "
        "for 'crizotinib'; take this out"
    ]


@pytest.mark.parametrize("heard", ["the", "it is", "two", "Me."])
def test_everyday_talk_is_corrected_at_one_place_only(heard: str) -> None:
    says = "this is everyday talk; add the `video` and the time, `at`, of the one place"

    assert refused(heard, "HER2") == [f"c.toml: {heard}, heard: {says}"]
    assert refused(heard, "HER2", video="talk") == refused(heard, "HER2")
    assert refused(heard, "HER2", "talk", 462_000) == []
    assert refused(heard, "") == []


@pytest.mark.parametrize(
    ("heard", "meant"),
    [("electinib", "alectinib"), ("Alecensa", "alectinib"), ("elk", "ALK"), ("her two", "HER2")],
)
def test_other_corrections_are_taken(heard: str, meant: str) -> None:
    assert refused(heard, meant, "talk", 462_000) == []


def test_a_correction_that_would_ruin_a_library_is_a_problem_of_the_catalogue(
    tmp_path: Path,
) -> None:
    library = library_of(tmp_path, {"talk": "a"})
    says = '[[corrections]]\nheard = "the"\nmeant = "ALK"\n'
    write_catalogue(tmp_path, says, "corrections.toml")

    _, (problem,) = read_catalogue(library)

    assert (problem.file, problem.entry) == ("corrections.toml", "the")
