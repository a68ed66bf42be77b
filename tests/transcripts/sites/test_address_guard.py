import socket
import zlib
from collections.abc import Callable
from itertools import count

import pytest

from transcripts.sites import address_guard as guard
from transcripts.sites.address_guard import (
    AnswerBounds,
    AnswerTooLargeError,
    DownloadBudget,
    RefusedError,
    bounded,
    check_name,
    may_ask,
)
from transcripts.sites.guarded_http import GZIP, HTTPGuard
from transcripts.sites.policy import RequestPolicy

PRIVATE = (
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "fe80::1%eth0",
    "fc00::1",
    "::ffff:10.0.0.1",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "::10.0.0.1",
    "64:ff9b:1::a00:1",
    "fec0::1",
    "5f00::1",
)


@pytest.mark.parametrize("ip", [*PRIVATE, "127.0.0.1", "::1"])
def test_a_private_address_is_not_asked(ip: str) -> None:
    assert not may_ask(ip, loopback=False)


@pytest.mark.parametrize("ip", PRIVATE)
def test_allowing_this_machine_allows_no_other_private_address(ip: str) -> None:
    assert may_ask("127.0.0.1", loopback=True)
    assert not may_ask(ip, loopback=True)


def test_a_public_address_is_asked() -> None:
    assert may_ask("142.250.74.110", loopback=False)
    assert may_ask("2a00:1450:400f:80d::200e", loopback=False)


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "0x7f.1",
        "2130706433",
        "017700000001",
        "[::1]",
        "localhost",
        "db.internal",
        "nas.local.",
    ],
)
def test_a_private_host_is_known_in_every_way_of_writing_it(host: str) -> None:
    with pytest.raises(RefusedError, match="private network"):
        check_name(host, loopback=False)


def test_a_name_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", (ip, 443)) for ip in ("142.250.74.110", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)

    with pytest.raises(RefusedError):
        guard.checked_addresses("rebinding.example", 443, loopback=False)


def serve(content: bytes, at_once: int) -> Callable[[int], bytes]:
    rest = [content]

    def read1(amount: int) -> bytes:
        chunk, rest[0] = rest[0][: min(amount, at_once)], rest[0][min(amount, at_once) :]
        return chunk

    return read1


def test_reading_within_bounds_gives_everything() -> None:
    read = bounded(serve(b"0123456789", 3), 10, unbounded)

    assert read(4) == b"0123"
    assert read(None) == b"456789"
    assert read(None) == b""


def test_reading_stops_past_the_limit() -> None:
    read = bounded(serve(b"x" * 11, 3), 10, unbounded)

    with pytest.raises(AnswerTooLargeError, match="larger than 10 bytes"):
        read(None)


def test_reading_stops_when_it_is_late() -> None:
    ticks = count(0.0, 1.0)
    late = DownloadBudget(AnswerBounds(seconds=5), clock=lambda: next(ticks))
    read = bounded(serve(b"x" * 10, 1), 100, late.take)

    with pytest.raises(AnswerTooLargeError, match="too long"):
        read(None)


def test_many_answers_together_are_bounded_too() -> None:
    budget = DownloadBudget(AnswerBounds(max_bytes=10, in_all_bytes=25))
    for _ in range(2):
        assert bounded(serve(b"x" * 10, 3), 10, budget.take)(None) == b"x" * 10

    with pytest.raises(AnswerTooLargeError, match="larger than 25 bytes together"):
        bounded(serve(b"x" * 10, 3), 10, budget.take)(None)


def unbounded(_amount: int) -> None:
    """Take as much as you like."""


def guarded(max_bytes: int) -> HTTPGuard:
    policy = RequestPolicy(bounds=AnswerBounds(max_bytes=max_bytes))
    http = HTTPGuard()
    http.keep(policy, DownloadBudget(policy.bounds))
    return http


def gzipped(content: bytes) -> bytes:
    packer = zlib.compressobj(wbits=GZIP)
    return packer.compress(content) + packer.flush()


def test_a_small_answer_that_unpacks_to_a_huge_one_is_stopped() -> None:
    bomb = gzipped(b"\0" * 5_000_000)

    assert len(bomb) < 10_000
    with pytest.raises(AnswerTooLargeError):
        guarded(max_bytes=1_000_000).gz(bomb)


def test_a_packed_answer_is_unpacked_whole() -> None:
    content = bytes(range(256)) * 1000

    assert guarded(max_bytes=1_000_000).gz(gzipped(content)) == content


def test_a_packed_answer_that_was_cut_off_is_noticed() -> None:
    with pytest.raises(zlib.error, match="cut off"):
        guarded(max_bytes=1_000_000).gz(gzipped(b"hello" * 1000)[:-20])
