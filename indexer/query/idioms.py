"""Questions whose words say nothing of what they ask: "how long have I got?"."""

from __future__ import annotations

import re

_MINE = r"(?:i|we|he|she|they|my \w+|you)"
_IDIOMS = (
    (
        rf"how (?:long|much time) (?:(?:do|does|did|have|has|will) )?{_MINE}"
        r"(?: (?:have|has|got|live|left|realistically|really))+(?: (?:to|left|got) (?:live|go))?"
        r"(?= *(?:[?.!,]|$| with\b| if\b| without\b))",
        "life expectancy",
    ),
    (rf"(?:am i|are we|is {_MINE}) (?:going to|gonna) die", "life expectancy"),
    (
        r"what are (?:my|his|her|our|the) (?:chances|odds)(?: of (?:survival|surviving))?",
        "survival",
    ),
    (r"cu[aá]nto (?:tiempo )?(?:me|le|nos) queda(?: de vida)?", "esperanza de vida"),
    (r"(?:me voy|va|voy) a morir(?:me)?", "esperanza de vida"),
)
_COMPILED = tuple((re.compile(rf"\b{idiom}", re.IGNORECASE), plain) for idiom, plain in _IDIOMS)


def in_plain_words(text: str) -> str:
    """Put in plain words what only people understand; other text stays as it is."""
    for idiom, plain in _COMPILED:
        text = idiom.sub(plain, text)
    return text
