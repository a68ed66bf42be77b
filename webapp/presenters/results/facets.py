"""Facets: what a results page offers to narrow an answer down, and to take back again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from types import MappingProxyType
from urllib.parse import urlencode

from catalog import Catalogue
from indexer import Count, Filter
from webapp.i18n.languages import language_name
from webapp.i18n.translations import N_, gettext
from webapp.presenters.results.questions import LONGEST

# The heading of a field's values, and what one of them is.
_TITLES = {
    "series": (N_("Series"), N_("Series")),
    "topic": (N_("Topics"), N_("Topic")),
    "speaker": (N_("People"), N_("Person")),
    "language": (N_("Languages"), N_("Language")),
}
# The language of the name of a filter, by its field and value.
FilterLanguages = Mapping[tuple[str, str], str]
NOT_KNOWN: FilterLanguages = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A link to the same question with a filter, and in how many videos it then finds something.

    `language` is that of the name; "" where it is a person's.
    """

    name: str
    address: str
    videos: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field that an answer can be narrowed down to."""

    title: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """A filter by its name, and a link to the same question without it.

    `only` is false of one that leaves out what it names.
    """

    title: str
    name: str
    address: str
    only: bool = True
    language: str = ""


def facets(
    text: str, counts: Iterable[Count], *, exact: bool, languages: FilterLanguages = NOT_KNOWN
) -> tuple[Facet, ...]:
    """Offer each filter that was counted; none where the question is too long for another."""
    found = []
    for field, counted in groupby(counts, key=lambda count: count.field):
        values = tuple(
            FacetValue(
                _name(count),
                search_address(narrowed, exact=exact),
                count.videos,
                _language(count.field, count.value, languages),
            )
            for count in counted
            if len(narrowed := f"{text} {count.field}:{count.value}") <= LONGEST
        )
        if values:
            found.append(Facet(gettext(_TITLES[field][0]), values))
    return tuple(found)


def applied_filters(
    text: str,
    places: Iterable[tuple[int, int]],
    known: Iterable[Filter],
    *,
    exact: bool,
    languages: FilterLanguages = NOT_KNOWN,
) -> tuple[AppliedFilter, ...]:
    """Offer to take each filter of a question off, given by its characters."""
    names = {(one.field, one.value): one.name for one in known}
    found = []
    for start, end in places:
        field, _, typed = text[start:end].removeprefix("-").partition(":")
        value = typed.strip(' "“”„«»‟,.;')
        name = names.get((field.lower(), value.lower()), value)
        rest = " ".join(f"{text[:start]} {text[end:]}".split())
        found.append(
            AppliedFilter(
                gettext(_TITLES[field.lower()][1]),
                language_name(value) if field.lower() == "language" else name,
                search_address(rest, exact=exact),
                only=text[start] != "-",
                language=_language(field.lower(), value.lower(), languages),
            )
        )
    return tuple(found)


def search_address(text: str, *, exact: bool) -> str:
    """The address of the results for a question."""
    return "/search?" + urlencode({"q": text} | ({"exact": 1} if exact else {}))


def languages_of_filters(catalogue: Catalogue) -> FilterLanguages:
    """The languages in which series and topics are named."""
    series = {("series", one.slug): one.language for one in catalogue.series}
    return series | {("topic", one.slug): one.language for one in catalogue.topics.values()}


def _language(field: str, value: str, languages: FilterLanguages) -> str:
    return value if field == "language" else languages.get((field, value), "")


def _name(count: Count) -> str:
    return language_name(count.value) if count.field == "language" else count.name
