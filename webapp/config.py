"""What an operator sets up for serving, as a frozen value."""

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_address
from typing import Literal

LOOPBACK = ("127.0.0.0/8", "::1/128")
LogFormat = Literal["json", "words"]
Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class RateLimits:
    """How often one visitor may ask in a minute; 0 is as often as they like."""

    searches: int = 60
    others: int = 1200


NO_LIMIT = RateLimits(0, 0)


@dataclass(frozen=True, slots=True)
class Service:
    """How a site is served.

    `hosts` are the names it answers to, None when to any. `proxies` are the addresses and networks
    of the proxies that are believed when they say whom they ask for; `metrics_for` are those that
    may read /metrics beside this machine. `folder` is where several workers add up what they
    count, "" when there is one. So many searches run `at_once` in a worker and so many are
    `waiting`; after `search_seconds` a search answers with what it has found.
    """

    workers: int = 1
    rate: RateLimits = NO_LIMIT
    hosts: frozenset[str] | None = None
    proxies: tuple[str, ...] = LOOPBACK
    metrics_for: tuple[Network, ...] = ()
    log: LogFormat = "words"
    folder: str = ""
    at_once: int = 4
    waiting: int = 200
    search_seconds: float = 2.0

    def may_measure(self, client: str, *, forwarded: bool) -> bool:
        """Whether /metrics is for a client: for this machine itself, and for whom is named.

        What a proxy passes on (`forwarded`) is not of this machine, whatever it says.
        """
        try:
            address = ip_address(client)
        except ValueError:
            return False
        address = getattr(address, "ipv4_mapped", None) or address
        if any(address in network for network in self.metrics_for):
            return True
        return not forwarded and address.is_loopback
