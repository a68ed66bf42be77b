"""The edge to yt-dlp, and the only one: a yt-dlp that keeps the guard's rules.

It is used as a library: no plugins, no JavaScript, no files, few extractors, bounded answers.
What goes wrong becomes signals; nothing here decides what they mean.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from itertools import islice
from typing import Any
from urllib.parse import urlsplit
from urllib.request import (
    BaseHandler,
    HTTPCookieProcessor,
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    OpenerDirector,
    UnknownHandler,
)

from transcripts.guard import Bounds, RefusedError, TooMuchError
from transcripts.guarded_http import GuardedHTTP
from transcripts.offers import Delivery, Info, Offer
from transcripts.signals import Signals

os.environ["YTDLP_NO_PLUGINS"] = "1"  # read by yt-dlp while it is imported

import yt_dlp
from yt_dlp.networking import Request, Response
from yt_dlp.networking._urllib import (  # type: ignore[import-not-found]  # it has no stubs
    HTTPHandler,
    ProxyHandler,
    RedirectHandler,
    UrllibRH,
)
from yt_dlp.networking.exceptions import HTTPError, RequestError, TransportError
from yt_dlp.utils import DownloadError, GeoRestrictedError
from yt_dlp.version import __version__ as yt_dlp_version

VERSION = yt_dlp_version
DEFAULT_BOUNDS = Bounds()
EXTRACTORS = ("youtube.*", "generic", "html5", "vimeo.*")
CHATTER = ("Falling back on", "JavaScript runtime", "could be a direct video link", "Retrying (")
HOPS = 4
LONGEST_LIST = 2000


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask: whom, how patiently, and within which bounds. Times are seconds."""

    allow_loopback: bool = False
    extractors: tuple[str, ...] = EXTRACTORS
    bounds: Bounds = DEFAULT_BOUNDS
    attempts: int = 3
    backoff_s: float = 2.0
    timeout_s: float = 20.0

    def pause_before(self, retry: int) -> float:
        """How long to wait before the first (0), second (1)... retry."""
        return float(self.backoff_s * 2**retry)


class Seen:
    """Collects the signals of one question; yt-dlp takes it for its logger."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Begin anew, for the next question."""
        self.said: list[str] = []
        self.statuses: list[int] = []
        self.retry_after_s: float | None = None
        self.unreachable = self.geo = False
        self.refused = self.too_much = ""

    def debug(self, message: str) -> None:
        """Progress; of no interest."""

    def warning(self, message: str, **_: object) -> None:
        """Take down what the site or its extractor says."""
        if not any(chatter in message for chatter in CHATTER):
            self.said.append(str(message))

    error = warning

    def note(self, err: BaseException) -> None:
        """Take from an error what its text does not say."""
        match err:
            case HTTPError():
                self.statuses.append(err.status)
                self.retry_after_s = _seconds(err.response.get_header("Retry-After"))
            case GeoRestrictedError():
                self.geo = True
            case TransportError():
                self.unreachable = True

    def signals(self, **more: Any) -> Signals:
        """Everything seen so far, as a value."""
        return Signals(
            said=tuple(self.said),
            statuses=tuple(self.statuses),
            retry_after_s=self.retry_after_s,
            unreachable=self.unreachable,
            geo=self.geo,
            refused=self.refused,
            too_much=self.too_much,
            **more,
        )


class YtDlp(yt_dlp.YoutubeDL):
    """A yt-dlp that keeps the guard's rules, retries politely and remembers what it saw."""

    def __init__(
        self, manners: Manners, clients: tuple[str, ...], sleep: Callable[[float], None]
    ) -> None:
        self.seen = Seen()
        self.manners = manners
        self._sleep = sleep
        self._deadline = time.monotonic() + manners.bounds.seconds
        self._answers: list[Response] = []
        super().__init__(_options(manners, clients, self.seen))

    def late(self) -> bool:
        """Whether the time for this question is up."""
        return time.monotonic() > self._deadline

    def close(self) -> None:
        """Close every answer: not every extractor reads to the end."""
        for answer in self._answers:
            answer.close()
        super().close()

    def build_request_director(self, handlers: Any, preferences: Any = None) -> Any:
        """Put the guarded network stack in the place of the plain one, and of every other.

        yt-dlp brings handlers for other clients, and prefers them where those are installed.
        """
        ours: Any = [
            _GuardedRH if handler is UrllibRH else handler
            for handler in handlers
            if handler is UrllibRH or not handler.__module__.startswith("yt_dlp.")
        ]
        director = super().build_request_director(ours, preferences)
        for handler in director.handlers.values():
            if isinstance(handler, _GuardedRH):
                handler.asking = self
        return director

    def urlopen(self, req: Any) -> Any:
        """Open, trying again after a lost connection or an error of the server's."""
        address = req if isinstance(req, str) else req.url
        attempts = 1 if _is_retried(address) else self.manners.attempts
        for retry in range(attempts):
            try:
                self._answers.append(super().urlopen(req))
                return self._answers[-1]
            except (HTTPError, TransportError) as err:
                if isinstance(err, HTTPError):
                    self._answers.append(err.response)
                passing = not isinstance(err, HTTPError) or err.status >= 500
                if not passing or retry == attempts - 1 or self.late():
                    self.seen.note(err)
                    raise
                self._sleep(self.manners.pause_before(retry))
        raise AssertionError("at least one attempt is made")

    def ask(self, address: str, ie_key: str | None = None) -> Info | None:
        """What one address holds, or None; the reason is then among the signals."""
        if urlsplit(address).scheme not in {"http", "https"}:
            self.seen.refused = f"{address[:60]!r} is no web address"
            return None
        with self._noting():
            return dict(self.extract_info(address, download=False, ie_key=ie_key, process=False))
        return None

    def follow(self, address: str, stop: Callable[[str], bool] = lambda _: False) -> Info | None:
        """Ask, and go on where the answer only points elsewhere, until `stop` says enough."""
        info = self.ask(address)
        for _ in range(HOPS):
            if not info or not str(info.get("_type", "")).startswith("url") or stop(info["url"]):
                break
            info = self.ask(info["url"], info.get("ie_key"))
        return info

    def entries(self, info: Info | None) -> tuple[Info, ...]:
        """The entries of a list as far as they can be read; anything else is its own entry."""
        if not info or "entries" not in info:
            return (info,) if info else ()
        found: list[Info] = []
        with self._noting():
            found.extend(entry for entry in islice(info["entries"], LONGEST_LIST) if entry)
        return tuple(found)

    def deliver(self, offer: Offer) -> Delivery:
        """Fetch one track; its signals are its own."""
        self.seen.forget()
        headers = {"If-None-Match": offer.etag} if offer.etag else {}
        with self._noting(), self.urlopen(Request(offer.url, headers=headers)) as response:
            content = response.read()
            etag = str(response.get_header("ETag") or "")
            return Delivery(offer, content, etag, self.seen.signals(native=1))
        if self.seen.statuses == [304]:
            return Delivery(offer, None, offer.etag, Signals(native=1))
        return Delivery(offer, None, seen=self.seen.signals())

    def content(self, address: str, *, accept: str) -> bytes | None:
        """Fetch what is at one address, or None; the reason is then among the signals."""
        self.seen.forget()
        headers = {"Accept": accept, "Accept-Encoding": "identity"}
        with self._noting(), self.urlopen(Request(address, headers=headers)) as response:
            return bytes(response.read())
        return None

    @contextmanager
    def _noting(self) -> Iterator[None]:
        """Turn what goes wrong into signals.

        A page is input: whatever it makes an extractor do, the run goes on with the next video.
        """
        try:
            yield
        except DownloadError as err:
            self._note_causes(err.exc_info[1] if err.exc_info else None)
        except Exception as err:
            self._note_causes(err)
            self.seen.said.append(f"{type(err).__name__}: {err}")

    def _note_causes(self, err: BaseException | None) -> None:
        # HTTP errors were noted where they happened, after the last retry.
        for cause in (err, getattr(err, "cause", None)):
            if cause is not None and not isinstance(cause, HTTPError):
                self.seen.note(cause)


class _GuardedHandler(GuardedHTTP, HTTPHandler):  # type: ignore[misc]  # it has no stubs
    """yt-dlp's handler for http and https, with the guard's rules."""


class _GuardedRH(UrllibRH):  # type: ignore[misc]  # it has no stubs
    """yt-dlp's own network stack with the guard's rules and without files, data and FTP."""

    RH_NAME = "urllib"
    _SUPPORTED_URL_SCHEMES = ("http", "https")
    asking: YtDlp

    def _create_instance(
        self, proxies: Any, cookiejar: Any, legacy_ssl_support: Any = None
    ) -> OpenerDirector:
        context = self._make_sslcontext(legacy_ssl_support=legacy_ssl_support)
        guarded = _GuardedHandler(context=context, source_address=self.source_address)
        manners = self.asking.manners
        guarded.keep(manners.allow_loopback, manners.bounds, self.asking.late)
        opener = OpenerDirector()
        handlers: tuple[BaseHandler, ...] = (
            ProxyHandler(proxies),
            guarded,
            HTTPCookieProcessor(cookiejar),
            UnknownHandler(),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
            RedirectHandler(),
        )
        for handler in handlers:
            opener.add_handler(handler)
        opener.addheaders = []
        return opener

    def _send(self, request: Any) -> Any:
        with self._translated():
            response = super()._send(request)
        response.read = partial(self._read, response.read)
        return response

    def _read(self, plain: Callable[[int | None], Any], amount: int | None = None) -> Any:
        with self._translated():
            return plain(amount)

    @contextmanager
    def _translated(self) -> Iterator[None]:
        seen = self.asking.seen
        try:
            yield
        except RefusedError as err:
            seen.refused = str(err)
            raise RequestError(str(err), cause=err) from err
        except TooMuchError as err:
            seen.too_much = str(err)
            raise RequestError(str(err), cause=err) from err


def _options(manners: Manners, clients: tuple[str, ...], seen: Seen) -> Any:
    youtube = {"player_client": list(clients), "skip": ["translated_subs", "hls", "dash"]}
    back_off = {"http": manners.pause_before, "extractor": manners.pause_before}
    options: Mapping[str, Any] = {
        "logger": seen,
        "quiet": True,
        "noprogress": True,
        "skip_download": True,
        "cachedir": False,
        "js_runtimes": {},
        "allowed_extractors": list(manners.extractors),
        "ignore_no_formats_error": True,  # a video that cannot be played may have captions
        "writesubtitles": True,  # makes yt-dlp say when captions are held back
        "socket_timeout": manners.timeout_s,
        "retries": manners.attempts - 1,
        "extractor_retries": manners.attempts - 1,
        "retry_sleep_functions": {
            kind: (lambda n, pause=pause: pause(n)) for kind, pause in back_off.items()
        },
        "extractor_args": {"youtube": youtube},
    }
    # A proxy would look for "this machine" on its own machine.
    return {**options, "proxy": ""} if manners.allow_loopback else options


def _is_retried(address: str) -> bool:
    """Whether yt-dlp's extractor itself tries again: YouTube's pages, but not its tracks."""
    parts = urlsplit(address)
    return (parts.hostname or "").endswith("youtube.com") and parts.path != "/api/timedtext"


def _seconds(retry_after: str | None) -> float | None:
    """What a Retry-After header says, as seconds from now."""
    if not retry_after:
        return None
    with suppress(ValueError):
        return max(0.0, float(retry_after))
    with suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(retry_after).timestamp() - time.time())
    return None
