"""Who is asked when sites are lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from catalog import Library
from transcripts import RunOptions
from transcripts.fetching.scheduler import ask_in_turn
from transcripts.sites.outcomes import Outcome


@dataclass(frozen=True)
class Told:
    address: str
    outcome: Outcome = Outcome.NO_CAPTIONS
    site: str = ""
    next_try: datetime | None = None
    detail: str = ""


def gone_through(library: Library, addresses: list[str], down: str) -> tuple[list[str], bool]:
    """Which are asked, and whether that ends offline, when all with one of `down` are down."""
    asked: list[str] = []

    def ask(address: str) -> Told:
        asked.append(address.removeprefix("https://"))
        lost = address.removeprefix("https://")[0] in down
        return replace(Told(address), outcome=Outcome.NETWORK_DOWN) if lost else Told(address)

    run = RunOptions(pause_s=(0, 0))
    _, ending = ask_in_turn(addresses, ask, lambda one: (one,), library, run)
    return asked, ending.offline


A, B = [f"https://a.org/{n}" for n in range(5)], [f"https://b.org/{n}" for n in range(5)]


def test_a_lost_site_is_left_alone_and_the_others_are_asked(library: Library) -> None:
    asked, offline = gone_through(library, A + B, down="a")

    assert asked == ["a.org/0", "a.org/1", "a.org/2", *(f"b.org/{n}" for n in range(5))]
    assert not offline


def test_several_lost_sites_are_a_lost_network(library: Library) -> None:
    assert gone_through(library, A + B, down="ab") == (
        ["a.org/0", "a.org/1", "a.org/2", "b.org/0"],
        True,
    )
