"""A second thread works while this one goes on; a thread that does not come is not waited for."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer import second_thread


@pytest.fixture(autouse=True)
def second(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadPoolExecutor]:
    monkeypatch.setattr(second_thread, "_is_idle", lambda: True)
    with ThreadPoolExecutor(1) as threads:
        monkeypatch.setattr(second_thread, "_second", threads)
        yield threads


def test_work_goes_on_in_another_thread() -> None:
    here = threading.get_ident()

    waited = second_thread.handed_over(lambda running: (running(), threading.get_ident()))

    assert waited()[1] != here


def test_what_nobody_began_is_done_by_whoever_needs_it(second: ThreadPoolExecutor) -> None:
    free = threading.Event()
    second.submit(free.wait)

    waited = second_thread.begun(threading.get_ident)

    assert waited() == threading.get_ident()
    free.set()


def test_work_that_ends_early_is_waited_for_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_thread, "_HANDOVER_SECONDS", 60)

    waited = second_thread.handed_over(lambda _: "known already")

    assert waited() == "known already"


def test_while_several_threads_compute_each_works_alone(second: ThreadPoolExecutor) -> None:
    def begins_here() -> bool:
        work = threading.get_ident
        with second_thread.computing():
            return second_thread.begun(work) is work

    assert not begins_here()
    with second_thread.computing():
        assert second.submit(begins_here).result()


def test_where_no_processor_is_idle_nothing_is_begun(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    told = tmp_path / "loadavg"
    monkeypatch.setattr(second_thread, "_LOAD", told)
    monkeypatch.setattr(second_thread, "_PROCESSORS", 2)

    idle = []
    for load in ("0.2 0.1 0.1 1/80 7", "0.2 0.1 0.1 2/80 7", "2.1 0.1 0.1 1/80 7"):
        told.write_text(load)
        idle.append(second_thread.begun(threading.get_ident) is not threading.get_ident)

    assert idle == [True, False, False]


def test_what_is_wrong_is_raised_where_it_is_waited_for() -> None:
    waited = second_thread.begun(lambda: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        waited()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system forks no processes")
@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # as of Python 3.12
def test_a_forked_process_does_without_the_thread_of_its_parent() -> None:
    assert second_thread.begun(lambda: "parent")() == "parent"

    child = os.fork()
    if not child:
        os._exit(second_thread.begun(lambda: 7)())

    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
