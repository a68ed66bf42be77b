"""Fetches a known sentence model into the user's cache: whole and verified, or not at all.

Files gather in a hidden folder beside the others, where a run that was stopped goes on. Only when
all of them are as pinned does the folder get the name under which models are found. The hub is
asked through huggingface_hub, which only this module imports. It comes with the extra `meaning` and
takes a while to import, so this module is imported by whoever is about to fetch.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import httpx
import msgspec
from huggingface_hub import constants
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.file_download import http_get

from catalog import PART, file_checksum, open_locked, sync_to_disk, write_atomically
from indexer.embedding.configured import folder_of_model
from indexer.embedding.files import (
    RECORD,
    FileRecord,
    ModelFiles,
    ModelRecord,
    read_model_files,
    usage_of,
)
from indexer.embedding.registry import KnownModel, PinnedFile
from indexer.errors import IndexerError, ModelNotFetchedError

HUB = "https://huggingface.co"
HUB_VARIABLE = "HF_ENDPOINT"
STEPS = 20
_PATIENCE_SECONDS = 5
_PIECE_BYTES = 1 << 16
_HEADERS = {"user-agent": "hope-with-answers", "accept-encoding": "identity"}


def hub_of(environment: Mapping[str, str] = os.environ) -> str:
    """The hub to ask, or the mirror that HF_ENDPOINT names. Raises IndexerError."""
    hub = environment.get(HUB_VARIABLE, "").strip().rstrip("/") or HUB
    if urlsplit(hub).scheme not in {"http", "https"}:
        raise IndexerError(f"{HUB_VARIABLE}={hub}: this is no web address; it starts with https://")
    return hub


def fetch_model(
    model: KnownModel,
    models: Path,
    hub: str,
    step: Callable[[str], None],
    *,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> ModelFiles:
    """Have the model in its folder below `models`; one that is there and whole is left alone.

    `step` is called STEPS times on the way, with what is there by then. Raises IndexerError, and
    ModelNotFetchedError when the hub cannot be reached or sends something else.
    """
    folder = folder_of_model(model, models)
    try:
        with _alone(models):
            there = whole_model(folder)
            if there:
                return there
            gathering = models / f".fetching-{folder.name}"
            gathering.mkdir(exist_ok=True)
            _must_answer(hub)
            count = _counter(model.size, step)
            for file in model.files:
                url = f"{hub}/{model.repository}/resolve/{model.revision}/{file.path}"
                _download(url, file, gathering, count)
            _write_record(model, gathering, clock())
            read_model_files(gathering)
            _put_in_place(gathering, folder)
    except OSError as err:
        raise IndexerError(
            f"{err.filename or models}: {err.strerror}; is there space, and may it be written to?"
        ) from err
    return read_model_files(folder)


def whole_model(folder: Path) -> ModelFiles | None:
    """The model in a folder, if it is there as it was fetched."""
    try:
        return read_model_files(folder)
    except IndexerError:
        return None


def _must_answer(hub: str) -> None:
    """Raise ModelNotFetchedError at once where there is no network; whatever it answers will do.

    The hub's client would try each file six times, and say so each time.
    """
    try:
        httpx.head(hub, timeout=_PATIENCE_SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as err:
        raise ModelNotFetchedError(
            f"{hub}: cannot be reached ({err}); try again when there is a network, "
            "and it goes on where it stopped"
        ) from err


def _download(url: str, file: PinnedFile, folder: Path, took: Callable[[int], None]) -> None:
    """Have one file in the folder, whole and as pinned; `took` hears of bytes that are there.

    Raises ModelNotFetchedError, and OSError when the disk cannot be written.
    """
    whole, part = folder / file.name, folder / f"{file.name}{PART}"
    if whole.exists():
        took(file.size)
        return
    _fetch_rest(url, file, part, took)
    if file_checksum(part) != file.sha256:
        part.unlink()
        raise ModelNotFetchedError(
            f"{url}: what came is not the file we know (its checksum differs); it was thrown "
            "away. Try again later, or from another network"
        )
    part.rename(whole)


def _fetch_rest(url: str, file: PinnedFile, part: Path, took: Callable[[int], None]) -> None:
    """Fetch what `part` lacks of a file. It is kept, whatever happens, unless it is too long."""
    try:
        _get(url, file, part, took)
    except HfHubHTTPError as err:
        status = err.response.status_code
        if status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
            part.unlink()
        raise ModelNotFetchedError(
            f"{url}: the answer was {status} {err.response.reason_phrase}; nothing is lost, "
            "try again later"
        ) from err
    except (httpx.HTTPError, OSError) as err:
        if getattr(err, "errno", None):
            raise  # it is the disk's
        got = part.stat().st_size
        says = f"{got} of {file.size} bytes came" if got else f"cannot be reached ({err})"
        raise ModelNotFetchedError(
            f"{url}: {says}; try again when there is a network, and it goes on where it stopped"
        ) from err
    except _TooMuchError as err:
        part.unlink()
        raise ModelNotFetchedError(
            f"{url}: more than {file.size} bytes came; it was thrown away. Try again later"
        ) from err


def _get(url: str, file: PinnedFile, part: Path, took: Callable[[int], None]) -> None:
    """Append the rest of a file; `hf_hub_download` would begin anew whenever it was stopped."""
    constants.DOWNLOAD_CHUNK_SIZE = _PIECE_BYTES
    with part.open("ab") as target:
        have = target.tell()
        if have == file.size:
            took(have)
        http_get(
            url,
            target,
            resume_size=have,
            headers=_HEADERS,
            expected_size=file.size,
            tqdm_class=cast(Any, partial(_Bar, file.size, took)),
        )


class _TooMuchError(Exception):
    """More comes than was announced."""


class _Bar(AbstractContextManager["_Bar"]):
    """What `http_get` takes for a progress bar: it counts, and ends what is too much."""

    def __init__(
        self, most: int, took: Callable[[int], None], *, initial: int = 0, **_: object
    ) -> None:
        self._left, self._took = most, took
        self.update(initial)

    def update(self, more: int) -> None:
        """Count so many bytes more. Less than none come when the hub begins again by itself."""
        if more < 0:
            raise ConnectionError("it broke off, and the hub cannot go on where it stopped")
        self._left -= more
        if self._left < 0:
            raise _TooMuchError
        self._took(more)

    def __exit__(self, *_: object) -> None:
        pass


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """Hold a lock that a crash releases. Raises IndexerError when somebody else holds it."""
    models.mkdir(parents=True, exist_ok=True)
    try:
        lock = open_locked(models / ".lock")
    except BlockingIOError as err:
        raise IndexerError(
            f"{models}: another `hope model fetch` is at work here; wait until it is done"
        ) from err
    with lock:
        yield


def _counter(total: int, step: Callable[[str], None]) -> Callable[[int], None]:
    """Turn bytes into STEPS steps."""
    have = said = 0

    def count(more: int) -> None:
        nonlocal have, said
        have += more
        while said < min(STEPS, have * STEPS // total):
            said += 1
            step(f"{have / 1e6:.1f} of {total / 1e6:.1f} MB")

    return count


def _write_record(model: KnownModel, folder: Path, now: datetime) -> None:
    record = ModelRecord(
        name=model.name,
        repository=model.repository,
        revision=model.revision,
        licence=model.licence,
        licence_page=model.licence_page,
        dimensions=model.dimensions,
        fetched_at=now.isoformat(timespec="seconds"),
        files={file.name: FileRecord(file.size, file.sha256) for file in model.files},
        **msgspec.structs.asdict(usage_of(model)),
    )
    content = msgspec.json.format(msgspec.json.encode(record), indent=1)
    write_atomically(folder / RECORD, content + b"\n")


def _put_in_place(gathering: Path, folder: Path) -> None:
    """Give the finished folder its name; a damaged one of that name makes room first."""
    for path in gathering.iterdir():
        sync_to_disk(path)
    if folder.exists():
        damaged = folder.with_name(f".damaged-{folder.name}")
        shutil.rmtree(damaged, ignore_errors=True)
        folder.rename(damaged)
        shutil.rmtree(damaged, ignore_errors=True)
    gathering.rename(folder)
    sync_to_disk(folder.parent)
