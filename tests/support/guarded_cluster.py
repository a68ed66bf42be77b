"""A cluster with TLS and two accounts, by the very files that deploy/ has for one.

The certificate of node 1 is for another name, and that of node 2 ran out.
"""

from __future__ import annotations

import base64
import os
import re
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from cluster import Cluster, cluster
from engine_parts import WITH_ACCOUNTS
from paths import ROOT

FILES = ROOT / "deploy/opensearch"
SITE, INDEXER = "site:reads only", "indexer:writes too"
# bcrypt of the passwords, at its least cost.
_HASHES = {
    "HASH OF THE SITE": "$2b$04$gm38cWnYScmi.vitc4zzM.38VJogpQFO3NYfAuY2hffN8YK5qogCm",
    "HASH OF THE INDEXER": "$2b$04$VtZwnaq.om0fQXpF.20vt.NiwTaPgwPgeBUryHbVrSRQ4sfV.crPi",
}
_NAMES = ("127.0.0.1", "elsewhere.example.org", "127.0.0.1")


@contextmanager
def guarded_cluster(folder: Path) -> Iterator[Cluster]:
    """Have such a cluster; `folder` gets its authority, ca.pem, and one of somebody else's."""
    certificates = [folder / str(n) for n in range(3)]
    made = subprocess.check_call
    for n, name in enumerate(_NAMES):
        days = {"DAYS": "0" if n == 2 else "2", "PATH": os.environ["PATH"]}
        made(["sh", FILES / "certificates", name], cwd=folder, env=days)
        (folder / name).rename(certificates[n])
    made(["sh", FILES / "certificates", "127.0.0.1"], cwd=folder)
    (folder / "other").mkdir()
    made(["sh", FILES / "certificates"], cwd=folder / "other")

    def files(n: int) -> Mapping[str, bytes]:
        """One pair among the nodes, which is fine, and one of its own for those who ask."""
        return {
            "node.pem": (folder / "127.0.0.1/node.pem").read_bytes(),
            "node.key": (folder / "127.0.0.1/node.key").read_bytes(),
            "http.pem": (certificates[n] / "node.pem").read_bytes(),
            "http.key": (certificates[n] / "node.key").read_bytes(),
            "ca.pem": (folder / "ca.pem").read_bytes(),
            **{f"opensearch-security/{file.name}": _filled(file) for file in _security()},
        }

    with cluster(WITH_ACCOUNTS, _settings(), files, "https") as three:
        three.trust = ssl.create_default_context(cafile=str(folder / "ca.pem"))
        word = base64.b64encode(INDEXER.encode()).decode()
        three.account = {"Authorization": f"Basic {word}"}
        yield three


def _settings() -> str:
    """What deploy/ says of accounts and certificates."""
    text = (FILES / "opensearch.yml").read_text("utf-8")
    ours = "\n".join(line for line in text.splitlines() if line.startswith("plugins.security."))
    return re.sub(r"(http\.pem(?:cert|key)_filepath: )node", r"\1http", ours) + "\n"


def _security() -> Iterator[Path]:
    return (FILES / "opensearch-security").glob("*.yml")


def _filled(file: Path) -> bytes:
    text = file.read_text("utf-8")
    for blank, word in _HASHES.items():
        text = text.replace(blank, word)
    return text.encode()
