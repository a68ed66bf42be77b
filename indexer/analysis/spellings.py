"""How this field's names are spelled: what is one word in several, and what is never stemmed.

The words are in `indexer/data/spellings.toml`, which says what each list is for.
"""

from catalog import read_word_lists

_LISTS = read_word_lists("indexer/data/spellings.toml")

UNSTEMMED = frozenset(_LISTS.words("unstemmed"))
SPELLED_OUT = frozenset(_LISTS.words("spelled-out"))
SINGLE = _LISTS.pairs("same")
SEVERAL = _LISTS.several("several")
CONTAINS = _LISTS.several("contains")
# Each way to write a name, in lower-case runs; of a mutation, what is said between its letters.
COMPOUNDS = {way: name for name, ways in _LISTS.ways("compounds").items() for way in ways} | {
    (name[0], *number, name[-1]): name
    for name, numbers in _LISTS.ways("mutations").items()
    for number in numbers
}
LONGEST_COMPOUND = max(map(len, COMPOUNDS))

POINTING = frozenset(_LISTS.words("pointing"))
NUMBERED = _LISTS.pairs("numbered")
NOT_ROMAN = frozenset(("exon", "line"))
# "stage three or four", "exons 19 and 21": the second number belongs to the name as well.
OR = frozenset(("or", "o", "u"))
AND = frozenset(("and", "y", "e", "through", "to"))

EVERYDAY_GENES = _LISTS.pairs("everyday-genes")
GENE_NEIGHBOURS = frozenset(_LISTS.words("gene-neighbours"))
MEETS = frozenset(_LISTS.words("before-verb"))
GENE_BEFORE = frozenset(_LISTS.words("before-gene"))
