"""The captions of one's own channel, by YouTube's Data API and the owner's OAuth token.

Nothing but Google's own client is used, and only to list and download captions. It is the extra
`owner`; without it everything else works.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from google.auth.exceptions import GoogleAuthError, RefreshError
from google.oauth2.credentials import Credentials
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from httplib2.error import HttpLib2Error

from catalog import Video, say
from transcripts.errors import BlockedError, TranscriptError
from transcripts.importing.sources import CaptionFile, Skipped

SCOPE = "https://www.googleapis.com/auth/youtube.force-ssl"
TOKENS = "https://oauth2.googleapis.com/token"  # an address
_NEEDED = ("refresh_token", "client_id", "client_secret")
_KINDS = {"ASR": "auto"}
_HOW = "docs/operating.md says how to get one"


def owner_files(
    token: Path, videos: Mapping[str, Video], endpoint: str = ""
) -> Iterator[CaptionFile | Skipped]:
    """Yield the captions of every video with a YouTube id. Raises TranscriptError.

    `endpoint` stands in for YouTube's address.
    """
    api = _api(token, endpoint).captions()
    asked = [video for video in videos.values() if video.youtube]
    if not asked:
        raise TranscriptError("No video of the catalogue has a YouTube id to ask for.")
    for video in asked:
        say(f"Asking YouTube for the captions of {video.slug}")
        try:
            listed = api.list(part="snippet", videoId=video.youtube).execute().get("items", [])
            if not listed:
                say(f"{video.slug}: YouTube has no captions of it")
            for item in listed:
                yield _unfinished(item, video) or _downloaded(api, item, video)
        except HttpError as err:
            _raise_if_it_ends_all(err)
            yield Skipped(video.slug, _says(err.resp.status))
        except RefreshError as err:
            raise TranscriptError(_says(401)) from err
        except (GoogleAuthError, HttpLib2Error, OSError) as err:
            raise BlockedError(f"YouTube's Data API cannot be reached: {err}") from err


def _unfinished(item: Mapping[str, Any], video: Video) -> Skipped | None:
    """Why a track is not taken: a draft, or one of the few words that are in another language."""
    snippet = item["snippet"]
    if snippet.get("isDraft"):
        return Skipped(_place(snippet, video), "it is a draft; publish it in YouTube Studio first")
    if str(snippet.get("trackKind", "")).lower() == "forced":
        return Skipped(_place(snippet, video), "it only has what is said in another language")
    return None


def _place(snippet: Mapping[str, Any], video: Video) -> str:
    named = snippet.get("name") or snippet.get("language") or video.language
    return f"YouTube Data API: {video.youtube} {named}"


def _downloaded(api: Any, item: Mapping[str, Any], video: Video) -> CaptionFile:
    snippet = item["snippet"]
    content = api.download(id=item["id"], tfmt="vtt").execute()
    language = str(snippet.get("language") or video.language)
    kind = _KINDS.get(str(snippet.get("trackKind", "")).upper(), "manual")
    name = f"{video.slug}.{language}.vtt"
    return CaptionFile(
        _place(snippet, video), name, (), bytes(content), video.youtube, kind, language
    )


def _api(token: Path, endpoint: str) -> Any:
    """The client, which refreshes the token by itself."""
    known = _token(token)
    credentials = Credentials(  # type: ignore[no-untyped-call]  # it has no types
        None,
        refresh_token=known["refresh_token"],
        client_id=known["client_id"],
        client_secret=known["client_secret"],
        token_uri=known.get("token_uri") or TOKENS,
        scopes=[SCOPE],
    )
    options = {"api_endpoint": endpoint} if endpoint else None
    return build(
        "youtube", "v3", credentials=credentials, client_options=options, cache_discovery=False
    )


def _token(file: Path) -> dict[str, str]:
    try:
        token = json.loads(file.read_bytes())
    except (OSError, ValueError) as err:
        raise TranscriptError(f"{file}: this is no OAuth token that can be read; {_HOW}") from err
    missing = [key for key in _NEEDED if not (isinstance(token, dict) and token.get(key))]
    if missing:
        raise TranscriptError(f"{file}: the token lacks {', '.join(missing)}; {_HOW}")
    return dict(token)


def _raise_if_it_ends_all(err: Any) -> None:
    """Raise where no other video will fare better: the token, the quota or YouTube itself."""
    status = err.resp.status
    if status == 429 or "quota" in str(err).lower():
        raise BlockedError(
            "YouTube's Data API: the day's quota is used up. It is filled again at midnight, "
            "Pacific time; run it again then"
        )
    if status == 401:
        raise TranscriptError(_says(status))
    if status >= 500:
        raise BlockedError(_says(status))


def _says(status: int) -> str:
    api = "YouTube's Data API"
    return {
        401: f"{api}: the token is not valid any more; {_HOW}",
        403: f"{api}: this token is not of the channel's owner, or may not read captions",
        404: f"{api}: it has no video of this id",
    }.get(status, f"{api} answered with an error ({status}); try again later")
