"""The addresses of this site's pages, without the language of the interface."""

import re
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

from webapp.i18n.times import whole_seconds

_AS_IT_IS = re.compile(r"[A-Za-z0-9_.-]+").fullmatch


def query_of(**values: object) -> str:
    """`?t=83&q=cough`: the values in their order, without those that are None or ""."""
    pairs = [f"{n}={_quoted(str(v))}" for n, v in values.items() if v is not None and v != ""]
    return "?" + "&".join(pairs) if pairs else ""


def _quoted(value: str) -> str:
    """A value percent-encoded; most are numbers and slugs, and stay as they are."""
    return value if _AS_IT_IS(value) else quote(value)


def kept_query(**values: object) -> str:
    """The same without the `?`, for what links to a page keep."""
    return query_of(**values).removeprefix("?")


def page_path(page: str, slug: str, query: str = "") -> str:
    """The page of that kind that a slug names: `/series/...`, `/quote/...?...`."""
    return f"/{page}/{quote(slug)}" + (f"?{query}" if query else "")


def watch_path(
    slug: str, at_ms: int | None = None, language: str = "", question: str = "", anchor: str = ""
) -> str:
    """The page of a video: at a time, with captions in a language, searched for a question."""
    return f"/watch/{slug}{_query(at_ms, language, question)}{anchor and '#' + anchor}"


def watch_query(at_ms: int | None, language: str) -> str:
    """What a link to a moment of a video keeps."""
    return _query(at_ms, language, "").removeprefix("?")


def search_path(text: str, *, exact: bool = False, answers: int | None = None) -> str:
    """The results for a question, so many `answers` of them where that is not the usual number."""
    return "/search" + query_of(q=text, exact=1 if exact else None, answers=answers)


def search_query(text: str, *, exact: bool = False) -> str:
    """What a link to the results for a question keeps."""
    return kept_query(q=text, exact=1 if exact else None)


def questions_path(topic: str = "") -> str:
    """All questions, or those of the topic that a slug names."""
    return "/questions" + query_of(topic=topic)


def topics_path(group: str = "") -> str:
    """All topics, at the place of a group."""
    return "/topics" + (f"#{quote(group)}" if group else "")


def list_path(query: str) -> str:
    """The list for an appointment, as its query holds it."""
    return f"/appointment?{query}"


def keep_path(key: str) -> str:
    """Where a moment is put on the list for an appointment."""
    return list_path(f"add={key}")


def oembed_path(address: str) -> str:
    """What programs learn of a page that can be shown in a frame; `address` is its whole one."""
    return "/oembed" + query_of(url=address)


def choose_path(
    slug: str, language: str = "", start_ms: int | None = None, end_ms: int | None = None
) -> str:
    """Where a quote is made of what is said from a time on."""
    path = f"/quote/{slug}/choose{query_of(lang=language)}"
    if start_ms is None:
        return path
    end = f"&to={end_ms / 1000}" if end_ms else ""
    return f"{path}{'&' if language else '?'}from={start_ms / 1000}{end}"


def moment_key(slug: str, start_ms: int, end_ms: int | None = None, language: str = "") -> str:
    """A moment as lists for an appointment carry it: `just-diagnosed~83-121~en`."""
    end = f"-{whole_seconds(end_ms + 999)}" if end_ms else ""
    return f"{slug}~{whole_seconds(start_ms)}{end}" + (f"~{language}" if language else "")


def host_of(address: str) -> str:
    """The site that a whole address leads to, without `www.`."""
    return (urlsplit(address).hostname or "").removeprefix("www.")


def without_scheme(address: str) -> str:
    """An address as people write it by hand, also one inside of it."""
    return address.replace("https://", "").replace("http://", "")


@dataclass(frozen=True, slots=True)
class WatchLinks:
    """Links on the page of a video, which keep its captions and the question asked of it.

    `language` is "" where the captions are those that are shown anyway; `part` is the number of
    the part of a long transcript, None where there is only one; `quoted` is the question as links
    carry it. Of sentences that are `unclear`, by
    their ids, the second they begin in means another one.
    """

    language: str = ""
    question: str = ""
    part: int | None = None
    unclear: frozenset[str] = frozenset()
    quoted: str = field(init=False, repr=False)
    _kept: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        # The same in every link, of which a page has hundreds.
        object.__setattr__(self, "quoted", _quoted(self.question))
        object.__setattr__(self, "_kept", kept_query(lang=self.language, q=self.question))

    def second(self, at_ms: int) -> str:
        """This page at a time."""
        return self._to(at_ms)

    def sentence(self, at_ms: int, anchor: str, part: int | None = None) -> str:
        """A sentence of the transcript, of the part that is shown unless said otherwise."""
        shown = self.part and (part or self.part)
        line = anchor if anchor in self.unclear else ""
        return f"{self._to(at_ms, kept_query(part=shown, line=line))}#{anchor}"

    def landing(self, at_ms: int, anchor: str) -> str:
        """The sentence that a link leads to, which is on this page when there are no parts."""
        return self.sentence(at_ms, anchor) if self.part else f"#{anchor}"

    def to_part(self, number: int) -> str:
        """Another part of the transcript."""
        return query_of(part=number, lang=self.language, q=self.question) + "#transcript"

    def captions(self, language: str, at_ms: int | None) -> str:
        """This page with captions in another language."""
        return _query(at_ms, language, self.question)

    def _to(self, at_ms: int, place: str = "") -> str:
        """This page at a time, and at a place in its transcript."""
        return "?" + "&".join(filter(None, (f"t={whole_seconds(at_ms)}", self._kept, place)))


def _query(at_ms: int | None, language: str, question: str) -> str:
    second = None if at_ms is None else whole_seconds(at_ms)
    return query_of(t=second, lang=language, q=question)
