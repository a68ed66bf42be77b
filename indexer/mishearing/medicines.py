"""Words that are never taken for a misheard name, because they are words of their own.

The words are in `indexer/data/medicines.toml`, which says what each list is for.
"""

from __future__ import annotations

from catalog import read_word_lists

_LISTS = read_word_lists("indexer/data/medicines.toml")

OTHER_DRUGS = frozenset(
    word for name in ("kinase-inhibitors", "antibodies", "others") for word in _LISTS.words(name)
)
SPANISH_DRUGS = frozenset(_LISTS.words("spanish"))
EVERYDAY = frozenset(_LISTS.words("everyday"))
