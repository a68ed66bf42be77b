"""A sentence model without a model: each text's vector is drawn from a number made of its words.

Texts that share words are near to each other, and it is known which texts were read.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import numpy as np

from indexer.embedding.configured import NoModel
from indexer.embedding.encoder import QueryEncoder
from indexer.embedding.files import ModelFiles
from indexer.embedding.model import SentenceModel
from indexer.embedding.scale import Scale

DIMENSIONS = 16
GONE = NoModel("the sentence model was not fetched yet")


class Reader:
    """What runs the model; `read` are the texts it read, and at `refused` it breaks."""

    def __init__(self, seed: str, refused: str) -> None:
        self.read: list[str] = []
        self._seed = seed
        self._refused = refused

    def embed(self, text: str, running: Callable[[], object]) -> np.ndarray:
        self.read.append(text)
        running()
        if self._refused and self._refused in text:
            raise RuntimeError("no memory left")
        drawn = [_drawn(self._seed + word) for word in text.lower().split()]
        return np.asarray(np.sum(drawn, axis=0))


class FakeModel(SentenceModel):
    """Its cosines are read as they are."""

    def scale(self) -> Scale:
        """As of a model that needs none."""
        return Scale()


class FakeEncoder(QueryEncoder):
    """The meaning of a process in which this model is configured, until it is `gone`."""

    def __init__(self, seed: str = "one", refused: str = "") -> None:
        self.reader = Reader(seed, refused)
        self.loads = 0
        self.gone: NoModel | None = None
        self._identity = f"identity of {seed}"
        self._name = f"model {seed}"
        super().__init__(self._find_it, self._load_it)

    @property
    def read(self) -> list[str]:
        """The texts of passages, not of questions, that were read since this was asked last."""
        texts, self.reader.read = self.reader.read, []
        return [text for text in texts if ". " in text]

    def _find_it(self) -> ModelFiles | NoModel:
        return self.gone or ModelFiles(self._name, Path(), "model.onnx", self._identity)

    def _load_it(self) -> SentenceModel | NoModel:
        self.loads += 1
        return self.gone or FakeModel(
            name=self._name,
            identity=self._identity,
            dimensions=DIMENSIONS,
            threads=1,
            _read=self.reader.embed,
        )


def _drawn(text: str) -> np.ndarray:
    seed = int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
    return np.random.default_rng(seed).normal(size=DIMENSIONS)
