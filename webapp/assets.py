"""Static files under names that carry a hash of what is in them, so that they can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

STATIC = Path(__file__).parent / "static"


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file in memory, under the name it is served by."""

    name: str
    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files. `served` is by hashed name, `plain` by the file's own name."""

    served: Mapping[str, Asset]
    plain: Mapping[str, Asset]

    def address(self, name: str) -> str:
        """Where a file is served; KeyError for a name that is not there."""
        return f"/static/{self.plain[name].name}"


def load_assets(folder: Path = STATIC) -> Assets:
    """Read every file of a folder."""
    plain = {path.name: _load(path) for path in sorted(folder.iterdir()) if path.is_file()}
    return Assets({asset.name: asset for asset in plain.values()}, plain)


def _load(path: Path) -> Asset:
    body = path.read_bytes()
    name = f"{path.stem}.{sha256(body).hexdigest()[:12]}{path.suffix}"
    return Asset(name, body, guess_type(path.name)[0] or "application/octet-stream")
