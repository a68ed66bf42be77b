"""A sentence model: the embedding of a text, near to those of texts that mean the same.

Only here onnxruntime is imported, which runs the model, and tokenizers, which cuts a text for it. A
model is data: a graph (ONNX) and a tokeniser (JSON), both verified before; nothing of it is
executed, nothing is fetched.
"""

from __future__ import annotations

import importlib.util
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from indexer.embedding.files import ModelFiles
from indexer.embedding.registry import Usage
from indexer.embedding.scale import Scale, scale_of
from indexer.errors import IndexerError
from indexer.processors import processors

if TYPE_CHECKING:
    from tokenizers import Tokenizer

NOT_INSTALLED = (
    "what runs a sentence model is not installed; "
    "install it with: pip install 'hope-with-answers[meaning]'"
)
# No model reads further than 512 tokens; what is cut before that is never a sentence.
LONGEST_TEXT = 20_000
# Several threads for one text wait for each other: twice the time on a busy machine.
THREADS_A_TEXT = 1
PROVIDERS = ["CPUExecutionProvider"]
# No tokeniser's limit: what is written where none is known.
_NO_LIMIT = 1_000_000
Built = TypeVar("Built")
_PAIRS = msgspec.toml.decode(
    (resources.files("indexer") / "data/calibration.toml").read_bytes(),
    type=dict[str, tuple[tuple[str, str], ...]],
)["pairs"]
_loading = threading.Lock()


class Reads(Protocol):
    """What runs a model: the numbers of a text, of any length.

    It calls `running` when it is about to do what needs no Python, which is nearly all.
    """

    def __call__(self, text: str, running: Callable[[], object]) -> NDArray[Any]:
        """Read a text."""


@dataclass(frozen=True, slots=True)
class SentenceModel:
    """A loaded model. `identity` tells its vectors from those of every other model.

    Several threads may use it at once: a session of onnxruntime allows it, and the tokeniser is
    only read.
    """

    name: str
    identity: str
    dimensions: int
    threads: int
    _read: Reads = field(repr=False)
    usage: Usage = field(default_factory=Usage)

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

    def embed_query(
        self, text: str, running: Callable[[], object] = lambda: None
    ) -> NDArray[np.float32]:
        """Return the vector of a question, of length 1. Raises IndexerError.

        Any text has one; of a long one the beginning counts. `running` is called when from then on
        other threads have the interpreter.
        """
        return self._vector(self.usage.query_prefix + text, running)

    def embed_passage(self, text: str) -> NDArray[np.float32]:
        """Return the vector of what is said, of length 1. Raises IndexerError."""
        return self._vector(self.usage.passage_prefix + text)

    def scale(self) -> Scale:
        """How its cosines are to be read: it reads questions and answers to find out.

        Raises IndexerError.
        """
        return _scale(self)

    def _vector(
        self, text: str, running: Callable[[], object] = lambda: None
    ) -> NDArray[np.float32]:
        vector = _vector(self._read, text, running)
        if vector.shape != (self.dimensions,):
            raise IndexerError(
                f"the sentence model {self.name} gave {vector.size} numbers for a text, "
                f"and {self.dimensions} before; name another in HOPE_MODEL"
            )
        return vector


def is_installed() -> bool:
    """Whether the extra `meaning` is installed; nothing is loaded to find out."""
    try:
        return importlib.util.find_spec("onnxruntime") is not None
    except (ImportError, ValueError):
        return False


def load(files: ModelFiles, threads: int | None = None) -> SentenceModel:
    """Load a model whose files were verified. Raises IndexerError, which says what to do.

    `threads` is how many texts `embed` reads at once; else one a processor.
    """
    read = opened(files, partial(_opened, files))
    found = _vector(read, "").size
    if files.dimensions not in (0, found):
        raise IndexerError(
            f"{files.folder}: this sentence model gives {found} numbers for a text, where its "
            f"record says {files.dimensions}; fetch it again with `hope model fetch {files.name}`"
        )
    threads = threads or processors()
    return SentenceModel(files.name, files.identity, found, threads, read, files.usage)


@lru_cache(maxsize=2)
def _scale(model: SentenceModel) -> Scale:
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


def session_of(graph: str | bytes, arrays: Mapping[str, NDArray[Any]] | None = None) -> Any:
    """Have onnxruntime lay out a graph, of which some arrays lie elsewhere, for one thread a run.

    `graph` is what ONNX writes, or the file that holds it.
    """
    import onnxruntime  # noqa: PLC0415 - as above

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = THREADS_A_TEXT
    if arrays:
        values = map(onnxruntime.OrtValue.ortvalue_from_numpy, arrays.values())
        options.add_external_initializers([*arrays], [*values])
    return onnxruntime.InferenceSession(graph, options, providers=PROVIDERS)


def _opened(files: ModelFiles) -> Reads:
    from tokenizers import Tokenizer  # noqa: PLC0415

    tokenizer = Tokenizer.from_file(str(files.folder / "tokenizer.json"))
    tokenizer.enable_truncation(_longest(files.folder / "tokenizer_config.json"))
    tokenizer.no_padding()
    session = session_of(str(files.folder / files.model_file))
    names = [one.name for one in session.get_inputs()]
    return partial(_numbers, tokenizer, session, names, files.usage.pooling)


def _longest(config: Path) -> int:
    """How many tokens a model reads."""
    limits = msgspec.json.decode(config.read_bytes(), type=dict[str, Any])
    found = [limits.get(name) for name in ("model_max_length", "max_length")]
    longest = min((n for n in found if isinstance(n, int) and 0 < n < _NO_LIMIT), default=0)
    if not longest:
        raise ValueError("tokenizer_config.json does not say how many tokens it reads")
    return longest


def _numbers(
    tokenizer: Tokenizer,
    session: Any,
    names: Sequence[str],
    pooling: str,
    text: str,
    running: Callable[[], object],
) -> NDArray[Any]:
    """One row for a text: that of its first token, or the mean of all."""
    tokens = np.array([tokenizer.encode(text).ids], np.int64)
    given = {
        "input_ids": tokens,
        "attention_mask": np.ones_like(tokens),
        "token_type_ids": np.zeros_like(tokens),
    }
    asked = {name: given[name] for name in names}
    running()
    rows: NDArray[Any] = session.run(None, asked)[0][0]
    one: NDArray[Any] = rows[0] if pooling == "cls" else rows.mean(axis=0, dtype=np.float64)
    return one


def _vector(
    read: Reads, text: str, running: Callable[[], object] = lambda: None
) -> NDArray[np.float32]:
    """One text's vector, made finite and of length 1 beyond doubt. Raises IndexerError."""
    readable = text[:LONGEST_TEXT].encode(errors="replace").decode()
    try:
        vector = np.asarray(read(readable, running), np.float64)
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


def first_line(err: Exception) -> str:
    """What went wrong, as part of a sentence."""
    return (str(err) or type(err).__name__).strip().partition("\n")[0][:200]
