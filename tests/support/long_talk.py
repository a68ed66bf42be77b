"""A talk of three hours, in the small library: captions of 3,000 sentences by two speakers."""

from __future__ import annotations

from pathlib import Path

from small_site import quietly, write_library

from catalog import Library, load_catalogue
from indexer.writer.builder import build_index

SENTENCES = 3000
EACH_S = 3.6

WORDS = (
    "lung cancer treatment team doctor scan biopsy tumor pill test result question answer week "
    "month family hope breathing nurse trial surgery radiation gene target immune system side "
    "effect stage report second opinion clinic blood brain bone liver ask tell know find begin"
).split()


def library_of_a_long_talk(root: Path) -> Library:
    """The small library, indexed, in which the talk of 90 seconds takes three hours."""
    library = write_library(root)
    (root / "captions/first-days/en.manual.vtt").write_text(_captions(), encoding="utf-8")
    series = root / "catalog/basics.toml"
    series.write_text(series.read_text("utf-8").replace('"1:30"', '"3:00:00"'), encoding="utf-8")
    build_index(library, load_catalogue(library), quietly)
    return library


def _captions() -> str:
    """No two sentences are the same."""
    cues = []
    for number in range(SENTENCES):
        start, end = number * EACH_S, number * EACH_S + EACH_S - 0.1
        said = [WORDS[(number * 7 + place * (number % 11 + 3)) % len(WORDS)] for place in range(12)]
        who = "Ada Example" if number // 6 % 5 == 0 else "Dr. Tess Sample"
        text = f"{' '.join(said).capitalize()}."
        cues.append(f"{_clock(start)} --> {_clock(end)}\n<v {who}>{text}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def _clock(seconds: float) -> str:
    whole, ms = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}.{ms:03}"
