"""The edge to yt-dlp, and the only one: a yt-dlp that keeps the guard's rules.

It is used as a library: no files, few extractors, bounded answers, and no plugin and no JavaScript
but what the operator named.
What goes wrong becomes signals; nothing here decides what they mean.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
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

from catalog import YOUTUBE
from transcripts.sites.address_guard import (
    SLOW,
    AnswerTooLargeError,
    DownloadBudget,
    NotAllowedError,
    ProxyLostError,
    RefusedError,
)
from transcripts.sites.guarded_http import HTTPGuard, RedirectGuard, time_limit
from transcripts.sites.offers import Info
from transcripts.sites.options import yt_dlp_options
from transcripts.sites.plugins import load_plugin
from transcripts.sites.policy import RequestPolicy, site_of
from transcripts.sites.signals import SignalRecorder

os.environ["YTDLP_NO_PLUGINS"] = "1"  # read by yt-dlp while it is imported

import yt_dlp
from yt_dlp.networking import Request, Response
from yt_dlp.networking._urllib import HTTPHandler, ProxyHandler, RedirectHandler, UrllibRH  # type: ignore[import-not-found]  # it has no stubs
from yt_dlp.networking.exceptions import (
    CertificateVerifyError,
    HTTPError,
    ProxyError,
    RequestError,
    TransportError,
)
from yt_dlp.utils import DownloadError, GeoRestrictedError
from yt_dlp.version import __version__ as yt_dlp_version

VERSION = yt_dlp_version
PROXY_WANTS_PASSWORD = 407


class YtDlp(yt_dlp.YoutubeDL):
    """A yt-dlp that keeps the guard's rules, retries politely and remembers what it saw."""

    def __init__(
        self,
        policy: RequestPolicy,
        clients: tuple[str, ...],
        sleep: Callable[[float], None],
        budget: DownloadBudget | None = None,
    ) -> None:
        self.seen = SignalRecorder()
        self.policy = policy
        self.budget = budget or DownloadBudget(policy.bounds)
        self._sleep = sleep
        self._answers: list[Response] = []
        if policy.allowed.po_token_plugin:
            load_plugin(policy.allowed.po_token_plugin)
        super().__init__(yt_dlp_options(policy, clients, self.seen))

    def late(self) -> bool:
        """Whether the time for this question is up."""
        return self.budget.left_s < 0

    def write_debug(self, message: str, *_: object, **__: object) -> None:
        """Take a remark on what yt-dlp does; it writes none by itself."""
        self.seen.remark(message)

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
        if self.policy.is_token_server(address):  # it is no site: what comes of it its plugin tells
            return super().urlopen(req)
        self.seen.site = site_of(address)
        attempts = 1 if _is_retried(address) else self.policy.attempts
        for retry in range(attempts):
            try:
                self._answers.append(super().urlopen(req))
                return self._answers[-1]
            except (HTTPError, TransportError) as err:
                if isinstance(err, HTTPError):
                    self._answers.append(err.response)
                passing = not isinstance(err, HTTPError) or err.status >= 500
                if not passing or retry == attempts - 1 or self.late():
                    self._note(err)
                    raise
                self._sleep(self.policy.pause_before(retry))
        raise AssertionError("at least one attempt is made")

    def ask(self, address: str, ie_key: str | None = None) -> Info | None:
        """What one address holds, or None; the reason is then among the signals."""
        if urlsplit(address).scheme not in {"http", "https"}:
            self.seen.refused = f"{address[:60]!r} is no web address"
            return None
        if unknown := self._unknown_extractors():
            self.seen.not_allowed = f"yt-dlp has no extractor named {' or '.join(unknown)}"
            return None
        with self.noting():
            info = self.extract_info(address, download=False, ie_key=ie_key, process=False)
            return dict(info) if info else None
        return None

    def fetched(self, address: str, headers: dict[str, str]) -> tuple[bytes, str] | None:
        """What is at one address and its ETag, or None; the reason is then among the signals."""
        self.seen.forget()
        with self.noting(), self.urlopen(Request(address, headers=headers)) as response:
            return bytes(response.read()), str(response.get_header("ETag") or "")
        return None

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Turn what goes wrong into signals, and end what takes too long.

        A page is input: whatever it makes an extractor do, the run goes on with the next video.
        """
        try:
            with time_limit(self.budget.left_s):
                yield
        except DownloadError as err:
            self._note_causes(err.exc_info[1] if err.exc_info else None)
        except Exception as err:
            self._note_causes(err)
            self.seen.error(f"{type(err).__name__}: {err}")
        if self.late():
            self.seen.too_much = self.seen.too_much or SLOW

    def _unknown_extractors(self) -> tuple[str, ...]:
        """Those that the operator allows and yt-dlp does not have."""
        known = [f"{one.IE_NAME}:".lower() for one in self._ies.values()]  # type: ignore[attr-defined]  # the stubs lack it
        allowed = self.policy.allowed.extractors
        return tuple(name for name in allowed if not any(k.startswith(f"{name}:") for k in known))

    def _note_causes(self, err: BaseException | None) -> None:
        # HTTP errors were noted where they happened, after the last retry.
        for cause in (err, getattr(err, "cause", None)):
            if cause is not None and not isinstance(cause, HTTPError):
                self._note(cause)

    def _note(self, err: BaseException) -> None:
        """Take from an error what its text does not say."""
        match err:
            case HTTPError():
                self.seen.site = site_of(err.response.url)
                self.seen.answered(err.status, err.response.get_header("Retry-After"))
                self.seen.proxy_lost |= err.status == PROXY_WANTS_PASSWORD
            case GeoRestrictedError():
                self.seen.geo = True
            case TransportError():
                self.seen.unreachable = True
                self.seen.untrusted |= isinstance(err, CertificateVerifyError)
                self.seen.proxy_lost |= isinstance(err, ProxyError) or _is_of_proxy(err)
            case AnswerTooLargeError():
                self.seen.too_much = str(err)


class _GuardedHTTPHandler(HTTPGuard, HTTPHandler):  # type: ignore[misc]  # it has no stubs
    """yt-dlp's handler for http and https, with the guard's rules."""


class _GuardedRedirectHandler(RedirectGuard, RedirectHandler):  # type: ignore[misc]  # it has no stubs
    """yt-dlp's way of following, with the guard's rules."""


class _GuardedRH(UrllibRH):  # type: ignore[misc]  # it has no stubs; yt-dlp wants such a name
    """yt-dlp's own network stack with the guard's rules and without files, data and FTP."""

    RH_NAME = "urllib"
    _SUPPORTED_URL_SCHEMES = ("http", "https")
    asking: YtDlp

    def _create_instance(
        self, proxies: Any, cookiejar: Any, legacy_ssl_support: Any = None
    ) -> OpenerDirector:
        context = self._make_sslcontext(legacy_ssl_support=legacy_ssl_support)
        guarded = _GuardedHTTPHandler(context=context, source_address=self.source_address)
        guarded.keep(self.asking.policy, self.asking.budget)
        opener = OpenerDirector()
        handlers: tuple[BaseHandler, ...] = (
            ProxyHandler(proxies),
            guarded,
            HTTPCookieProcessor(cookiejar),
            UnknownHandler(),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
            _GuardedRedirectHandler(),
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
        except NotAllowedError as err:
            seen.not_allowed = str(err)
            raise RequestError(str(err), cause=err) from err
        except AnswerTooLargeError as err:
            seen.too_much = str(err)
            raise RequestError(str(err), cause=err) from err


def _is_of_proxy(err: BaseException) -> bool:
    """Whether a proxy that could not be reached is behind an error."""
    reason = getattr(err.cause, "reason", err.cause) if isinstance(err, TransportError) else None
    return isinstance(reason, ProxyLostError)


def _is_retried(address: str) -> bool:
    """Whether yt-dlp's extractor itself tries again: YouTube's pages, but not its tracks."""
    parts = urlsplit(address)
    return (parts.hostname or "").endswith(YOUTUBE) and parts.path != "/api/timedtext"
