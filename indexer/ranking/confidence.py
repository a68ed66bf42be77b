"""How sure search is that anything here answers: measured, and said, never hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.ranking.evidence import Floats
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Asked:
    """One concept of a question, and its evidence over all places.

    `worth` is what it tells, from 0 to 1: as much as a word tells that nobody here says.
    """

    worth: float
    evidence: Floats


def assured(
    asked: Sequence[Asked], near: NDArray[np.int64], alike: float | None, settings: Settings
) -> bool:
    """Tell whether enough of what was asked is spoken of in the places `near` the best moment.

    A concept counts in full from `covered_at` of its best evidence on. What nobody says counts as
    asked and not found. Of a long question, which says much beside the point, a smaller share is
    demanded; where the one thing that was asked for is found, nothing more can be. `alike` is how
    near the moment is to the question by meaning, or None where that is not known.
    """
    whole = sum(one.worth for one in asked)
    held = sum(one.worth * _spoken_of(one.evidence, near, settings) for one in asked)
    share = held / whole if whole and len(near) else 0.0
    if share > 0.999 and (len(asked) == 1 or alike is None):
        return True
    spoken = share * float(whole**settings.forgiving)
    if alike is None:
        return spoken >= settings.sure
    return spoken + settings.sure_by_meaning * alike >= settings.sure_with_meaning


def _spoken_of(evidence: Floats, near: NDArray[np.int64], settings: Settings) -> float:
    most = float(evidence.max(initial=0))
    here = float(evidence[near].max(initial=0))
    return min(1.0, here / most / settings.covered_at) if most else 0.0
