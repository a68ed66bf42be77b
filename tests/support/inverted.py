"""Documents for postings, each written as the list of its terms."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np

from indexer.storage.columns import identity
from indexer.storage.inversion import Documents


def documents_of(lists: Sequence[Sequence[str]]) -> Documents:
    """The documents that hold these terms, none of which overlaps another."""
    ends = list(accumulate(map(len, lists)))
    terms = [term for one in lists for term in one]
    return Documents(
        np.array([identity(term) for term in terms], np.uint64),
        np.array([0, *ends[:-1]][: len(ends)], np.int64),
        np.array(ends, np.int64),
        {identity(term): term for term in terms},
    )
