"""A moment whose answer a curator timed begins at that second, and nowhere before it."""

from __future__ import annotations

from pathlib import Path

from libraries import build, catalogue_of, library_of, opened, write_catalogue

RUN_ON = """
    alectinib can make the muscles hurt call us
    the same day if you faint and lorlatinib
    can change the mood and the cholesterol
    tell us and we can lower the dose
"""


def test_the_second_holds_also_inside_of_a_sentence(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"pills": RUN_ON})
    toml = catalogue_of({"pills": "Two pills"}).rstrip()
    question = "What are the side effects of lorlatinib?"
    write_catalogue(
        tmp_path, f'{toml}\nquestions = [{{ text = "{question}", at = "0:08", until = "0:20" }}]\n'
    )
    build(library)

    hit = opened(library).search(question).hits[0]

    assert (hit.start_ms, hit.match_ms >= hit.start_ms) == (8_000, True)
    assert hit.url == "/watch/pills?t=8"
