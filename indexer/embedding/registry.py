"""The sentence models that can be fetched by name: from where, at which revision, what they cost.

Revisions and checksums are pinned, so that nobody who can change a repository, or what lies between
it and us, can change what is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass

MODEL_FILE = "model.onnx"


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """One file of a model: its path in the repository, its name with us, bytes and SHA-256."""

    path: str
    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class KnownModel:
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


ENGLISH = KnownModel(
    name="all-MiniLM-L6-v2",
    languages="English",
    cost="about 300 MB of memory, a few milliseconds a question",
    licence="Apache-2.0",
    licence_page="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2",
    repository="Xenova/all-MiniLM-L6-v2",
    revision="751bff37182d3f1213fa05d7196b954e230abad9",
    dimensions=384,
    files=(
        PinnedFile(
            "onnx/model_quantized.onnx",
            MODEL_FILE,
            22_972_370,
            "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
        ),
        PinnedFile(
            "tokenizer.json",
            "tokenizer.json",
            711_661,
            "da0e79933b9ed51798a3ae27893d3c5fa4a201126cef75586296df9b4d2c62a0",
        ),
        PinnedFile(
            "tokenizer_config.json",
            "tokenizer_config.json",
            366,
            "9261e7d79b44c8195c1cada2b453e55b00aeb81e907a6664974b4d7776172ab3",
        ),
        PinnedFile(
            "special_tokens_map.json",
            "special_tokens_map.json",
            125,
            "b6d346be366a7d1d48332dbc9fdf3bf8960b5d879522b7799ddba59e76237ee3",
        ),
        PinnedFile(
            "config.json",
            "config.json",
            650,
            "7135149f7cffa1a573466c6e4d8423ed73b62fd2332c575bf738a0d033f70df7",
        ),
    ),
)

MULTILINGUAL = KnownModel(
    name="paraphrase-multilingual-MiniLM-L12-v2",
    languages="about 50 languages, Spanish and English among them",
    cost="ten times the files and twice the layers of the English one; not measured here",
    licence="Apache-2.0",
    licence_page=(
        "https://huggingface.co/sentence-transformers/paraphrase-multilingual-MiniLM-L12-v2"
    ),
    repository="Qdrant/paraphrase-multilingual-MiniLM-L12-v2-onnx-Q",
    revision="faf4aa4225822f3bc6376869cb1164e8e3feedd0",
    dimensions=384,
    files=(
        PinnedFile(
            "model_optimized.onnx",
            MODEL_FILE,
            235_052_644,
            "634d0f66c29dc934c8fa72b8a4fe91dd4d420a22f1d82a241058d4316e659a99",
        ),
        PinnedFile(
            "tokenizer.json",
            "tokenizer.json",
            17_083_009,
            "fa685fc160bbdbab64058d4fc91b60e62d207e8dc60b9af5c002c5ab946ded00",
        ),
        PinnedFile(
            "tokenizer_config.json",
            "tokenizer_config.json",
            1_416,
            "0666eebf692422757e1dddf3c9fb1ded73ba3dc726c5828671fc89e45bf3609f",
        ),
        PinnedFile(
            "special_tokens_map.json",
            "special_tokens_map.json",
            964,
            "8c785abebea9ae3257b61681b4e6fd8365ceafde980c21970d001e834cf10835",
        ),
        PinnedFile(
            "config.json",
            "config.json",
            673,
            "c8ec081fdad2df991bf5abbf18418fec7a5cdaa421f60ffb060a30040b8c376f",
        ),
    ),
)

KNOWN = (ENGLISH, MULTILINGUAL)


def known_model(name: str) -> KnownModel | None:
    """The model of this name, with or without the organisation in front, in any case."""
    short = name.strip().rpartition("/")[2].casefold()
    return next((model for model in KNOWN if model.name.casefold() == short), None)
