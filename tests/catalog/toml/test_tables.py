from dataclasses import dataclass

import pytest

from catalog.toml import fields
from catalog.toml.tables import TableShape, TomlFile, inline


@dataclass(frozen=True)
class Talk:
    slug: str
    title: str
    start_ms: int = 0


READERS = {"slug": fields.slug, "title": fields.text, "at": fields.time_ms}
TALK = TableShape(Talk, READERS, ("slug", "title"), {"at": "start_ms"})
KEPT = TableShape(Talk, READERS, ("slug", "title"), {"at": "start_ms"}, title="title")


def test_a_table_becomes_a_value_by_the_names_that_the_value_has() -> None:
    toml = TomlFile("talks.toml")

    (talk,) = toml.entries([{"slug": "a", "title": "A", "at": "1:02"}], "talks", TALK)

    assert (talk, toml.problems) == (Talk("a", "A", 62_000), [])


def test_what_lacks_a_needed_field_is_no_value_or_one_without_a_title() -> None:
    toml = TomlFile("talks.toml")
    table = {"title": "A", "at": "1:02"}

    assert toml.entry(table, TALK, "talk number 1") is None
    assert toml.entry(table, KEPT, "talk number 1") == Talk("talk number 1", "", 62_000)


def test_every_problem_of_a_file_is_collected_and_named() -> None:
    toml = TomlFile("talks.toml")
    table = toml.parse('other = 1\n[[talks]]\nslug = "A"\nwho = "me"\n[[talks]]\nslug = "b"')

    assert table
    assert toml.entries(toml.only(table, "talks"), "talks", TALK) == ()
    assert [(one.entry, one.field) for one in toml.problems] == [
        ("", "other"),
        ("A", "slug"),
        ("A", "who"),
        ("A", "title"),
        ("b", "title"),
    ]


def test_a_small_table_inside_an_entry_says_all_that_is_wrong_with_it() -> None:
    says = "slug: 'A' is no slug; .*; title: this field is needed and missing$"

    with pytest.raises(ValueError, match=says):
        inline(TALK)({"slug": "A"})
