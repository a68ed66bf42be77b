from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Library, UsualForms, load_catalogue, usual_forms_of


@pytest.fixture(scope="module")
def forms() -> UsualForms:
    return usual_forms_of(load_catalogue(Library(Path("no-such-library"))), "en")


@pytest.mark.parametrize(
    "written",
    [
        "I'm on Tagrisso, for an EGFR mutation",
        "the EGFR-positive and ALK-positive ones",
        "KRAS G12C or PD-L1 or PD L1",
        "MET exon 14 is found, and we met at a PET scan",
        "Dr. Alice Shaw's study, and Dr. Shaw and Dr. Nobody",
        "in New York on Monday",
        "alectinib's name is Alecensa",
        "the chest X-ray at stage IV",
    ],
)
def test_names_are_written_as_usual(forms: UsualForms, written: str) -> None:
    said = written.lower().replace("dr.", "dr").split(" ")

    assert " ".join(forms.written(said)) == written


@pytest.mark.parametrize("said", ["we met with a pet", "the dr said so", "it may be in march", ""])
def test_everyday_words_stay_as_they_are(forms: UsualForms, said: str) -> None:
    assert " ".join(forms.written(said.split(" "))).lower().replace("dr.", "dr") == said
    assert "Said" not in forms.written(said.split(" "))


def test_days_and_languages_are_small_in_spanish() -> None:
    spanish = usual_forms_of(load_catalogue(Library(Path("no-such-library"))), "es")

    assert spanish.written("april el english de méxico y el alk".split()) == (
        "april el english de México y el ALK".split()
    )


def test_only_capitals_change(forms: UsualForms) -> None:
    said = "dr who took the “alk” test (egfr, pd-l1) at mayo clinic".split(" ")

    written = forms.written(said)

    assert [word.lower().removesuffix(".") for word in written] == said
