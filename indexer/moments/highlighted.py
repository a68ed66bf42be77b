"""What is highlighted in a snippet: the terms that were asked for, where they are said."""

from collections.abc import Collection, Sequence

import msgspec


class Highlighted(msgspec.Struct, frozen=True):
    """The terms to highlight by their identities: those that are by themselves, and each few that
    are where all of them are said.
    """

    alone: frozenset[int] = frozenset()
    together: frozenset[frozenset[int]] = frozenset()

    @classmethod
    def of(cls, terms: Collection[frozenset[int]]) -> "Highlighted":
        """Highlight each few of some terms where all of them are said."""
        alone = frozenset(one for some in terms if len(some) == 1 for one in some)
        return cls(alone, frozenset(some for some in terms if len(some) > 1))

    def among(self, terms: Sequence[int]) -> frozenset[int]:
        """Which of these terms to highlight."""
        marks = self.alone.intersection(terms)
        if self.together:
            said = frozenset(terms)
            marks = marks.union(*(some for some in self.together if some <= said))
        return marks


NOTHING = Highlighted()
