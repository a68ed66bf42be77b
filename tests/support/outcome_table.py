"""The table of outcomes in docs/operating.md, as the code goes by it: `make docs` writes it."""

from __future__ import annotations

import re
from pathlib import Path

from paths import ROOT

from transcripts.sites.outcomes import Outcome, outcomes_in_order

DOCUMENT = ROOT / "docs/operating.md"
_PLACE = re.compile(r"(?<=<!-- outcomes -->\n).*?(?=<!-- end of outcomes -->)", re.DOTALL)
_HEAD = "| outcome | what it means, and what to do | asked again | exit |\n|---|---|---|---|\n"


def table() -> str:
    """The table as Markdown, a line an outcome."""
    return _HEAD + "".join(map(_row, outcomes_in_order()))


def written(document: str) -> str:
    """The document with the table as it is now."""
    return _PLACE.sub(lambda _: table(), document)


def _row(outcome: Outcome) -> str:
    sentence = outcome.sentence.replace("|", "\\|")
    return f"| {outcome} | {sentence} | {outcome.again} | {outcome.exit} |\n"


def write(document: Path = DOCUMENT) -> None:
    """Bring the document up to date."""
    document.write_text(written(document.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write()
