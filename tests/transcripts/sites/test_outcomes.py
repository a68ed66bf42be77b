import re
from datetime import UTC, datetime, timedelta

from outcome_table import outcomes_in_order

from transcripts.sites.outcomes import Outcome, told_by

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)


def test_every_outcome_has_sentences_for_a_person() -> None:
    wrong = [
        outcome
        for outcome in Outcome
        if not re.fullmatch(r"[A-Z][^\n]+\.", outcome.sentence) or "None" in outcome.sentence
    ]

    assert wrong == []


def test_every_outcome_has_its_place_in_the_table_and_every_pattern_is_one() -> None:
    assert sorted(outcomes_in_order()) == sorted(Outcome)
    assert all(told_by("", blocks=block) is None for block in (True, False))


def test_only_a_block_stops_the_run_and_no_block_counts_as_done() -> None:
    stopping = {outcome for outcome in Outcome if outcome.stops_asking}

    assert stopping == {Outcome.RATE_LIMITED, Outcome.BOT_CHECK}
    assert not any(outcome.well for outcome in stopping)


def test_a_site_says_when_to_come_back() -> None:
    assert Outcome.RATE_LIMITED.next_try(NOW, 90) == NOW + timedelta(seconds=90)
    assert Outcome.RATE_LIMITED.next_try(NOW) == NOW + timedelta(hours=1)


def test_no_site_can_make_us_wait_longer_than_a_day() -> None:
    assert Outcome.RATE_LIMITED.next_try(NOW, 1e9) == NOW + timedelta(days=1)
