"""YouTube as far as yt-dlp can see it: scripted answers below the real YouTube extractor.

with youtube() as fake:
    fake.video("abcdefghijk", auto("en", HELLO))
    ...
"""

from __future__ import annotations

import io
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

os.environ["YTDLP_NO_PLUGINS"] = "1"  # whoever imports yt-dlp first decides

from yt_dlp.networking import Request, RequestHandler, Response
from yt_dlp.networking.common import register_preference, register_rh
from yt_dlp.networking.exceptions import HTTPError, TransportError, UnsupportedRequest

FORMAT = {
    "itag": 18,
    "url": "https://media.googlevideo.com/videoplayback?itag=18",
    "mimeType": 'video/mp4; codecs="avc1.42001E, mp4a.40.2"',
    "qualityLabel": "360p",
    "width": 640,
    "height": 360,
}
WATCH = """<html><script>var ytInitialPlayerResponse = {"videoDetails": {"videoId": "%s"}};
var ytInitialData = {"contents": {"there": true}};</script></html>"""


CONTEXT = {"client": {"clientName": "WEB_EMBEDDED_PLAYER", "clientVersion": "1.0"}}
EMBED = f"<html><script>ytcfg.set({json.dumps({'INNERTUBE_CONTEXT': CONTEXT})});</script></html>"


@dataclass(frozen=True, slots=True)
class Caption:
    """One track: what its address delivers, whole or as an HTTP status."""

    language: str
    content: bytes
    auto: bool = False
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    needs_token: bool = False


def auto(language: str, content: str | bytes, **more: Any) -> Caption:
    """An automatic track."""
    return manual(language, content, auto=True, **more)


def manual(language: str, content: str | bytes, **more: Any) -> Caption:
    """A track that a person made."""
    return Caption(language, content.encode() if isinstance(content, str) else content, **more)


@dataclass
class FakeYouTube:
    """The script. `asked` are paths, of the player with the name of the client that asked.

    `tokens` are the PO tokens with which tracks were asked for, `pictures` still pictures by their
    path, such as /vi/abcdefghijk/hq720.jpg.
    """

    players: dict[str, dict[str, Any]] = field(default_factory=dict)
    captions: dict[tuple[str, str, bool], Caption] = field(default_factory=dict)
    by_client: dict[str, dict[str, Any]] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    player_status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    down: bool = False
    asked: list[str] = field(default_factory=list)
    tokens: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    pictures_asked: list[str] = field(default_factory=list)

    def video(self, id_: str, *captions: Caption, playable: bool = True, **details: Any) -> None:
        """A video that plays, with these captions."""
        for caption in captions:
            self.captions[id_, caption.language, caption.auto] = caption
        self.players[id_] = {
            "playabilityStatus": {"status": "OK"},
            "videoDetails": {"videoId": id_, "title": "A talk", "lengthSeconds": "60", **details},
            "streamingData": {"formats": [dict(FORMAT)] if playable else []},
            "captions": {
                "playerCaptionsTracklistRenderer": {
                    "captionTracks": [_track(id_, caption) for caption in captions],
                    "translationLanguages": [
                        {"languageCode": code, "languageName": {"simpleText": name}}
                        for code, name in (("en", "English"), ("fr", "French"))
                    ],
                }
            },
        }

    def refuses(self, id_: str, reason: str, status: str = "ERROR", **more: Any) -> None:
        """A video that YouTube does not play, with the words it says."""
        self.video(id_, playable=False)
        playability = {"status": status, "reason": reason, **more}
        self.players[id_] |= {"playabilityStatus": playability, "captions": {}}

    def playlist(self, id_: str, title: str, *videos: tuple[str, str, str]) -> None:
        """A playlist of (id, title, length as m:ss)."""
        entries = [
            {
                "playlistVideoRenderer": {
                    "videoId": video,
                    "title": {"runs": [{"text": name}]},
                    "lengthText": {"simpleText": length},
                }
            }
            for video, name, length in videos
        ]
        data = _playlist(title, entries)
        self.pages[f"/playlist?list={id_}"] = _page(data)
        self.pages["/youtubei/v1/browse"] = json.dumps(data)

    def channel(self, handle: str, title: str, **tabs: tuple[str, ...]) -> None:
        """A channel; each of its tabs (videos, streams, shorts) holds videos by their ids."""
        for name in ("", *tabs):
            listed = [
                {"richItemRenderer": {"content": {"videoRenderer": _shown(video)}}}
                for video in tabs[name or next(iter(tabs))]
            ]
            grid = {"richGridRenderer": {"contents": listed}}
            renderers = [
                {"tabRenderer": _tab(handle, tab, grid if tab == (name or "videos") else None)}
                for tab in tabs
            ]
            data = {
                "contents": {"twoColumnBrowseResultsRenderer": {"tabs": renderers}},
                "metadata": {
                    "channelMetadataRenderer": {"title": title, "externalId": "UC" + "x" * 22}
                },
            }
            self.pages[f"/@{handle}{'/' if name else ''}{name}"] = _page(data)

    def says(self, id_: str, alert: str) -> None:
        """A playlist of which YouTube says only this."""
        renderer = {"alertRenderer": {"type": "ERROR", "text": {"simpleText": alert}}}
        data = {"alerts": [renderer], "contents": {}}
        self.pages[f"/playlist?list={id_}"] = _page(data)
        self.pages["/youtubei/v1/browse"] = json.dumps(data)

    def answer(self, request: Request) -> tuple[int, Mapping[str, str], bytes]:
        """The answer to one request."""
        parts = urlsplit(request.url)
        query = {key: values[0] for key, values in parse_qs(parts.query).items()}
        if self.down:
            self.asked.append(parts.path)
            raise TransportError("the network is down")
        if parts.hostname == "i.ytimg.com":
            return self._picture(parts.path)
        if parts.path == "/api/timedtext":
            return self._timedtext(query)
        if parts.path == "/youtubei/v1/player":
            return self._player(json.loads(bytes(request.data)))  # type: ignore[arg-type]  # bytes here
        self.asked.append(parts.path)
        return self._page(parts.path, query)

    def _page(self, path: str, query: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        if path == "/watch":
            return 200, {}, (WATCH % query["v"]).encode()
        if path.startswith("/embed/"):
            return 200, {}, EMBED.encode()
        if path in {"", "/tv", "/iframe_api"}:
            return 200, {}, b"<html></html>"
        found = self.pages.get(f"{path}?list={query['list']}" if "list" in query else path)
        return (200, {}, found.encode()) if found else (404, {}, b"{}")

    def _picture(self, path: str) -> tuple[int, Mapping[str, str], bytes]:
        self.pictures_asked.append(path)
        picture = self.pictures.get(path)
        return (200, {}, picture) if picture else (404, {}, b"")

    def _player(self, asked: Mapping[str, Any]) -> tuple[int, Mapping[str, str], bytes]:
        client = asked["context"]["client"]["clientName"]
        self.asked.append(f"player {client}")
        player = self.by_client.get(client) or self.players.get(asked["videoId"], {})
        return self.player_status, self.headers, json.dumps(player).encode()

    def _timedtext(self, query: Mapping[str, str]) -> tuple[int, Mapping[str, str], bytes]:
        self.asked.append(f"timedtext {query['lang']} {query['fmt']}")
        self.tokens += [query["pot"]] if "pot" in query else []
        caption = self.captions[query["v"], query["lang"], query.get("kind") == "asr"]
        return caption.status, caption.headers, caption.content


@contextmanager
def youtube() -> Iterator[FakeYouTube]:
    """Stand in for YouTube for as long as the block lasts."""
    ScriptedRH.script = FakeYouTube()
    try:
        yield ScriptedRH.script
    finally:
        ScriptedRH.script = None


class ScriptedRH(RequestHandler):
    """Answers for youtube.com while there is a script; for anything else others are asked."""

    RH_NAME = "scripted"
    script: FakeYouTube | None = None

    def validate(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if self.script is None or not host.endswith(("youtube.com", "i.ytimg.com")):
            raise UnsupportedRequest("not of the script")

    def _send(self, request: Request) -> Response:
        assert self.script is not None
        status, headers, body = self.script.answer(request)
        response = Response(io.BytesIO(body), request.url, dict(headers), status)
        if status >= 400:
            raise HTTPError(response)
        return response


register_rh(ScriptedRH)  # type: ignore[arg-type]  # the stubs say an instance, yt-dlp takes a class


@register_preference(ScriptedRH)
def prefer_the_script(_handler: RequestHandler, _request: Request) -> int:
    """Before the network."""
    return 1000


def _track(id_: str, caption: Caption) -> dict[str, Any]:
    kind = "&kind=asr" if caption.auto else ""
    token = "&exp=xpe" if caption.needs_token else ""
    secrets = "&signature=SECRET&expire=1&ip=203.0.113.7"
    return {
        "baseUrl": f"/api/timedtext?v={id_}&lang={caption.language}{kind}{token}{secrets}",
        "vssId": f"{'a' if caption.auto else ''}.{caption.language}",
        "languageCode": caption.language,
        "name": {"simpleText": caption.language.upper()},
        "isTranslatable": True,
        **({"kind": "asr"} if caption.auto else {}),
    }


def _shown(video: str) -> dict[str, Any]:
    return {
        "videoId": video,
        "title": {"runs": [{"text": f"Talk {video}"}]},
        "lengthText": {"simpleText": "1:02"},
    }


def _tab(handle: str, name: str, content: dict[str, Any] | None) -> dict[str, Any]:
    url = {"commandMetadata": {"webCommandMetadata": {"url": f"/@{handle}/{name}"}}}
    tab: dict[str, Any] = {"title": name.title(), "endpoint": url}
    return {**tab, "selected": True, "content": content} if content else tab


def _playlist(title: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
    listed = {"playlistVideoListRenderer": {"contents": entries}}
    section = {"itemSectionRenderer": {"contents": [listed]}}
    content = {"sectionListRenderer": {"contents": [section]}}
    tab = {"tabRenderer": {"selected": True, "content": content}}
    return {
        "contents": {"twoColumnBrowseResultsRenderer": {"tabs": [tab]}},
        "metadata": {"playlistMetadataRenderer": {"title": title}},
    }


def _page(data: Mapping[str, Any]) -> str:
    return f"<html><script>var ytInitialData = {json.dumps(data)};</script></html>"
