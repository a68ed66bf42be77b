"""Pins the newest yt-dlp, and the part of it that solves YouTube's challenges, in the lock files.

Nothing else in them changes. The versions and their hashes are what the package index names to pip;
`make yt-dlp` installs them then, and pip holds what comes against the hashes, here and everywhere.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

NAME, PART = "yt-dlp", "yt-dlp-ejs"


def pinned(lock: str, name: str, version: str, hashes: Iterable[str]) -> str:
    """The text of a lock file with another version of one package, where it has that one."""
    if f"\n{name}=={version} " in lock:
        return lock
    lines = " \\\n".join([f"{name}=={version}", *(f"    --hash=sha256:{one}" for one in hashes)])
    return re.sub(
        rf"^{re.escape(name)}==\S+(?: \\\n    --hash=\S+)+", lines, lock, flags=re.MULTILINE
    )


def newest(requirement: str) -> tuple[str, str, list[str]]:
    """The version that pip would install, its hash, and what it needs."""
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--ignore-installed"]
    command += ["--no-deps", "--only-binary", ":all:", "--report", "-", requirement]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # pip
    (item,) = json.loads(said)["install"]
    sha256 = item["download_info"]["archive_info"]["hashes"]["sha256"]
    needs = item["metadata"].get("requires_dist", [])
    return item["metadata"]["version"], sha256, needs


def main(folder: Path) -> None:
    """Pin both in every lock file of a checkout, and say what was pinned."""
    version, sha256, needs = newest(NAME)
    wanted = next((one.partition(";")[0].strip() for one in needs if one.startswith(PART)), PART)
    part_version, part_sha256, _ = newest(wanted)
    for file in sorted(folder.glob("requirements*.lock")):
        before = file.read_text("utf-8")
        after = pinned(before, NAME, version, [sha256])
        after = pinned(after, PART, part_version, [part_sha256])
        if after != before:
            file.write_text(after, "utf-8")
    print(f"{NAME} {version}, {PART} {part_version}")


if __name__ == "__main__":
    main(Path(__file__).parents[1])
