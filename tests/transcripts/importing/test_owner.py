"""Captions of one's own channel by Google's client, against an API on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback import Site, serving

from catalog import Video
from transcripts.errors import BlockedError, TranscriptError
from transcripts.importing.owner import owner_files
from transcripts.importing.sources import CaptionFile, Skipped

ID, OTHER = "abcdefghijk", "zyxwvutsrqp"
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nHello\n"
VIDEOS = {
    "sleep": Video("sleep", "Sleep", "talks", youtube=ID),
    "page": Video("page", "A page", "talks", page="https://example.org/"),
    "rest": Video("rest", "Rest", "talks", youtube=OTHER),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        running.json("/token", {"access_token": "fresh", "expires_in": 3600})
        yield running


@pytest.fixture
def token(tmp_path: Path, site: Site) -> Path:
    file = tmp_path / "token.json"
    known = {"refresh_token": "secret", "client_id": "a", "client_secret": "b"}
    file.write_text(json.dumps({**known, "token_uri": site.url + "/token"}))
    return file


def listed(*tracks: tuple[str, str, str]) -> dict[str, object]:
    items = [
        {"id": id_, "snippet": {"language": language, "trackKind": kind, "name": ""}}
        for id_, language, kind in tracks
    ]
    return {"items": items}


def test_every_track_of_every_video_comes_with_its_language_and_kind(
    site: Site, token: Path
) -> None:
    site.json("/youtube/v3/captions", listed(("one", "en", "asr"), ("two", "es", "standard")))
    site.put("/youtube/v3/captions/one", VTT)
    site.put("/youtube/v3/captions/two", VTT)
    only = {slug: VIDEOS[slug] for slug in ("sleep", "page")}

    files = [*owner_files(token, only, site.url)]

    assert [
        (file.youtube, file.language, file.kind, file.content)
        for file in files
        if isinstance(file, CaptionFile)
    ] == [(ID, "en", "auto", VTT.encode()), (ID, "es", "manual", VTT.encode())]
    assert any("videoId=abcdefghijk" in path for path in site.asked)
    assert {head.get("authorization", "") for head in site.heads[1:]} == {"Bearer fresh"}


def test_a_video_of_somebody_else_is_left_out_and_told(site: Site, token: Path) -> None:
    site.json("/youtube/v3/captions", {"error": {"errors": [{"reason": "forbidden"}]}}, 403)

    files = [*owner_files(token, VIDEOS, site.url)]

    assert [file.place for file in files] == ["sleep", "rest"]
    assert all(
        isinstance(file, Skipped) and "not of the channel's owner" in file.says for file in files
    )


def test_a_quota_that_is_used_up_ends_the_asking(site: Site, token: Path) -> None:
    site.json(
        "/youtube/v3/captions",
        {"error": {"errors": [{"reason": "quotaExceeded"}], "message": "quota"}},
        403,
    )

    with pytest.raises(BlockedError, match="the day's quota is used up"):
        [*owner_files(token, VIDEOS, site.url)]
    assert len([path for path in site.asked if "captions" in path]) == 1


def test_a_token_that_was_taken_back_says_so(site: Site, token: Path) -> None:
    site.json("/token", {"error": "invalid_grant"}, 400)

    with pytest.raises(TranscriptError, match="the token is not valid any more"):
        [*owner_files(token, VIDEOS, site.url)]


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"refresh_token": "x", "client_id": "y"}'])
def test_what_is_no_token_says_what_it_lacks(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token.json"
    file.write_text(content)

    with pytest.raises(TranscriptError, match=r"no OAuth token|the token lacks"):
        [*owner_files(file, VIDEOS)]


def test_drafts_and_forced_tracks_are_left_out_and_told(site: Site, token: Path) -> None:
    draft = {"id": "d", "snippet": {"language": "en", "trackKind": "standard", "isDraft": True}}
    forced = {"id": "f", "snippet": {"language": "en", "trackKind": "forced", "name": "Signs"}}
    site.json("/youtube/v3/captions", {"items": [draft, forced]})

    files = [*owner_files(token, {"sleep": VIDEOS["sleep"]}, site.url)]

    assert files == [
        Skipped(f"YouTube Data API: {ID} en", "it is a draft; publish it in YouTube Studio first"),
        Skipped(f"YouTube Data API: {ID} Signs", "it only has what is said in another language"),
    ]


def test_a_video_without_captions_is_told(
    site: Site, token: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site.json("/youtube/v3/captions", listed())

    assert [*owner_files(token, VIDEOS, site.url)] == []
    assert "rest: YouTube has no captions of it" in capsys.readouterr().err


def test_without_a_youtube_id_nobody_is_asked(token: Path) -> None:
    with pytest.raises(TranscriptError, match="No video of the catalogue has a YouTube id"):
        [*owner_files(token, {"page": VIDEOS["page"]})]
