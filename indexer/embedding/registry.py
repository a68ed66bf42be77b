"""The sentence models that can be fetched by name; `indexer/data/models.toml` lists them."""

from importlib import resources

import msgspec

MODEL_FILE = "model.onnx"


class PinnedFile(msgspec.Struct, frozen=True):
    """One file of a model: its path in the repository, its name with us, bytes and SHA-256."""

    path: str
    name: str
    size: int
    sha256: str


class KnownModel(msgspec.Struct, frozen=True):
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
    pooling: str = "mean"

    @property
    def size(self) -> int:
        """What is fetched, in bytes."""
        return sum(file.size for file in self.files)

    @property
    def megabytes(self) -> int:
        """What is fetched, in millions of bytes, rounded up."""
        return -(-self.size // 1_000_000)


KNOWN = msgspec.toml.decode(
    (resources.files("indexer") / "data/models.toml").read_bytes(),
    type=dict[str, tuple[KnownModel, ...]],
)["models"]
ENGLISH, *_ = KNOWN


def known_model(name: str) -> KnownModel | None:
    """The model of this name, with or without the organisation in front, in any case."""
    short = name.strip().rpartition("/")[2].casefold()
    return next((model for model in KNOWN if model.name.casefold() == short), None)
