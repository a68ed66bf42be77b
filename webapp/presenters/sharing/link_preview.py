"""Link previews: what other sites and messengers show of a link to a page of this one.

A moment is its question or its words, who says them and when; everything else its own title.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog import Catalogue, Library, Person, Question, Video, clock
from indexer import Generation
from transcripts import Transcript
from webapp.i18n.translations import gettext
from webapp.i18n.wording import plain_part_wording, plain_wording
from webapp.presenters.browsing.glossary import find_term, plain_definition, term_name
from webapp.presenters.moments.speakers import DASH, person_named, unnamed
from webapp.presenters.results.questions import cut_at_word
from webapp.presenters.sharing.opened_quote import OpenedQuote, open_quote, track_of
from webapp.presenters.watching.player import poster_file, version_of
from webapp.presenters.watching.transcript import landing_excerpt, sentence_at
from webapp.presenters.watching.watch_page import time_in
from webapp.rendering.cards import Card
from webapp.rendering.lettering import lettering
from webapp.rendering.moment_links import read_second

# More than this is no title and has no room in a picture; it is never shown in part.
LONGEST_WORDS = 300
LONGEST_DESCRIPTION = 600
# A link begins a little before the curator's second.
_BEFORE_MS = 1_000


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """The picture for a link, its title and description; "" where those of the page are meant.

    `of_page` says that the picture is of this very page.
    """

    card: Card
    title: str = ""
    description: str = ""
    of_page: bool = True


def site_preview() -> LinkPreview:
    """Of a page about nothing in particular, and of every search."""
    return LinkPreview(Card(gettext("Answers from lung cancer experts")), of_page=False)


def link_preview(
    generation: Generation, library: Library, kind: str, slug: str, asked: Mapping[str, str]
) -> LinkPreview | None:
    """Of the page of a kind that a slug names, asked for what a link carries; None for no page."""
    video = generation.catalogue.videos.get(slug)
    if kind == "quote" and video:
        return opened_preview(generation, library, open_quote(generation, video, asked))
    if kind == "watch" and video:
        return _watch(generation, library, video, asked)
    card = _entry(generation.catalogue, kind, slug)
    return LinkPreview(card) if card else None


def _watch(
    generation: Generation, library: Library, video: Video, asked: Mapping[str, str]
) -> LinkPreview:
    spoken = track_of(generation, video.slug, asked.get("lang", ""))
    transcript = spoken or generation.transcript(video.slug)
    at_ms = time_in(video, transcript, read_second(asked.get("t")))
    return moment_preview(generation, library, video, transcript, at_ms)


def moment_preview(
    generation: Generation,
    library: Library,
    video: Video,
    transcript: Transcript | None,
    at_ms: int | None,
) -> LinkPreview:
    """Of a moment of a video, whose transcript was read already; of the video without one."""
    if at_ms is None:
        return video_preview(generation, library, video)
    return _to_be_seen(_moment(generation, video, transcript, at_ms), library, video)


def _entry(catalogue: Catalogue, kind: str, slug: str) -> Card | None:
    """A topic, a series, a person or a word, and what is said of it in short."""
    if kind == "topic" and (topic := catalogue.topics.get(slug)):
        return Card(plain_wording(topic), source=plain_wording(topic, "description"))
    if kind == "person" and (person := catalogue.people.get(slug)):
        who = [plain_wording(person, "role"), plain_wording(person, "affiliation")]
        return Card(person.name, source=", ".join(part for part in who if part))
    if kind == "term" and (term := find_term(slug, catalogue.terms)):
        return Card(term_name(term)[0], source=plain_definition(term))
    if kind == "series":
        for one in catalogue.series:
            if one.slug == slug:
                return Card(plain_wording(one), source=plain_wording(one, "description"))
    return None


def opened_preview(generation: Generation, library: Library, opened: OpenedQuote) -> LinkPreview:
    """The same of a quote that was opened already."""
    quoted, video = opened.quoted, opened.video
    if quoted is None:
        return video_preview(generation, library, video)
    names = tuple(dict.fromkeys(turn.speaker for turn in quoted.turns if turn.heard_as))
    said = [(turn.speaker if turn.heard_as else "", turn.text) for turn in quoted.turns]
    shown = _words(generation, video, quoted.text, quoted.start_ms, "; ".join(names), said)
    return _to_be_seen(shown, library, video)


def _to_be_seen(shown: LinkPreview, library: Library, video: Video) -> LinkPreview:
    """The same, with the video's still picture where no font here has the letters of the words."""
    poster = None if lettering(shown.card.words).text else poster_file(library, video.slug)
    if poster is None:
        return shown
    card = replace(shown.card, poster=poster, poster_version=version_of(poster))
    return replace(shown, card=card)


def _moment(
    generation: Generation, video: Video, transcript: Transcript | None, at_ms: int
) -> LinkPreview:
    place = sentence_at(transcript.sentences, at_ms) if transcript else None
    question = _asked_at(video, at_ms)
    if transcript is None or place is None:
        title = plain_part_wording(question.text, video) if question else plain_wording(video)
        return LinkPreview(Card(title, source=plain_wording(video), time=clock(at_ms)), title)
    readable = generation.readable(video.slug, transcript.track.language)
    people = generation.catalogue.speakers_of(video)
    excerpt = landing_excerpt(transcript, place, readable)
    said = [(_named(speaker, people), text) for speaker, text in excerpt.said]
    sentence = readable[place] if readable else transcript.sentences[place].text
    shown = _words(generation, video, sentence, at_ms, said[0][0], said)
    if question is None:
        return shown
    asks = plain_part_wording(question.text, video)
    # Below a question stands who answers it, not who asks.
    answering = dict.fromkeys(name for name, text in said if name and not text.endswith("?"))
    return LinkPreview(
        replace(shown.card, words=asks, by="; ".join(answering)), asks, shown.description
    )


def _words(
    generation: Generation,
    video: Video,
    words: str,
    at_ms: int,
    by: str,
    said: list[tuple[str, str]],
) -> LinkPreview:
    title = plain_wording(video)
    fits = len(words) <= LONGEST_WORDS
    card = Card(
        f"“{words}”" if fits else title,
        by,
        f"{title} · {plain_wording(generation.catalogue.series_of(video))}",
        clock(at_ms),
    )
    turns = (f"{name}: “{text}”" if name else f"“{text}”" for name, text in said)
    return LinkPreview(card, f"“{words}”" if fits else title, _short(" ".join(turns)))


def video_preview(generation: Generation, library: Library, video: Video) -> LinkPreview:
    """Of a video from its beginning."""
    poster = poster_file(library, video.slug)
    return LinkPreview(
        Card(
            plain_wording(video),
            "; ".join(generation.catalogue.names_of(video)),
            plain_wording(generation.catalogue.series_of(video)),
            poster=poster,
            poster_version=version_of(poster) if poster else "",
        )
    )


def _asked_at(video: Video, at_ms: int) -> Question | None:
    """The curated question whose answer begins at a time."""
    begun = [
        question
        for question in video.questions
        if question.start_ms is not None and abs(question.start_ms - at_ms) <= _BEFORE_MS
    ]
    return min(begun, key=lambda one: abs((one.start_ms or 0) - at_ms), default=None)


def _named(speaker: str, people: tuple[Person, ...]) -> str:
    """The name that captions put to words; "" where they name nobody."""
    if speaker in ("", DASH, *unnamed()):
        return ""
    person = person_named(speaker, people)
    return person.name if person else speaker


def _short(text: str) -> str:
    if len(text) <= LONGEST_DESCRIPTION:
        return text
    return f"{cut_at_word(text, LONGEST_DESCRIPTION)} …"
