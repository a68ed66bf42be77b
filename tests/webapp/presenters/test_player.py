from __future__ import annotations

from pathlib import Path

import pytest

from catalog import Catalogue, Library, Series, Video
from webapp.presenters.player import media_file, mentioned_media, player_of


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
