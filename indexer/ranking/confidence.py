"""How sure search is that anything here answers: measured, and said, never hidden."""

from collections.abc import Sequence
from math import log1p

from indexer.arrays import Array, Floats
from indexer.model import Hit
from indexer.ranking.matching import WeightedConcept
from indexer.ranking.scorer import ScoredPassages
from indexer.settings import Settings


def is_answered(
    scored: ScoredPassages, concepts: Sequence[WeightedConcept], best: Hit, settings: Settings
) -> bool:
    """Whether the best moment of what was scored for some concepts is likely to answer."""
    rows = scored.reader.rows
    most = log1p(rows.layout.rows)  # what a word tells that nobody here says
    asked = [(one.worth / most, held) for one, held in zip(concepts, scored.evidence, strict=False)]
    there = rows.between(best.video, best.start_ms, best.end_ms)
    alike = None if scored.near is None else float(scored.near[there].max(initial=0))
    return is_sure(asked, rows.layout.place[there], alike, settings)


def is_sure(
    asked: Sequence[tuple[float, Floats]], places: Array, alike: float | None, settings: Settings
) -> bool:
    """Whether enough of what was asked is spoken of in the `places` of the best moment.

    Each thing asked for has its worth, from 0 to 1, and its evidence. It counts in full from
    `covered_at` of its best evidence on. What nobody says counts as asked and not found. Of a long
    question, which says much beside the point, a smaller share is demanded; where the one thing
    that was asked for is found, nothing more can be. `alike` is how near the moment is to the
    question by meaning, or None where that is not known.
    """
    whole = sum(worth for worth, _ in asked)
    held = sum(worth * _spoken_of(evidence, places, settings) for worth, evidence in asked)
    share = held / whole if whole and len(places) else 0.0
    if share > 0.999 and (len(asked) == 1 or alike is None):
        return True
    spoken = share * float(whole**settings.forgiving)
    if alike is None:
        return spoken >= settings.sure
    return spoken + settings.sure_by_meaning * alike >= settings.sure_with_meaning


def _spoken_of(evidence: Floats, places: Array, settings: Settings) -> float:
    most = float(evidence.max(initial=0))
    here = float(evidence[places].max(initial=0))
    return min(1.0, here / most / settings.covered_at) if most else 0.0
