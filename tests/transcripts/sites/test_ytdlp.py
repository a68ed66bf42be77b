"""The real yt-dlp, against a site on this machine and against a scripted YouTube."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from fake_youtube import FakeYouTube, auto, manual, youtube
from loopback import Site, serving

from catalog import FetchSettings
from transcripts.sites.address_guard import AnswerBounds, DownloadBudget
from transcripts.sites.client import Downloader
from transcripts.sites.offers import CaptionAnswer, choose_offers
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify
from transcripts.sites.ytdlp import YtDlp

ID, OTHER = "abcdefghijk", "zyxwvutsrqp"
WATCH = f"https://www.youtube.com/watch?v={ID}"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
JSON3 = '{"wireMagic": "pb3", "events": [{"tStartMs": 0, "segs": [{"utf8": "Hello"}]}]}'
SRT = "1\n00:00:00,000 --> 00:00:02,000\nHello\n"
QUICK = RequestPolicy(allow_loopback=True, backoff_s=0)
ANYBODY = FetchSettings(hosts=("*",))

english = partial(choose_offers, language="en")


@pytest.fixture
def tube() -> Iterator[FakeYouTube]:
    with youtube() as fake:
        yield fake


def delivered(caught: CaptionAnswer) -> dict[str, bytes | None]:
    return {
        f"{one.offer.language}.{one.offer.kind}.{one.offer.ext}": one.content
        for one in caught.deliveries
    }


def test_tracks_of_a_page_s_own_video_come_byte_for_byte(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt", "en-x-auto auto.json3", "es es.srt")
    site.put("/talk/en.vtt", VTT)
    site.put("/talk/auto.json3", JSON3)
    site.put("/talk/es.srt", SRT)

    caught = Downloader(QUICK).captions(page, english)

    assert delivered(caught) == {
        "en.manual.vtt": VTT.encode(),
        "en.auto.json3": JSON3.encode(),
        "es.manual.srt": SRT.encode(),
    }
    assert caught.extractor == "html5"


def test_a_page_with_captions_and_no_film_is_enough(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt", video="")
    site.put("/talk/en.vtt", VTT)

    assert delivered(Downloader(QUICK).captions(page, english)) == {"en.manual.vtt": VTT.encode()}


PAGES = {
    "no tracks": ("<video><source src=a.mp4></video>", Outcome.NO_CAPTIONS),
    "no video": ("<p>Hello", Outcome.NO_VIDEO),
    "several": ("<video src=a.mp4></video><video src=b.mp4></video>", Outcome.SEVERAL_VIDEOS),
}


@pytest.mark.parametrize(("inside", "outcome"), PAGES.values(), ids=PAGES)
def test_a_page_without_captions_says_why(site: Site, inside: str, outcome: Outcome) -> None:
    caught = Downloader(QUICK).captions(site.html("/talk/", inside), english)

    assert classify(caught.seen) is outcome
    assert caught.deliveries == ()


@pytest.mark.parametrize(
    ("status", "outcome", "asked"),
    [
        (404, Outcome.DEAD_LINK, 1),
        (403, Outcome.SITE_TROUBLE, 1),
        (429, Outcome.RATE_LIMITED, 1),
        (503, Outcome.SITE_TROUBLE, 3),
    ],
)
def test_only_a_server_s_trouble_is_tried_again(
    site: Site, status: int, outcome: Outcome, asked: int
) -> None:
    page = site.put("/talk/", "Sorry", status)

    assert classify(Downloader(QUICK).captions(page, english).seen) is outcome
    assert len(site.asked) == asked


def test_it_waits_longer_before_every_retry(site: Site) -> None:
    slept: list[float] = []
    page = site.put("/talk/", "Sorry", 500)

    Downloader(RequestPolicy(allow_loopback=True, backoff_s=2), slept.append).captions(
        page, english
    )

    assert slept == [2.0, 4.0]


def test_nobody_at_the_other_end_means_that_the_network_is_down() -> None:
    caught = Downloader(QUICK).captions("http://127.0.0.1:9/talk/", english)

    assert classify(caught.seen) is Outcome.NETWORK_DOWN


def test_a_track_that_was_cut_off_is_not_delivered(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT, cut=True)

    (delivery,) = Downloader(QUICK).captions(page, english).deliveries

    assert delivery.content is None
    assert classify(delivery.seen) is Outcome.NETWORK_DOWN


def test_a_track_that_is_too_large_is_not_delivered(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT * 100)
    policy = RequestPolicy(allow_loopback=True, bounds=AnswerBounds(max_bytes=1000))

    (delivery,) = Downloader(policy).captions(page, english).deliveries

    assert delivery.content is None
    assert classify(delivery.seen) is Outcome.TOO_LARGE


def test_an_unchanged_track_is_not_sent_again(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT, ETag='"1"')
    first = Downloader(QUICK).captions(page, english).deliveries[0]
    known = partial(english, etags={"en.manual.vtt": first.etag})

    (second,) = Downloader(QUICK).captions(page, known).deliveries

    assert second.content is None
    assert classify(second.seen) is Outcome.FETCHED


def test_a_page_on_this_machine_is_refused_unless_allowed(site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")

    caught = Downloader(RequestPolicy(backoff_s=0)).captions(page, english)

    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED
    assert site.asked == []


def test_a_redirect_into_a_private_network_is_refused(site: Site) -> None:
    page = site.put("/talk/", status=302, Location="http://10.0.0.1/secret")

    caught = Downloader(QUICK).captions(page, english)

    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED
    assert caught.seen.detail == "10.0.0.1 is on a private network"


def test_a_track_in_a_private_network_is_refused(site: Site) -> None:
    page = site.page("/talk/", "en http://169.254.169.254/latest/meta-data.vtt")

    (delivery,) = Downloader(QUICK).captions(page, english).deliveries

    assert classify(delivery.seen) is Outcome.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://127.0.0.1/a", "data:text/html,hi", "ytsearch:x", ""]
)
def test_only_web_addresses_are_asked(address: str) -> None:
    caught = Downloader(QUICK).captions(address, english)

    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED


def test_a_redirect_to_another_scheme_is_refused(site: Site) -> None:
    page = site.put("/talk/", status=302, Location="ftp://127.0.0.1/a.html")

    assert classify(Downloader(QUICK).captions(page, english).seen) is Outcome.ADDRESS_REFUSED


def test_youtube_gives_json3_in_its_own_languages_only(tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3), manual("es", JSON3))

    caught = Downloader(QUICK).captions(WATCH, english)

    assert delivered(caught) == {
        "es.manual.json3": JSON3.encode(),
        "en.auto.json3": JSON3.encode(),
    }
    assert tube.asked == [
        "/watch",
        "player VISIONOS",
        "timedtext es json3",
        "timedtext en json3",
    ]


REASONS = {
    "private": ("Private video. Sign in if you've been granted access", Outcome.PRIVATE),
    "removed": ("This video has been removed by the uploader", Outcome.REMOVED),
    "unavailable": ("Video unavailable", Outcome.REMOVED),
    "members": ("Join this channel to get access to members-only content", Outcome.MEMBERS_ONLY),
    "age": ("Sign in to confirm your age", Outcome.AGE_LIMIT),
    "upcoming": ("Premieres in 3 hours", Outcome.UPCOMING),
    "bot": ("Sign in to confirm you’re not a bot", Outcome.BOT_CHECK),
    "rate": ("This content isn't available, try again later", Outcome.RATE_LIMITED),
}


@pytest.mark.parametrize(("reason", "outcome"), REASONS.values(), ids=REASONS)
def test_youtube_says_why_it_does_not_play(
    tube: FakeYouTube, reason: str, outcome: Outcome
) -> None:
    tube.refuses(ID, reason)

    assert classify(Downloader(QUICK).captions(WATCH, english).seen) is outcome


STATUSES = {
    "a notice": ("CONTENT_CHECK_REQUIRED", "Words of its own", Outcome.BEHIND_NOTICE),
    "a notice that says nothing": ("CONTENT_CHECK_REQUIRED", "", Outcome.BEHIND_NOTICE),
    "off the air": ("LIVE_STREAM_OFFLINE", "Offline.", Outcome.OFFLINE),
    "ended": ("LIVE_STREAM_OFFLINE", "This live event has ended.", Outcome.NOT_READY),
    "signed in": ("LOGIN_REQUIRED", "Words of its own", Outcome.SIGN_IN),
    "private": ("LOGIN_REQUIRED", "This is a private video.", Outcome.PRIVATE),
    "nothing known": ("UNPLAYABLE", "Words of its own", Outcome.FAILED),
}


@pytest.mark.parametrize(("status", "reason", "outcome"), STATUSES.values(), ids=STATUSES)
def test_youtube_s_status_tells_what_its_words_do_not(
    tube: FakeYouTube, status: str, reason: str, outcome: Outcome
) -> None:
    tube.refuses(ID, reason, status)

    assert classify(Downloader(QUICK).captions(WATCH, english).seen) is outcome


def test_a_notice_before_a_video_is_known_by_its_own_words_too(tube: FakeYouTube) -> None:
    notice = {
        "title": {"content": "Content warning"},
        "description": {"content": "This may be hard to watch."},
    }
    shown = {"playerInterstitialRenderer": {"content": {"interstitialViewModel": notice}}}
    tube.refuses(ID, "", "UNPLAYABLE", errorScreen=shown)

    seen = Downloader(QUICK).captions(WATCH, english).seen

    assert classify(seen) is Outcome.BEHIND_NOTICE
    assert "This may be hard to watch" in seen.detail


def test_a_video_not_shown_in_this_country_is_told_from_a_removed_one(tube: FakeYouTube) -> None:
    words = "The uploader has not made this video available in your country"
    shown = {"playerErrorMessageRenderer": {"subreason": {"simpleText": words}}}
    tube.refuses(ID, "Video unavailable", "UNPLAYABLE", errorScreen=shown)

    caught = Downloader(QUICK).captions(WATCH, english)

    assert classify(caught.seen) is Outcome.GEO_BLOCKED


def test_an_announced_video_is_upcoming(tube: FakeYouTube) -> None:
    tube.video(ID, playable=False, isUpcoming=True, isLiveContent=True)

    assert classify(Downloader(QUICK).captions(WATCH, english).seen) is Outcome.UPCOMING


def test_a_video_that_plays_without_tracks_has_no_captions(tube: FakeYouTube) -> None:
    tube.video(ID)

    assert classify(Downloader(QUICK).captions(WATCH, english).seen) is Outcome.NO_CAPTIONS


def test_captions_that_need_a_token_are_withheld_after_a_second_try(tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3, needs_token=True))

    caught = Downloader(QUICK).captions(WATCH, english)

    assert classify(caught.seen) is Outcome.WITHHELD
    assert "player TVHTML5" in tube.asked


def test_a_second_client_may_get_what_the_first_did_not(tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3, needs_token=True))
    tube.video(OTHER, auto("en", JSON3))
    answers = tube.players[OTHER] | {"videoDetails": tube.players[ID]["videoDetails"]}
    tube.by_client["TVHTML5"] = answers
    tube.captions[OTHER, "en", True] = auto("en", JSON3)

    caught = Downloader(QUICK).captions(WATCH, english)

    assert delivered(caught) == {"en.auto.json3": JSON3.encode()}


def test_both_ways_of_asking_share_what_one_address_may_take(
    tube: FakeYouTube, monkeypatch: pytest.MonkeyPatch
) -> None:
    budgets: list[DownloadBudget] = []

    class Watched(YtDlp):
        def __init__(self, *how: Any) -> None:
            super().__init__(*how)
            budgets.append(self.budget)

    monkeypatch.setattr("transcripts.sites.client.YtDlp", Watched)
    tube.video(ID, auto("en", JSON3, needs_token=True))
    downloader = Downloader(QUICK)

    downloader.captions(WATCH, english)
    downloader.captions(WATCH, english)

    assert budgets[0] is budgets[1]
    assert budgets[2] is budgets[3]
    assert budgets[0] is not budgets[2]


def test_a_limit_on_the_player_is_seen_with_its_time(tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3))
    tube.player_status, tube.headers = 429, {"Retry-After": "600"}

    caught = Downloader(QUICK).captions(WATCH, english)

    assert classify(caught.seen) is Outcome.RATE_LIMITED
    assert caught.seen.retry_after_s == 600


def test_a_limit_on_a_track_ends_the_video(tube: FakeYouTube) -> None:
    limited = {"status": 429, "headers": {"Retry-After": "90"}}
    tube.video(ID, manual("en", JSON3), manual("es", JSON3, **limited), manual("pt", JSON3))

    caught = Downloader(QUICK).captions(WATCH, english)

    assert [classify(one.seen) for one in caught.deliveries] == [
        Outcome.FETCHED,
        Outcome.RATE_LIMITED,
    ]


def test_a_lost_network_is_not_a_video_without_captions(tube: FakeYouTube) -> None:
    tube.down = True

    assert classify(Downloader(QUICK).captions(WATCH, english).seen) is Outcome.NETWORK_DOWN


def test_the_second_client_is_not_asked_when_youtube_blocks_us(tube: FakeYouTube) -> None:
    tube.refuses(ID, "Sign in to confirm you’re not a bot")

    Downloader(QUICK).captions(WATCH, english)

    assert tube.asked == ["/watch", "player VISIONOS"]


def test_a_page_leads_to_its_youtube_video_without_asking_youtube(
    site: Site, tube: FakeYouTube
) -> None:
    page = site.html("/p/", f'<iframe src="https://www.youtube.com/embed/{ID}?rel=0"></iframe>')

    finding = Downloader(QUICK).page(page)

    assert (finding.youtube, finding.own, finding.candidates) == (ID, False, ())
    assert tube.asked == []


def test_captions_of_a_page_are_those_of_its_youtube_video(site: Site, tube: FakeYouTube) -> None:
    page = site.html("/p/", f'<iframe src="https://www.youtube.com/embed/{ID}"></iframe>')
    tube.video(ID, auto("en", JSON3))

    caught = Downloader(QUICK).captions(page, english)

    assert delivered(caught) == {"en.auto.json3": JSON3.encode()}


def test_several_videos_on_a_page_are_candidates_each_once(site: Site) -> None:
    frames = "".join(
        f'<iframe {attribute}="https://www.youtube.com/embed/{id_}"></iframe>'
        for attribute, id_ in (("src", ID), ("data-src", OTHER), ("src", ID))
    )

    finding = Downloader(QUICK).page(site.html("/p/", frames))

    assert finding.youtube == ""
    assert finding.candidates == (WATCH, f"https://www.youtube.com/watch?v={OTHER}")


def test_a_page_with_a_video_of_its_own_is_its_own_source(site: Site) -> None:
    finding = Downloader(QUICK).page(site.page("/p/", "en en.vtt"))

    assert finding.own
    assert finding.youtube == ""


def test_a_page_that_moved_is_followed(site: Site) -> None:
    site.page("/new/", "en en.vtt")
    moved = site.put("/old/", status=301, Location="/new/")

    assert Downloader(QUICK).page(moved).own


def test_a_playlist_is_listed_without_asking_for_any_video(tube: FakeYouTube) -> None:
    tube.playlist("PL1", "Talks", (ID, "One", "1:02"), (OTHER, "Two", "1:01:02"))

    listing = Downloader(QUICK).listing("https://www.youtube.com/playlist?list=PL1")

    assert listing.title == "Talks"
    assert [(one.youtube, one.title, one.duration_s) for one in listing.videos] == [
        (ID, "One", 62),
        (OTHER, "Two", 3662),
    ]
    assert not any(asked.startswith("player") for asked in tube.asked)


def test_the_tabs_of_a_channel_s_home_are_listed_each_video_once(tube: FakeYouTube) -> None:
    tube.channel("hope", "Hope", videos=(ID, OTHER), streams=("streams0001", ID))

    listing = Downloader(QUICK).listing("https://www.youtube.com/@hope")

    assert listing.title == "Hope"
    assert [one.youtube for one in listing.videos] == [ID, OTHER, "streams0001"]


SINGLE = {
    "watch": f"https://www.youtube.com/watch?v={ID}&t=10s",
    "watch in a list": f"https://www.youtube.com/watch?v={ID}&list=PL1&index=2",
    "shorts": f"https://youtube.com/shorts/{ID}?feature=share",
    "live": f"https://www.youtube.com/live/{ID}?si=abc",
    "short address": f"https://youtu.be/{ID}?si=abc",
    "phone": f"https://m.youtube.com/watch?v={ID}",
    "player": f"https://www.youtube-nocookie.com/embed/{ID}",
}


@pytest.mark.parametrize("address", SINGLE.values(), ids=SINGLE)
def test_the_address_of_one_video_lists_that_one(tube: FakeYouTube, address: str) -> None:
    tube.video(ID, title="How sleep works", lengthSeconds="62")

    (video,) = Downloader(QUICK).listing(address).videos

    assert (video.youtube, video.title, video.duration_s) == (ID, "How sleep works", 62)


def test_a_video_that_cannot_be_seen_is_not_listed_and_says_why(tube: FakeYouTube) -> None:
    tube.refuses(ID, "Private video. Sign in if you've been granted access")

    listing = Downloader(QUICK).listing(WATCH)

    assert listing.videos == ()
    assert classify(listing.seen) is Outcome.PRIVATE


LISTS = {
    "missing": ("The playlist does not exist.", Outcome.NO_LIST),
    "of no kind": ("This playlist type is unviewable.", Outcome.NO_LIST),
    "private": ("This playlist is private.", Outcome.PRIVATE_LIST),
}


@pytest.mark.parametrize(("alert", "outcome"), LISTS.values(), ids=LISTS)
def test_a_list_that_cannot_be_seen_says_why(
    tube: FakeYouTube, alert: str, outcome: Outcome
) -> None:
    tube.says("PL1", alert)

    listing = Downloader(QUICK).listing("https://www.youtube.com/playlist?list=PL1")

    assert classify(listing.seen) is outcome


def test_a_list_without_videos_says_that_it_is_empty(tube: FakeYouTube) -> None:
    tube.playlist("PL1", "Talks")

    listing = Downloader(QUICK).listing("https://www.youtube.com/playlist?list=PL1")

    assert classify(listing.seen) is Outcome.EMPTY_LIST


def test_a_page_that_makes_the_extractor_stumble_fails_by_itself(site: Site) -> None:
    page = site.put("/p/", b"<?xml version='1.0'?><rss><channel/>" + b"\0" * 100)

    assert classify(Downloader(QUICK).captions(page, english).seen) in {
        Outcome.FAILED,
        Outcome.NO_VIDEO,
        Outcome.NO_CAPTIONS,
    }


def test_a_name_that_leads_into_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: inside)

    caught = Downloader(replace(QUICK, allowed=ANYBODY)).captions("http://talks.example/", english)

    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED
    assert caught.seen.detail == "talks.example is on a private network"


def test_a_proxy_is_used_but_not_to_reach_a_private_address(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", site.url)
    monkeypatch.setenv("no_proxy", "")
    site.page("http://talks.example/", "en en.vtt")
    outside = Downloader(RequestPolicy(allowed=ANYBODY, backoff_s=0))

    public = outside.page("http://talks.example/")
    private = outside.page("http://10.0.0.1/")

    assert public.own
    assert classify(private.seen) is Outcome.ADDRESS_REFUSED
    assert site.asked == ["http://talks.example/"]


@pytest.mark.parametrize("scheme", ["http", "socks5"])
@pytest.mark.parametrize("address", ["http://talks.example/", "https://talks.example/"])
def test_a_dead_proxy_is_told_from_a_dead_network(
    monkeypatch: pytest.MonkeyPatch, scheme: str, address: str
) -> None:
    monkeypatch.setenv("all_proxy", f"{scheme}://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "")
    outside = Downloader(RequestPolicy(allowed=ANYBODY, backoff_s=0))

    assert classify(outside.captions(address, english).seen) is Outcome.PROXY_TROUBLE


@pytest.mark.parametrize("status", [403, 407, 502])
def test_a_proxy_that_does_not_pass_us_on_is_told_too(
    site: Site, monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    monkeypatch.setenv("https_proxy", site.url)
    monkeypatch.setenv("no_proxy", "")
    site.refusing_tunnels = status
    outside = Downloader(RequestPolicy(allowed=ANYBODY, backoff_s=0))

    seen = outside.captions("https://talks.example/", english).seen

    assert classify(seen) is Outcome.PROXY_TROUBLE
    assert str(status) in seen.detail


def test_a_bad_certificate_is_told_from_a_dead_network() -> None:
    with serving(secure=True) as site:
        seen = Downloader(QUICK).captions(site.page("/talk/"), english).seen

    assert classify(seen) is Outcome.BAD_CERTIFICATE
    assert site.asked == []
