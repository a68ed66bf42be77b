"""A cross-encoder: reads a question and a passage together, and says how well this answers that.

It knows more than two vectors do, and has to read each passage anew for each question. Like the
sentence model it is data, verified before, and asks nobody for anything.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from indexer.embedding.files import ModelFiles
from indexer.embedding.model import LONGEST_TEXT, PROVIDERS, THREADS_A_TEXT, first_line, opened
from indexer.errors import IndexerError

if TYPE_CHECKING:
    from fastembed.rerank.cross_encoder import TextCrossEncoder


@dataclass(frozen=True, slots=True)
class CrossEncoder:
    """A loaded cross-encoder. Several threads may use it at once."""

    name: str
    _run: TextCrossEncoder = field(repr=False)

    def score(self, question: str, passage: str) -> float:
        """How well a passage answers a question: the more, the better. Raises IndexerError.

        Each is read for itself, so that the same passage always has the same score.
        """
        texts = [
            text[:LONGEST_TEXT].encode(errors="replace").decode() for text in (question, passage)
        ]
        try:
            (score,) = self._run.rerank(texts[0], [texts[1]], batch_size=1)
        except Exception as err:  # what onnxruntime and the tokeniser raise has no common base
            raise IndexerError(f"the cross-encoder could not read ({first_line(err)})") from err
        if not np.isfinite(score):
            raise IndexerError("the cross-encoder gave no usable number for a passage")
        return float(score)


def load(files: ModelFiles) -> CrossEncoder:
    """Load a cross-encoder whose files were verified. Raises IndexerError."""
    model = CrossEncoder(files.name, opened(files, partial(_opened, files)))
    model.score("", "")
    return model


def _opened(files: ModelFiles) -> TextCrossEncoder:
    from fastembed.common.model_description import ModelSource  # noqa: PLC0415 - it takes a while
    from fastembed.rerank.cross_encoder import TextCrossEncoder  # noqa: PLC0415

    name = f"hope/{files.identity}-{files.model_file}"
    known = {model["model"] for model in TextCrossEncoder.list_supported_models()}
    if name not in known:
        source = ModelSource(hf=name)
        TextCrossEncoder.add_custom_model(model=name, sources=source, model_file=files.model_file)
    folder = str(files.folder)
    return TextCrossEncoder(
        name,
        cache_dir=folder,
        specific_model_path=folder,
        local_files_only=True,
        threads=THREADS_A_TEXT,
        providers=PROVIDERS,
    )
