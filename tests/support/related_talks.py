"""Five talks on hair, on money and on food, of which some belong together."""

from __future__ import annotations

from pathlib import Path

from fake_model import FakeEncoder
from libraries import quietly, write_catalogue, write_track

from catalog import Library, load_catalogue
from indexer import Generation, Shelf
from indexer.embedding.encoder import QueryEncoder
from indexer.writer.builder import build_index

CATALOGUE = """
    slug = "talks"
    title = "Talks"

    [[videos]]
    slug = "hair"
    title = "Hair"
    questions = [
      { text = "Does the insurer pay?", at = "0:00", until = "0:30" },
      { text = "Will my hair fall out?", at = "0:30", until = "1:00" },
    ]

    [[videos]]
    slug = "wigs"
    title = "Wigs"
    questions = [
      { text = "Who pays for a wig?", at = "0:00", until = "0:30" },
      { text = "When does hair grow again?", at = "0:36", until = "1:00" },
    ]

    [[videos]]
    slug = "hats"
    title = "Hats"

    [[videos]]
    slug = "meals"
    title = "Meals"
    questions = [
      { text = "What can I eat?", at = "0:00", until = "0:30" },
      { text = "WHAT can I eat", at = "0:30", until = "1:00" },
      { text = "Is soup good?", at = "1:00", until = "1:30" },
    ]

    [[videos]]
    slug = "kitchen"
    title = "Kitchen soup"
"""
ON_HAIR = """
    Hair falls out, scalp hair comes again.
    Cut your hair short before hair falls.
    The scalp is cold without hair.
    Hair grows on the scalp in spring.
    New hair is soft hair.
    A scalp without hair wants sun cream.
"""
ON_MONEY = """
    Insurers pay with a letter.
    The letter names a price.
    Ask the insurers for the price.
    Keep the letter and the bill.
    A bill can be sent twice.
    Insurers answer a letter in weeks.
"""
ON_FOOD = """
    Soup and rice taste of little.
    Eat soup when rice is dry.
    Rice with broth makes soup thick.
    Small plates of soup and rice.
    Soup keeps for days.
    Rice and soup again.
"""


def lines(*parts: str) -> str:
    return "\n".join(line.strip() for part in parts for line in part.strip().split("\n"))


def written(root: Path) -> Library:
    write_catalogue(root, CATALOGUE)
    library = Library(root)
    write_track(library, "hair", lines(ON_MONEY, ON_HAIR))
    write_track(library, "wigs", lines(ON_MONEY, ON_HAIR, ON_HAIR))
    write_track(library, "hats", lines(ON_HAIR))
    write_track(library, "meals", lines(ON_FOOD, ON_FOOD, ON_FOOD))
    return library


def by_meaning(library: Library, meaning: QueryEncoder | None = None) -> Generation:
    meaning = meaning or FakeEncoder()
    build_index(library, load_catalogue(library), quietly, meaning=meaning)
    return Shelf(library, meaning).current()
