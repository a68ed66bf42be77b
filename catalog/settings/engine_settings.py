"""The `[engine]` of a site.toml: where the passages are when one machine is outgrown."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from catalog.toml import fields
from catalog.toml.tables import TableShape, inline

_ENGINE_HOST = re.compile(r"http(?P<s>s?)://(?P<host>[a-z0-9.-]+|\[[0-9a-f:]+\])(:[0-9]{1,5})?/?\Z")
_HERE = frozenset(("localhost", "127.0.0.1", "[::1]"))
_prefix = fields.fitting(r"[a-z][a-z0-9_-]{0,39}", "is no beginning of a name, like 'hope'")


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """The `[engine]` of a site.toml: a cluster of OpenSearch that holds the passages.

    Any of `hosts` is asked. Indexes are named after `prefix`; of each there are so many `shards`,
    and so many `replicas` beside each. `ca` is a file with the authority that signed the hosts'
    certificates, `account` one with `user:password`; both from the library on.
    """

    hosts: tuple[str, ...]
    prefix: str = "hope"
    shards: int = 1
    replicas: int = 2
    ca: str = ""
    account: str = ""


def _engine_host(value: Any) -> str:
    """Read the address of a host; unencrypted only on this machine, since accounts are sent."""
    found = _ENGINE_HOST.match(value) if isinstance(value, str) else None
    if not found or not (found["s"] or found["host"] in _HERE):
        told = "this" if "@" in str(value) else fields.shown(value)  # never an account
        raise ValueError(
            f"{told} is no address of a host; write it like "
            "'https://search1.example.org:9200', with http:// only on this machine"
        )
    return str(value).rstrip("/")


def _account(value: Any) -> str:
    """Read the name of a file; who wrote the account itself here is told, without showing it."""
    if ":" in (file := fields.text(value)):
        raise ValueError("this is no file; put user:password into a file, and its name here")
    return file


def _count(least: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= 100:
            raise ValueError(f"{fields.shown(value)} is no number from {least} to 100")
        return value

    return read


def read_engine(value: Any) -> EngineSettings:
    """Read the table `[engine]`."""
    if not isinstance(value, dict) or not value.get("hosts"):
        raise ValueError("write the addresses of its `hosts` under [engine]")
    return inline(_ENGINE)(value)


_ENGINE = TableShape(
    EngineSettings,
    {
        "hosts": fields.list_of(_engine_host),
        "prefix": _prefix,
        "shards": _count(1),
        "replicas": _count(0),
        "ca": fields.text,
        "account": _account,
    },
    ("hosts",),
)
