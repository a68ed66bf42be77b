"""Citations: a quote with who said it, where and when, as text, HTML, Markdown or a frame."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from catalog import Operator, Person, Series, clock
from webapp.i18n.times import day
from webapp.i18n.translations import N_, gettext
from webapp.presenters.moments.speakers import speaker_in
from webapp.presenters.sharing.quotation import Quotation
from webapp.rendering.addresses import page_path

WIDTH, HEIGHT = 640, 620
ALLOW = "autoplay; encrypted-media; fullscreen; picture-in-picture"
_MARKED = re.compile(r"([\\`*_\[\]<>&#~|!@$]|:(?=//))")
_WWW = re.compile(r"(www)\.", re.IGNORECASE)
# By who is named, and whether it is known when it was recorded.
_SOURCES = {
    ("speaker", True): N_("%(who)s, in “%(title)s” (%(series)s), recorded %(day)s, at %(time)s."),
    ("speaker", False): N_("%(who)s, in “%(title)s” (%(series)s), at %(time)s."),
    ("people", True): N_(
        "From “%(title)s” (%(series)s) with %(people)s, recorded %(day)s, at %(time)s."
    ),
    ("people", False): N_("From “%(title)s” (%(series)s) with %(people)s, at %(time)s."),
    ("nobody", True): N_("From “%(title)s” (%(series)s), recorded %(day)s, at %(time)s."),
    ("nobody", False): N_("From “%(title)s” (%(series)s), at %(time)s."),
}


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote with its source, in the forms that people paste."""

    text: str
    html: str
    markdown: str


def citation(quoted: Quotation, people: Sequence[Person], series: Series, address: str) -> Citation:
    """Cite a quote; `people` speak in its video, `address` is the whole link to it."""
    values = _values(quoted, people, series)
    source = _source(quoted, people)
    how = _captions(quoted)
    marked = {name: in_markdown(value) for name, value in values.items()}
    return Citation(
        _as_text(quoted, source % values, how, address),
        _as_html(quoted, escape(source) % values, how, address),
        _as_markdown(quoted, source % marked, in_markdown(how), address),
    )


def in_markdown(text: str) -> str:
    """A text that Markdown shows as it is, whatever marks are in it."""
    line = " ".join(text.split())
    return _WWW.sub(r"\1\\.", _MARKED.sub(r"\\\1", line))


def whose(person: Person) -> str:
    """A person with their role: `Dr. Shaw, oncologist`."""
    if not person.role:
        return person.name
    return gettext("%(name)s, %(role)s") % {"name": person.name, "role": person.role}


def _as_text(quoted: Quotation, source: str, how: str, address: str) -> str:
    lines = "\n".join(f"{name}: “{text}”" if name else f"“{text}”" for name, text in _named(quoted))
    return f"{lines}\n— {source} {how}\n{address}"


def _named(quoted: Quotation) -> tuple[tuple[str, str], ...]:
    """Who says what; one alone is named in the source, not here."""
    return quoted.by if len(quoted.by) > 1 else (("", quoted.by[0][1]),)


def _as_html(quoted: Quotation, source: Markup, how: str, address: str) -> str:
    said = Markup("\n").join(
        Markup("<p>{}: “{}”</p>").format(speaker_in(name, quoted.language), text)
        if name
        else Markup("<p>“{}”</p>").format(text)
        for name, text in _named(quoted)
    )
    whole = Markup(
        '<blockquote cite="{address}" lang="{language}">\n{said}\n</blockquote>\n'
        '<p>— {source} {how} <a href="{address}">{watch}</a></p>'
    ).format(
        address=address,
        language=quoted.language,
        said=said,
        source=source,
        how=how,
        watch=_watch(),
    )
    # Plain text from here on: the page that shows it escapes it once more.
    return str(whole)


def _as_markdown(quoted: Quotation, source: str, how: str, address: str) -> str:
    said = "\n>\n".join(
        f"> {in_markdown(name)}: “{in_markdown(text)}”" if name else f"> “{in_markdown(text)}”"
        for name, text in _named(quoted)
    )
    return f"{said}\n\n— {source} {how} [{in_markdown(_watch())}]({address})"


def _watch() -> str:
    return gettext("Watch this part")


def _values(quoted: Quotation, people: Sequence[Person], series: Series) -> dict[str, str]:
    speakers = dict.fromkeys(
        whose(turn.person) if turn.person else turn.speaker
        for turn in quoted.turns
        if turn.heard_as
    )
    return {
        "who": "; ".join(speakers),
        "people": "; ".join(whose(person) for person in people),
        "title": quoted.video.title,
        "series": series.title,
        "day": day(quoted.video.recorded),
        "time": clock(quoted.start_ms),
    }


def _source(quoted: Quotation, people: Sequence[Person]) -> str:
    """The sentence that names the source, with places for its values.

    It names nobody for words of which some have no speaker: only who is in the video.
    """
    who = "speaker" if quoted.named else "people" if people else "nobody"
    return gettext(_SOURCES[who, bool(quoted.video.recorded)])


def _captions(quoted: Quotation) -> str:
    if quoted.made_by:
        made_here = gettext(
            "Captions: made here by a machine (%(machine)s). Names of drugs may be mis-heard."
        )
        return made_here % {"machine": quoted.made_by}
    if quoted.kind == "auto":
        return gettext("Captions: automatic. Names of drugs may be mis-heard.")
    if quoted.kind == "translated":
        return gettext("Captions: translated by a machine.")
    return gettext("Captions: written by people.")


def embed_code(operator: Operator, origin: str, quoted: Quotation) -> str:
    """The HTML that shows a quote in a frame; "" where the operator allows no site to."""
    if not operator.embed_at:
        return ""
    address = origin + page_path("embed", quoted.video.slug, quoted.query)
    return frame(address, quoted.video.title, site=origin)


def frame(
    address: str, title: str, width: int = WIDTH, height: int = HEIGHT, site: str = ""
) -> str:
    """A frame for another site's page. Without a referrer, YouTube's player would not play.

    A script of the `site` gives it the height of its content; "" leaves it as high as it is.
    """
    html = Markup(
        '<iframe src="{address}" title="{title}" width="{width}" height="{height}" '
        'loading="lazy" referrerpolicy="strict-origin-when-cross-origin" allow="{allow}" '
        'allowfullscreen style="border:0;max-width:100%"></iframe>'
    )
    shown = html.format(address=address, title=title, width=width, height=height, allow=ALLOW)
    script = Markup('\n<script async src="{site}/embed.js"></script>').format(site=site)
    return str(shown + script if site else shown)
