"""Word lists that are data: TOML files in which each list says where it is from.

[spelled-out]
source = "own wording"
words = "egfr alk kras"
"""

import tomllib
from importlib import resources
from importlib.resources.abc import Traversable


class WordLists:
    """The lists of one file of the program's own, by name. What is missing is a KeyError."""

    def __init__(self, file: Traversable) -> None:
        lists = tomllib.loads(file.read_text("utf-8"))
        self.sources: dict[str, str] = {name: one["source"] for name, one in lists.items()}
        self._words = {name: one["words"] for name, one in lists.items()}

    def words(self, name: str) -> tuple[str, ...]:
        """The words of a list, in order."""
        return tuple(self._words[name].split())

    def phrases(self, name: str) -> tuple[str, ...]:
        """The phrases of a list, in order; in the file a bar parts them."""
        return tuple(phrase.strip() for phrase in self._words[name].split("|"))

    def sets(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The sets of phrases of a list: in the file each is a line, and bars part its phrases."""
        lines = self._words[name].strip().splitlines()
        return tuple(tuple(phrase.strip() for phrase in line.split("|")) for line in lines)

    def word_set(self, name: str) -> frozenset[str]:
        """The words of a list, whatever their order."""
        return frozenset(self.words(name))

    def weights(self, name: str) -> dict[str, int]:
        """What each word of a list is worth."""
        return {word: int(worth) for word, worth in self._words[name].items()}

    def pairs(self, name: str) -> dict[str, str]:
        """What each word of a list stands for."""
        return dict(self._words[name])

    def several(self, name: str) -> dict[str, tuple[str, ...]]:
        """The several words that each word of a list stands for."""
        return {word: tuple(others.split()) for word, others in self._words[name].items()}

    def ways(self, name: str) -> dict[str, tuple[tuple[str, ...], ...]]:
        """The ways to write each name of a list, in words; in the file a bar parts them."""
        return {
            word: tuple(tuple(way.split()) for way in ways.split("|"))
            for word, ways in self._words[name].items()
        }


def read_word_lists(path: str) -> WordLists:
    """The lists of a file that comes with the program: `transcripts/data/labels.toml`."""
    room, _, inside = path.partition("/")
    return WordLists(resources.files(room) / inside)
