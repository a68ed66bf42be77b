"""One at a time is at work on a thing, and what a dead process began another one takes over."""

from __future__ import annotations

from pathlib import Path

from indexer.store.claims import Claims
from indexer.store.objects import Folder


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_claim_is_another_ones_until_it_is_given_back(tmp_path: Path) -> None:
    one, other = Claims(Folder(tmp_path)), Claims(Folder(tmp_path))

    assert one.take("a")
    assert not other.take("a")
    assert other.take("b")
    one.give_back("a")
    assert other.take("a")


def test_a_claim_that_stays_the_same_for_long_is_taken_over_by_one(tmp_path: Path) -> None:
    clock, folder = Clock(), Folder(tmp_path)
    Claims(folder).take("a")  # whose process dies now
    one, other = Claims(folder, 60, clock), Claims(folder, 60, clock)
    assert not one.take("a")
    assert not other.take("a")

    clock.now = 59
    assert not one.take("a")
    clock.now = 60
    assert one.take("a")
    assert not other.take("a"), "it is another claim now, and its time begins anew"


def test_a_claim_of_which_nothing_was_written_is_taken_over_too(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/a").touch()
    claims = Claims(Folder(tmp_path), 60, clock)

    assert not claims.take("a")
    clock.now = 60
    assert claims.take("a")
