"""Who runs a site, what they set up for it and whom fetching may ask, as frozen values."""

from dataclasses import dataclass, field
from urllib.parse import quote

from catalog import youtube
from catalog.settings.engine_settings import EngineSettings

ANY = "*"
TOPIC = "{topic}"
# The Foundation's pages, and what YouTube is asked for: its pages, tracks and still pictures.
HOSTS = ("lcfamerica.org", *(host for host in youtube.HOSTS if host != "googlevideo.com"))
# Beside YouTube's own, the two that find a video on a page.
EXTRACTORS = ("youtube", "generic", "html5")


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """The `[fetching]` of a site.toml: nothing else is asked, whatever a catalogue or page says.

    A host stands for itself and every name below it, "*" for any; an extractor for itself and its
    parts (`youtube` for `youtube:tab`). The rest is how to ask where YouTube refuses, all off
    unless it is set: a file of `cookies` (its place, from the library on), a `proxy`, `javascript`
    by deno, a plugin for PO tokens by the name of its package, and the address of its server.
    `sound` says that the sound of videos may be fetched, to be written down here.
    """

    hosts: tuple[str, ...] = HOSTS
    extractors: tuple[str, ...] = EXTRACTORS
    cookies: str = ""
    proxy: str = ""
    javascript: bool = False
    po_token_plugin: str = ""
    po_token_server: str = ""
    sound: bool = False

    def host(self, name: str) -> bool:
        """Whether a host may be asked."""
        below = "." + name.lower().rstrip(".")
        return any(host == ANY or below.endswith("." + host) for host in self.hosts)


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


# What search understands of a question that should not wait; `docs/search.md` says how.
SIGNS = (
    "breathing", "bleeding", "chest", "stroke", "sepsis", "fever", "spine", "swelling", "clot",
    "immune", "allergy", "confusion", "unresponsive", "overdose", "seizure", "crisis", "emergency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signpost:
    """What is said above the results of a search for a symptom that should not wait.

    Each of `words` is a word or phrase in `language`, in any form; `signs` are some of SIGNS.
    Signposts with the same `slug` say the same in several languages. `instead` says that no results
    are shown below it. `sources` are the pages that the medical facts rest on.
    """

    slug: str
    language: str
    words: tuple[str, ...]
    heading: str
    message: str
    call: tuple[PhoneLine, ...] = ()
    sources: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    instead: bool = False


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
    the lines of a postal address. `security` is where to tell of a weakness: an email address or
    a page.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    post: tuple[str, ...] = ()
    address: str = ""
    security: str = ""
    embed_at: tuple[str, ...] = ()
    lines: tuple[PhoneLine, ...] = ()
    urgent: tuple[Signpost, ...] = ()
    trials: tuple[TrialSearch, ...] = ()
    fetching: FetchSettings = field(default_factory=FetchSettings)
    engine: EngineSettings | None = None

    @property
    def contact(self) -> str:
        """The first way to reach the operator, or nothing."""
        return self.email or self.phone or ", ".join(self.post)

    @property
    def tel(self) -> str:
        """The address that a phone dials to reach the operator."""
        return PhoneLine("", self.phone).tel

    @property
    def security_contact(self) -> str:
        """Where to tell of a weakness in the site, as an address to follow; "" where nowhere."""
        found = self.security or self.email
        if found:
            return found if "://" in found else f"mailto:{found}"
        return self.tel if self.phone else ""
