"""Where the sentence model is: what HOPE_MODEL says, else the usual one in the user's cache.

Where the usual one was never fetched, the first of the others that was takes its place.
"""

import os
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.embedding.cross_encoder import CrossEncoder
from indexer.embedding.cross_encoder import load as load_cross_encoder
from indexer.embedding.files import ModelFiles, read_model_files
from indexer.embedding.model import NOT_INSTALLED, SentenceModel, is_installed, load
from indexer.embedding.registry import CROSS_ENCODER, ENGLISH, KNOWN, KnownModel, known_model
from indexer.errors import IndexerError

VARIABLE = "HOPE_MODEL"
OFF = "off"
RERANKER_VARIABLE = "HOPE_RERANKER"
_opening = threading.Lock()
_opened: dict[tuple[Path, str], SentenceModel] = {}
_opened_cross_encoders: dict[tuple[Path, str], CrossEncoder] = {}


@dataclass(frozen=True, slots=True)
class NoModel:
    """Why meaning is not used, as part of a sentence: "there is no …; `hope model fetch` …".

    `broken` is a model that was asked for or fetched and cannot be used, which is to be mended;
    else there just is none.
    """

    why: str
    broken: bool = False


_NOT_INSTALLED = NoModel(NOT_INSTALLED)


def open_model(environment: Mapping[str, str] = os.environ) -> SentenceModel | NoModel:
    """Find the configured model and load it, once in this process. Never raises IndexerError."""
    found = find_model(environment)
    if isinstance(found, NoModel):
        return found
    with _opening:
        key = (found.folder, found.identity)
        try:
            if key not in _opened:
                _opened[key] = load(found)
        except IndexerError as err:
            return NoModel(str(err), broken=True)
        return _opened[key]


def find_model(environment: Mapping[str, str] = os.environ) -> ModelFiles | NoModel:
    """Find and verify the files of the configured model; nothing is loaded."""
    wanted = environment.get(VARIABLE, "").strip()
    if wanted.casefold() == OFF:
        return NoModel(f"it is switched off ({VARIABLE}={wanted})")
    if not is_installed():
        return NoModel(NOT_INSTALLED, broken=bool(wanted))
    try:
        model = known_model(wanted) if wanted else _usual(models_folder(environment))
        if model and not (wanted and _is_path(wanted)):
            return _fetched(model, models_folder(environment), asked=bool(wanted))
        return read_model_files(_folder(wanted))
    except IndexerError as err:
        return NoModel(str(err), broken=True)


def open_cross_encoder(environment: Mapping[str, str] = os.environ) -> CrossEncoder | NoModel:
    """Find the cross-encoder, if it was fetched, and load it, once in this process.

    HOPE_RERANKER names the folder of another, or is `off`; HOPE_MODEL=off is none either. Never
    raises IndexerError.
    """
    wanted = environment.get(RERANKER_VARIABLE, "").strip()
    for variable in (RERANKER_VARIABLE, VARIABLE):
        if environment.get(variable, "").strip().casefold() == OFF:
            return NoModel(f"it is switched off ({variable}=off)")
    try:
        folder = Path(wanted or folder_of_model(CROSS_ENCODER, models_folder(environment)))
        if not wanted and not folder.is_dir():
            return NoModel("it was not fetched; `hope model fetch --rerank` brings it")
        if not is_installed():
            return _NOT_INSTALLED
        files = read_model_files(folder)
        with _opening:
            key = (files.folder, files.identity)
            if key not in _opened_cross_encoders:
                _opened_cross_encoders[key] = load_cross_encoder(files)
            return _opened_cross_encoders[key]
    except IndexerError as err:
        return NoModel(str(err), broken=True)


def models_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """The folder that fetched models are kept in. Raises IndexerError when there is no home.

    XDG_CACHE_HOME is honoured where it names a place from the root on, as its specification asks.
    """
    cache = Path(environment.get("XDG_CACHE_HOME", ""))
    try:
        root = cache if cache.is_absolute() else Path.home() / ".cache"
    except RuntimeError as err:
        raise IndexerError(
            "this user has no home folder to keep a sentence model in; set XDG_CACHE_HOME to a "
            f"folder, or {VARIABLE} to the folder of a model"
        ) from err
    return root / "hope-with-answers" / "models"


def folder_of_model(model: KnownModel, models: Path) -> Path:
    """The folder of one fetched model; another revision has another."""
    return models / f"{model.name}-{model.revision[:12]}"


def _usual(models: Path) -> KnownModel:
    there = (model for model in KNOWN if folder_of_model(model, models).is_dir())
    return ENGLISH if folder_of_model(ENGLISH, models).is_dir() else next(there, ENGLISH)


def _fetched(model: KnownModel, models: Path, *, asked: bool) -> ModelFiles | NoModel:
    folder = folder_of_model(model, models)
    if folder.is_dir():
        return read_model_files(folder)
    command = "hope model fetch" + (f" {model.name}" if model is not ENGLISH else "")
    return NoModel(
        f"the sentence model {model.name} was not fetched yet; "
        f"`{command}` brings it ({model.megabytes} MB)",
        broken=asked,
    )


def _folder(wanted: str) -> Path:
    folder = Path(wanted)
    try:
        folder = folder.expanduser()
    except RuntimeError as err:
        raise IndexerError(f"{VARIABLE}={wanted}: this home folder is not known") from err
    if folder.is_dir():
        return folder
    names = ", ".join(model.name for model in KNOWN)
    raise IndexerError(
        f"{VARIABLE}={wanted}: this is no folder and no model that we know; "
        f"name a folder with a model, one of {names}, or {OFF}"
    )


def _is_path(wanted: str) -> bool:
    """Whether a folder is meant, though it is called like a model."""
    return Path(wanted).is_dir()
