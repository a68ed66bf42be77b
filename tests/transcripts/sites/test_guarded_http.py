"""Nothing that a site answers takes for ever or fills the memory, in the network or afterwards."""

from __future__ import annotations

import gzip
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

import pytest
from loopback import Site

from transcripts.sites.address_guard import AnswerBounds, AnswerTooLargeError
from transcripts.sites.client import Downloader
from transcripts.sites.guarded_http import time_limit
from transcripts.sites.offers import CaptionAnswer, choose_offers
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify, seconds_of

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
SHORT = AnswerBounds(max_bytes=1_000_000, in_all_bytes=2_000_000, seconds=1.0)


def ask(address: str, bounds: AnswerBounds = SHORT) -> CaptionAnswer:
    policy = RequestPolicy(allow_loopback=True, bounds=bounds, backoff_s=0)
    return Downloader(policy, lambda _: None).captions(
        address, partial(choose_offers, language="en")
    )


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/drip/", "/head/"])
def test_a_page_that_never_ends_is_given_up(site: Site, path: str) -> None:
    site.drip.add(path)

    assert classify(ask(site.url + path).seen) is Outcome.TOO_LARGE
    assert site.asked == [path], "nor is it tried again"


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/drip.vtt", "/head.vtt"])
def test_a_track_that_never_ends_is_given_up(site: Site, path: str) -> None:
    site.drip.add(path)

    (delivery,) = ask(site.page("/talk/", f"en {path}")).deliveries

    assert delivery.content is None
    assert classify(delivery.seen) is Outcome.TOO_LARGE


@pytest.mark.slow
def test_a_site_that_takes_the_question_and_says_nothing_is_given_up(site: Site) -> None:
    site.hang("/talk/")

    assert classify(ask(site.url + "/talk/").seen) is Outcome.TOO_LARGE


@pytest.mark.slow
def test_a_page_that_takes_for_ever_to_be_read_is_given_up(site: Site) -> None:
    # Each opening tag is looked for to the end of the page.
    page = site.html("/talk/", "<video>" * 140_000)

    assert classify(ask(page).seen) is Outcome.TOO_LARGE


@pytest.mark.slow
def test_what_is_asked_after_a_hopeless_page_is_answered(site: Site) -> None:
    site.drip.add("/drip/")
    site.put("/talk/en.vtt", VTT)
    downloader = Downloader(RequestPolicy(allow_loopback=True, bounds=SHORT, backoff_s=0))
    choose = partial(choose_offers, language="en")

    downloader.captions(site.url + "/drip/", choose)
    caught = downloader.captions(site.page("/talk/", "en en.vtt"), choose)

    assert [one.content for one in caught.deliveries] == [VTT.encode()]


def test_a_page_that_is_too_large_is_given_up(site: Site) -> None:
    page = site.html("/talk/", "x" * 1_100_000)

    assert classify(ask(page).seen) is Outcome.TOO_LARGE


def test_a_page_that_unpacks_to_too_much_is_given_up(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    page = site.put("/talk/", bomb, Content_Encoding="gzip")

    assert len(bomb) < 100_000
    assert classify(ask(page).seen) is Outcome.TOO_LARGE


def test_a_huge_and_deep_account_of_a_video_is_read_or_given_up(site: Site) -> None:
    deep = "[" * 400_000
    inside = f'<script type="application/ld+json">{deep}</script>'

    caught = ask(site.html("/talk/", f"{inside}<script>var x = {deep}</script>"))

    assert caught.deliveries == ()
    assert not classify(caught.seen).well


def test_many_tracks_together_are_bounded(site: Site) -> None:
    page = site.page("/talk/", *(f"{tag} {tag}.vtt" for tag in ("en", "es", "fr", "de")))
    for tag in ("en", "es", "fr", "de"):
        site.put(f"/talk/{tag}.vtt", VTT + "x" * 900_000)

    deliveries = ask(page).deliveries

    assert [one.content is not None for one in deliveries] == [True, True, False, False]
    assert classify(deliveries[-1].seen) is Outcome.TOO_LARGE


def test_no_more_tracks_are_taken_than_there_are_languages(site: Site) -> None:
    tags = [f"{a}{b}{c}" for a in "abcdef" for b in "abcdef" for c in "abcdef"]
    page = site.page("/talk/", *(f"{tag} {tag}.vtt" for tag in tags))

    deliveries = ask(page, AnswerBounds()).deliveries

    assert len(deliveries) == 100


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("30", 30.0),
        ("-30", 0.0),
        ("1e400", 31_536_000.0),
        ("inf", 31_536_000.0),
        ("nan", None),
        ("Fri, 31 Dec 9999 23:59:59 -2300", 31_536_000.0),
        ("Mon, 01 Jan 0001 00:00:00 GMT", 0.0),
        ("soon", None),
        ("", None),
    ],
)
def test_any_time_to_wait_that_a_site_names_is_one_that_a_calendar_can_hold(
    said: str, seconds: float | None
) -> None:
    assert seconds_of(said) == seconds


@pytest.mark.parametrize("said", ["inf", "1e400", "9" * 400])
def test_a_site_that_says_never_is_asked_again_after_a_day(site: Site, said: str) -> None:
    seen = ask(site.put("/talk/", "Slow down", 429, Retry_After=said)).seen
    now = datetime(2026, 3, 1, tzinfo=UTC)

    again = classify(seen).next_try(now, seen.retry_after_s)

    assert again is not None
    assert (again - now).total_seconds() == 24 * 60 * 60


def test_a_track_that_is_the_same_as_none_is_not_taken_for_unchanged(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", status=304)

    (delivery,) = ask(page).deliveries

    assert classify(delivery.seen) is Outcome.SITE_TROUBLE


def sleep_on(seconds: float) -> None:
    """Sleep, and swallow the first thing that disturbs it."""
    with suppress(AnswerTooLargeError):
        time.sleep(seconds)
    time.sleep(seconds)


@pytest.mark.slow
def test_a_limit_that_somebody_swallowed_comes_again() -> None:
    with pytest.raises(AnswerTooLargeError), time_limit(0.05):
        sleep_on(5)


def test_a_limit_ends_with_its_block_and_leaves_the_alarm_as_it_was() -> None:
    with time_limit(0.05):
        pass
    time.sleep(0.1)

    assert signal.getsignal(signal.SIGALRM) is signal.SIG_DFL


def test_a_limit_in_another_thread_or_on_somebody_s_alarm_changes_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    done: list[str] = []

    def work(what: Callable[[], str]) -> None:
        with time_limit(0.01):
            time.sleep(0.05)
            done.append(what())

    other = threading.Thread(target=work, args=(lambda: "thread",))
    other.start()
    other.join()
    monkeypatch.setattr(signal, "getsignal", lambda _: print)
    work(lambda: "alarm")

    assert done == ["thread", "alarm"]
