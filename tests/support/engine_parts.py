"""Servers of OpenSearch, put together from artifacts that Maven fetches, each held to its checksum.

The integration-test archive is the whole server without its optional modules; what k-NN needs of
them is laid beside it here.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

_DISTRIBUTION = "org.opensearch.distribution.integ-test-zip:opensearch"
_SUMS: Mapping[str, str] = {
    f"{_DISTRIBUTION}:2.11.1:zip": (
        "8e259bd67c0d807fc521bff2bb4f446482bbf0da34311331e9d47374cba0d465"
    ),
    f"{_DISTRIBUTION}:2.19.1:zip": (
        "af7152d8b7f6f1cee09d47276b32b70479fe6dd8cdbb61213f84eb7f8098b261"
    ),
    f"{_DISTRIBUTION}:3.6.0:zip": (
        "a91faa1dc1cadc78cb278b4f63847e19e1627a4e9de698e14e7efc14ee37b286"
    ),
    "org.opensearch.plugin:opensearch-security:2.11.1.0:zip": (
        "d1a24ae716b34c52b8ac7d7d2b22c9af23460d571798a38a46788f1d0912a8ec"
    ),
    "org.opensearch.plugin:opensearch-knn:2.19.1.0:zip": (
        "eab8c9818865bc035212eab5068cdacae164baa09d4c152f49b736d6f6b0e85c"
    ),
}
_PAINLESS: Mapping[str, str] = {
    "org.opensearch.plugin:lang-painless:2.19.1:jar": (
        "3cf5e02efa40ff5b88e74e1ab66a0bc462de3509fab4a6a4ffe90b8d13777a9a"
    ),
    "org.opensearch.plugin:opensearch-scripting-painless-spi:2.19.1:jar": (
        "c2598797a5f6f897ce7e8d05f593ff96de3fbc56c52f299d63cddcae41556dda"
    ),
    "org.antlr:antlr4-runtime:4.13.1:jar": (
        "54665d2838cc66458343468efc539e454fc95b46a8a04b13c6ac43fc9be63505"
    ),
    "org.ow2.asm:asm:9.7:jar": "adf46d5e34940bdf148ecdd26a9ee8eea94496a72034ff7141066b3eea5c4e9d",
    "org.ow2.asm:asm-util:9.7:jar": (
        "37a6414d36641973f1af104937c95d6d921b2ddb4d612c66c5a9f2b13fc14211"
    ),
    "org.ow2.asm:asm-tree:9.7:jar": (
        "62f4b3bc436045c1acb5c3ba2d8ec556ec3369093d7f5d06c747eb04b56d52b1"
    ),
    "org.ow2.asm:asm-commons:9.7:jar": (
        "389bc247958e049fc9a0408d398c92c6d370c18035120395d4cba1d9d9304b7a"
    ),
    "org.ow2.asm:asm-analysis:9.7:jar": (
        "7bc6bcbc21379948a0c8c467fb0f864206e5b818f6bc0b546872f5c9f941556f"
    ),
}
_PAINLESS_IS = """\
description=a scripting language, which k-NN extends
version=2.19.1
name=lang-painless
classname=org.opensearch.painless.PainlessPlugin
java.version=11
opensearch.version=2.19.1
custom.foldername=
extended.plugins=
has.native.controller=false
"""
_PAINLESS_MAY = """\
grant {
  permission java.lang.RuntimePermission "createClassLoader";
  permission java.lang.RuntimePermission "getClassLoader";
};
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A version with what belongs to it: the JDK it runs on, and a plugin."""

    version: str
    java: int = 17
    plugin: str = ""


WITH_VECTORS = Kind("2.19.1", plugin="opensearch-knn")
WITH_ACCOUNTS = Kind("2.11.1", plugin="opensearch-security")
NEWEST = Kind("3.6.0", java=25)


def java(kind: Kind) -> Path:
    """The program that runs a server; skips where there is none, as where Maven is missing."""
    homes = [os.environ.get(f"JAVA_HOME_{kind.java}", "")]
    homes += map(str, sorted(Path("/usr/lib/jvm").glob(f"*{kind.java}*")))
    found = (Path(home) / "bin/java" for home in homes if home)
    program = next((path for path in found if path.exists()), None)
    if program is None:
        pytest.skip(f"there is no JDK {kind.java} here (openjdk-{kind.java}-jre-headless)")
    if not shutil.which("mvn"):
        pytest.skip("there is no Maven here, which fetches OpenSearch")
    return program


def put_together(kind: Kind, folder: Path) -> Path:
    """Lay out a server in a folder; return its home."""
    home = folder / f"opensearch-{kind.version}"
    _unpack(_fetched(f"{_DISTRIBUTION}:{kind.version}:zip"), folder)
    if kind.plugin:
        place = home / "plugins" / kind.plugin
        place.mkdir()
        _unpack(_fetched(f"org.opensearch.plugin:{kind.plugin}:{kind.version}.0:zip"), place)
    if kind == WITH_VECTORS:
        place = home / "modules/lang-painless"
        place.mkdir(exist_ok=True)
        for coordinates in _PAINLESS:
            shutil.copy(_fetched(coordinates), place)
        (place / "plugin-descriptor.properties").write_text(_PAINLESS_IS)
        (place / "plugin-security.policy").write_text(_PAINLESS_MAY)
    return home


def _fetched(coordinates: str) -> Path:
    """An artifact in Maven's own store, fetched where it is not there yet."""
    group, name, version, ending = coordinates.split(":")
    store = Path.home() / ".m2/repository" / group.replace(".", "/")
    file = store / name / version / f"{name}-{version}.{ending}"
    if not file.exists():
        words = ["-Dtransitive=false", f"-Dartifact={coordinates}"]
        subprocess.run(["mvn", "-B", "-q", "dependency:get", *words], check=True, timeout=600)
    with file.open("rb") as content:
        found = hashlib.file_digest(content, "sha256").hexdigest()
    assert found == {**_SUMS, **_PAINLESS}[coordinates], f"{coordinates} is not what was pinned"
    return file


def _unpack(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as files:
        files.extractall(folder)
