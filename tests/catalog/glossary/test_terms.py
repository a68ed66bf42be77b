import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import Term
from catalog.glossary.terms import COLUMNS, read_glossary

HEAD = ",".join(COLUMNS) + "\n"
SOURCE = "https://example.org/a"


def refusals(rows: str) -> list[str]:
    _, problems = read_glossary(HEAD + rows, "glossary.csv")
    return [str(problem) for problem in problems]


def test_a_row_is_a_term_with_its_spellings_and_sources() -> None:
    row = (
        f'lorlatinib,drug,Lorbrena | PF-1,ALK,lorlatinb,,PF-1,"third, in line",{SOURCE} {SOURCE}b\n'
    )

    terms, problems = read_glossary(HEAD + row, "glossary.csv")

    assert problems == ()
    assert terms == (
        Term(
            "lorlatinib",
            "drug",
            variants=("Lorbrena", "PF-1"),
            related=("ALK",),
            misspellings=("lorlatinb",),
            unsourced=("PF-1",),
            facts="third, in line",
            sources=(SOURCE, SOURCE + "b"),
        ),
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        pytest.param(f",drug,,,,,,,{SOURCE}", "the canonical name is missing", id="no name"),
        pytest.param(f"x,spell,,,,,,,{SOURCE}", "'spell' is no kind", id="a wrong kind"),
        pytest.param("x,drug,,,,,,,", "every row needs its source", id="no source"),
        pytest.param("x,drug,,,,,,,a book", "every row needs its source", id="no address"),
        pytest.param("x,drug", "every row needs its source", id="a short row"),
        pytest.param(f"x,drug,,,,,y,,{SOURCE}", "'y' is marked unsourced", id="a stray spelling"),
        pytest.param(f"x,drug,,,,,,,{SOURCE},b", "it has too many cells", id="a stray comma"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_with_its_reason(row: str, says: str) -> None:
    terms, problems = read_glossary(f"{HEAD}{row}\ngood,drug,,,,,,,{SOURCE}\n", "glossary.csv")

    assert [term.canonical for term in terms] == ["good"]
    assert [problem.file for problem in problems] == ["glossary.csv"]
    assert problems[0].says.startswith(says)
    assert problems[0].entry == ("x" if row.startswith("x") else "line 2")


def test_every_bad_row_is_reported() -> None:
    assert len(refusals(f"a,drug,,,,,,,\nb,drug,,,,,,,{SOURCE}\nb,drug,,,,,,,{SOURCE}\n")) == 2


def test_a_term_that_is_there_twice_is_refused() -> None:
    row = f"x,drug,,,,,,,{SOURCE}\n"

    assert refusals(row + row) == ["glossary.csv: x: this term is there twice"]


@pytest.mark.parametrize("text", ["", "name,kind\n", HEAD.upper()], ids=["empty", "short", "loud"])
def test_another_first_line_is_refused(text: str) -> None:
    terms, (problem,) = read_glossary(text, "glossary.csv")

    assert terms == ()
    assert problem.says == "the first line has to be: " + HEAD.strip()


def test_a_quote_that_is_never_closed_is_a_problem() -> None:
    (says,) = refusals('"x,drug,,,,,,,\n')

    assert says.startswith("glossary.csv: line 2 is not valid CSV: ")


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_whatever_the_text_is_it_is_read_or_refused(text: str) -> None:
    for head in ("", HEAD):
        terms, problems = read_glossary(head + text, "glossary.csv")
        assert all(term.sources for term in terms)
        assert all(str(problem).startswith("glossary.csv: ") for problem in problems)
