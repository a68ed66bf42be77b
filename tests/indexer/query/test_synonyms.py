"""Names of the glossary are found as they were cut when the index was built."""

from __future__ import annotations

from pathlib import Path

from libraries import build, library_of, opened

from catalog import Term
from indexer.query.synonyms import Vocabulary, cut_names
from indexer.storage.manifest import NAMES

TERM = Term("osimertinib", "drug", variants=("Tagrisso", "AZD 9291"), spanish=("osimertinib oral",))


def test_names_that_were_cut_before_make_the_same_vocabulary() -> None:
    kept = cut_names([TERM], ("en", "fr"))

    assert kept["en"]["Tagrisso"] == ("tagrisso",)
    assert kept["es"]["osimertinib oral"] == ("osimertinib", "oral")
    anew, before = Vocabulary([TERM], ("en",)), Vocabulary([TERM], ("en",), kept=kept)
    assert before.alternatives(("tagrisso",)) == anew.alternatives(("tagrisso",))


def test_what_was_kept_is_not_cut_again() -> None:
    vocabulary = Vocabulary([TERM], ("en",), kept={"en": {"Tagrisso": ("pill",)}})

    assert vocabulary.is_exact(("pill",))
    assert vocabulary.is_exact(("osimertinib",))  # what was not kept is cut now


def test_an_index_keeps_how_names_are_cut(tmp_path: Path) -> None:
    library = library_of(tmp_path, {"talk": "Osimertinib helps."})
    build(library)

    generation = opened(library)

    cut = generation.reader.cut_names
    assert cut["en"] == cut_names(generation.catalogue.terms, ("en",))["en"]
    assert (library.index_dir / generation.name / NAMES).is_file()
