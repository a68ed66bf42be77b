from textwrap import dedent

from catalog import Term
from catalog.glossary.definitions import defined, read_definitions
from catalog.model import Definition

SOURCE = "https://dictionary.example/biopsy"
BIOPSY = Definition({"en": "Taking a piece of tissue.", "es": "Tomar tejido."}, SOURCE)


def test_a_definition_has_its_languages_and_its_source() -> None:
    text = f"""
        [biopsy]
        en = "Taking a piece of tissue."
        es = "Tomar tejido."
        source = "{SOURCE}"
        """

    assert read_definitions(dedent(text), "definitions.toml") == ((("biopsy", BIOPSY),), ())


def test_what_cannot_be_used_is_named() -> None:
    text = """
        [biopsy]
        en = "Taking a piece of tissue."
        [scan]
        en = "A picture."
        source = "my doctor"
        [pills]
        English = "Medicine."
        source = "https://dictionary.example"
        """

    found, problems = read_definitions(dedent(text), "definitions.toml")

    assert found == ()
    assert [(one.entry, one.field) for one in problems] == [
        ("biopsy", ""),
        ("scan", "source"),
        ("pills", "English"),
    ]


def test_a_definition_belongs_to_a_term() -> None:
    terms, problems = defined((Term("biopsy", "test"),), {"biopsy": BIOPSY, "biopsi": BIOPSY}, "d")

    assert terms == (Term("biopsy", "test", definition=BIOPSY),)
    assert [str(one) for one in problems] == [
        "d: biopsi: the glossary has no 'biopsi'; did you mean 'biopsy'?"
    ]
