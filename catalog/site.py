"""Who runs a site, what they set up for it and whom fetching may ask, as frozen values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from catalog import fields

ANY = "*"
# The Foundation's pages, and what YouTube is asked for: its pages, tracks and still pictures.
HOSTS = ("lcfamerica.org", "youtube.com", "youtu.be", "youtube-nocookie.com", "ytimg.com")
# Beside YouTube's own, the two that find a video on a page.
EXTRACTORS = ("youtube", "generic", "html5")

_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*\Z")
_EXTRACTOR = re.compile(r"[a-z0-9][a-z0-9._+-]*(:[a-z0-9._+-]+)*\Z", re.I)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The `[fetching]` of a site.toml: nothing else is asked, whatever a catalogue or page says.

    A host stands for itself and every name below it, "*" for any; an extractor for itself and its
    parts (`youtube` for `youtube:tab`).
    """

    hosts: tuple[str, ...] = HOSTS
    extractors: tuple[str, ...] = EXTRACTORS

    def host(self, name: str) -> bool:
        """Whether a host may be asked."""
        below = "." + name.lower().rstrip(".")
        return any(host == ANY or below.endswith("." + host) for host in self.hosts)


def allowed(value: Any) -> Allowed:
    """Read the table `[fetching]`; what it leaves out is as usual."""
    if not isinstance(value, Mapping):
        raise ValueError("write `hosts` and `extractors` under [fetching]")
    wrong, found = [], {}
    for name, given in value.items():
        try:
            found[name] = _READERS[name](given)
        except KeyError:
            wrong.append(f"{name}: there is no such field; the fields are {', '.join(_READERS)}")
        except ValueError as refusal:
            wrong.append(f"{name}: {refusal}")
    if wrong:
        raise ValueError("; ".join(wrong))
    return Allowed(**found)


def _host(value: Any) -> str:
    name = value.lower().rstrip(".") if isinstance(value, str) else ""
    if name != ANY and not _HOST.match(name):
        raise ValueError(
            f"{fields.shown(value)} is no host; write a name alone, like 'videos.example.org'"
        )
    return name


def _extractor(value: Any) -> str:
    if not isinstance(value, str) or not _EXTRACTOR.match(value):
        raise ValueError(
            f"{fields.shown(value)} is no extractor; write a name of yt-dlp's, like 'vimeo'"
        )
    return value.lower()


_READERS: Mapping[str, fields.Reader[tuple[str, ...]]] = {
    "hosts": fields.list_of(_host),
    "extractors": fields.list_of(_extractor),
}


TOPIC = "{topic}"


@dataclass(frozen=True, slots=True)
class PhoneLine:
    """Someone to call. `number` is written as people read it; `language` is "" when any."""

    name: str
    number: str
    hours: str = ""
    note: str = ""
    language: str = ""

    @property
    def tel(self) -> str:
        """The address that a phone dials."""
        digits = "".join(sign for sign in self.number if sign.isdecimal())
        return f"tel:{'+' if self.number.startswith('+') else ''}{digits}"


@dataclass(frozen=True, slots=True)
class Signpost:
    """What is said above the results of a search for a symptom that should not wait.

    Each of `words` is a word or phrase in `language`, in any form. Signposts with the same `slug`
    say the same in several languages. `sources` are the pages that the medical facts rest on.
    """

    slug: str
    language: str
    words: tuple[str, ...]
    heading: str
    message: str
    call: tuple[PhoneLine, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TrialSearch:
    """A search for clinical trials elsewhere; `{topic}` in its address stands for a topic."""

    name: str
    address: str

    def about(self, topic: str) -> str:
        """The address that searches for a topic; "" searches for lung cancer in general."""
        return self.address.replace(TOPIC, quote(topic, safe=""))


@dataclass(frozen=True, slots=True)
class Operator:
    """What the operator of a site says about it; everything may be left out.

    `address` is the site's public address, without a slash at its end ("" uses the one a request
    came to); `embed_at` are the origins that may show this site's moments in a frame. `post` are
    the lines of a postal address.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    post: tuple[str, ...] = ()
    address: str = ""
    embed_at: tuple[str, ...] = ()
    lines: tuple[PhoneLine, ...] = ()
    urgent: tuple[Signpost, ...] = ()
    trials: tuple[TrialSearch, ...] = ()
    fetching: Allowed = field(default_factory=Allowed)

    @property
    def contact(self) -> str:
        """The first way to reach the operator, or nothing."""
        return self.email or self.phone or ", ".join(self.post)

    @property
    def tel(self) -> str:
        """The address that a phone dials to reach the operator."""
        return PhoneLine("", self.phone).tel
