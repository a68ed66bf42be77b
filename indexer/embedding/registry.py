"""The sentence models that can be fetched by name; `indexer/data/models.toml` lists them."""

from importlib import resources
from typing import Literal

import msgspec

MODEL_FILE = "model.onnx"


class Usage(msgspec.Struct, frozen=True, kw_only=True):
    """How a model is used: what makes one row of a text's numbers, and what stands before a text.

    The mean of all tokens, or the row of the first (`cls`). Some models were trained with a word
    before each question and each passage, and read badly without it.
    """

    pooling: Literal["mean", "cls"] = "mean"
    query_prefix: str = ""
    passage_prefix: str = ""


class PinnedFile(msgspec.Struct, frozen=True):
    """One file of a model: its path in the repository, its name with us, bytes and SHA-256."""

    path: str
    name: str
    size: int
    sha256: str


class KnownModel(Usage, frozen=True):
    """A sentence model by name. `cost` says in words what it asks of a machine."""

    name: str
    languages: str
    cost: str
    licence: str
    licence_page: str
    repository: str
    revision: str
    dimensions: int
    files: tuple[PinnedFile, ...]

    @property
    def size(self) -> int:
        """What is fetched, in bytes."""
        return sum(file.size for file in self.files)

    @property
    def megabytes(self) -> int:
        """What is fetched, in millions of bytes, rounded up."""
        return -(-self.size // 1_000_000)


_LISTED = msgspec.toml.decode(
    (resources.files("indexer") / "data/models.toml").read_bytes(),
    type=dict[str, tuple[KnownModel, ...]],
)
KNOWN = _LISTED["models"]
ENGLISH, *_ = KNOWN
# Reads a question and a passage together; see `indexer/embedding/cross_encoder.py`.
(CROSS_ENCODER,) = _LISTED["cross_encoders"]


def known_model(name: str) -> KnownModel | None:
    """The model of this name, with or without the organisation in front, in any case."""
    short = name.strip().rpartition("/")[2].casefold()
    return next((model for model in KNOWN if model.name.casefold() == short), None)


def knows_only_english(name: str) -> bool:
    """Whether a model of this name reads no other language, as most do that do not say so."""
    known = known_model(name)
    return known.languages == "English" if known else "multilingual" not in name.casefold()
