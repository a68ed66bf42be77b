"""Whom to call: the numbers of signposts, and what is said to whoever cannot search."""

from collections.abc import Sequence

from catalog import PhoneLine, Signpost, base_language
from webapp.i18n.translations import interface


def numbers_to_call(signposts: Sequence[Signpost]) -> tuple[PhoneLine, ...]:
    """The numbers of signposts, each once: of those in the interface's language, if any is."""
    lines = (line for one in _in_language(signposts) for line in one.call)
    return tuple({line.number: line for line in lines}.values())


def emergencies(signposts: Sequence[Signpost]) -> tuple[Signpost, ...]:
    """The signposts for an emergency of any kind, in the interface's language, if any is."""
    return tuple(one for one in _in_language(signposts) if "emergency" in one.signs)


def _in_language(signposts: Sequence[Signpost]) -> Sequence[Signpost]:
    shown = interface().language
    return [one for one in signposts if base_language(one.language) == shown] or signposts
