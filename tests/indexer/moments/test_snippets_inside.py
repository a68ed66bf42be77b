"""Where a moment begins inside a sentence that runs on, its answer does too."""

from __future__ import annotations

import pytest
from memory import reader_of

from indexer.moments.highlighted import NOTHING
from indexer.moments.landing import Landing
from indexer.moments.snippets import make_hit

SAID = """
    so what does alk mean well it is a change in a gene
    and we treat it with a pill that is called lorlatinib
    so you take it once a day
"""


@pytest.mark.parametrize(("start_ms", "begins"), [(0, 0), (1800, 22), (2900, 22)])
def test_an_answer_begins_where_the_jump_is(start_ms: int, begins: int) -> None:
    reader = reader_of({"bare": SAID})
    columns = reader.columns
    end_ms = int(columns.sentence_end_ms[0])
    assert columns.stops(0)[0] == (21, True)
    assert columns.sentence_text(0)[22:].startswith("well it is")

    hit = make_hit(reader, 0, Landing(0, 0, 1, start_ms, end_ms), NOTHING, 1.0)

    assert hit.answer[0] == begins
