from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from paths import ROOT

from catalog.words.word_lists import WordLists

FILES = [
    file
    for file in sorted(ROOT.glob("*/data/**/*.toml"))
    if '\nsource = "' in file.read_text() and file.name != "definitions.toml"
]


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_list_says_where_it_is_from_and_has_no_word_twice(file: Path) -> None:
    lists = tomllib.loads(file.read_text("utf-8"))
    if isinstance(lists.get("idioms"), list):  # a table for each, which are patterns
        lists = {one["plain"]: one | {"words": one["asked"]} for one in lists["idioms"]}
    for name, table in lists.items():
        text = table["words"] if isinstance(table["words"], str) else ""
        words = text.split("|") if "|" in text else text.split()

        assert table["source"], name
        assert len(words) == len(set(words)), name


def test_a_list_is_words_or_what_words_stand_for(tmp_path: Path) -> None:
    file = tmp_path / "lists.toml"
    file.write_text(
        """
        [little]
        source = "own wording"
        words = "of the"
        [sayings]
        source = "own wording"
        words = "of course | of late"
        [names.words]
        pdl1 = "pd l1 | pd l 1"
        [names]
        source = "own wording"
        """
    )

    lists = WordLists(file)

    assert lists.words("little") == ("of", "the")
    assert lists.phrases("sayings") == ("of course", "of late")
    assert lists.pairs("names") == {"pdl1": "pd l1 | pd l 1"}
    assert lists.several("names") == {"pdl1": ("pd", "l1", "|", "pd", "l", "1")}
    assert lists.ways("names") == {"pdl1": (("pd", "l1"), ("pd", "l", "1"))}
    assert lists.sources == dict.fromkeys(("little", "sayings", "names"), "own wording")


def test_a_line_may_be_a_set_of_phrases(tmp_path: Path) -> None:
    file = tmp_path / "lists.toml"
    file.write_text('[alike]\nsource = "own"\nwords = """\nstop | give up\nhair\n"""\n')

    assert WordLists(file).sets("alike") == (("stop", "give up"), ("hair",))
