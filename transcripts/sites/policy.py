"""How sites are asked: which, how patiently and within which bounds."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from catalog import YOUTUBE, FetchAllowlist, is_youtube
from transcripts.sites.address_guard import AnswerBounds


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How to ask. Times are seconds."""

    allow_loopback: bool = False
    allowed: FetchAllowlist = field(default_factory=FetchAllowlist)
    bounds: AnswerBounds = field(default_factory=AnswerBounds)
    attempts: int = 3
    backoff_s: float = 2.0
    timeout_s: float = 20.0

    def pause_before(self, retry: int) -> float:
        """How long to wait before the first (0), second (1)... retry."""
        return float(self.backoff_s * 2**retry)


def site_of(address: str) -> str:
    """The site that an address belongs to: its host, one for all of YouTube; "" for no address."""
    try:
        host = urlsplit(address).netloc.rpartition("@")[2].lower()
    except ValueError:
        return ""
    host = host.removeprefix("www.").removesuffix(":443").removesuffix(":80")
    return YOUTUBE if is_youtube(host) else host
