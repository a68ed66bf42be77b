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
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog import EngineSettings
from indexer.deadline import seconds_left
from indexer.errors import EngineAway, IndexerError

ACCOUNT = "HOPE_ENGINE_ACCOUNT"
_NAMED = f"`account` under [engine] in site.toml, or {ACCOUNT}"
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

_FULL = "it takes nothing new; a disk may be full (flood stage): make room, `hope check` says where"
_PART = "some of its shards do not answer; start the nodes that are away"
_ALONE = "it has no manager; start the nodes that are away"
KINDS = {
    "cluster_block_exception": _FULL,
    "index_create_block_exception": _FULL,
    "search_phase_execution_exception": _PART,
    "no_shard_available_action_exception": _PART,
    "cluster_manager_not_discovered_exception": _ALONE,
    "index_not_found_exception": "the index is not there; run `hope index`",
}
_STATUSES = {
    401: f"it does not take the account; mend it ({_NAMED})",
    403: f"the account may not do this; `hope index` needs the one that writes ({_NAMED})",
    429: "it has too much to do; try again later",
}
# Why a host could not be asked, by words that the reason holds, the first that does.
_REASONS = {
    "certificate has expired": "its certificate ran out; make it a new one (docs/operating.md)",
    "mismatch": "its certificate is for another name; mend `hosts` under [engine] in site.toml",
    "certificate": "its certificate is not signed by the authority that `ca` under [engine] names",
    "ssl": "it does not speak TLS as it should; mend that, or `hosts` under [engine] in site.toml",
    "timed out": "it does not answer in time; look after the cluster",
    "": "it cannot be reached; look after the cluster, and `hosts` under [engine] in site.toml",
}


class EngineRefusedError(EngineAway):
    """The cluster answered that it does not do what was asked; `kind` is its name for why."""

    def __init__(self, host: str, status: int, told: Any) -> None:
        error = told.get("error") if isinstance(told, dict) else None
        kind = str(error.get("type", "")) if isinstance(error, dict) else ""
        self.status, self.kind = status, kind if kind.replace("_", "").isalpha() else ""
        blocked = _ALONE if status == 503 and kind == "cluster_block_exception" else ""
        says = blocked or KINDS.get(kind) or _STATUSES.get(status)
        super().__init__(f"{host}: {says or f'it refused (HTTP {status} {self.kind})'}")


class Client:
    """One for each process; threads may share it. `close` ends all connections."""

    def __init__(self, engine: EngineSettings, root: Path) -> None:
        try:
            import httpx2  # noqa: PLC0415 - only who has an engine needs it
        except ImportError as err:
            raise IndexerError(NOT_INSTALLED) from err
        self.engine = engine
        self._failed, self._timeout = httpx2.TransportError, httpx2.Timeout
        self._http = httpx2.Client(
            verify=_authority(engine, root),
            auth=_account(engine, root),
            trust_env=False,
            headers={"Content-Type": "application/json"},
            limits=httpx2.Limits(max_connections=64, max_keepalive_connections=32),
        )
        self._turn = itertools.count()
        self._failed_at: dict[str, float] = {}
        self.close = weakref.finalize(self, self._http.close)

    def ask(
        self,
        method: str,
        path: str,
        body: Mapping[str, Any] | bytes = b"",
        seconds: float = SEARCH_SECONDS,
    ) -> Any:
        """Ask one host and, where it fails, the others. Raises EngineAway, EngineRefusedError."""
        ends = time.monotonic() + min(seconds, seconds_left())
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        refused: EngineRefusedError | None = None
        away: EngineAway | None = None
        for host in (hosts := self._by_trust()):
            left = max(_LEAST_SECONDS, ends - time.monotonic()) / (1 if host == hosts[-1] else 2)
            try:
                return self._ask(host, method, path, content, left)
            except EngineRefusedError as err:
                if err.status not in _ELSEWHERE:
                    raise
                if refused is None:
                    # Just after another node died, who answered does better when asked once more.
                    hosts.append(host)
                refused = err
            except EngineAway as err:
                self._failed_at[host] = time.monotonic()
                away = err
        # What one answered says more than that another is away.
        raise refused or away or EngineAway("no host is named")

    def _by_trust(self) -> list[str]:
        """The hosts by turns, those last that failed a moment ago; two tries at least."""
        hosts, begin = self.engine.hosts, next(self._turn)
        turned = [hosts[(begin + n) % len(hosts)] for n in range(max(2, len(hosts)))]
        since = time.monotonic() - _DOUBTED_SECONDS
        return sorted(turned, key=lambda host: self._failed_at.get(host, 0.0) > since)

    def _ask(self, host: str, method: str, path: str, content: bytes, seconds: float) -> Any:
        timeout = self._timeout(seconds, connect=min(seconds, _CONNECT_SECONDS))
        try:
            answer = self._http.request(method, f"{host}{path}", content=content, timeout=timeout)
        except self._failed as err:
            reason = f"{type(err).__name__} {err}".lower().replace("timeout", "timed out")
            why = next(says for words, says in _REASONS.items() if words in reason)
            raise EngineAway(f"{host}: {why}") from None
        try:
            told = json.loads(answer.content or b"{}")
        except ValueError:
            told = {}
        if answer.status_code >= 400:
            raise EngineRefusedError(host, answer.status_code, told)
        return told


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
            why = getattr(err, "strerror", "") or "it is no text"
            raise IndexerError(f"{file}: the account cannot be read: {why} ({_NAMED})") from None
    if not text:
        return None
    user, colon, password = text.strip().partition(":")
    if not colon:
        raise IndexerError(f"the account is no user:password on one line ({_NAMED})")
    return user, password
