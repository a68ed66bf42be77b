"""No address of a catalogue, a page or a site reaches a private network: real yt-dlp, real sockets.

The pages are on public machines; the private ones are really there, on this machine, and would
answer whoever got through to them.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

import pytest
from fake_youtube import manual, youtube
from internet import OTHER, PUBLIC, Internet, connect_to
from loopback import Site, serving

from catalog import FetchSettings
from transcripts.sites.client import Downloader
from transcripts.sites.offers import CaptionAnswer, choose_offers
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify

PAGE = "http://talks.example/talk/"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
ID = "abcdefghijk"
OUTSIDE = RequestPolicy(allowed=FetchSettings(hosts=("*",)), backoff_s=0)

english = partial(choose_offers, language="en")


@pytest.fixture
def talks() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def secret() -> Iterator[Site]:
    """A machine that nobody outside should reach; it has a page and captions for whoever does."""
    with serving() as running:
        running.page("/talk/", "en /en.vtt")
        running.put("/en.vtt", VTT)
        running.put("/still.jpg", b"\xff\xd8\xff")
        yield running


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch, talks: Site) -> Internet:
    net = connect_to(monkeypatch)
    net.name("talks.example", PUBLIC)
    net.machine(PUBLIC, talks)
    return net


def ask(address: str = PAGE, policy: RequestPolicy = OUTSIDE) -> CaptionAnswer:
    return Downloader(policy, lambda _: None).captions(address, english)


def test_the_internet_of_these_tests_works(net: Internet, talks: Site) -> None:
    talks.page("/talk/", "en en.vtt")
    talks.put("/talk/en.vtt", VTT)

    (delivery,) = ask().deliveries

    assert delivery.content == VTT.encode()
    assert {*net.connected} == {PUBLIC}


WAYS = {
    "loopback": "127.0.0.1",
    "short": "127.1",
    "decimal": "2130706433",
    "hexadecimal": "0x7f000001",
    "octal": "017700000001",
    "zero": "0.0.0.0",
    "mapped": "[::ffff:127.0.0.1]",
    "mapped in hexadecimal": "[::ffff:7f00:1]",
    "IPv6 loopback": "[::1]",
    "IPv4 in IPv6": "[::127.0.0.1]",
    "name": "localhost",
    "private": "10.0.0.1",
    "private too": "192.168.1.1",
    "link-local": "169.254.169.254",
    "IPv6 link-local": "[fe80::1]",
    "unique local": "[fd00::1]",
    "shared": "100.64.0.1",
    "private in decimal": "167772161",
    "with a dot": "127.0.0.1.",
}


@pytest.mark.parametrize("host", WAYS.values(), ids=WAYS)
def test_a_redirect_into_a_private_network_is_not_followed(
    net: Internet, talks: Site, secret: Site, host: str
) -> None:
    port = urlsplit(secret.url).port
    talks.put("/talk/", status=302, Location=f"http://{host}:{port}/talk/")

    caught = ask()

    assert caught.deliveries == ()
    assert (secret.asked, {*net.connected}) == ([], {PUBLIC})
    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED


def test_a_redirect_is_looked_at_however_late_it_comes(
    net: Internet, talks: Site, secret: Site
) -> None:
    talks.put("/talk/", status=301, Location="http://www.talks.example/a")
    net.name("www.talks.example", PUBLIC)
    talks.put("/a", status=307, Location="/b")
    talks.put("/b", status=308, Location=secret.url + "/talk/")

    assert classify(ask().seen) is Outcome.ADDRESS_REFUSED
    assert secret.asked == []


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.0.0.1", "fe80::1", "::ffff:127.0.0.1"])
def test_a_public_name_of_a_private_machine_is_not_asked(net: Internet, inside: str) -> None:
    net.name("talks.example", inside)

    caught = ask()

    assert classify(caught.seen) is Outcome.ADDRESS_REFUSED
    assert caught.seen.detail == "talks.example is on a private network"
    assert net.connected == []


def test_a_name_with_a_public_and_a_private_address_is_not_asked(net: Internet) -> None:
    net.name("talks.example", (PUBLIC, "127.0.0.1"))

    assert classify(ask().seen) is Outcome.ADDRESS_REFUSED
    assert net.connected == []


def test_a_name_that_changes_between_looking_and_connecting_gains_nothing(
    net: Internet, talks: Site
) -> None:
    talks.page("/talk/")
    net.name("talks.example", PUBLIC, "127.0.0.1")

    ask()

    assert (net.connected, net.resolved) == ([PUBLIC], ["talks.example"])


def test_a_name_that_changes_between_two_questions_is_looked_at_anew(
    net: Internet, talks: Site, secret: Site
) -> None:
    port = urlsplit(secret.url).port
    talks.page("/talk/", f"en http://moving.example:{port}/en.vtt")
    net.name("moving.example", "127.0.0.1")

    (delivery,) = ask().deliveries

    assert (delivery.content, secret.asked) == (None, [])
    assert classify(delivery.seen) is Outcome.ADDRESS_REFUSED


def test_each_address_that_is_connected_to_was_looked_at(net: Internet, talks: Site) -> None:
    talks.page("/talk/", "en en.vtt")
    talks.put("/talk/en.vtt", VTT)
    net.name("talks.example", (OTHER, PUBLIC))

    assert ask().deliveries[0].content == VTT.encode()
    assert net.connected == [OTHER, PUBLIC, OTHER, PUBLIC], "the first is not there"


def test_a_page_s_track_and_picture_on_a_private_network_are_not_asked(
    net: Internet, talks: Site, secret: Site
) -> None:
    track = f'<track kind="captions" srclang="en" src="{secret.url}/en.vtt">'
    poster = f'poster="{secret.url}/still.jpg"'
    talks.html("/talk/", f'<video src="a.mp4" {poster}>{track}</video>')

    caught = ask()
    picture = Downloader(OUTSIDE, lambda _: None).picture(caught.pictures)

    assert [classify(one.seen) for one in caught.deliveries] == [Outcome.ADDRESS_REFUSED]
    assert caught.pictures == (secret.url + "/still.jpg",)
    assert picture.trouble.startswith("refused")
    assert secret.asked == []


def test_a_track_that_youtube_names_on_a_private_network_is_not_asked(
    net: Internet, secret: Site
) -> None:
    with youtube() as tube:
        tube.video(ID, manual("en", VTT))
        tracks = tube.players[ID]["captions"]["playerCaptionsTracklistRenderer"]["captionTracks"]
        tracks[0]["baseUrl"] = secret.url + "/en.vtt"
        caught = ask(f"https://www.youtube.com/watch?v={ID}")

    assert [classify(one.seen) for one in caught.deliveries] == [Outcome.ADDRESS_REFUSED]
    assert secret.asked == []


def test_an_embedded_player_on_a_private_network_is_not_asked(
    net: Internet, talks: Site, secret: Site
) -> None:
    talks.html("/talk/", f'<meta http-equiv="refresh" content="0; url={secret.url}/talk/">')

    assert classify(ask().seen) is Outcome.ADDRESS_REFUSED
    assert secret.asked == []


def test_a_password_in_an_address_goes_nowhere_else(net: Internet, talks: Site) -> None:
    net.name("other.example", OTHER)
    talks.put("/talk/", status=302, Location="http://other.example/")
    with serving() as elsewhere:
        net.machine(OTHER, elsewhere)
        ask("http://me:secret@talks.example/talk/")

    assert "Authorization" in talks.heads[0]
    assert elsewhere.asked == ["/"]
    assert "Authorization" not in elsewhere.heads[0]
