"""What exists: series, videos, people, topics and the glossary."""

from catalog.atomic import PART, sync_to_disk, write_atomically
from catalog.errors import CatalogError, Problem
from catalog.library import Library
from catalog.loading import load_catalogue, read_catalogue
from catalog.model import (
    Catalogue,
    Chapter,
    Correction,
    Heard,
    Person,
    Question,
    Series,
    Term,
    Topic,
    Video,
)
from catalog.operator import Operator
from catalog.resolved import Resolution, Resolved, read_resolved, write_resolved
from catalog.terminal import Exit, progress, say
from catalog.times import clock, counted

__all__ = [
    "PART",
    "CatalogError",
    "Catalogue",
    "Chapter",
    "Correction",
    "Exit",
    "Heard",
    "Library",
    "Operator",
    "Person",
    "Problem",
    "Question",
    "Resolution",
    "Resolved",
    "Series",
    "Term",
    "Topic",
    "Video",
    "clock",
    "counted",
    "load_catalogue",
    "progress",
    "read_catalogue",
    "read_resolved",
    "say",
    "sync_to_disk",
    "write_atomically",
    "write_resolved",
]
