"""What a file of captions looks like from outside: enough to tell captions from anything else.

Reading them is another module's work; here it is only decided whether they are worth keeping.
"""

import re

from transcripts.formats import recognition
from transcripts.model import CAPTION_FORMATS
from transcripts.sites.outcomes import Outcome
from transcripts.text import encoding_of


def form_of(content: bytes) -> str:
    """One of the forms that are read, like `json3`, by the content alone; else empty."""
    form = recognition.form_of(_text(content))
    return form if form in CAPTION_FORMATS else ""


def worth_keeping(content: bytes) -> Outcome:
    """FETCHED for captions with words in them; else what is the matter with them."""
    if not content:
        return Outcome.WITHHELD
    text = _text(content)
    if not text.strip():
        return Outcome.EMPTY
    form = form_of(content)
    if not form:
        return Outcome.UNREADABLE
    has_words = re.search(r'"utf8"\s*:\s*"', text) if form == "json3" else True
    if form == "vtt":
        has_words = "-->" in text
    return Outcome.FETCHED if has_words else Outcome.EMPTY


def damaged(content: bytes) -> bool:
    """Whether captions with words in them were lost; what has times a person may have written."""
    text = _text(content).lstrip()
    written = "-->" in text and "\x00" not in text and not text.startswith("<")
    return worth_keeping(content) is not Outcome.FETCHED and not written


def _text(content: bytes) -> str:
    return content.decode(encoding_of(content), "replace").removeprefix("\ufeff")
