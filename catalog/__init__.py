"""What exists: series, videos, people, topics and the glossary."""

from catalog.errors import CatalogError, Problem
from catalog.library import Library
from catalog.loading import load_catalogue, read_catalogue
from catalog.model import Catalogue, Chapter, Person, Question, Series, Term, Topic, Video
from catalog.terminal import Exit, progress, say

__all__ = [
    "CatalogError",
    "Catalogue",
    "Chapter",
    "Exit",
    "Library",
    "Person",
    "Problem",
    "Question",
    "Series",
    "Term",
    "Topic",
    "Video",
    "load_catalogue",
    "progress",
    "read_catalogue",
    "say",
]
