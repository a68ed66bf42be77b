"""How sites are asked: which, how patiently and within which bounds."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from catalog import YOUTUBE, FetchSettings, is_youtube
from transcripts.sites.address_guard import AnswerBounds


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How to ask. Times are seconds. `cookies` are the lines of a cookies file, "" for none."""

    allow_loopback: bool = False
    cookies: str = ""
    allowed: FetchSettings = field(default_factory=FetchSettings)
    bounds: AnswerBounds = field(default_factory=AnswerBounds)
    attempts: int = 3
    backoff_s: float = 2.0
    timeout_s: float = 20.0

    def pause_before(self, retry: int) -> float:
        """How long to wait before the first (0), second (1)... retry."""
        return float(self.backoff_s * 2**retry)

    def is_token_server(self, address: str) -> bool:
        """Whether an address is that of the server for PO tokens, which the operator named."""
        server = self.allowed.po_token_server
        return bool(server) and urlsplit(address)[:2] == urlsplit(server)[:2]


def site_of(address: str) -> str:
    """The site that an address belongs to: its host, one for all of YouTube; "" for no address."""
    try:
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.").removesuffix(":443").removesuffix(":80")
    return YOUTUBE if is_youtube(host) else host
