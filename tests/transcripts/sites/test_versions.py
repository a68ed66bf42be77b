from datetime import date
from pathlib import Path

import pytest

from transcripts.fetching.reports import outcome_sentences
from transcripts.sites.outcomes import Outcome
from transcripts.sites.versions import age_days, how_to_raise, versions_in_words, yt_dlp_version


@pytest.mark.parametrize(
    ("version", "days"),
    [("2026.10.26", 36), ("2026.10.26.232845.dev0", 36), ("1.2", None), ("2026.13.1", None)],
)
def test_the_age_of_a_version_is_in_its_name(version: str, days: int | None) -> None:
    assert age_days(version, date(2026, 12, 1)) == days


def test_an_old_one_says_what_raises_it() -> None:
    year, month, day = map(int, yt_dlp_version().split(".")[:3])

    assert versions_in_words(date(year, month, day)) == f"yt-dlp {yt_dlp_version()}, 0 days old"
    assert "days old\nYouTube changes every few weeks. To have a newer one run `make -C " in (
        versions_in_words(date(year + 1, month, day))
    )


def test_what_to_run_is_what_the_installation_needs(tmp_path: Path) -> None:
    assert how_to_raise(tmp_path, container=False).endswith(
        "-m pip install --upgrade --no-deps yt-dlp`"
    )
    assert "build the image anew" in how_to_raise(tmp_path, container=True)

    (tmp_path / "Makefile").touch()
    assert how_to_raise(tmp_path) == f"`make -C {tmp_path} yt-dlp`"


def test_only_a_failure_that_a_newer_one_may_mend_says_so() -> None:
    assert "yt-dlp`" in outcome_sentences(Outcome.OUTDATED)
    assert "yt-dlp`" in outcome_sentences(Outcome.FAILED)
    assert "yt-dlp`" not in outcome_sentences(Outcome.PRIVATE)
