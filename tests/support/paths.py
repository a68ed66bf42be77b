"""Where things lie in this checkout, and beside it."""

from __future__ import annotations

from pathlib import Path

SUPPORT = Path(__file__).resolve().parent
ROOT = SUPPORT.parents[1]
SAMPLE = ROOT / "catalog/sample"
GLOSSARY = ROOT / "catalog/data/glossary.csv"
GOLDEN = ROOT / "tests/golden/questions.jsonl"
# Real data to run on, which is not part of the project.
SHARED = ROOT.parent / "shared"
