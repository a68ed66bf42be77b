"""The table of outcomes in docs/operating.md, as the code goes by it: `make docs` writes it."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, datetime, timedelta
from pathlib import Path

from paths import ROOT

from transcripts.sites.outcomes import Outcome

DOCUMENT = ROOT / "docs/operating.md"
_PLACE = re.compile(r"(?<=<!-- outcomes -->\n).*?(?=<!-- end of outcomes -->)", re.DOTALL)
_HEAD = "| outcome | what it means, and what to do | asked again | exit |\n|---|---|---|---|\n"


def table() -> str:
    """The table as Markdown, a line an outcome."""
    return _HEAD + "".join(map(_row, outcomes_in_order()))


def outcomes_in_order() -> tuple[Outcome, ...]:
    """Every outcome, as the data have them."""
    data = tomllib.loads((ROOT / "transcripts/data/outcomes.toml").read_text("utf-8"))
    return tuple(map(Outcome, data))


def written(document: str) -> str:
    """The document with the table as it is now."""
    return _PLACE.sub(lambda _: table(), document)


def _row(outcome: Outcome) -> str:
    sentence = outcome.sentence.replace("|", "\\|")
    return f"| {outcome} | {sentence} | {_again(outcome)} | {_exit(outcome)} |\n"


def _again(outcome: Outcome) -> str:
    """When it is asked again."""
    now = datetime.now(UTC)
    hours = (outcome.next_try(now) - now) // timedelta(hours=1)
    if not hours:
        return "with every run"
    return f"after {hours} h" if hours < 48 else f"after {hours // 24} days"


def _exit(outcome: Outcome) -> str:
    """What a command ends with that met nothing else."""
    if outcome.stops_asking:
        return "3"
    if outcome.lost:
        return "1; 3 where nothing else can be reached"
    return "1; 3 after five alike in a row" if outcome.alike else "0" if outcome.well else "1"


def write(document: Path = DOCUMENT) -> None:
    """Bring the document up to date."""
    document.write_text(written(document.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    write()
