"""An internet of names and public addresses whose machines are sites on this one.

net = connect_to(monkeypatch)
net.name("talks.example", PUBLIC)
net.machine(PUBLIC, site)

`connected` are the addresses that were connected to, in order; any that is public and unknown is
refused as by an empty network. What is on this machine itself is connected to as it is.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import pytest
from loopback import Site

PUBLIC, OTHER = "93.184.215.14", "142.250.74.110"


@dataclass
class Internet:
    """Names with the addresses they resolve to: one set an asking, the last one for good."""

    names: dict[str, list[tuple[str, ...]]] = field(default_factory=dict)
    machines: dict[str, int] = field(default_factory=dict)
    connected: list[str] = field(default_factory=list)
    resolved: list[str] = field(default_factory=list)

    def name(self, host: str, *answers: str | tuple[str, ...]) -> None:
        """Let a name resolve to these, one answer after the other."""
        sets = [(one,) if isinstance(one, str) else one for one in answers]
        self.names[host] = sets

    def machine(self, ip: str, site: Site) -> None:
        """Let a public address be that of a site."""
        self.machines[ip] = urlsplit(site.url).port or 80


def connect_to(patch: pytest.MonkeyPatch) -> Internet:
    """Put an internet in the place of this machine's, for as long as the patch holds."""
    net = Internet()
    usual_look_up, usual_connect = socket.getaddrinfo, socket.socket.connect

    def look_up(host: Any, port: Any, *rest: Any, **more: Any) -> Any:
        if host not in net.names:
            ip_address(host.partition("%")[0])  # names that nobody gave do not exist
            return usual_look_up(host, port, *rest, **more)
        net.resolved.append(host)
        answers = net.names[host]
        found = answers.pop(0) if len(answers) > 1 else answers[0]
        return [one for ip in found for one in usual_look_up(ip, port, *rest, **more)]

    def connect(self: socket.socket, address: Any) -> None:
        net.connected.append(address[0])
        if address[0] in net.machines:
            return usual_connect(self, ("127.0.0.1", net.machines[address[0]]))
        if not ip_address(address[0].partition("%")[0]).is_loopback:
            raise ConnectionRefusedError(111, "nobody is there")
        return usual_connect(self, address)

    patch.setattr(socket, "getaddrinfo", look_up)
    patch.setattr(socket.socket, "connect", connect)
    return net
