"""A library small enough to read in one go, indexed for real, and the site over it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from textwrap import dedent

from paths import ROOT
from starlette.applications import Starlette

from catalog import Library, load_catalogue
from indexer import Shelf
from indexer.writer.builder import build_index
from webapp.app import create_app

MEDIA = ROOT / "catalog/sample/site/just-diagnosed/just-diagnosed.mp4"

BASICS = """
    slug = "basics"
    title = "Basics <1>"
    kind = "intro"
    notice = "Sample, not medical advice."

    [[videos]]
    slug = "first-days"
    title = "The first days & weeks"
    description = "What the first days are for."
    media = "first-days.mp4"
    speakers = ["ada", "tess"]
    topics = ["stages"]
    recorded = 2026-05-04
    duration = "1:30"
    questions = [
      { text = "What does stage 4 mean?", at = "0:04", until = "0:20" },
      "Can I ask anything?",
    ]
    chapters = [{ title = "Welcome", at = "0:00" }, { title = "Tests", at = "0:40" }]
    related = ["silent"]
    next = "pills"

    [[videos]]
    slug = "pills"
    title = "Pills for ALK"
    youtube = "abcdefghijk"
    speakers = ["tess"]
    recorded = "2025-11"
"""
DEEPER = """
    slug = "deeper"
    title = "Deeper"
    kind = "in-depth"

    [[videos]]
    slug = "elsewhere"
    title = "On another page"
    page = "https://videos.example/talk"

    [[videos]]
    slug = "silent"
    title = "Nothing to see"
    page = "http://sample.invalid/talk"
"""
PEOPLE = """
    [[people]]
    slug = "ada"
    name = "Ada Example"
    role = "patient advocate"

    [[people]]
    slug = "tess"
    name = "Dr. Tess Sample"
    role = "oncologist"
    affiliation = "Invented Hospital"
"""
TOPICS = """
    [[topics]]
    slug = "stages"
    title = "Stages"
    description = "What a stage says."

    [[topics]]
    slug = "costs"
    title = "Costs"

    [[groups]]
    slug = "begin"
    title = "To begin with"
    topics = ["stages", "costs"]
"""
ENGLISH = """
    WEBVTT

    00:00:01.000 --> 00:00:04.000
    <v Ada Example>Hello and welcome to this sample talk.

    00:00:04.500 --> 00:00:08.000
    <v Ada Example>What does stage 4 mean?

    00:00:08.500 --> 00:00:14.000
    <v Dr. Tess Sample>Stage 4 means that the cancer has spread to another part of the body.

    00:00:14.500 --> 00:00:20.000
    <v Dr. Tess Sample>It does not mean that nothing can be done.

    00:00:40.200 --> 00:00:46.000
    <v Dr. Tess Sample>Ask for biomarker testing &lt;alk&gt;before&lt;/alk&gt; treatment starts.

    00:01:10.000 --> 00:01:16.000
    <v Dr. Tess Sample>And bring somebody along to the visit.
"""
SPANISH = """
    WEBVTT

    00:00:04.500 --> 00:00:08.000
    ¿Qué significa la etapa cuatro?

    00:00:08.500 --> 00:00:14.000
    La etapa cuatro significa que el cáncer se ha extendido.
"""
AUTOMATIC = """
    WEBVTT

    00:00:02.000 --> 00:00:07.000
    lorlatinib is a pill that reaches the brain

    00:00:30.000 --> 00:00:36.000
    swelling of the hands is common with it
"""


def write_library(root: Path) -> Library:
    """Write the catalogue, captions and media."""
    files = {
        "catalog/basics.toml": BASICS,
        "catalog/a-deeper.toml": DEEPER,
        "catalog/people.toml": PEOPLE,
        "catalog/topics.toml": TOPICS,
        "captions/first-days/en.manual.vtt": ENGLISH,
        "captions/first-days/es.manual.vtt": SPANISH,
        "captions/pills/en.auto.vtt": AUTOMATIC,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip(), encoding="utf-8")
    (root / "media").mkdir()
    shutil.copy(MEDIA, root / "media/first-days.mp4")
    return Library(root)


def indexed_library(root: Path) -> Library:
    """Write the library and build its index."""
    library = write_library(root)
    build_index(library, load_catalogue(library), quietly)
    return library


def small_app(root: Path) -> Starlette:
    """The site over a small library that is indexed for real."""
    library = indexed_library(root)
    return create_app(library, Shelf(library))


def corrected(root: Path, *changes: tuple[str, str]) -> None:
    """Change captions as a person or another run of a machine would, and index them again."""
    file = root / "captions/first-days/en.manual.vtt"
    text = file.read_text("utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    file.write_text(text, "utf-8")
    library = Library(root)
    build_index(library, load_catalogue(library), quietly)


@contextmanager
def quietly(_what: str, _total: int) -> Iterator[Callable[[str], None]]:
    """Progress that nobody watches."""
    yield lambda _step: None
