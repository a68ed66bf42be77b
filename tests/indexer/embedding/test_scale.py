from __future__ import annotations

import numpy as np
import pytest

from indexer.embedding.scale import ANSWERING, Scale, scale_of


def test_what_is_unrelated_is_at_0_and_what_answers_at_the_same_place_by_every_model() -> None:
    narrow, wide = scale_of(0.75, 0.82), scale_of(0.03, 0.4)

    for scale, cosines in ((narrow, [0.75, 0.82]), (wide, [0.03, 0.4])):
        near = scale.nearness(np.array(cosines, np.float32))
        assert near == pytest.approx([0, ANSWERING], abs=1e-5)


def test_an_index_that_knows_no_scale_is_read_by_its_cosines() -> None:
    assert Scale().nearness(np.array([-0.2, 0.5], np.float32)) == pytest.approx([-0.2, 0.5])


def test_a_model_that_tells_nothing_apart_is_read_by_its_cosines() -> None:
    assert scale_of(0.8, 0.8) == Scale()
