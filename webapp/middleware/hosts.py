"""Allowed hosts. A page asked for under a foreign name is not for its visitor.

Another site could otherwise have a browser read this one as if it were its own (DNS rebinding), or
have pages made that link to it.
"""

import re
from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
# What watches a site asks a machine, not a name.
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-f:.]+)\]|(?P<name>[a-z0-9._-]+))(?::[0-9]{1,5})?")


def allowed_hosts(address: str, others: Iterable[str]) -> frozenset[str]:
    """The names of a site at an address, "" where none is set, that has other names as well.

    The names of this machine to itself are always among them. Without an address any number is,
    as it is written in an address ("*").
    """
    named = {name.lower().rstrip(".") for name in others if name}
    if address:
        return LOCAL | named | {(urlsplit(address).hostname or "").lower()}
    return LOCAL | named | {"*"}


def is_allowed_host(host: str, names: frozenset[str], *, by_number: bool = False) -> bool:
    """Whether a Host header says one of the names, on whatever port.

    "*" among them, and `by_number`, stand for any machine's number.
    """
    found = _HOST.fullmatch(host.lower())
    if not found:
        return False
    name = (found["six"] or found["name"]).rstrip(".")
    return name in names or ((by_number or "*" in names) and _is_number(name))


def _is_number(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False
