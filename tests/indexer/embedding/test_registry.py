from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from indexer.embedding import registry as known_models
from indexer.embedding.registry import KNOWN, KnownModel, known_model


@pytest.mark.parametrize("model", KNOWN, ids=[model.name for model in KNOWN])
def test_a_known_model_is_pinned_and_says_what_it_is(model: KnownModel) -> None:
    names = {file.name for file in model.files}

    assert {"model.onnx", "tokenizer.json", "tokenizer_config.json"} <= names
    assert all(len(file.sha256) == 64 and file.size for file in model.files)
    assert len(model.revision) == 40
    assert model.licence in {"Apache-2.0", "MIT"}
    assert urlsplit(model.licence_page).scheme == "https"


def test_a_model_is_known_with_or_without_its_organisation() -> None:
    assert known_model("intfloat/E5-small-v2") is known_models.ENGLISH
    assert known_model("all-MiniLM") is None
