"""Still pictures: kept with the captions, from where the site says, and never a matter of life.

The real yt-dlp asks a site on this machine, or a scripted YouTube.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from fake_youtube import FakeYouTube, auto, youtube
from loopback import Site, serving

from catalog import ExitCode, Library, Video
from catalog.settings.site_settings import FetchSettings
from transcripts.fetching import posters
from transcripts.fetching.captions import fetch_missing
from transcripts.fetching.posters import has_poster
from transcripts.fetching.reports import FetchReport
from transcripts.fetching.scheduler import RunOptions
from transcripts.sites.address_guard import AnswerBounds
from transcripts.sites.client import Downloader
from transcripts.sites.offers import CaptionAnswer
from transcripts.sites.outcomes import Outcome
from transcripts.sites.pictures import FORMS, Picture
from transcripts.sites.policy import RequestPolicy
from transcripts.sites.signals import Signals
from webapp.demo import sample_site
from webapp.presenters.watching import player as shown

ID = "abcdefghijk"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
JSON3 = '{"wireMagic": "pb3", "events": [{"tStartMs": 0, "segs": [{"utf8": "Hello"}]}]}'
JPEG = b"\xff\xd8\xff\xe0" + bytes(400)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(400)
WEBP = b"RIFF\x90\x01\x00\x00WEBP" + bytes(400)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
MET_AGAIN = RunOptions(at_once=True, pause_s=(0, 0))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.put("/talk/en.vtt", VTT)
        yield running


@pytest.fixture
def tube() -> Iterator[FakeYouTube]:
    with youtube() as fake:
        yield fake


def with_poster(site: Site, poster: str) -> str:
    track = '<track kind="captions" srclang="en" src="en.vtt">'
    source = '<source src="talk.mp4" type="video/mp4">'
    return site.html("/talk/", f'<video poster="{poster}">{source}{track}</video>')


def fetch(library: Library, *, page: str = "", youtube: str = "") -> FetchReport:
    """Ask at once, with the real yt-dlp."""
    anybody = FetchSettings(hosts=("*",))
    policy = RequestPolicy(allow_loopback=True, allowed=anybody, backoff_s=0)
    site = Downloader(policy, lambda _: None)
    talk = Video("talk", "A talk", "talks", page=page, youtube=youtube)
    return fetch_missing([talk], library, site.captions, MET_AGAIN, site.picture)


def kept(library: Library) -> dict[str, bytes]:
    """The pictures of the library by name, half-written ones too."""
    return {path.name: path.read_bytes() for path in library.posters_dir.glob("*")}


def has_captions(library: Library) -> bool:
    return (library.captions_of("talk") / "en.manual.vtt").is_file()


@pytest.mark.parametrize(("content", "form"), [(JPEG, ".jpg"), (PNG, ".png"), (WEBP, ".webp")])
def test_a_picture_is_kept_under_what_it_is_whatever_it_is_called(
    library: Library, site: Site, content: bytes, form: str
) -> None:
    page = with_poster(site, "still.php?size=large")
    site.put("/talk/still.php", content)

    report = fetch(library, page=page)

    assert kept(library) == {f"talk{form}": content}
    assert report.videos[0].picture == "kept"
    assert report.sentences == (
        "talk: en.manual.vtt (new: 1 word).",
        "1 video: 1 fetched.",
    )
    assert shown.poster_file(library, "talk") == (library.posters_dir / f"talk{form}").resolve()


def test_the_site_shows_every_form_that_is_kept() -> None:
    assert set(FORMS) == set(shown.KINDS)


@pytest.mark.parametrize(
    ("poster", "answer", "why"),
    [
        ("gone.jpg", {"status": 404}, "not there"),
        ("gone.jpg", {"status": 404, "body": JPEG}, "not there"),
        ("broken.jpg", {"status": 500}, "not there"),
        ("cut.jpg", {"body": JPEG, "cut": True}, "not there"),
        ("page.jpg", {"body": "<!doctype html><p>Not a picture"}, "not a JPEG, WebP or PNG"),
        ("drawn.jpg", {"body": SVG}, "not a JPEG, WebP or PNG"),
        ("moving.jpg", {"body": b"GIF89a" + bytes(400)}, "not a JPEG, WebP or PNG"),
        ("empty.jpg", {"body": b""}, "not a JPEG, WebP or PNG"),
        ("large.jpg", {"body": JPEG + bytes(1_000_000)}, "too large or too slow"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_small_picture_is_not_kept_and_the_captions_are(
    library: Library, site: Site, poster: str, answer: dict[str, object], why: str
) -> None:
    page = with_poster(site, poster)
    site.put(f"/talk/{poster}", **answer)  # type: ignore[arg-type]  # each with what it takes

    report = fetch(library, page=page)

    assert kept(library) == {}
    assert has_captions(library)
    assert report.exit is ExitCode.DONE
    assert report.sentences[1:] == (
        f"No still picture for talk ({why}); asked for again with the captions.",
        "1 video: 1 fetched.",
    )
    assert site.asked.count(f"/talk/{poster}") == 1


@pytest.mark.parametrize(
    "poster",
    [
        "http://10.0.0.1/still.jpg",
        "http://169.254.169.254/latest/meta-data",
        "http://[fd00::1]/still.jpg",
        "http://nas.local/still.jpg",
        "/talk/elsewhere.jpg",
        "/talk/to-a-file.jpg",
    ],
)
def test_a_picture_on_a_private_network_is_not_asked_for_nor_followed_to(
    library: Library, site: Site, poster: str
) -> None:
    page = with_poster(site, poster)
    site.put("/talk/elsewhere.jpg", status=302, Location="http://192.168.1.1/still.jpg")
    site.put("/talk/to-a-file.jpg", status=302, Location="file:///etc/passwd")

    report = fetch(library, page=page)

    assert kept(library) == {}
    assert has_captions(library)
    assert report.exit is ExitCode.DONE
    assert report.videos[0].picture in {"refused: it leads into a private network", "not there"}


def test_a_private_address_is_named_as_the_reason(library: Library, site: Site) -> None:
    page = with_poster(site, "http://10.0.0.1/still.jpg")

    assert fetch(library, page=page).videos[0].picture.startswith("refused")


def test_this_machine_is_asked_for_pictures_only_where_that_is_allowed(site: Site) -> None:
    address = site.put("/still.jpg", JPEG)

    picture = Downloader(RequestPolicy(backoff_s=0)).picture((address,))

    assert picture == Picture(trouble="refused: it leads into a private network")
    assert site.asked == []


def test_a_packed_picture_is_bounded_by_what_it_unpacks_to(library: Library, site: Site) -> None:
    page = with_poster(site, "still.jpg")
    bomb = gzip.compress(JPEG + bytes(50_000_000))
    site.put("/talk/still.jpg", bomb, Content_Encoding="gzip")

    assert fetch(library, page=page).videos[0].picture == "too large or too slow"
    assert kept(library) == {}


def test_a_picture_that_never_comes_is_given_up(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("transcripts.sites.client.BOUNDS", AnswerBounds(seconds=0.3))
    addresses = tuple(site.put(f"/{number}.jpg", JPEG) for number in range(3))
    site.hang("/0.jpg")

    picture = Downloader(RequestPolicy(allow_loopback=True), lambda _: None).picture(addresses)

    assert picture == Picture(trouble="too large or too slow")
    assert site.asked == ["/0.jpg"]


@pytest.mark.parametrize("form", FORMS)
def test_a_picture_that_is_there_is_neither_asked_for_nor_replaced(
    library: Library, site: Site, form: str
) -> None:
    page = with_poster(site, "still.jpg")
    site.put("/talk/still.jpg", JPEG)
    library.posters_dir.mkdir()
    (library.posters_dir / f"talk{form}").write_bytes(b"the operator's own")

    report = fetch(library, page=page)

    assert kept(library) == {f"talk{form}": b"the operator's own"}
    assert "/talk/still.jpg" not in site.asked
    assert report.videos[0].picture == ""


def test_a_picture_is_asked_for_once_and_again_only_when_it_was_not_to_be_had(
    library: Library, site: Site
) -> None:
    page = with_poster(site, "still.jpg")

    fetch(library, page=page)
    site.put("/talk/still.jpg", JPEG)
    fetch(library, page=page)
    site.put("/talk/still.jpg", PNG)
    fetch(library, page=page)

    assert kept(library) == {"talk.jpg": JPEG}
    assert site.asked.count("/talk/still.jpg") == 2


def test_a_page_without_captions_gives_its_picture_all_the_same(
    library: Library, site: Site
) -> None:
    source = '<source src="talk.mp4" type="video/mp4">'
    page = site.html("/talk/", f'<video poster="still.jpg">{source}</video>')
    site.put("/talk/still.jpg", JPEG)

    report = fetch(library, page=page)

    assert report.videos[0].outcome is Outcome.NO_CAPTIONS
    assert kept(library) == {"talk.jpg": JPEG}


def test_a_withdrawn_video_keeps_its_picture(library: Library, site: Site) -> None:
    page = with_poster(site, "still.jpg")
    site.put("/talk/still.jpg", JPEG)
    fetch(library, page=page)

    site.put("/talk/", status=404)
    report = fetch(library, page=page)

    assert report.videos[0].outcome is Outcome.DEAD_LINK
    assert kept(library) == {"talk.jpg": JPEG}


def test_a_folder_that_cannot_be_written_is_no_trouble_to_the_captions(
    library: Library, site: Site
) -> None:
    page = with_poster(site, "still.jpg")
    site.put("/talk/still.jpg", JPEG)
    library.posters_dir.write_text("a file where the folder should be")

    report = fetch(library, page=page)

    assert has_captions(library)
    assert report.exit is ExitCode.DONE
    assert report.videos[0].picture.startswith("not written: ")


def test_youtube_gives_its_wide_picture(library: Library, tube: FakeYouTube) -> None:
    tube.video(ID, auto("en", JSON3))
    tube.pictures |= {f"/vi_webp/{ID}/maxresdefault.webp": WEBP, f"/vi/{ID}/hqdefault.jpg": JPEG}

    fetch(library, youtube=ID)

    assert kept(library) == {"talk.webp": WEBP}
    assert len(tube.pictures_asked) == 1


def test_youtube_gives_the_one_it_surely_has_when_there_is_no_wide_one(
    library: Library, tube: FakeYouTube
) -> None:
    sure = f"https://i.ytimg.com/vi/{ID}/hqdefault.jpg?sqp=abc"
    listed = [{"url": sure, "width": 480, "height": 360}]
    tube.video(ID, auto("en", JSON3), thumbnail={"thumbnails": listed})
    tube.pictures[f"/vi/{ID}/hqdefault.jpg"] = JPEG

    fetch(library, youtube=ID)

    assert kept(library) == {"talk.jpg": JPEG}
    assert len(tube.pictures_asked) == 2


def test_youtube_is_asked_for_no_picture_while_it_blocks_us(
    library: Library, tube: FakeYouTube
) -> None:
    tube.video(ID, auto("en", "Too many requests", status=429))
    tube.pictures[f"/vi_webp/{ID}/maxresdefault.webp"] = WEBP

    report = fetch(library, youtube=ID)

    assert report.exit is ExitCode.BLOCKED
    assert tube.pictures_asked == []


def test_youtube_is_asked_for_no_picture_of_what_it_removed(
    library: Library, tube: FakeYouTube
) -> None:
    tube.refuses(ID, "Video unavailable")

    assert fetch(library, youtube=ID).videos[0].outcome is Outcome.REMOVED
    assert tube.pictures_asked == []


def test_a_picture_that_somebody_put_there_meanwhile_stays(library: Library) -> None:
    def slow(_addresses: tuple[str, ...]) -> Picture:
        library.posters_dir.mkdir()
        (library.posters_dir / "talk.png").write_bytes(b"the operator's own")
        return Picture(JPEG)

    caught = CaptionAnswer(Signals(native=1), pictures=("https://site.example/still.jpg",))

    assert posters.keep_poster(library, "talk", caught, slow) == ""
    assert kept(library) == {"talk.png": b"the operator's own"}


def test_a_link_that_leads_nowhere_yet_counts_as_the_operators_own(library: Library) -> None:
    library.posters_dir.mkdir()
    (library.posters_dir / "talk.jpg").symlink_to("not-mounted-yet.jpg")

    assert has_poster(library, "talk")


@pytest.mark.slow
def test_the_films_of_the_sample_bring_their_stills(library: Library) -> None:
    with sample_site() as site:
        fetch(library, page=f"{site}/just-diagnosed/")

    assert kept(library)["talk.png"].startswith(b"\x89PNG")
