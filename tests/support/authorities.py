"""yt-dlp trusts no authority in tests: none asks a public site, and it reads all 140 each time."""

from __future__ import annotations

import ssl

from yt_dlp.networking import _helper


def trust_nobody() -> None:
    """Have a connection of yt-dlp load no certificates, which takes longer than all of the rest."""
    _helper.ssl_load_certs = _none


def _none(context: ssl.SSLContext, use_certifi: bool = True) -> None:
    pass
