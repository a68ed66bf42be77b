"""Asks a cluster of OpenSearch, whichever of its hosts answers.

What it says of an error may quote a question, so none of it is ever passed on: an error is one
sentence of our own, with its kind and where it came from.
"""

import itertools
import json
import os
import ssl
import time
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from catalog import EngineSettings
from indexer.deadline import seconds_left
from indexer.errors import EngineAway, IndexerError

ACCOUNT = "HOPE_ENGINE_ACCOUNT"
NOT_INSTALLED = (
    "what asks the engine that site.toml names is not installed; "
    "pip install --require-hashes -r requirements-engine.lock"
)
# What a search may take of a host, and what is asked in a batch.
SEARCH_SECONDS = 1.5
BATCH_SECONDS = 60.0
_CONNECT_SECONDS = 0.5
_LEAST_SECONDS = 0.05
# So long a host that failed is asked after the others.
_DOUBTED_SECONDS = 10.0
# What another host may do better.
_ELSEWHERE = frozenset((429, 500, 502, 503, 504))


class EngineRefusedError(EngineAway):
    """The cluster answered that it does not do what was asked; `kind` is its name for why."""

    def __init__(self, says: str, status: int, kind: str, host: str = "") -> None:
        super().__init__(says)
        self.status, self.kind, self.host = status, kind, host


class Client:
    """One for each process; threads may share it. `close` ends all connections."""

    def __init__(self, engine: EngineSettings, root: Path) -> None:
        try:
            import httpx2  # noqa: PLC0415 - only who has an engine needs it
        except ImportError as err:
            raise IndexerError(NOT_INSTALLED) from err
        self.engine = engine
        self._failed = httpx2.TransportError
        self._http = httpx2.Client(
            verify=_authority(engine, root),
            auth=_account(engine, root),
            trust_env=False,
            follow_redirects=False,
            limits=httpx2.Limits(max_connections=64, max_keepalive_connections=32),
        )
        self._timeout = httpx2.Timeout
        self._turn = itertools.count()
        self._failed_at: dict[str, float] = {}
        self.close = weakref.finalize(self, self._http.close)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None = None,
        seconds: float = SEARCH_SECONDS,
    ) -> Any:
        """Ask one host and, where it fails, the others. Raises EngineAway, EngineRefusedError."""
        ends = time.monotonic() + min(seconds, seconds_left())
        try:
            return self._ask_any(self._by_trust(), method, path, body, ends)
        except EngineRefusedError as err:
            if err.status not in _ELSEWHERE:
                raise
            # Just after another node died, who answered does better when it is asked again.
            return self._ask_any([err.host], method, path, body, ends)

    def _ask_any(
        self,
        hosts: Sequence[str],
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None,
        ends: float,
    ) -> Any:
        """Ask one after the other; what one answered says more than that another is away."""
        refused: EngineRefusedError | None = None
        away: EngineAway | None = None
        for host in hosts:
            left = max(_LEAST_SECONDS, ends - time.monotonic())
            try:
                return self._ask(host, method, path, body, left if host == hosts[-1] else left / 2)
            except EngineRefusedError as err:
                if err.status not in _ELSEWHERE:
                    raise
                refused = err
            except EngineAway as err:
                self._failed_at[host] = time.monotonic()
                away = err
        failed = refused or away
        assert failed  # noqa: S101 - some host was asked
        raise failed

    def _by_trust(self) -> list[str]:
        """The hosts by turns, those last that failed a moment ago; two tries at least."""
        hosts, begin = self.engine.hosts, next(self._turn)
        turned = [hosts[(begin + n) % len(hosts)] for n in range(max(2, len(hosts)))]
        since = time.monotonic() - _DOUBTED_SECONDS
        return sorted(turned, key=lambda host: self._failed_at.get(host, 0.0) > since)

    def _ask(
        self,
        host: str,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes | None,
        seconds: float,
    ) -> Any:
        content = json.dumps(body).encode() if isinstance(body, Mapping) else body
        kind = "application/x-ndjson" if isinstance(body, bytes) else "application/json"
        timeout = self._timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        try:
            answer = self._http.request(
                method,
                f"{host}{path}",
                content=content,
                headers={"Content-Type": kind} if content else {},
                timeout=timeout,
            )
        except self._failed as err:
            raise EngineAway(f"{host}: {_why(err)}") from None
        try:
            told = json.loads(answer.content) if answer.content else {}
        except ValueError:
            told = {}
        if answer.status_code < 400:
            return told
        raise _refused(host, answer.status_code, told)


def _authority(engine: EngineSettings, root: Path) -> ssl.SSLContext | bool:
    if not engine.ca:
        return True
    file = root / engine.ca
    try:
        return ssl.create_default_context(cafile=str(file))
    except (OSError, ssl.SSLError) as err:
        raise IndexerError(
            f"{file}: the authority cannot be read: {err.strerror or 'it is no certificate'}; "
            "`ca` under [engine] in site.toml names it"
        ) from None


def _account(engine: EngineSettings, root: Path) -> tuple[str, str] | None:
    """The account, from the environment or else from a file."""
    text = os.environ.get(ACCOUNT, "")
    if not text and engine.account:
        file = root / engine.account
        try:
            text = file.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as err:
            raise IndexerError(
                f"{file}: the account cannot be read ({type(err).__name__})"
            ) from None
    if not text:
        return None
    user, colon, password = text.strip().partition(":")
    if not colon:
        raise IndexerError(f"the account for [engine] is no user:password on one line ({ACCOUNT})")
    return user, password


def _why(err: Exception) -> str:
    """Why a host could not be asked; in our own words, since theirs may hold what was asked."""
    told = str(err).lower()
    if "certificate has expired" in told:
        return "its certificate ran out; renew it"
    if "hostname mismatch" in told or "ip address mismatch" in told:
        return "its certificate is for another name; mend `hosts` under [engine] in site.toml"
    if "certificate" in told:
        return "its certificate is not signed by the authority that `ca` under [engine] names"
    if "ssl" in told or "tls" in told:
        return "it does not speak TLS as it should; is it https:// there?"
    if "timed out" in told or type(err).__name__.endswith("Timeout"):
        return "it does not answer in time; look after the cluster"
    return "it cannot be reached; look after the cluster, and `hosts` under [engine] in site.toml"


_FULL = "it takes nothing new; a disk may be full (flood stage): make room"
KINDS = {
    "cluster_block_exception": _FULL,
    "index_create_block_exception": _FULL,
    "search_phase_execution_exception": "some of its shards do not answer; look at its health",
    "no_shard_available_action_exception": "some of its shards are not there; look at its health",
    "cluster_manager_not_discovered_exception": "it has no manager; look at its health",
    "index_not_found_exception": "the index is not there; run `hope index`",
}
_STATUSES = {
    401: "it does not take the account that `account` under [engine] names",
    403: "the account may not do this; `hope index` needs one that writes",
    429: "it has too much to do",
}


def _refused(host: str, status: int, told: Any) -> EngineRefusedError:
    error = told.get("error") if isinstance(told, dict) else None
    kind = str(error.get("type", "")) if isinstance(error, dict) else ""
    kind = kind if kind.replace("_", "").isalpha() else ""
    says = KINDS.get(kind) or _STATUSES.get(status) or f"it refused (HTTP {status} {kind})".strip()
    return EngineRefusedError(f"{host}: {says}", status, kind, host)
