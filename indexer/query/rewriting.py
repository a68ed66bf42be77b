"""Query rewriting: leaves out courtesies, which ask for nothing, and says what idioms stand for."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator
from importlib import resources

from indexer.analysis.segments import fold

_ENGLISH = r"""
    (?:hi|hello|hey)(?=[\s,.!]|$) (?:\s+ (?:there|doctor|dr|everyone|all)\b)?
    | good\s (?:morning|afternoon|evening)
    | (?:please|pls|plz|thanks|thank\s you|thx) (?:\s (?:so|very) \s much)?
      (?:\s (?:doctor|dr|all|everyone|for\s (?:your|the|all)\s (?:help|answers?)) (?!\s\w))?
    | (?:can|could|would|will)\s (?:you|u|someone|anyone|anybody|somebody)\s (?:please\s)?
      (?:(?:tell|explain|show|help|give|let)\b (?:\s (?:to\s)? (?:me|us))?
         (?:\s (?:know|understand|find)\b)? (?:\s more)?
         (?!\s(?:my|her|his|our|their|the)\s(?:kids|children|family|friends|boss)))
    | tell\s (?:me|us) (?:\s (?:more|all|everything|something))?
    | explain (?: \s to\s (?:me|us))? (?!\s to\b)
    | (?:i|we) (?:\s (?:would|do|really|just|only))* (?:'d)? \s
      (?:want|need|wanted|like|have|am\strying|are\strying)\s to\s
      (?:know|learn|understand|find\sout|hear|ask) (?:\s more)?
    | (?:i|we) (?:\s (?:am|was|are|were) | 'm | 're) (?:\s just)? \s (?:wondering|curious|asking)
    | (?:i|we) (?:\s (?:am|are) | 'm | 're) \s looking\s for
      (?:\s (?:information|info|videos?|answers?))?
    | (?:do\s you | does\s (?:anyone|anybody|someone|somebody)) \s know
    | (?:any|some|more)? \s? (?:information|info) (?=\s (?:on|about|regarding|for)\b)
    | (?:i\s have\s)? (?:a|another|quick|one)\s question (?:\s (?:about|on|regarding))?
    | what\s (?:can|do|could) \s you \s (?:tell\s (?:me|us) | know)
    | videos?\s (?:on|about)
    | in\s (?:plain|simple|easy|layman'?s?)\s (?:english|words|terms|language)
"""
_SPANISH = r"""
    (?:hola | buen[oa]s? \s (?:dias?|tardes|noches)) (?:\s (?:doctora?|dra?)\b)?
    | por\s favor | (?:muchas\s)? gracias (?:\s (?:doctora?|dra?|a\s todos) (?!\s\w))?
    | (?:me\s)? (?:pued(?:e|es|en)|podria[sn]?) \s (?:usted(?:es)?\s)? (?:por\sfavor\s)?
      (?:decir|explicar|contar|hablar|ayudar)(?:me|nos)? (?:\s a\s entender)?
    | (?:quiero|quisiera|quisieramos|queria|necesito|me\s gustaria|deseo) \s
      (?:saber|conocer|entender|preguntar) (?:\s mas)?
    | (?:diga|expli(?:que)|cuente|hable)(?:me|nos)\b | (?:di|explica|cuenta|habla)me\b
    | (?:mas\s)? informacion (?=\s (?:sobre|de|acerca)\b)
    | (?:tengo\s)? una\s (?:pregunta|duda) (?:\s (?:sobre|de|acerca))?
    | acerca\s de | respecto\s a | sobre
"""
_LETTER = re.compile(r"\w")
_WRAPPING = re.compile(rf"\b(?:{_ENGLISH}|{_SPANISH})(?!\w)", re.VERBOSE)


def drop_courtesies(text: str) -> str:
    """Blank out what a question is wrapped in, each character by a space.

    Letters and their accents are put together first. A text that is nothing else stays.
    """
    text = unicodedata.normalize("NFC", text)
    flat = text.translate(_FLAT) if text.isascii() else "".join(map(_flat, text))
    bare = _WRAPPING.sub(lambda wrapped: " " * len(wrapped[0]), flat)
    if (bare == flat and text.isprintable()) or not _LETTER.search(bare):
        return text  # but for a space nothing that is printed is white
    return "".join(a if b != " " else " " for a, b in zip(text, bare, strict=True))


def is_courtesy(text: str) -> bool:
    """Whether a text is nothing but a greeting or thanks, and so asks nothing."""
    folded = fold(text)
    first = _LETTER.search(folded)
    if first is None or not _WRAPPING.match(folded, first.start()):
        return first is None and _LETTER.search(text) is not None
    return not _LETTER.search(_WRAPPING.sub("", folded))


def _flat(letter: str) -> str:
    """Fold a letter, if that leaves one letter; white space becomes a space."""
    if letter.isspace():
        return " "
    if letter in "’‘´`":
        return "'"
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


_FLAT = {code: _flat(chr(code)) for code in range(128)}


_COMPILED = tuple(
    (re.compile(rf"\b{way.replace('MINE', one['mine'])}", re.IGNORECASE), one)
    for one in tomllib.loads((resources.files("indexer") / "data/idioms.toml").read_text("utf-8"))[
        "idioms"
    ]
    for way in one["asked"]
)


# Any of them, in small letters: most questions have none.
_ANY = re.compile("|".join(f"(?:{idiom.pattern})" for idiom, _ in _COMPILED))


def idioms_in(text: str) -> Iterator[tuple[int, int, str, str]]:
    """Yield what only people understand, by its characters, in plain words, and their language."""
    for idiom, one in _COMPILED if _ANY.search(text.lower()) else ():
        for found in idiom.finditer(text):
            yield *found.span(), one["plain"], one["language"]
