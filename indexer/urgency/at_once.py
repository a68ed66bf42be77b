"""What a video says of going at once comes first, where a question should not wait.

It is no part of `signs.py`, which reads messages and knows no moments.
"""

from collections.abc import Iterable
from itertools import islice

from msgspec.structs import replace

from indexer.model import Hit
from indexer.urgency.signs import Urgency, tells_to_go

# Among so many moments, the best, it is looked for.
LOOKED_AT = 20


def at_once_first(hits: Iterable[Hit], urgency: Urgency, limit: int) -> tuple[Hit, ...]:
    """The first moments, those before the others that speak of the sign and say to go at once.

    `hits` come best first, and so do the scores of what is returned. Where nothing is urgent they
    stay as they are.
    """
    if not urgency:
        return tuple(islice(hits, limit))
    best = list(islice(hits, max(limit, LOOKED_AT)))
    first = sorted(best[:LOOKED_AT], key=lambda hit: not tells_to_go(hit.text, urgency.kinds))
    scored = (replace(hit, score=other.score) for hit, other in zip(first, best, strict=False))
    return (*scored, *best[LOOKED_AT:])[:limit]
