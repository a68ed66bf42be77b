from __future__ import annotations

import pytest

from webapp.middleware.hosts import allowed_hosts, is_allowed_host

HOSTS = allowed_hosts("https://search.example.org", ["127.0.0.1", "Backup.Example.org"])


@pytest.mark.parametrize(
    ("host", "named"),
    [
        ("search.example.org", True),
        ("SEARCH.example.org.:443", True),
        ("backup.example.org", True),
        ("localhost:8000", True),
        ("127.0.0.1:8000", True),
        ("[::1]:8000", True),
        ("evil.example", False),
        ("search.example.org.evil.example", False),
        ("search.example.org@evil.example", False),
        ("evil.example#search.example.org", False),
        ("203.0.113.5", False),
        ("", False),
        ("search.example.org:80:80", False),
    ],
)
def test_a_site_answers_to_its_own_names_only(host: str, named: bool) -> None:
    assert is_allowed_host(host, HOSTS) is named


def test_without_an_address_a_site_answers_to_numbers_too() -> None:
    names = allowed_hosts("", [])

    assert is_allowed_host("192.168.1.5:8000", names)
    assert is_allowed_host("[fe80::1]", names)
    assert not is_allowed_host("evil.example", names)
