"""Hits as pages show them: the sentence that answers, who says it, and what is said around it."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from urllib.parse import quote

import msgspec

from catalog import Catalogue, Person, Question, Series, Video, base_language
from indexer import Hit, Query, detected_language, tells_of
from webapp.i18n.translations import interface
from webapp.i18n.wording import plain_part_wording
from webapp.presenters.moments.readable import asks_same, behind_asking, readable_hit
from webapp.presenters.moments.speakers import dashed, labels, person_named
from webapp.rendering.highlights import Fragment, highlighted, shortened

# So many characters at least of what is said next tell something.
_WORTH_SHOWING = 40
# What is said so soon after a question was asked answers it.
_AT_FIRST_MS = 12_000


class SnippetTurn(msgspec.Struct, frozen=True):
    """What one speaker says in a row of a snippet; `asked` when it only leads to the answer.

    `answer` is what of it answers, with its highlights; `before` and `after` stand around that.
    `speaker` says who, where somebody begins to speak and captions tell that, else "". `goes_on`
    says of the last that more of it is said in the video.
    """

    before: str = ""
    answer: tuple[Fragment, ...] = ()
    after: str = ""
    speaker: str = ""
    asked: bool = False
    goes_on: bool = False


class Moment(msgspec.Struct, frozen=True):
    """One hit, ready to be shown: the sentence that answers, and the snippet around it in `parts`.

    `speaker` is who says the sentence, "" where captions do not tell; `person` that one in the
    catalogue. `heard` are all who speak in the video. `introduced` says that the page has
    told already what they do, `notice` that the notice of the series is to be shown here.
    `asks` is the question that is answered, in the language `asks_in`, if any is known. `path` is
    the page that plays it, `foreign` the language of its words where that of the video or the
    question is another; `subtitled` says that the video speaks another one.
    """

    hit: Hit
    video: Video
    series: Series
    path: str
    speaker: str = ""
    person: Person | None = None
    heard: tuple[Person, ...] = ()
    introduced: bool = False
    notice: bool = False
    asks: str = ""
    asks_in: str = ""
    foreign: str = ""

    @property
    def people(self) -> tuple[Person, ...]:
        """Those of the video, where it is not known who of them says it."""
        return () if self.speaker else self.heard

    @property
    def sentence(self) -> tuple[Fragment, ...]:
        """The sentence that answers, with its highlights."""
        return _highlighted(self.hit, *self.hit.answer)

    @property
    def then(self) -> str:
        """What the same speaker says next, as far as the snippet goes."""
        text, (first, last) = self.hit.text, self.hit.answer
        for start, end in _pieces(self.hit):
            if text[max(first, start) : min(last, end)].strip():
                return text[min(last, end) : end].rstrip()
        return ""

    @property
    def parts(self) -> tuple[SnippetTurn, ...]:
        """What the hit says, split where the answer begins and where another speaker does."""
        return tuple(_parts(self.hit, self.heard))

    @property
    def automatic(self) -> bool:
        """Whether a machine wrote the captions."""
        return self.hit.captions == "auto"

    @property
    def subtitled(self) -> bool:
        """Whether its words are in another language than the video speaks."""
        return base_language(self.hit.language) != base_language(self.video.language)

    @property
    def tells_role(self) -> bool:
        """Whether the role is to be told with the name: at first, of one alone."""
        return not self.introduced and (self.person is not None or len(self.people) == 1)

    @property
    def goes_on(self) -> bool:
        """Whether more is said around the sentence than it."""
        return self.hit.goes_on or self.hit.answer != (0, len(self.hit.text))

    def sentence_in(self, most: int) -> tuple[Fragment, ...]:
        """The sentence that answers, or about so many of its characters."""
        return shortened(self.sentence, most)

    def then_in(self, most: int) -> str:
        """As much of what is said next as fits behind the sentence into so many characters."""
        room = most - (self.hit.answer[1] - self.hit.answer[0])
        if room < _WORTH_SHOWING:
            return ""
        then = self.then
        return then if len(then) <= room else then[: room - 1].rsplit(" ", 1)[0] + " …"


def moments_of(
    hits: Iterable[Hit],
    catalogue: Catalogue,
    question: str = "",
    told: Iterable[str] = (),
    query: Query | None = None,
    asked_in: str | None = None,
) -> tuple[Moment, ...]:
    """Hits in their order; people are introduced once and each notice is said once.

    The page of a video is then searched for the `question`, if any, which was read as `query`; it
    is told what language that is `asked_in` where nobody says. The notices in `told` are on the
    page already.
    """
    asked_in = detected_language(question) if asked_in is None else asked_in
    return tuple(_moments(hits, catalogue, question, {"", *told}, query, asked_in))


def punctuated(moments: Iterable[Moment]) -> bool:
    """Whether any of them is read with punctuation that its captions lack."""
    return any(moment.hit.readable for moment in moments)


def _moments(
    hits: Iterable[Hit],
    catalogue: Catalogue,
    question: str,
    told: set[str],
    query: Query | None,
    asked_in: str,
) -> Iterator[Moment]:
    introduced: set[str] = set()
    asked = f"&q={quote(question)}" if question else ""
    for hit in map(readable_hit, hits):
        video = catalogue.videos[hit.video]
        series, people = catalogue.series_of(video), catalogue.speakers_of(video)
        speaker = _speaker(hit)
        person = person_named(speaker, people) if speaker else None
        asks, asks_in = _question_of(hit, video, question, query)
        if asks and not hit.turns:
            hit = behind_asking(hit, asks)  # noqa: PLW2901 - the same hit, as it is shown
        named = {one.slug for one in ((person,) if person else () if speaker else people)}
        yield Moment(
            hit,
            video,
            series,
            hit.url + asked,
            person.name if person else speaker,
            person,
            people,
            introduced=named <= introduced,
            notice=series.notice not in told,
            asks=asks,
            asks_in=asks_in,
            foreign=_foreign(hit, video, asked_in),
        )
        introduced |= named
        told.add(series.notice)


def _speaker(hit: Hit) -> str:
    """Who says the sentence that answers, as captions name them; "" where they do not."""
    return next((name for at, name, _ in reversed(hit.turns) if at <= hit.answer[0]), "")


def _highlighted(hit: Hit, start: int, end: int) -> tuple[Fragment, ...]:
    """A stretch of what a hit says, with its highlights."""
    spans = [(a - start, b - start) for a, b in hit.spans if a < end and b > start]
    return highlighted(hit.text[start:end], spans)


def _question_of(hit: Hit, video: Video, typed: str, query: Query | None) -> tuple[str, str]:
    """The question that a hit answers, and its language: the catalogue's, else as it is asked.

    The one that is answered where the hit is, or soon, when that is more like what was typed.
    """
    spans = [(one, span) for one in video.questions if (span := one.answer_span)]
    asked = [
        one
        for one, (start, end) in spans
        if start <= hit.match_ms < end and _belongs(one, hit.match_ms - start, video, query)
    ]
    asked += [
        one
        for one, (start, _) in spans
        if hit.match_ms < start < hit.end_ms and asks_same(typed, one.text)
    ]
    if asked:
        text = asked[-1].text
        shown = plain_part_wording(text, video)
        return shown, video.language if shown == text else interface().language
    return hit.text[: hit.answer_at].rstrip(), hit.language


def _belongs(question: Question, since_ms: int, video: Video, query: Query | None) -> bool:
    """Whether a question may head what is said so long after it: later on it has to be asked for.

    Somebody who answers goes on to other things, which the question says nothing of.
    """
    if query is None or since_ms < _AT_FIRST_MS:
        return True
    texts = {video.language: question.text, **question.translations}
    return any(tells_of(query, text, language) for language, text in texts.items())


def _parts(hit: Hit, people: Sequence[Person]) -> Iterator[SnippetTurn]:
    """Split what a hit says where the answer begins, and where another speaker does."""
    called = labels([(_name(speaker, people), turn) for _, speaker, turn in hit.turns])
    names = {at: dashed(name) for (at, _, _), name in zip(hit.turns, called, strict=True)}
    for start, end in _pieces(hit):
        first, last = (min(max(at, start), end) for at in hit.answer)
        yield SnippetTurn(
            hit.text[start:first],
            _highlighted(hit, first, first + len(hit.text[first:last].rstrip())),
            hit.text[last:end].rstrip(),
            names.get(start, ""),
            asked=start < hit.answer_at,
            goes_on=hit.goes_on and end == len(hit.text),
        )


def _pieces(hit: Hit) -> Iterator[tuple[int, int]]:
    """The characters of a hit where the answer begins, or another speaker, to the next."""
    return pairwise(sorted({0, hit.answer_at, *(at for at, _, _ in hit.turns), len(hit.text)}))


def _name(speaker: str, people: Sequence[Person]) -> str:
    """The catalogue's name for a speaker, or as captions write it."""
    person = person_named(speaker, people)
    return person.name if person else speaker


def _foreign(hit: Hit, video: Video, asked_in: str) -> str:
    said = base_language(hit.language)
    foreign = {base_language(video.language), asked_in or said} != {said}
    return hit.language if foreign else ""


def shared_notice(shown: Iterable[Series]) -> Series | None:
    """The series whose notice is said once for all that is shown; None where notices differ."""
    by_notice: dict[str, Series] = {}
    for series in shown:
        by_notice.setdefault(series.notice, series)
    only = next(iter(by_notice.values())) if len(by_notice) == 1 else None
    return only if only and only.notice else None
