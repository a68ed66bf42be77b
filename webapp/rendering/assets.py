"""Static assets, by names that carry a hash of their content, so that browsers may keep them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from gzip import compress
from hashlib import sha256
from mimetypes import guess_type
from pathlib import Path

from webapp.rendering.codings import WORTH_IT, Packed

STATIC = Path(__file__).parent.parent / "static"
_IMPORTED = re.compile(rb'(?<=from "\./)[\w-]+\.js(?=")')
_TEXTS = ("text/", "image/svg+xml", "application/json")


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file in memory, under the name it is served by.

    `packed` is the body compressed with gzip; empty where that saves little. `sent` is it in any
    coding.
    """

    name: str
    body: bytes
    media_type: str
    packed: bytes
    sent: Packed = field(compare=False)


@dataclass(frozen=True, slots=True)
class Assets:
    """All static files. `served` is by hashed name, `plain` by the file's own name."""

    served: Mapping[str, Asset]
    plain: Mapping[str, Asset]

    def address(self, name: str) -> str:
        """Where a file is served; KeyError for a name that is not there."""
        return f"/static/{self.plain[name].name}"


def load_assets(folder: Path = STATIC) -> Assets:
    """Read every file of a folder; its style sheets in `css` are one file, in order of name.

    A script may import others, though not in a circle.
    """
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    files["site.css"] = b"".join(path.read_bytes() for path in sorted(folder.glob("css/*.css")))
    plain: dict[str, Asset] = {}

    # What a module imports comes first: its name is part of the module, and of the module's name.
    def load(name: str) -> bytes:
        if name not in plain:
            body = _IMPORTED.sub(lambda found: load(found[0].decode()), files[name])
            plain[name] = asset_of(name, body)
        return plain[name].name.encode()

    for name in files:
        load(name)
    return Assets({asset.name: asset for asset in plain.values()}, plain)


def version_of(assets: Assets, texts: bytes, more: str) -> str:
    """What tells a site that looks or reads otherwise from this one."""
    known = "\n".join(sorted(assets.served)).encode() + texts + more.encode()
    return sha256(known).hexdigest()[:12]


def asset_of(name: str, body: bytes) -> Asset:
    """A file by a name that carries a hash of its content, packed where that saves something."""
    plain = Path(name)
    served = f"{plain.stem}.{sha256(body).hexdigest()[:12]}{plain.suffix}"
    media_type = guess_type(name)[0] or "application/octet-stream"
    worth_it = len(body) >= WORTH_IT and media_type.startswith(_TEXTS)
    packed = compress(body, mtime=0) if worth_it else b""
    return Asset(served, body, media_type, packed, Packed(body, gzip=packed))
