from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from small_site import indexed_library
from starlette.testclient import TestClient

from catalog import Catalogue, Library, Series, Video
from indexer import Shelf
from webapp.app import create_app
from webapp.presenters.watching.player import (
    CaptionTrack,
    Player,
    clip,
    media_file,
    media_type,
    mentioned_media,
    player_of,
    poster_address,
    poster_file,
)


def library_with(root: Path, *names: str) -> Library:
    (root / "media").mkdir()
    for name in names:
        (root / "media" / name).write_bytes(b"x")
    return Library(root)


def test_media_of_our_own_is_played_first(tmp_path: Path) -> None:
    library = library_with(tmp_path, "talk 1.mp4")
    video = Video("talk", "Talk", "basics", media="talk 1.mp4", youtube="abcdefghijk")

    player = player_of(video, library, 83_200)

    assert (player.kind, player.address) == ("own", "/media/talk%201.mp4#t=83")
    assert player.on_youtube == "https://www.youtube.com/watch?v=abcdefghijk&t=83s"


@pytest.mark.parametrize(
    ("media", "poster", "sound"),
    [("talk.m4a", "", True), ("talk.mp3", "", True), ("talk.m4a", "talk.jpg", False)],
)
def test_sound_without_a_picture_is_known_for_that(
    media: str, poster: str, sound: bool, tmp_path: Path
) -> None:
    library = library_with(tmp_path, media)
    library.posters_dir.mkdir()
    if poster:
        (library.posters_dir / poster).write_bytes(b"x")

    player = player_of(Video("talk", "Talk", "basics", media=media), library, 0)

    assert (player.kind, player.sound) == ("own", sound)


@pytest.mark.parametrize(
    ("name", "is_of"),
    [
        ("a.m4a", "audio/mp4"),
        ("a.mp3", "audio/mpeg"),
        ("a.mp4", "video/mp4"),
        ("a.html", "text/html"),
    ],
)
def test_a_media_type_does_not_depend_on_the_machine(name: str, is_of: str) -> None:
    assert media_type(name) == is_of


def test_media_that_is_not_there_falls_back_to_youtube(tmp_path: Path) -> None:
    video = Video("talk", "Talk", "basics", media="gone.mp4", youtube="abcdefghijk")

    assert player_of(video, Library(tmp_path), 0).kind == "youtube"


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("https://videos.example/talk", "page"),
        ("http://sample.invalid/talk", "none"),
        ("javascript:alert(1)", "none"),
        ("", "none"),
    ],
)
def test_only_a_page_that_can_be_reached_is_linked(page: str, kind: str, tmp_path: Path) -> None:
    assert player_of(Video("t", "T", "b", page=page), Library(tmp_path), 0).kind == kind


def test_a_media_file_is_inside_the_media_folder_and_is_media(tmp_path: Path) -> None:
    library = library_with(tmp_path, "talk.mp4", "notes.html")
    (tmp_path / "secret.mp4").write_bytes(b"x")
    (tmp_path / "media/link.mp4").symlink_to(tmp_path / "secret.mp4")

    assert media_file(library, "talk.mp4") == tmp_path / "media/talk.mp4"
    for name in ("notes.html", "../secret.mp4", "link.mp4", "gone.mp4", ""):
        assert media_file(library, name) is None, name


def test_the_catalogue_names_the_media_that_may_be_served() -> None:
    videos = (
        Video("a", "A", "s", media="a.mp4"),
        Video("b", "B", "s", media="https://x.example/b"),
    )

    assert mentioned_media(Catalogue(series=(Series("s", "S", videos=videos),))) == {"a.mp4"}


def test_a_picture_is_inside_its_folder_and_is_one(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.posters_dir.mkdir()
    (library.posters_dir / "talk.png").write_bytes(b"x")
    (tmp_path / "secret.jpg").write_bytes(b"x")
    (library.posters_dir / "link.jpg").symlink_to(tmp_path / "secret.jpg")

    assert poster_file(library, "talk") == library.posters_dir / "talk.png"
    for slug in ("gone", "link", "../secret", ""):
        assert poster_file(library, slug) is None, slug


def test_a_picture_is_served_from_here_and_kept_until_it_changes(tmp_path: Path) -> None:
    library = indexed_library(tmp_path)
    library.posters_dir.mkdir()
    for slug in ("pills", "first-days"):
        (library.posters_dir / f"{slug}.jpg").write_bytes(b"picture")

    with TestClient(create_app(library, Shelf(library))) as client:
        page = client.get("/watch/pills").text
        own = client.get("/search?q=stage").text
        address = poster_address(library, Video("pills", "Pills", "basics"))
        picture = client.get(address)

        assert f'<img class="poster" src="{address}" alt=""' in page
        assert 'preload="none"' in own
        assert ' poster="/posters/first-days?v=' in own
        assert (picture.content, picture.headers["content-type"]) == (b"picture", "image/jpeg")
        assert "immutable" in picture.headers["cache-control"]
        assert "immutable" not in client.get("/posters/pills?v=old").headers["cache-control"]
        assert client.get("/posters/gone").status_code == 404
        assert client.get("/posters/..%2fmedia").status_code == 404


def test_captions_are_of_the_videos_own_language_or_subtitles(tmp_path: Path) -> None:
    video = Video("talk", "Talk", "basics", youtube="abcdefghijk", language="en")

    player = player_of(video, Library(tmp_path), 0, ("en-US", "es"), "es")

    assert player.tracks == (
        CaptionTrack("en-US", "captions", "/captions/talk/en-US.vtt", chosen=False),
        CaptionTrack("es", "subtitles", "/captions/talk/es.vtt", chosen=True),
    )


def test_a_player_beside_an_answer_leads_to_the_page_and_loads_nothing_before_its_picture() -> None:
    player = Player("youtube", start=83, youtube="abcdefghijk", poster="/posters/talk")
    beside = structs.replace(player, page="/watch/talk?t=83")

    assert (player.preload, beside.preload) == ("metadata", "none")
    assert structs.replace(beside, poster="").preload == "metadata"
    assert player.without_script == player.on_youtube
    assert beside.without_script == "/watch/talk?t=83"
    assert player.start_ms == 83_000


def test_a_clip_of_our_own_is_asked_for_to_the_millisecond() -> None:
    own = Player("own", "/media/talk.mp4#t=8", 8, poster="/posters/talk")
    part, rest = clip(own, 8_500, 20_001), clip(own, 0, None)

    assert part.player.address == "/media/talk.mp4#t=8.500,20.001"
    assert (part.from_s, part.to_s, part.end) == (8.5, 20.001, 21)
    assert (part.poster, rest.poster) == ("", "/posters/talk")
    assert (rest.player.address, rest.to_s, rest.end) == ("/media/talk.mp4#t=0.000", None, None)
