"""Settings as values: what an address makes of a topic."""

from __future__ import annotations

from catalog import TrialSearch


def test_a_trial_search_takes_the_topic_into_its_address() -> None:
    search = TrialSearch("Example", "https://trials.example.org/?q={topic}&on=1")

    assert search.about("PD-L1 & ALK") == "https://trials.example.org/?q=PD-L1%20%26%20ALK&on=1"
