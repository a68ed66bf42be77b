"""Whom to call: the numbers of signposts."""

from collections.abc import Sequence

from catalog import PhoneLine, Signpost, base_language
from webapp.i18n.translations import interface


def numbers_to_call(signposts: Sequence[Signpost]) -> tuple[PhoneLine, ...]:
    """The numbers of signposts, each once: of those in the interface's language, if any is."""
    shown = interface().language
    mine = [one for one in signposts if base_language(one.language) == shown]
    lines = (line for one in mine or signposts for line in one.call)
    return tuple({line.number: line for line in lines}.values())
