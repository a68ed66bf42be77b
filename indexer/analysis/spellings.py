"""How this field's names are spelled: what is one word in several, and what is never stemmed.

The words are in `indexer/data/spellings.toml`, which says what each list is for.
"""

import re

from catalog import read_word_lists

_LISTS = read_word_lists("indexer/data/spellings.toml")

UNSTEMMED = frozenset(_LISTS.words("unstemmed"))
SPELLED_OUT = frozenset(_LISTS.words("spelled-out"))
SINGLE = _LISTS.pairs("same")
SEVERAL = _LISTS.several("several")
CONTAINS = _LISTS.several("contains")
MUTATIONS = _LISTS.ways("mutations")
# Each way to write a name, in lower-case runs; of a mutation, what is said between its letters.
COMPOUNDS = {way: name for name, ways in _LISTS.ways("compounds").items() for way in ways} | {
    (name[0], *number, name[-1]): name
    for name, numbers in MUTATIONS.items()
    for number in (*numbers, tuple(name[1:-1]))
}
# The kin of such a name are written in the same pieces: PD-L2 as PD-L1 is.
COMPOUNDS |= {
    (*way[:-1], f"{way[-1][:-1]}{number}"): f"{name[:-1]}{number}"
    for way, name in COMPOUNDS.items()
    if "".join(way) == name and name[-1].isdigit() and len(way[0]) > 1
    for number in range(1, 10)
    if (*way[:-1], f"{way[-1][:-1]}{number}") not in COMPOUNDS
}
LONGEST_COMPOUND = max(map(len, COMPOUNDS))

POINTING = frozenset(_LISTS.words("pointing"))
NUMBERED = _LISTS.pairs("numbered")
ORDINALS = _LISTS.pairs("ordinals")
NOT_ROMAN = frozenset(("exon", "line"))
# "stage three or four", "exons 19 and 21": the second number belongs to the name as well.
OR = frozenset(("or", "o", "u"))
AND = frozenset(("and", "y", "e", "through", "to", "hasta"))

_MEASURES = read_word_lists("indexer/data/requirements.toml")
# What a number counts: doses, and lengths of time.
DOSES = _MEASURES.word_set("doses")
UNITS = DOSES | _MEASURES.word_set("times")
# Between a number and the many that it is of: "one in four".
OF_MANY = frozenset(way for ways in _LISTS.ways("of-many").values() for way in ways)
# A number only before a unit: "one tablet", "una pastilla".
ONE = {"en": ("one",), "es": ("un", "una")}

EVERYDAY_GENES = _LISTS.pairs("everyday-genes")
GENE_NEIGHBOURS = frozenset(_LISTS.words("gene-neighbours"))
MEETS = frozenset(_LISTS.words("before-verb"))
GENE_BEFORE = frozenset(_LISTS.words("before-gene"))

EXON_GENES = _LISTS.word_set("exon-genes")
CHANGES = _LISTS.pairs("changes")
AMINO_ACIDS = _LISTS.pairs("amino-acids")
CODING_CHANGES = _LISTS.pairs("coding-changes")
WHERE_IT_SPREADS = _LISTS.word_set("where-it-spreads")

_BRITISH = _LISTS.pairs("british")
# "randomised", but not "specialist".
_ROOTS = re.compile("|".join(f"{r}(?=[aei])" if r.endswith("is") else r for r in _BRITISH))
_LETTERS_SAID = _LISTS.pairs("letters")


def american(word: str) -> str:
    """A word with its roots spelled as in American English."""
    return _ROOTS.sub(lambda root: _BRITISH[root[0]], word) if len(word) > 4 else word


def letter_said(word: str) -> str:
    """The letter whose name a word is: "ess", "gee"; "" where it is none."""
    return word if len(word) == 1 else _LETTERS_SAID.get(word, "")
