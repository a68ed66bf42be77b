"""An S3 on loopback: moto's server, a process of its own. Skips where it is not installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep
from urllib.request import Request, urlopen

import pytest
from ports import free_ports


@contextmanager
def object_server() -> Iterator[str]:
    """The address of a bucket; clients find its server and account in the environment."""
    for needed in ("moto", "s3fs"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"{needed} is not installed (make cluster installs it)")
    (port,) = free_ports(1)
    words = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    quiet = subprocess.DEVNULL
    address = f"http://127.0.0.1:{port}"
    account = {"AWS_ACCESS_KEY_ID": "reader", "AWS_SECRET_ACCESS_KEY": "made up"}
    place = {"AWS_ENDPOINT_URL": address, "AWS_DEFAULT_REGION": "us-east-1"}
    with subprocess.Popen(words, stdout=quiet, stderr=quiet) as server:
        try:
            _make_bucket(f"{address}/hope")
            with pytest.MonkeyPatch.context() as patch:
                for name, value in {**account, **place}.items():
                    patch.setenv(name, value)
                yield "s3://hope"
                _forget_clients()
        finally:
            server.terminate()


def _forget_clients() -> None:
    """The next server is at another address."""
    from fsspec import get_filesystem_class  # noqa: PLC0415

    get_filesystem_class("s3").clear_instance_cache()


def _make_bucket(address: str) -> None:
    end = monotonic() + 30
    while True:
        try:
            with urlopen(Request(address, method="PUT"), timeout=5):
                return
        except OSError:
            if monotonic() > end:
                raise
            sleep(0.1)
