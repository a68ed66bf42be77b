"""kill -9 at any moment of fetching, indexing and swapping loses nothing and stops no reader."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import soak
from killable import Ended, Runner, runner
from libraries import opened
from loopback import serving
from talks_site import (
    Rounds,
    assert_answers_agree,
    assert_captions_are_whole,
    assert_is_of_round,
    library_of_site,
    tracks,
)

from catalog import Library

KILLS = soak.times(short=2, long=200)

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def run() -> Iterator[Runner]:
    with runner() as warm:
        yield warm


@pytest.fixture
def rounds() -> Iterator[Rounds]:
    with serving() as site:
        yield Rounds(site)


@pytest.fixture
def library(tmp_path: Path, rounds: Rounds) -> Library:
    return library_of_site(tmp_path, rounds.site)


def test_killed_runs_lose_nothing_and_the_next_one_completes(
    library: Library, rounds: Rounds, run: Runner
) -> None:
    chance = random.Random(soak.SEED)
    rounds.next()
    whole = completes(run, library, rounds)
    took, ends = 0.5, Counter[str]()

    for number in range(KILLS):
        rounds.next()
        had = tracks(library)
        if number % 2:
            ended = killed_at(run, library, chance.randint(1, whole.steps))
        else:
            ended = killed_after(run, library, chance.uniform(0, took))
        ends["killed" if ended.signal else "done before"] += 1
        assert_answers_agree(library)
        assert tracks(library) >= had
        assert_captions_are_whole(library, rounds)
        began = time.monotonic()
        whole = completes(run, library, rounds)
        took = time.monotonic() - began

    assert ends["killed"] >= KILLS // 2
    soak.tell(f"{KILLS} runs to kill: {dict(ends)}; a whole run takes {whole.steps} steps")


@pytest.mark.parametrize(
    ("step", "serves"),
    [
        ("os.rename .building", "g000002"),
        ("open .current.", "g000002"),
        ("os.rename .current.", "g000002"),
        ("shutil.rmtree g000001", "g000003"),
    ],
)
def test_a_kill_around_the_swap_serves_the_old_one_or_the_new_one(
    step: str, serves: str, library: Library, rounds: Rounds, run: Runner
) -> None:
    for _ in range(2):
        rounds.next()
        completes(run, library, rounds)
    rounds.next()
    assert run.through(library, "fetch").code == 0

    ended = killed_at(run, library, step, "index")

    assert ended.signal == signal.SIGKILL
    assert opened(library).name == serves
    assert_answers_agree(library)
    completes(run, library, rounds)
    assert not list(library.index_dir.glob(".current.*"))


def killed_at(run: Runner, library: Library, step: int | str, command: str = "update") -> Ended:
    run.start(library, command, step)
    return run.end()


def killed_after(run: Runner, library: Library, seconds: float) -> Ended:
    begun = run.start(library, "update")
    time.sleep(seconds)
    with suppress(ProcessLookupError):
        os.kill(begun, signal.SIGKILL)
    return run.end()


def completes(run: Runner, library: Library, rounds: Rounds) -> Ended:
    """Run to the end, and find all that the site has now."""
    ended = run.through(library, "update")
    assert (ended.code, ended.said.split("\n")[0]) == (0, "exit 0"), ended.said
    assert_is_of_round(library, rounds.number)
    return ended
