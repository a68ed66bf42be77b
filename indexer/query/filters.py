"""What a filter can name, and what of the library it leaves."""

from collections import defaultdict
from collections.abc import Sequence

from catalog import Catalogue, base_language, read_word_lists
from indexer.analysis.tokenizer import fold

FIELDS = ("series", "topic", "speaker")
SHORTEST_BEGINNING = 3

Choices = list[tuple[tuple[str, ...], frozenset[str]]]

_NAMES = read_word_lists("indexer/data/languages.toml").several("names")
_CODES = {fold(name): code for code, names in _NAMES.items() for name in names}


def apply_filter(
    field: str, value: str, catalogue: Catalogue, languages: Sequence[str]
) -> frozenset[str] | str | None:
    """Return the videos that a filter leaves, or the language it names; None when it is unknown."""
    wanted = fold(value).strip(" ,.;")
    if not wanted:
        return None
    if field == "language":
        return _language(wanted, languages)
    return videos_named(wanted, choices(field, catalogue)) or None


def _language(wanted: str, languages: Sequence[str]) -> str | None:
    """Return the code of a language, given by its name or code, in which something is said."""
    code = _CODES.get(wanted, base_language(wanted))
    return code if any(base_language(known) == code for known in languages) else None


def videos_named(wanted: str, known: Choices) -> frozenset[str]:
    """Return the videos of all that has a folded name, or words of a name, or their beginning.

    A beginning has three letters or more.
    """
    named = (videos for names, videos in known if any(_names(wanted, fold(n)) for n in names))
    return frozenset().union(*named)


def _names(wanted: str, name: str) -> bool:
    if len(wanted) < 2:
        return wanted == name
    return any(
        not _goes_on(name[:at][-1:])
        and (len(wanted) >= SHORTEST_BEGINNING or not _goes_on(name[at + len(wanted) :][:1]))
        for at in range(len(name))
        if name.startswith(wanted, at)
    )


def _goes_on(letter: str) -> bool:
    """Whether a word goes on with a letter."""
    return letter.isalnum() or letter == "_"


def choices(field: str, catalogue: Catalogue) -> Choices:
    """List what a filter can name, slug and title first, each with its videos."""
    if field == "series":
        return [
            ((one.slug, one.title, one.kind or ""), frozenset(video.slug for video in one.videos))
            for one in catalogue.series
        ]
    videos: dict[str, set[str]] = defaultdict(set)
    for video in catalogue.videos.values():
        for slug in video.topics if field == "topic" else video.speakers:
            videos[slug].add(video.slug)
    names: list[tuple[str, ...]]
    if field == "topic":
        names = [(topic.slug, topic.title) for topic in catalogue.topics.values()]
    else:
        names = [(one.slug, one.name, *one.also) for one in catalogue.people.values()]
    return [(known, frozenset(videos[known[0]])) for known in names]
