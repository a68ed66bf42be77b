"""A sentence model: the embedding of a text, near to those of texts that mean the same.

Only here fastembed is imported, and onnxruntime, on which it runs. A model is data: a graph (ONNX)
and a tokeniser (JSON), both verified before; nothing of it is executed, nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from importlib import resources
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.embedding.files import ModelFiles
from indexer.embedding.registry import Usage
from indexer.embedding.scale import Scale, scale_of
from indexer.errors import IndexerError

if TYPE_CHECKING:
    from fastembed import TextEmbedding

NOT_INSTALLED = (
    "what runs a sentence model is not installed; "
    "install it with: pip install 'hope-with-answers[meaning]'"
)
# No model reads further than 512 tokens; what is cut before that is never a sentence.
LONGEST_TEXT = 20_000
# Several threads for one text wait for each other: twice the time on a busy machine.
OPTIONS: dict[str, Any] = {
    "local_files_only": True,
    "threads": 1,
    "providers": ["CPUExecutionProvider"],
}
Built = TypeVar("Built")
_PAIRS = msgspec.toml.decode(
    (resources.files("indexer") / "data/calibration.toml").read_bytes(),
    type=dict[str, tuple[tuple[str, str], ...]],
)["pairs"]
_loading = threading.Lock()


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """A loaded model. `identity` tells its vectors from those of every other model.

    `scale` says how its cosines are to be read.

    Several threads may use it at once: a session of onnxruntime allows it, and the tokeniser is
    only read.
    """

    name: str
    identity: str
    dimensions: int
    threads: int
    _run: TextEmbedding = field(repr=False)
    usage: Usage = field(default_factory=Usage)
    scale: Scale = field(default_factory=Scale)

    def embed(
        self, texts: Sequence[str], step: Callable[[str], None] = lambda _: None
    ) -> NDArray[np.float32]:
        """Return one row of length 1 a passage; `step` is called after each. Raises IndexerError.

        Each text is read for itself, as many at once as there are threads. In a batch the scale of
        all of it decides how a quantised model rounds, and the same text must always have the same
        vector. Nor is a batch faster: docs/decisions/0006.
        """
        rows = np.empty((len(texts), self.dimensions), np.float32)
        with ThreadPoolExecutor(self.threads) as pool:
            try:
                for number, row in enumerate(pool.map(self.embed_passage, texts)):
                    rows[number] = row
                    step("")
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return rows

    def embed_query(self, text: str) -> NDArray[np.float32]:
        """Return the vector of a question, of length 1. Raises IndexerError.

        Any text has one; of a long one the beginning counts.
        """
        return self._vector(self.usage.query_prefix + text)

    def embed_passage(self, text: str) -> NDArray[np.float32]:
        """Return the vector of what is said, of length 1. Raises IndexerError."""
        return self._vector(self.usage.passage_prefix + text)

    def _vector(self, text: str) -> NDArray[np.float32]:
        vector = _vector(self._run, text)
        if vector.shape != (self.dimensions,):
            raise IndexerError(
                f"the sentence model {self.name} gave {vector.size} numbers for a text, "
                f"and {self.dimensions} before; name another in HOPE_MODEL"
            )
        return vector


def is_installed() -> bool:
    """Whether the extra `meaning` is installed; nothing is loaded to find out."""
    try:
        return importlib.util.find_spec("fastembed") is not None
    except (ImportError, ValueError):
        return False


def load(files: ModelFiles, threads: int | None = None) -> SentenceModel:
    """Load a model whose files were verified. Raises IndexerError, which says what to do.

    `threads` is how many texts `embed` reads at once; else one a processor.
    """
    run = opened(files, partial(_opened, files))
    found = _vector(run, "").size
    if files.dimensions not in (0, found):
        raise IndexerError(
            f"{files.folder}: this sentence model gives {found} numbers for a text, where its "
            f"record says {files.dimensions}; fetch it again with `hope model fetch {files.name}`"
        )
    threads = threads or _processors()
    model = SentenceModel(files.name, files.identity, found, threads, run, files.usage)
    return replace(model, scale=_scale(model))


def _scale(model: SentenceModel) -> Scale:
    """Read questions and answers with a model, to know how its cosines are to be read."""
    questions = np.array([model.embed_query(question) for question, _ in _PAIRS])
    answers = np.array([model.embed_passage(answer) for _, answer in _PAIRS])
    cosines = questions @ answers.T
    alone = np.eye(len(_PAIRS), dtype=np.bool_)
    return scale_of(float(cosines[~alone].mean()), float(cosines[alone].mean()))


def opened(files: ModelFiles, build: Callable[[], Built]) -> Built:
    """Have onnxruntime open a model, quietly and asking nobody. Raises IndexerError."""
    # Whoever imports the hub's client, it is to ask nobody anything.
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    try:
        with _loading:
            # A search that goes by words alone need not wait for half a second of imports.
            import onnxruntime  # noqa: PLC0415

            onnxruntime.disable_telemetry_events()
            onnxruntime.set_default_logger_severity(4)  # what goes wrong is raised, and said
            return build()
    except ModuleNotFoundError as err:
        raise IndexerError(NOT_INSTALLED) from err
    except Exception as err:  # what onnxruntime and the tokeniser raise has no common base
        raise IndexerError(
            f"{files.folder}: this sentence model cannot be loaded ({first_line(err)}); "
            "is it a sentence model, and is there enough memory? `hope model fetch` brings one"
        ) from err


def _opened(files: ModelFiles) -> TextEmbedding:
    from fastembed import TextEmbedding  # noqa: PLC0415
    from fastembed.common.model_description import ModelSource, PoolingType  # noqa: PLC0415

    name = f"hope/{files.identity}-{files.model_file}"
    known = {model["model"] for model in TextEmbedding.list_supported_models()}
    if name not in known:
        TextEmbedding.add_custom_model(
            model=name,
            pooling=PoolingType(files.usage.pooling.upper()),
            normalization=True,
            sources=ModelSource(hf=name),
            dim=files.dimensions or 1,  # asked for, but not used
            model_file=files.model_file,
        )
    folder = str(files.folder)
    return TextEmbedding(name, cache_dir=folder, specific_model_path=folder, **OPTIONS)


def _vector(run: TextEmbedding, text: str) -> NDArray[np.float32]:
    """One text's vector, made finite and of length 1 beyond doubt. Raises IndexerError."""
    readable = text[:LONGEST_TEXT].encode(errors="replace").decode()
    try:
        (row,) = run.embed([readable], batch_size=1)
        vector = np.asarray(row, np.float64)
        length = float(np.linalg.norm(vector))
    except Exception as err:  # as above
        raise IndexerError(
            f"the sentence model could not read a text ({first_line(err)}); is there enough memory?"
        ) from err
    if vector.ndim != 1 or not np.isfinite(length) or length == 0:
        raise IndexerError(
            "the sentence model gave no usable numbers for a text; fetch it again with "
            "`hope model fetch`, or name another in HOPE_MODEL"
        )
    return (vector / length).astype(np.float32)


def _processors() -> int:
    """How many processors this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def first_line(err: Exception) -> str:
    """What went wrong, as part of a sentence."""
    return (str(err) or type(err).__name__).strip().partition("\n")[0][:200]
