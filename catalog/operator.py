"""Who runs the site and what they set up for it: `<library>/site.toml`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator of a site says about it; everything may be left out.

    `address` is the site's public address, without a slash at its end ("" uses the one a request
    came to); `embed_at` are the origins that may show this site's moments in a frame.
    """

    name: str = ""
    contact: str = ""
    address: str = ""
    embed_at: tuple[str, ...] = ()
