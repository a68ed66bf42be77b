"""Only the hosts and extractors that the operator allows are asked; the rest goes on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from command_line import hope
from internet import OTHER, PUBLIC, Internet, connect_to
from libraries import GLOSSARY, write_catalogue
from loopback import Site, serving

from catalog import (
    CatalogError,
    ExitCode,
    FetchSettings,
    Library,
    load_catalogue,
    load_fetch_settings,
    read_operator_of,
)
from transcripts import RunOptions, fetch_library
from transcripts.fetching.captions import addresses_of
from transcripts.sites.client import Downloader
from transcripts.sites.offers import CaptionAnswer, choose_offers
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import classify

VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
YOUTUBE = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.page("/talk/", "en en.vtt")
        running.put("/talk/en.vtt", VTT)
        yield running


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch, site: Site) -> Internet:
    net = connect_to(monkeypatch)
    for name in ("talks.example.org", "other.example"):
        net.name(name, PUBLIC)
    net.machine(PUBLIC, site)
    return net


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path, GLOSSARY, "glossary.csv")
    return Library(tmp_path)


def settings(library: Library, toml: str) -> None:
    library.site_file.write_text(toml)


def ask(address: str, **allowed: tuple[str, ...]) -> CaptionAnswer:
    policy = RequestPolicy(allowed=replace(FetchSettings(), **allowed), backoff_s=0)  # type: ignore[arg-type]  # lists of its
    return Downloader(policy, lambda _: None).captions(
        address, partial(choose_offers, language="en")
    )


def test_a_catalogue_s_address_elsewhere_is_said_and_the_others_are_asked(
    net: Internet, site: Site, library: Library
) -> None:
    settings(library, '[fetching]\nhosts = ["example.org"]\n')
    pages = ("http://other.example/talk/", "http://talks.example.org/talk/")
    entries = "".join(
        f'[[videos]]\nslug = "talk-{n}"\ntitle = "A talk"\npage = "{page}"\nmedia = "{page}"\n'
        for n, page in enumerate(pages)
    )
    write_catalogue(library.root, f'slug = "talks"\ntitle = "Talks"\n{entries}')

    report = fetch_library(library, run=RunOptions(pause_s=(0, 0)))

    assert report.exit is ExitCode.PART
    assert list(report.sentences) == [
        "talk-1: en.manual.vtt (new: 1 word).",
        "talk-0: It was not asked, as the site's settings do not allow it. If it is to be asked, "
        "add it to `hosts` (or `extractors`) under [fetching] in site.toml. It said: other.example "
        "is not among the hosts that may be asked.",
        "2 videos: 1 not allowed, 1 fetched.",
    ]
    assert "other.example" not in net.resolved


def test_a_redirect_and_a_track_elsewhere_are_not_asked(net: Internet, site: Site) -> None:
    site.put("/moved/", status=302, Location="http://other.example/talk/")
    site.page("/far/", "en http://other.example/talk/en.vtt")

    moved = ask("http://talks.example.org/moved/", hosts=("example.org",))
    far = ask("http://talks.example.org/far/", hosts=("example.org",))

    assert classify(moved.seen) is Outcome.NOT_ALLOWED
    assert [classify(one.seen) for one in far.deliveries] == [Outcome.NOT_ALLOWED]
    assert site.asked == ["/moved/", "/far/"]


def test_youtube_is_asked_only_while_it_is_allowed(net: Internet) -> None:
    net.name("www.youtube.com", OTHER)

    assert classify(ask(YOUTUBE, hosts=("example.org",)).seen) is Outcome.NOT_ALLOWED
    assert net.connected == []
    assert classify(ask(YOUTUBE).seen) is Outcome.NETWORK_DOWN
    assert set(net.connected) == {OTHER}


def test_without_the_extractor_a_page_s_video_is_not_read(net: Internet, site: Site) -> None:
    address = "http://talks.example.org/talk/"

    caught = ask(address, hosts=("*",), extractors=("youtube",))

    assert classify(caught.seen) is Outcome.NOT_ALLOWED
    assert caught.seen.detail.startswith("No suitable extractor")
    assert site.asked == []


def test_an_extractor_that_yt_dlp_lacks_is_said_before_anything_is_asked(
    net: Internet, site: Site
) -> None:
    caught = ask("http://talks.example.org/talk/", hosts=("*",), extractors=("html5", "yotube"))

    assert classify(caught.seen) is Outcome.NOT_ALLOWED
    assert caught.seen.detail == "yt-dlp has no extractor named yotube"
    assert site.asked == []


def test_an_allowed_host_on_a_private_network_is_refused_all_the_same(net: Internet) -> None:
    net.name("talks.example.org", "127.0.0.1")

    seen = ask("http://talks.example.org/talk/", hosts=("example.org",)).seen

    assert classify(seen) is Outcome.ADDRESS_REFUSED


def test_what_the_shipped_catalogue_names_may_be_asked_without_any_setting(
    library: Library,
) -> None:
    usual = load_fetch_settings(library)
    videos = load_catalogue(Library(library.root / "none")).videos.values()
    hosts = {one.split("/")[2] for video in videos for one in addresses_of(video)}

    assert hosts
    assert all(usual.host(host) for host in (*hosts, "www.youtube.com", "i.ytimg.com"))


@pytest.mark.parametrize(
    ("host", "may"),
    [
        ("example.org", True),
        ("talks.example.org", True),
        ("TALKS.example.org.", True),
        ("notexample.org", False),
        ("example.org.evil.example", False),
        ("org", False),
        ("", False),
    ],
)
def test_a_host_stands_for_itself_and_the_names_below_it(host: str, may: bool) -> None:
    assert FetchSettings(hosts=("example.org",)).host(host) is may


def test_what_is_left_out_of_the_settings_is_as_usual(library: Library) -> None:
    settings(library, '[fetching]\nextractors = ["youtube", "html5", "generic", "vimeo"]\n')

    assert load_fetch_settings(library).hosts == FetchSettings().hosts
    assert "vimeo" in load_fetch_settings(library).extractors


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('fetching = "all"', "write `hosts` and `extractors` under [fetching]"),
        ("[fetching]\nhosts = 1", "hosts: write a list in square brackets"),
        ('[fetching]\nhosts = ["https://a.org"]', "'https://a.org' is no host"),
        ('[fetching]\nhosts = ["*.a.org"]', "'*.a.org' is no host"),
        ('[fetching]\nhosts = [""]', "'' is no host"),
        ('[fetching]\nextractors = [".*"]', "'.*' is no extractor"),
        ('[fetching]\nproxy = "ftp://a.org"', "'ftp://a.org' is no proxy"),
        ('[fetching]\njavascript = "deno"', "'deno' is neither true nor false"),
        ('[fetching]\npo_token_plugin = "../x"', "'../x' is no package"),
        ('[fetching]\nhost = ["a.org"]', "host: there is no such field; the fields are cookies,"),
    ],
)
def test_wrong_settings_keep_fetch_from_asking_anybody_and_check_names_them(
    library: Library, toml: str, says: str
) -> None:
    settings(library, toml)

    problems = read_operator_of(library)[1]
    result = hope(library, "fetch")

    assert [says in str(problem) for problem in problems] == [True]
    assert result.exit_code == 2
    assert says in result.stderr


def test_what_is_wrong_elsewhere_in_the_settings_keeps_nobody_from_fetching(
    library: Library,
) -> None:
    settings(library, 'email = "nobody"\n[fetching]\nhosts = ["example.org"]\n')

    assert load_fetch_settings(library).hosts == ("example.org",)


def test_settings_that_cannot_be_read_are_not_taken_for_none(library: Library) -> None:
    settings(library, "[fetching\n")

    with pytest.raises(CatalogError, match="not valid TOML"):
        load_fetch_settings(library)
