"""A hit to change for a test: `replace(HIT, video="two")`."""

from indexer import Hit

HIT = Hit(
    video="one",
    title="One",
    series="talks",
    start_ms=0,
    end_ms=10_000,
    match_ms=0,
    text="Stage 4.",
    spans=(),
    speakers=(),
    captions="manual",
    language="en",
    url="",
    source_url=None,
    score=1.0,
)
