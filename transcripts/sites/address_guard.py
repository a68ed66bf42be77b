"""Which network addresses may be asked, and how much and how long an answer may be.

A catalogue is an input like any other: its addresses must not reach the machines behind the
firewall. The rules look at the address that is really connected to, after every redirect.
"""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from catalog import FetchSettings

IPAddress = IPv4Address | IPv6Address
Read1 = Callable[[int], bytes]

NAT64 = IPv6Network("64:ff9b::/96")
PUBLIC_IPV6 = IPv6Network("2000::/3")
CHUNK = 64 * 1024
PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa")
SLOW = "the answer takes too long"


class RefusedError(Exception):
    """An address that may not be asked."""


class NotAllowedError(Exception):
    """A host or extractor that the operator does not allow."""


class ProxyLostError(OSError):
    """The proxy that stands before a site could not be reached."""


class AnswerTooLargeError(Exception):
    """An answer that is too large, or takes too long."""


@dataclass(frozen=True, slots=True)
class AnswerBounds:
    """How many bytes one answer may hold, and how many all together that one address leads to.

    `seconds` is how long these may take in all.
    """

    max_bytes: int = 20_000_000
    in_all_bytes: int = 60_000_000
    seconds: float = 180.0


class DownloadBudget:
    """What is left of the bounds while one address is asked."""

    def __init__(self, bounds: AnswerBounds, clock: Callable[[], float] = time.monotonic) -> None:
        self.bounds = bounds
        self._clock = clock
        self._left = bounds.in_all_bytes
        self._end = clock() + bounds.seconds

    @property
    def left_s(self) -> float:
        """How much time is left; below zero when it is up."""
        return self._end - self._clock()

    def take(self, amount: int) -> None:
        """Take so many bytes. Raises TooMuchError when there are none left, or no time."""
        self._left -= amount
        if self._left < 0:
            total = f"{self.bounds.in_all_bytes:,}"
            raise AnswerTooLargeError(f"the answers are larger than {total} bytes together")
        if self.left_s < 0:
            raise AnswerTooLargeError(SLOW)


def may_ask(ip: str, *, loopback: bool) -> bool:
    """Whether an IP address is public, or on this machine where that is allowed."""
    address = _inner(ip_address(ip.partition("%")[0]))
    if address.is_loopback:
        return loopback
    public = isinstance(address, IPv4Address) or address in PUBLIC_IPV6
    return public and address.is_global and not address.is_multicast


def on_this_machine(address: str) -> bool:
    """Whether a web address names this machine."""
    return names_this_machine(urlsplit(address).hostname or "")


def names_this_machine(host: str) -> bool:
    """Whether a host's name is this machine's, however that is written."""
    literal = _literal(host.strip("[]"))
    return host == "localhost" or bool(literal and _inner(ip_address(literal)).is_loopback)


def check_name(host: str, *, loopback: bool) -> None:
    """Refuse what can be refused by its name alone, in every way of writing an IP address."""
    name = host.strip("[]").rstrip(".").lower()
    literal = _literal(name)
    private_name = f".{name}".endswith(PRIVATE_NAMES)
    if (literal and not may_ask(literal, loopback=loopback)) or (private_name and not loopback):
        raise RefusedError(_says(host))


def check_host(host: str, allowed: FetchSettings, *, loopback: bool) -> None:
    """Refuse a host by its name, or because the operator's list lacks it (NotAllowedError)."""
    check_name(host, loopback=loopback)
    if not allowed.host(host) and not (loopback and names_this_machine(host)):
        raise NotAllowedError(f"{host} is not among the hosts that may be asked")


def checked_addresses(host: str, port: int, *, loopback: bool) -> tuple[str, ...]:
    """The IP addresses behind a name, all of which may be asked. Raises RefusedError, OSError."""
    check_name(host, loopback=loopback)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(may_ask(address, loopback=loopback) for address in addresses):
        raise RefusedError(_says(host))
    return addresses


def bounded(read1: Read1, limit: int, take: Callable[[int], None]) -> Callable[[int | None], bytes]:
    """A `read` that raises TooMuchError past `limit` bytes; `take` is told of all, and may too."""
    taken = 0

    def read(amount: int | None = None) -> bytes:
        nonlocal taken
        chunks: list[bytes] = []
        missing = limit + 1 if amount is None or amount < 0 else amount
        while missing > 0 and (chunk := read1(min(missing, CHUNK))):
            chunks.append(chunk)
            missing -= len(chunk)
            taken += len(chunk)
            if taken > limit:
                raise AnswerTooLargeError(f"the answer is larger than {limit:,} bytes")
            take(len(chunk))
        return b"".join(chunks)

    return read


def _inner(address: IPAddress) -> IPAddress:
    """The IPv4 address that an IPv6 one stands for, if any."""
    if isinstance(address, IPv4Address):
        return address
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)


def _literal(name: str) -> str:
    """An IP address written as such, also as `0x7f.1` or `2130706433`; else nothing."""
    try:
        return str(ip_address(name))
    except ValueError:
        pass
    try:
        return socket.inet_ntoa(socket.inet_aton(name))
    except OSError:
        return ""


def _says(host: str) -> str:
    return f"{host} is on a private network"
