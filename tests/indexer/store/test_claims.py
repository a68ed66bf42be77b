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


class Slow(Folder):
    """Objects in a folder; whatever is created, others have looked a moment before."""

    before = staticmethod(lambda: None)

    def create(self, name: str, data: bytes) -> bool:
        self.before()
        return super().create(name, data)


def test_of_two_who_take_over_at_the_same_time_one_succeeds(tmp_path: Path) -> None:
    clock, folder = Clock(), Slow(tmp_path)
    Claims(folder).take("a")
    one, other = Claims(folder, 60, clock), Claims(Folder(tmp_path), 60, clock)
    assert (one.take("a"), other.take("a")) == (False, False)

    clock.now, taken = 60, list[bool]()
    folder.before = lambda: taken.append(other.take("a"))
    assert (one.take("a"), taken) == (False, [True])


def test_what_was_taken_over_is_given_back_whole(tmp_path: Path) -> None:
    clock, folder = Clock(), Folder(tmp_path)
    Claims(folder).take("a")
    one = Claims(folder, 60, clock)
    one.take("a")
    clock.now = 60
    assert one.take("a")

    one.give_back("a")
    assert not [*(tmp_path / "claims").iterdir()]
    assert Claims(folder, 60, clock).take("a")


def test_a_claim_of_which_nothing_was_written_is_taken_over_too(tmp_path: Path) -> None:
    clock = Clock()
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims/a.0").touch()
    claims = Claims(Folder(tmp_path), 60, clock)

    assert not claims.take("a")
    clock.now = 60
    assert claims.take("a")
