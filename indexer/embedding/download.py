"""Fetches a known sentence model into the user's cache: whole and verified, or not at all.

Files gather in a hidden folder beside the others, where a run that was stopped goes on. Only when
all of them are as pinned does the folder get the name under which models are found.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from catalog import open_locked, sync_to_disk, write_atomically
from indexer.embedding.configured import folder_of_model
from indexer.embedding.files import RECORD, FileRecord, ModelFiles, ModelRecord, read_model_files
from indexer.embedding.model_download import download
from indexer.embedding.registry import KnownModel
from indexer.errors import IndexerError

HUB = "https://huggingface.co"
HUB_VARIABLE = "HF_ENDPOINT"
STEPS = 20
_TIMEOUT_S = 30.0


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
    timeout_s: float = _TIMEOUT_S,
) -> ModelFiles:
    """Have the model in its folder below `models`; one that is there and whole is left alone.

    `step` is called STEPS times on the way, with what is there by then. Raises IndexerError, and
    ModelNotFetched when the hub cannot be reached or sends something else.
    """
    folder = folder_of_model(model, models)
    try:
        with _alone(models):
            there = whole_model(folder)
            if there:
                return there
            gathering = models / f".fetching-{folder.name}"
            gathering.mkdir(exist_ok=True)
            count = _counter(model.size, step)
            for file in model.files:
                url = f"{hub}/{model.repository}/resolve/{model.revision}/{file.path}"
                download(url, file, gathering, count, timeout_s)
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
        pooling=model.pooling,
        dimensions=model.dimensions,
        fetched_at=now.isoformat(timespec="seconds"),
        files={file.name: FileRecord(file.size, file.sha256) for file in model.files},
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
