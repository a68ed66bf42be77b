"""Which means of asking a site that refuses are there, each in a sentence for the operator."""

import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from catalog import YOUTUBE, FetchSettings, counted
from transcripts.errors import TranscriptError
from transcripts.sites.cookies import ends_of, read_cookies
from transcripts.sites.outcomes import Outcome
from transcripts.sites.plugins import modules_of, plugin_version
from transcripts.sites.versions import how_to_raise, yt_dlp_in_words

_WAIT_S = 5.0
_PORTS = {"http": 80, "https": 443}
# Where one of these came of asking, what is off may help, in this order: the cheapest first.
_HELPED = {
    Outcome.BOT_CHECK, Outcome.RATE_LIMITED, Outcome.WITHHELD, Outcome.SIGN_IN, Outcome.OUTDATED,
    Outcome.FAILED, Outcome.SITE_TROUBLE, Outcome.AGE_LIMIT, Outcome.GEO_BLOCKED,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Means:
    """One means: what it is, whether it is on, whether it is as it should be, and in words."""

    name: str
    on: bool
    says: str
    well: bool = True

    @property
    def sentence(self) -> str:
        """What a person is told."""
        return f"{self.name}: {self.says}."


def means_of(settings: FetchSettings, root: Path) -> tuple[Means, ...]:
    """Look at each means that there is; of others only a proxy and a token server are asked."""
    return (
        Means(
            "yt-dlp",
            True,
            f"{yt_dlp_in_words().removeprefix('yt-dlp ')}; a newer one comes with {how_to_raise()}",
        ),
        _javascript(settings),
        _tokens(settings),
        _cookies(settings, root),
        _proxy(settings),
        Means(
            "Sound",
            settings.sound,
            "may be fetched, for `hope transcribe`" if settings.sound else _off("sound = true"),
        ),
    )


def what_may_help(outcome: Outcome, means: tuple[Means, ...]) -> Iterator[str]:
    """Say what else can be tried after an answer."""
    if outcome.newer:
        yield f"A newer yt-dlp may do: {how_to_raise()}."
    off = [one.name for one in means if not one.on and one.name != "Sound"]
    if outcome in _HELPED and off:
        yield (
            f"What is off and may help, the cheapest first: {', '.join(off)}; what each costs and "
            'risks is in docs/operating.md, "Blocked in a data centre". The surest is '
            "`hope import`, with captions that the channel's owner hands out."
        )


def _off(entry: str) -> str:
    return f"off (`{entry}` under [fetching] in site.toml)"


def _javascript(settings: FetchSettings) -> Means:
    name = "JavaScript"
    if not settings.javascript:
        return Means(name, False, _off("javascript = true"))
    deno = Path(sysconfig.get_path("scripts")) / "deno"
    found = str(deno) if deno.exists() else shutil.which("deno")
    if not found or not plugin_version("yt-dlp-ejs"):
        lacks = "pip install --require-hashes -r requirements-youtube.lock"
        return Means(
            name, True, f"on, but the extra `youtube` is not installed; run `{lacks}`", False
        )
    try:
        version = _version_of(found)
    except (OSError, subprocess.SubprocessError) as err:
        return Means(name, True, f"on, but deno does not run: {err}", False)
    return Means(name, True, f"on, by {version}, in its sandbox")


def _version_of(program: str) -> str:
    """What a program of our own environment says of its version."""
    command = [program, "--version"]
    said = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True)  # noqa: S603  # ours
    return said.stdout.partition("\n")[0].partition(" (")[0]


def _tokens(settings: FetchSettings) -> Means:
    name, package, server = "PO tokens", settings.po_token_plugin, settings.po_token_server
    if not package:
        return Means(name, False, _off('po_token_plugin = "PACKAGE"'))
    if modules_of(package) is None:
        return Means(name, True, f"on, but the package {package} is not installed", False)
    if not modules_of(package):
        return Means(name, True, f"on, but {package} is no plugin of yt-dlp", False)
    trouble = _unreachable(server) if server else ""
    if trouble:
        return Means(name, True, f"on, but its server {server} cannot be reached: {trouble}", False)
    by = f", by the server {server}" if server else ""
    return Means(name, True, f"on, by {package} {plugin_version(package)}{by}")


def _cookies(settings: FetchSettings, root: Path) -> Means:
    name = "Cookies"
    if not settings.cookies:
        return Means(name, False, _off('cookies = "cookies.txt"'))
    file = root / settings.cookies
    try:
        ends = ends_of(read_cookies(file), YOUTUBE)
    except TranscriptError as err:
        return Means(name, True, f"on, but {str(err).rstrip('.')}", False)
    over = sum(0 < end < time.time() for end in ends)
    if not ends or over == len(ends):
        return Means(name, True, f"on, but {file} has none of {YOUTUBE} that still holds", False)
    if file.stat().st_mode & 0o077:
        return Means(name, True, f"on, but others may read {file}; run `chmod 600 {file}`", False)
    return Means(name, True, f"on, {counted(len(ends) - over, 'cookie')} of {YOUTUBE} in {file}")


def _proxy(settings: FetchSettings) -> Means:
    name = "Proxy"
    if not settings.proxy:
        return Means(name, False, _off('proxy = "http://HOST:PORT"'))
    parts = urlsplit(settings.proxy)
    shown = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
    trouble = _unreachable(settings.proxy)
    if trouble:
        return Means(name, True, f"on, but {shown} cannot be reached: {trouble}", False)
    return Means(name, True, f"on, {shown} answers")


def _unreachable(address: str) -> str:
    """Why nobody answers at an address; "" when somebody does."""
    parts = urlsplit(address)
    port = parts.port or _PORTS.get(parts.scheme, 1080)
    try:
        socket.create_connection((parts.hostname or "", port), _WAIT_S).close()
    except OSError as err:
        return err.strerror or str(err)
    return ""
