"""What assistants can ask for: search, open a moment, read a transcript, and lists. Read only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, TypeVar

import msgspec

from catalog import Operator, Video, clock
from indexer import Budget, Generation, Shelf, signposts_for
from transcripts import Transcript
from webapp.api.entries import language_among, question_entries, topic_entry, video_entry
from webapp.api.paging import Part
from webapp.assistants.citations import found_citations, opened_moment, read_transcript
from webapp.presenters.results.questions import clean_question
from webapp.presenters.results.youtube_links import youtube_link
from webapp.presenters.watching.transcript import sentence_at
from webapp.presenters.watching.watch_page import time_in
from webapp.rendering.moment_links import link_pairs, mended_path, read_time

Entry = TypeVar("Entry")
# What a tool answers, as it is encoded.
Told = dict[str, Any]

SEARCH_SECONDS = 2.0
MOST_MOMENTS, MOST_SENTENCES, MOST_LISTED, LONGEST_S = 20, 300, 100, 300


class NotHereError(Exception):
    """What was asked for is not here; the message says where to look."""


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools over a library's served generation, which may be a newer one at each call.

    All raise NotHereError, and NoIndex where there is no index.
    """

    shelf: Shelf
    operator: Operator

    def search(self, query: str, limit: int) -> Told:
        """The moments that answer a question."""
        asked = clean_question(query).text
        if not asked:
            raise NotHereError("Say what to search for, in words.")
        generation = self.shelf.current()
        answer = generation.search(asked, limit=limit, budget=Budget(SEARCH_SECONDS))
        urgent = signposts_for(query, self.operator.urgent)
        return _told(found_citations(generation, self.operator, answer, urgent))

    def open_moment(self, moment: str, seconds: int) -> Told:
        """What is said from a moment on, for so many seconds."""
        generation = self.shelf.current()
        video, at_ms, language = read_moment(moment, generation)
        transcript = _transcript(generation, video, language)
        sentences = transcript.sentences
        if time_in(video, transcript, at_ms) is None:
            raise NotHereError(f"This video ends before {clock(at_ms)}. Choose an earlier time.")
        first = sentence_at(sentences, at_ms)
        if first is None:
            raise NotHereError("Nothing is said in this video.")
        until = sentences[first].start_ms + seconds * 1000
        behind = takewhile(lambda one: one.start_ms < until, sentences[first + 1 :])
        there = [sentences[first], *behind]
        return _told(opened_moment(generation, self.operator, video, transcript, there))

    def transcript(self, video: str, language: str, part: Part) -> Told:
        """What a video says, sentence by sentence."""
        generation = self.shelf.current()
        found, _, named = read_moment(video, generation)
        said = _transcript(generation, found, language or named)
        return _told(read_transcript(generation, self.operator, found, said, part))

    def videos(self, part: Part) -> Told:
        """The videos."""
        generation = self.shelf.current()
        videos = generation.videos.values()
        return self._listed(videos, part, lambda one: video_entry(generation, one))

    def topics(self, part: Part) -> Told:
        """The topics."""
        catalogue = self.shelf.current().catalogue
        return self._listed(
            catalogue.topics.values(), part, lambda one: topic_entry(catalogue, one)
        )

    def questions(self, topic: str, part: Part) -> Told:
        """The questions that videos answer, of a topic where one is named."""
        generation = self.shelf.current()
        catalogue = generation.catalogue
        if topic and topic not in catalogue.topics:
            raise NotHereError(f"There is no topic {topic!r}; the tool `topics` lists them.")
        entries = question_entries(catalogue)
        on_it = [e for e in entries if not topic or topic in generation.videos[e.video].topics]
        return self._listed(on_it, part, lambda one: one)

    def _listed(
        self, entries: Iterable[Entry], part: Part, entry_of: Callable[[Entry], object]
    ) -> Told:
        """A part of a list, each with its link."""
        known = tuple(entries)
        items = [_told(entry_of(one)) for one in part.of(known)]
        return {
            "items": [{**one, "link": self.operator.address + one["url"]} for one in items],
            "total": len(known),
            "next_offset": part.end if part.end < len(known) else None,
        }


def read_moment(text: str, generation: Generation) -> tuple[Video, int, str]:
    """The video, time and language of captions that a link or the name of a video means.

    The language is "" where none is named. Raises NotHereError.
    """
    link = youtube_link(text, generation.catalogue) or text
    path, hidden = mended_path(link.partition("://")[2] or link)
    parts = path.split("/")
    said = dict(reversed(link_pairs(hidden)))
    if "m" in parts:  # of a printed sheet: /m/VIDEO/SECOND/LANGUAGE
        slug, said["t"], said["lang"] = (*parts[parts.index("m") + 1 :], "", "", "")[:3]
    else:
        slug = parts[-1]
    video = generation.videos.get(slug)
    if video is None:
        raise NotHereError("There is no such video here; the tool `videos` lists them.")
    written = said.get("t") or said.get("from") or "0"
    at_ms = read_time(written)
    if at_ms is None:
        raise NotHereError("The time in this link cannot be read. It is written as t=90 or t=1:30.")
    return video, at_ms, said.get("lang", "")


def _transcript(generation: Generation, video: Video, language: str) -> Transcript:
    """What a video says in a language, "" for its own. Raises NotHereError."""
    there = generation.languages(video.slug)
    if not there:
        raise NotHereError("There are no captions of this video yet.")
    wanted = language_among(there, language)
    if wanted is None:
        raise NotHereError(f"This video has captions in {', '.join(there)} only.")
    found = generation.transcript(video.slug, wanted)
    assert found  # noqa: S101 - there is one in each of its languages
    return found


def _told(value: object) -> Told:
    told: Told = msgspec.to_builtins(value)
    return told
