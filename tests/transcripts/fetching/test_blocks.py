"""A site that told us to stop is left alone until its time is up, and the others are asked on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from command_line import hope, mistakes
from fake_youtube import auto, youtube
from libraries import GLOSSARY, write_catalogue
from loopback import Site, serving

from catalog import ExitCode, Library
from transcripts import FetchReport, RunOptions, fetch_library
from transcripts.fetching.blocks import SiteBlock, read_blocks, write_blocks
from transcripts.fetching.scheduler import ask_in_turn
from transcripts.sites.outcomes import Outcome
from transcripts.sites.policy import site_of

NOW = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
JSON3 = '{"wireMagic": "pb3", "events": [{"tStartMs": 0, "segs": [{"utf8": "Hello"}]}]}'
ID = "abcdefghijk"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    write_catalogue(tmp_path, GLOSSARY, "glossary.csv")
    return Library(tmp_path)


def catalogue(library: Library, **fields: str) -> None:
    entries = "".join(
        f'[[videos]]\nslug = "{slug}"\ntitle = "A talk"\n{more}\n' for slug, more in fields.items()
    )
    write_catalogue(library.root, f'slug = "talks"\ntitle = "Talks"\n{entries}')


def fetch(library: Library, minutes: float = 0, **how: bool) -> FetchReport:
    now = NOW + timedelta(minutes=minutes)
    run = RunOptions(at_once=True, pause_s=(0, 0), clock=lambda: now, sleep=lambda _: None, **how)  # type: ignore[arg-type]  # flags
    return fetch_library(library, run=run, allow_loopback=True)


def outcomes(report: FetchReport) -> dict[str, str]:
    return {one.video: str(one.outcome) for one in report.videos}


def test_youtube_s_block_does_not_keep_other_sites_from_being_asked(
    library: Library, site: Site
) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT)
    catalogue(library, a=f'youtube = "{ID}"', b=f'page = "{page}"', c='youtube = "zyxwvutsrqp"')
    with youtube() as tube:
        tube.refuses(ID, "Sign in to confirm you\N{RIGHT SINGLE QUOTATION MARK}re not a bot")
        report = fetch(library)
        asked = [*tube.asked]
        hour_later = fetch(library, minutes=60)

        assert outcomes(report) == {"a": "bot check", "b": "fetched"}
        assert (report.left, report.exit) == (("c",), ExitCode.BLOCKED)
        assert "youtube.com: " in report.sentences[-1]
        assert "Nothing is asked before 2026-03-01 07:00 UTC." in report.sentences[-1]
        assert outcomes(hour_later) == {"b": "unchanged"}
        assert (hour_later.left, hour_later.exit) == (("a", "c"), ExitCode.BLOCKED)
        assert tube.asked == asked

        tube.video(ID, auto("en", JSON3))
        tube.video("zyxwvutsrqp", auto("en", JSON3))
        assert fetch(library, minutes=181).exit is ExitCode.DONE
    assert read_blocks(library) == ()


def test_a_site_s_limit_does_not_keep_youtube_from_being_asked(
    library: Library, site: Site
) -> None:
    slow = site.put("/slow/", "Slow down", 429, Retry_After="3600")
    catalogue(library, a=f'page = "{slow}"', b=f'youtube = "{ID}"')
    with youtube() as tube:
        tube.video(ID, auto("en", JSON3))
        report = fetch(library)

    assert outcomes(report) == {"a": "rate limited", "b": "fetched"}
    (block,) = read_blocks(library)
    assert (block.site, block.until) == (site_of(site.url), NOW + timedelta(hours=1))


def test_a_page_that_led_to_the_block_is_not_asked_meanwhile(library: Library, site: Site) -> None:
    page = site.html("/p/", f'<iframe src="https://www.youtube.com/embed/{ID}"></iframe>')
    catalogue(library, a=f'page = "{page}"')
    with youtube() as tube:
        tube.video(ID, auto("en", JSON3))
        tube.player_status = 429
        fetch(library)
        asked = len(tube.asked)
        later = fetch(library, minutes=10)

        assert later.left == ("a",)
        assert (len(tube.asked), site.asked) == (asked, ["/p/"])
    assert [block.site for block in read_blocks(library)] == ["youtube.com"]


def test_a_block_by_a_track_s_site_leaves_the_pages_of_another_alone(
    library: Library, site: Site
) -> None:
    with serving() as host:
        host.put("/en.vtt", "Slow down", 429, Retry_After="3600")
        page = site.page("/p/", f"en {host.url}/en.vtt")
        own = site.page("/q/", "en en.vtt")
        site.put("/q/en.vtt", VTT)
        catalogue(library, a=f'page = "{page}"', b=f'page = "{own}"')
        report = fetch(library)
        later = fetch(library, minutes=10)

        assert outcomes(report) == {"a": "rate limited", "b": "fetched"}
        assert outcomes(later) == {"b": "unchanged"}
        assert later.left == ("a",)
        assert host.asked == ["/en.vtt"]
        assert [block.site for block in read_blocks(library)] == [site_of(host.url)]


def test_pages_that_all_lead_to_the_block_are_not_asked_to_the_last(
    library: Library, site: Site
) -> None:
    with serving() as host:
        host.put("/en.vtt", "Slow down", 429, Retry_After="3600")
        pages = [site.page(f"/{name}/", f"en {host.url}/en.vtt") for name in "abcde"]
        catalogue(
            library, **{name: f'page = "{page}"' for name, page in zip("abcde", pages, strict=True)}
        )
        report = fetch(library)

        assert outcomes(report) == {"a": "rate limited", "b": "rate limited"}
        assert host.asked == ["/en.vtt", "/en.vtt"]


def test_two_blocks_are_both_kept_and_said(library: Library, site: Site) -> None:
    with serving() as other:
        pages = [one.put("/slow/", "Slow down", 429, Retry_After="3600") for one in (site, other)]
        catalogue(library, a=f'page = "{pages[0]}"', b=f'page = "{pages[1]}"')
        report = fetch(library)

    sites = {site_of(site.url), site_of(other.url)}
    assert {block.site for block in read_blocks(library)} == sites
    assert {said.partition(": ")[0] for said in report.sentences[-2:]} == sites


def test_a_block_that_keeps_nothing_from_being_asked_is_not_mentioned(
    library: Library, site: Site
) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT)
    catalogue(library, b=f'page = "{page}"')
    hour = SiteBlock(Outcome.BOT_CHECK, NOW, NOW + timedelta(hours=1), "", site="youtube.com")
    write_blocks(library, [hour])

    report = fetch(library)

    assert (report.exit, report.ending.blocks) == (ExitCode.DONE, ())
    assert read_blocks(library) == (hour,)


def test_what_has_to_wait_comes_last(library: Library, site: Site) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT)
    catalogue(library, a=f'youtube = "{ID}"', b=f'page = "{page}"')
    minute = SiteBlock(
        Outcome.RATE_LIMITED, NOW, NOW + timedelta(minutes=1), "", site="youtube.com"
    )
    write_blocks(library, [minute])
    with youtube() as tube:
        tube.video(ID, auto("en", JSON3))
        report = fetch(library)

    assert site.asked[0] == "/talk/"
    assert outcomes(report) == {"a": "fetched", "b": "fetched"}
    assert report.exit is ExitCode.DONE


def test_a_block_that_an_older_version_kept_holds_for_the_site_it_was_of(library: Library) -> None:
    old = {
        "outcome": "rate limited",
        "since": "2026-03-01T04:00:00Z",
        "until": "2026-03-01T05:00:00Z",
        "address": f"https://www.youtube.com/watch?v={ID}",
        "detail": "",
    }
    (library.root / "blocked.json").write_text(json.dumps(old))

    assert [block.site for block in read_blocks(library)] == ["youtube.com"]


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff", b'{"blocks": 1}', b'{"blocks": [{}]}'])
def test_a_damaged_account_of_blocks_is_none(library: Library, content: bytes) -> None:
    (library.root / "blocked.json").write_bytes(content)

    assert read_blocks(library) == ()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("since", "2026-03-01T04:00:00"),
        ("until", "2026-03-01T07:00:00"),
        ("outcome", "told to go away"),
        ("site", 7),
    ],
    ids=["since-without-zone", "until-without-zone", "unknown-outcome", "no-site"],
)
def test_one_damaged_block_leaves_the_others_and_is_said(
    library: Library, site: Site, field: str, value: object
) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT)
    catalogue(library, a=f'page = "{page}"', b='page = "https://other.example/"')
    hour = NOW + timedelta(hours=1)
    sites = (site_of(site.url), "other.example")
    write_blocks(library, [SiteBlock(Outcome.BOT_CHECK, NOW, hour, "", site=one) for one in sites])
    kept = json.loads((library.root / "blocked.json").read_text())
    kept["blocks"][0][field] = value
    (library.root / "blocked.json").write_text(json.dumps(kept))
    said: list[str] = []

    report = fetch_library(
        library,
        run=RunOptions(at_once=True, pause_s=(0, 0), clock=lambda: NOW, sleep=lambda _: None),
        allow_loopback=True,
    )
    ask_in_turn([], Told, lambda _: (), library, RunOptions(step=said.append))

    assert outcomes(report) == {"a": "fetched"}
    assert report.left == ("b",)
    assert [block.site for block in read_blocks(library)] == ["other.example"]
    assert "blocked.json: damaged" in said[0]


def test_a_block_is_over_when_its_time_is() -> None:
    block = SiteBlock(Outcome.RATE_LIMITED, NOW, NOW + timedelta(hours=1), "https://a.org/")

    assert block.remaining_s(NOW + timedelta(minutes=45)) == 15 * 60
    assert block.remaining_s(NOW + timedelta(days=1)) == 0


@pytest.mark.parametrize("meant", [timedelta(hours=1), timedelta(days=1), timedelta(days=400)])
def test_a_block_of_a_clock_that_was_ahead_ends_within_a_day(
    library: Library, site: Site, meant: timedelta
) -> None:
    page = site.page("/talk/", "en en.vtt")
    site.put("/talk/en.vtt", VTT)
    catalogue(library, a=f'page = "{page}"')
    ahead = NOW + timedelta(days=365)
    there = site_of(site.url)
    write_blocks(library, [SiteBlock(Outcome.RATE_LIMITED, ahead, ahead + meant, page, site=there)])

    nights = [fetch(library, minutes=night * 24 * 60) for night in range(3)]

    assert [night.exit for night in nights] == [ExitCode.BLOCKED, ExitCode.DONE, ExitCode.DONE]
    assert read_blocks(library) == ()


@pytest.mark.parametrize(
    ("address", "site"),
    [
        ("https://www.youtube.com/watch?v=1", "youtube.com"),
        ("https://youtu.be/1", "youtube.com"),
        ("https://i.ytimg.com/vi/1/hq720.jpg", "youtube.com"),
        ("https://notyoutube.com/", "notyoutube.com"),
        ("http://me:secret@WWW.Example.org:80/a", "example.org"),
        ("http://127.0.0.1:8000/a", "127.0.0.1:8000"),
        ("https://[::1/", ""),
        ("", ""),
    ],
)
def test_all_of_youtube_is_one_site_and_any_other_is_its_host(address: str, site: str) -> None:
    assert site_of(address) == site


@dataclass(frozen=True)
class Told:
    address: str
    outcome: Outcome = Outcome.NO_CAPTIONS
    site: str = ""
    next_try: datetime | None = None
    detail: str = ""


def test_the_report_with_a_block_is_as_its_schema_says(
    library: Library, site: Site, tmp_path: Path
) -> None:
    catalogue(library, a=f'page = "{site.put("/slow/", "Slow", 429, Retry_After="3600")}"')
    file = tmp_path / "report.json"

    result = hope(library, "update", "--allow-loopback", "--report", str(file))

    report = json.loads(file.read_text())
    assert result.exit_code == 3
    assert mistakes("update.json", report) == []
    assert report["sync"]["ending"]["blocks"][0]["site"] == site_of(site.url)


def test_what_fails_alike_five_times_in_a_row_ends_with_what_youtube_said(library: Library) -> None:
    ids = [f"talk{number:07}" for number in range(25)]
    catalogue(library, **{f"v{n}": f'youtube = "{id_}"' for n, id_ in enumerate(ids)})
    with youtube() as tube:
        for id_ in ids:
            tube.refuses(id_, "Something is new here")
        report = fetch(library)

    assert [str(one.outcome) for one in report.videos] == ["failed"] * 5
    assert len(report.left) == 20
    assert report.exit is ExitCode.BLOCKED
    assert "youtube.com: 5 in a row failed alike" in report.sentences[-1]
    assert "It said: Something is new here." in report.sentences[-1]
    assert len(tube.asked) < 50


def test_failures_that_differ_or_are_each_video_s_own_end_nothing(
    library: Library, site: Site
) -> None:
    ids = [f"talk{number:07}" for number in range(12)]
    catalogue(library, **{f"v{n}": f'youtube = "{id_}"' for n, id_ in enumerate(ids)})
    with youtube() as tube:
        for number, id_ in enumerate(ids):
            words = (
                ("Something is new", "Something else is") if number < 6 else ("Private video",) * 2
            )
            tube.refuses(id_, words[number % 2])
        report = fetch(library)

    assert (len(report.videos), report.left, report.exit) == (12, (), ExitCode.PART)


def test_a_site_where_all_fails_alike_does_not_keep_others_from_being_asked(
    library: Library, site: Site
) -> None:
    pages = {f"v{n}": f'page = "{site.put(f"/{n}/", "Sorry", 403)}"' for n in range(7)}
    catalogue(library, **pages, last=f'youtube = "{ID}"')
    with youtube() as tube:
        tube.video(ID, auto("en", JSON3))
        report = fetch(library)

    assert outcomes(report)["last"] == "fetched"
    assert report.left == ("v5", "v6")
    assert report.exit is ExitCode.BLOCKED
