"""Which network addresses may be asked, and how much and how long an answer may be.

A catalogue is an input like any other: its addresses must not reach the machines behind the
firewall. The rules look at the address that is really connected to, after every redirect.
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

IPAddress = IPv4Address | IPv6Address
Read1 = Callable[[int], bytes]

NAT64 = IPv6Network("64:ff9b::/96")
CHUNK = 64 * 1024
PRIVATE_NAMES = (".localhost", ".local", ".internal", ".home.arpa")


class RefusedError(Exception):
    """An address that may not be asked."""


class TooMuchError(Exception):
    """An answer that is too large, or takes too long."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much one answer may hold, and how many seconds one video may take in all."""

    max_bytes: int = 20_000_000
    seconds: float = 180.0


def may_ask(ip: str, *, loopback: bool) -> bool:
    """Whether an IP address is public, or on this machine where that is allowed."""
    address = _inner(ip_address(ip.partition("%")[0]))
    if address.is_loopback:
        return loopback
    return address.is_global and not address.is_multicast


def on_this_machine(address: str) -> bool:
    """Whether a web address names this machine."""
    host = urlsplit(address).hostname or ""
    literal = _literal(host)
    return host == "localhost" or bool(literal and ip_address(literal).is_loopback)


def check_name(host: str, *, loopback: bool) -> None:
    """Refuse what can be refused by its name alone, in every way of writing an IP address."""
    name = host.strip("[]").rstrip(".").lower()
    literal = _literal(name)
    private_name = f".{name}".endswith(PRIVATE_NAMES)
    if (literal and not may_ask(literal, loopback=loopback)) or (private_name and not loopback):
        raise RefusedError(_says(host))


def checked_addresses(host: str, port: int, *, loopback: bool) -> tuple[str, ...]:
    """The IP addresses behind a name, all of which may be asked. Raises RefusedError, OSError."""
    check_name(host, loopback=loopback)
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not all(may_ask(address, loopback=loopback) for address in addresses):
        raise RefusedError(_says(host))
    return addresses


def bounded(read1: Read1, limit: int, late: Callable[[], bool]) -> Callable[[int | None], bytes]:
    """A `read` that gives up, raising TooMuchError, past `limit` bytes or when it gets `late`."""
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
                raise TooMuchError(f"the answer is larger than {limit:,} bytes")
            if late():
                raise TooMuchError("the answer takes too long")
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
