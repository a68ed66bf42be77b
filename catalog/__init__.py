"""What exists: series, videos, people, topics and the glossary."""

from catalog.errors import CatalogError, Problem
from catalog.files import (
    PART,
    checksum,
    file_checksum,
    leads_out,
    read_settled,
    sync_to_disk,
    write_atomically,
)
from catalog.library import Library
from catalog.loader import load_catalogue, read_catalogue
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
from catalog.resolved import Resolution, Resolved, read_resolved, write_resolved
from catalog.site import Allowed, Operator, PhoneLine, Signpost, TrialSearch
from catalog.site_file import load_allowed, load_operator, read_operator_of
from catalog.terminal import Exit, clock, counted, progress, say

__all__ = [
    "PART",
    "Allowed",
    "CatalogError",
    "Catalogue",
    "Chapter",
    "Correction",
    "Exit",
    "Heard",
    "Library",
    "Operator",
    "Person",
    "PhoneLine",
    "Problem",
    "Question",
    "Resolution",
    "Resolved",
    "Series",
    "Signpost",
    "Term",
    "Topic",
    "TrialSearch",
    "Video",
    "checksum",
    "clock",
    "counted",
    "file_checksum",
    "leads_out",
    "load_allowed",
    "load_catalogue",
    "load_operator",
    "progress",
    "read_catalogue",
    "read_operator_of",
    "read_resolved",
    "read_settled",
    "say",
    "sync_to_disk",
    "write_atomically",
    "write_resolved",
]
