"""The scripts of the sample interviews, read (their form: catalog/sample/README.md)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ABBREVIATIONS = ("Dr.", "Dra.", "Sra.", "Sr.")
TOKENS = re.compile(r"\{[^}]*\}\S*|\S+")
SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=\))\s+|\s+(?=\()")
PUNCTUATION = '.,?!;:"()¿¡…'
KEPT_CAPITAL = re.compile(r"I('\w+)?")


@dataclass(frozen=True, slots=True)
class Token:
    """One written word: the words as said, and the words as a machine heard them."""

    said: tuple[str, ...]
    heard: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of one speaker ("ADVOCATE" or "EXPERT")."""

    speaker: str
    text: str

    @property
    def tokens(self) -> tuple[Token, ...]:
        return tuple(read_token(token) for token in TOKENS.findall(self.text))

    @property
    def spoken(self) -> str:
        return " ".join(word for token in self.tokens for word in token.said)


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound that is captioned: "[music]" or "(laughs)"."""

    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter ("#"), a patient's question ("?") or one that is not listed ("/") begins here."""

    kind: str
    text: str


Item = Sentence | Sound | Mark


@dataclass(frozen=True, slots=True)
class Script:
    """One interview in one language; `head` keeps every "key: value" line in order."""

    slug: str
    language: str
    head: tuple[tuple[str, str], ...]
    items: tuple[Item, ...]

    def all(self, key: str) -> tuple[str, ...]:
        return tuple(value for name, value in self.head if name == key)

    def one(self, key: str, default: str = "") -> str:
        return next(iter(self.all(key)), default)

    def listed(self, key: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.one(key).split(",") if part.strip())

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(item for item in self.items if isinstance(item, Sentence))


def read_script(path: Path) -> Script:
    """Read `<slug>.<language>.txt`."""
    slug, language = path.name.removesuffix(".txt").rsplit(".", 1)
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    return Script(slug, language, tuple(read_head(head)), tuple(read_body(body)))


def read_head(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if line.strip():
            key, _, value = line.partition(":")
            yield key.strip(), value.strip()


def read_body(text: str) -> Iterator[Item]:
    """Marks and sounds have a line of their own; a turn goes on to the next blank line."""
    for block in re.split(r"\n\s*\n", text.strip()):
        lines = block.splitlines()
        while lines and lines[0][0] in "#?/[":
            line = lines.pop(0)
            yield Sound(line) if line[0] == "[" else Mark(line[0], line[1:].strip())
        if lines:
            yield from read_turn(" ".join(lines))


def read_turn(block: str) -> Iterator[Item]:
    """Read "SPEAKER: sentences (laughs) sentences"."""
    speaker, _, text = block.partition(": ")
    if speaker not in ("ADVOCATE", "EXPERT"):
        raise ValueError(f"no speaker before {block[:40]!r}")
    for sentence in split_sentences(text):
        yield Sound(sentence) if sentence[0] == "(" else Sentence(speaker, sentence)


def split_sentences(text: str) -> Iterator[str]:
    """Split at . ? ! and around sounds in round brackets; "Dr." ends no sentence."""
    held = ""
    for piece in SENTENCE_END.split(text):
        held = f"{held} {piece}".strip()
        if not held.endswith(ABBREVIATIONS):
            yield held
            held = ""
    if held:
        yield held


def read_token(token: str) -> Token:
    """Read "word," or "{said|heard},"."""
    if not token.startswith("{"):
        return Token((token,), tuple(hear(token)))
    inside, _, after = token[1:].partition("}")
    said, _, heard = inside.partition("|")
    return Token(
        tuple((said + after).split()), tuple(w for part in heard.split() for w in hear(part))
    )


def hear(word: str) -> Iterator[str]:
    """The word as automatic captions write it: lower case, without punctuation."""
    bare = word.strip(PUNCTUATION)
    if bare:
        yield bare if KEPT_CAPITAL.fullmatch(bare) else bare.lower()
