"""What nobody speaks of is told, with what they do speak of, and never held for answered."""

from __future__ import annotations

import pytest
from memory import in_memory

from indexer import Answer, Generation

TALKS = {
    "stages": "in stage three b we give chemo and radiation\nstage four means that it has spread",
    "exons": "an exon nineteen deletion answers well to the pill\nso does G twelve C to another",
    "her": "HER2 is a gene of its own",
    "doses": "the usual dose is eighty milligrams\nthe scan is every three months",
    "pills": "osimertinib is a pill\nit may give you a rash",
    "codes": "the trial NCT05338970 tries AMG 510\nthe bill says C34.10",
    "lines": "a second-line treatment comes after the first line\nif not, after that",
    "scale": "a performance status of one means some help\nthere is a five-year survival",
    "shares": "PD-L1 was eighty percent\nhalf of them, fifty percent, were alive",
}


@pytest.fixture(scope="module")
def generation() -> Generation:
    return in_memory(TALKS)


def unsaid(answer: Answer) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.name, one.neighbours) for one in answer.unsaid]


@pytest.mark.parametrize(
    ("query", "name", "neighbours"),
    [
        ("is stage 2 curable", "stage 2", ("stage 3", "stage 3b", "stage 4")),
        ("what is stage IIIA", "stage IIIA", ("stage 3", "stage 3b", "stage 4")),
        ("exon 18 deletion", "exon 18 deletion", ("exon 19",)),
        ("exon 19 insertion", "exon 19 insertion", ("exon 19",)),
        ("exon 18", "exon 18", ("exon 19",)),
        ("HER3", "HER3", ("HER2",)),
        ("gefitinib rash", "gefitinib", ()),
        ("third line treatment", "third line", ("second line", "first line")),
        ("what is 4L", "4L", ("second line", "first line")),
        ("tercera línea", "tercera línea", ("second line", "first line")),
        ("ECOG 3", "ECOG 3", ("ECOG 1",)),
        ("performance status of 2", "performance status of 2", ("ECOG 1",)),
        ("10-year survival", "10-year survival", ("5-year survival",)),
        ("supervivencia a 10 años", "supervivencia a 10 años", ("5-year survival",)),
        ("can I take 120 milligrams", "120 milligrams", ()),
        ("a scan every 2 months", "every 2 months", ()),
    ],
)
def test_what_nobody_speaks_of_is_told_and_not_answered(
    generation: Generation, query: str, name: str, neighbours: tuple[str, ...]
) -> None:
    answer = generation.search(query)

    assert unsaid(answer) == [(name, neighbours)]
    assert answer.confidence != "answered"


@pytest.mark.parametrize(
    "query",
    [
        "stage 4", "stage IIIB", "exon 19", "HER2", "tagrisso rash", "2L", "1st-line",
        "segunda línea", "ECOG PS 1", "estado funcional 1", "five year survival",
        "supervivencia a cinco años",
    ],
)  # fmt: skip
def test_of_what_is_said_nothing_is_told(generation: Generation, query: str) -> None:
    answer = generation.search(query)

    assert answer.unsaid == ()
    assert answer.confidence == "answered"


def test_the_neighbour_of_what_was_asked_is_not_highlighted(generation: Generation) -> None:
    for query in ("stage 2", "120 milligrams", "exon 18"):
        shown = [
            hit.text[start:end] for hit in generation.search(query).hits for start, end in hit.spans
        ]
        assert shown == [], query


def test_a_misspelled_medicine_that_is_said_is_what_was_asked(generation: Generation) -> None:
    answer = generation.search("osimertanib rash")

    assert (unsaid(answer), answer.confidence) == ([], "answered")
    assert answer.hits[0].video == "pills"


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("NCT01234567", "NCT01234567"),
        ("NCT 0123 4567", "NCT 0123 4567"),
        ("what is C34.90", "C34.90"),
        ("AMG 757", "AMG 757"),
        ("30 percent survival", "30 percent"),
        ("vitamin B12", "B12"),
    ],
)
def test_a_code_and_a_share_have_no_kin(generation: Generation, query: str, name: str) -> None:
    found = dict(unsaid(generation.search(query)))

    assert found[name] == ()


@pytest.mark.parametrize("query", ["PD-L2", "PDL2", "pd-l2", "PD L2"])
def test_a_name_of_two_letters_and_a_number_is_one_name(generation: Generation, query: str) -> None:
    assert unsaid(generation.search(query)) == [(query, ("PDL1",))]


def test_a_mutation_has_kin_at_its_own_place(generation: Generation) -> None:
    assert unsaid(generation.search("G12D")) == [("G12D", ("G12C",))]
    assert unsaid(generation.search("G13C")) == [("G13C", ())]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("stages 2 and 3", ["stage 2"]),
        ("stages 2 and 5", ["stage 2", "stage 5"]),
        ("is it stage 2, 3 and 4", ["stage 2"]),
        ("stages 3 & 5", ["stage 5"]),
        ("exons 18 and 19", ["exon 18"]),
        ("etapas 2 y 3", ["etapa 2"]),
        ("second and third line", ["third line"]),
        ("80 and 120 milligrams", ["120 milligrams"]),
        ("ECOG 1 and 2", ["ECOG 2"]),
    ],
)
def test_each_number_of_a_row_is_asked_for(
    generation: Generation, query: str, names: list[str]
) -> None:
    answer = generation.search(query)

    assert [one.name for one in answer.unsaid] == names
    assert answer.confidence != "answered"


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("stage 2 or 3", ["stage 2"]),
        ("stage 2, 3 or 5", ["stage 2", "stage 5"]),
        ("exon 18 or 19", ["exon 18"]),
        ("etapa 3 o 5", ["etapa 5"]),
        ("stage 3-5", ["stage 5"]),
        ("second or third line", ["third line"]),
        ("80 or 120 mg", ["120 mg"]),
        ("ECOG 0-1", ["ECOG 0"]),
        ("5 or 10 year survival", ["10 year survival"]),
    ],
)
def test_of_numbers_that_or_joins_each_is_enough(
    generation: Generation, query: str, names: list[str]
) -> None:
    answer = generation.search(query)

    assert [one.name for one in answer.unsaid] == names
    assert answer.confidence == "answered"


@pytest.mark.parametrize("query", ["stage 2 or 5", "exon 17 or 18", "40 or 60 mg", "etapas 2 y 5"])
def test_a_row_of_which_nobody_says_any_is_not_answered(generation: Generation, query: str) -> None:
    assert generation.search(query).confidence != "answered"
    assert len(generation.search(query).unsaid) == 2


def test_two_numbers_that_are_said_apart_do_not_answer_a_question_for_both(
    generation: Generation,
) -> None:
    apart = in_memory({"one": "stage two is here", "two": "stage three is there"})

    assert apart.search("stages 2 and 3").confidence == "perhaps"
    assert apart.search("stages 2 and 3").unsaid == ()
    assert apart.search("stage 2 or 3").confidence == "answered"
