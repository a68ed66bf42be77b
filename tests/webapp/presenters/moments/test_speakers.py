from __future__ import annotations

import pytest

from catalog import Person
from webapp.presenters.moments.speakers import person_named

TESS = Person("tess", "Dr. Tess Sample", also=("Theresa Sample",))
ADA = Person("ada", "Ada Example (invented)")
LEE = Person("lee", "Dr. Kim Lee, MD")
OTHER = Person("other", "Otto Sample")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Dr. Tess Sample", TESS),
        ("DR. SAMPLE", TESS),
        ("Theresa Sample", TESS),
        ("Ada Example", ADA),
        ("ADA EXAMPLE (INVENTED)", ADA),
        ("SAMPLE, TESS", TESS),
        ("SAMPLE", TESS),
        ("TESS", None),
        ("DR. TESS", None),
        ("THERESA", None),
        ("Ada", None),
        ("(Invented)", None),
        ("Mr. Sample", None),
        ("Tim Sample", None),
        ("Dr. Tess Sample, patient", None),
        ("LEE", LEE),
        ("DR. LEE", LEE),
        ("Speaker 1", None),
        ("Dr.", None),
        ("", None),
    ],
)
def test_a_name_in_captions_means_one_of_the_videos_people(
    written: str, meant: Person | None
) -> None:
    assert person_named(written, [TESS, ADA, LEE]) == meant


def test_a_name_that_two_people_share_means_neither() -> None:
    assert person_named("Sample", [TESS, OTHER]) is None
