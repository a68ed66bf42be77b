"""One file of a model over HTTP: resumed where it stopped, never more than was announced."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from catalog import PART
from indexer.embedding.registry import PinnedFile
from indexer.errors import IndexerError

_CHUNK = 1 << 16
_TIMEOUT_S = 30.0
_PARTIAL = 206
_OUT_OF_RANGE = 416


class ModelNotFetched(IndexerError):  # noqa: N818 - it says what is missing
    """The other side cannot be reached or sends something else; what was fetched is kept."""


def download(
    url: str, file: PinnedFile, folder: Path, took: Callable[[int], None], timeout_s: float
) -> None:
    """Have one file in the folder, whole and as pinned; `took` hears of bytes that are there.

    Raises ModelNotFetched, and OSError when the disk cannot be written.
    """
    whole = folder / file.name
    if whole.exists():
        took(file.size)
        return
    part = folder / f"{file.name}{PART}"
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have < file.size:
        _read_on(url, file, part, have, took, timeout_s)
    else:
        took(have)
    with part.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != file.sha256:
        part.unlink()
        raise ModelNotFetched(
            f"{url}: what came is not the file we know (its checksum differs); it was thrown "
            "away. Try again later, or from another network"
        )
    part.rename(whole)


def _read_on(
    url: str,
    file: PinnedFile,
    part: Path,
    have: int,
    took: Callable[[int], None],
    timeout_s: float,
) -> None:
    try:
        with _opened(url, have, timeout_s) as answer:
            going_on = answer.status == _PARTIAL
            took(have if going_on else 0)
            with part.open("ab" if going_on else "wb") as target:
                _copy(answer, target, file.size - (have if going_on else 0), took)
    except urllib.error.HTTPError as err:
        err.close()
        if err.code == _OUT_OF_RANGE:
            part.unlink(missing_ok=True)
        raise ModelNotFetched(
            f"{url}: the answer was {err.code} {err.reason}; nothing is lost, try again later"
        ) from err
    except (urllib.error.URLError, http.client.HTTPException, TimeoutError, ConnectionError) as err:
        reason = getattr(err, "reason", None) or err
        raise ModelNotFetched(
            f"{url}: cannot be reached ({reason}); try again when there is a network, and it "
            "goes on where it stopped"
        ) from err
    got = part.stat().st_size
    if got != file.size:
        if got > file.size:
            part.unlink()
        raise ModelNotFetched(
            f"{url}: {got} of {file.size} bytes came; try again, and it goes on where it stopped"
        )


def _opened(url: str, have: int, timeout_s: float) -> http.client.HTTPResponse:
    headers = {"User-Agent": "hope-with-answers", "Accept-Encoding": "identity"}
    if have:
        headers["Range"] = f"bytes={have}-"
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - the scheme is checked
    answer: http.client.HTTPResponse = urllib.request.build_opener(_Redirects()).open(
        request, timeout=timeout_s
    )
    return answer


def _copy(
    answer: http.client.HTTPResponse, target: IO[bytes], wanted: int, took: Callable[[int], None]
) -> None:
    """Copy what is wanted, and one byte more if there is more, so that it is noticed."""
    left = wanted + 1
    while left and (chunk := answer.read1(min(_CHUNK, left))):
        target.write(chunk)
        took(len(chunk))
        left -= len(chunk)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a hub to where it keeps its files, but from https only to https."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        allowed = {"https"} if urlsplit(req.full_url).scheme == "https" else {"https", "http"}
        if urlsplit(newurl).scheme not in allowed:
            fp.close()
            raise urllib.error.URLError(f"it leads to {newurl}, which is not asked")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
