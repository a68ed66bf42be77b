"""The command `hope search`: one question for a person, or a file of questions for programs."""

import gc
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from textwrap import fill
from typing import Annotated

import msgspec
import typer

from catalog import (
    Catalogue,
    ExitCode,
    Signpost,
    clock,
    counted,
    errors_as_sentences,
    progress,
    read_operator_of,
    say,
)
from indexer.generation import Generation
from indexer.jsonl import Qid, read_jsonl
from indexer.model import Hit
from indexer.moments.snippets import REVIEWED
from indexer.search.answer import Answer, found_moments, search_answer
from indexer.search.unsaid import Unsaid
from indexer.shelf import Shelf
from indexer.urgency.signposts import signposts_for

_CAPTIONS = {
    "manual": "captions by people",
    "auto": "automatic captions: names of drugs may be misheard",
    "translated": "translated by a machine",
}
_HEARD_HERE = "made here by a machine, {}: names of drugs may be misheard"


def register(app: typer.Typer) -> None:
    """Add this command."""
    # So that a question may begin with a minus.
    app.command(context_settings={"ignore_unknown_options": True})(search)


def search(
    ctx: typer.Context,
    query: Annotated[
        str | None, typer.Argument(help="What you want to know, in your own words.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the hits as JSON.")] = False,
    limit: Annotated[int, typer.Option(min=1, max=100, help="At most so many moments.")] = 10,
    exact: Annotated[
        bool, typer.Option("--exact", help="Search only for the words typed, not for other names.")
    ] = False,
    batch: Annotated[
        Path | None,
        typer.Option(
            help='A file of questions, {"qid", "query"} a line ("-" is standard input).',
            allow_dash=True,
        ),
    ] = None,
) -> None:
    """Find the moments in which a question is answered."""
    if (query is None) == (batch is None):
        say("Write a question in quotes, or name a file of questions with --batch; one of both.")
        raise typer.Exit(ExitCode.WRONG)
    if query is not None:
        gc.disable()  # one question leaves nothing behind that is worth looking for
    with errors_as_sentences():
        generation = Shelf(ctx.obj).current()
        signposts = read_operator_of(ctx.obj)[0].urgent
        if batch:
            raise typer.Exit(answer_batch(generation, batch, limit, signposts, exact=exact))
        # A terminal may hand over bytes that are no text.
        text = (query or "").encode(errors="replace").decode()
        answer = generation.search(text, limit=limit, exact=exact, counts=as_json)
    urgent = signposts_for(text, signposts)
    if as_json:
        print(msgspec.json.format(msgspec.json.encode(search_answer(answer, urgent))).decode())
        return
    print("".join(f"{line}\n" for line in urgent_lines(urgent)), end="")
    if not any(one.instead for one in urgent):
        searchable = any(track.passages and not track.dead for track in generation.tracks)
        print("\n".join(answer_lines(answer, generation.catalogue, searchable=searchable)))


class BatchQuestion(msgspec.Struct):
    """One line of the file; other keys are overlooked."""

    qid: Qid
    query: str


def answer_batch(
    generation: Generation,
    file: Path,
    limit: int,
    signposts: Sequence[Signpost] = (),
    *,
    exact: bool = False,
) -> ExitCode:
    """Print an answer for every question of a file, with those of the signposts that belong to it.

    A line that is no question is said and passed over.

    Raises IndexerError when the file cannot be read.
    """
    questions, passed_over = read_jsonl(file, BatchQuestion, "question")
    with progress("Answering", len(questions), lines=False) as step:
        for question in questions:
            answer = generation.search(question.query, limit=limit, exact=exact)
            urgent = signposts_for(question.query, signposts)
            print(batch_line(question.qid, answer, urgent))
            step(str(question.qid))
    return ExitCode.PART if passed_over else ExitCode.DONE


def batch_line(qid: Qid, answer: Answer, signposts: Sequence[Signpost] = ()) -> str:
    """Write an answer as one line of a batch, without the line's end."""
    found: dict[str, object] = msgspec.to_builtins(found_moments(answer, signposts))
    return msgspec.json.encode({"qid": qid, **found}).decode()


def urgent_lines(signposts: Sequence[Signpost]) -> Iterator[str]:
    """Say what should not wait, and whom to call."""
    for one in signposts:
        yield one.heading
        yield fill(one.message, width=88)
        for line in one.call:
            yield f"  {line.number}  {line.name}"
        yield ""


def answer_lines(answer: Answer, catalogue: Catalogue, *, searchable: bool = True) -> Iterator[str]:
    """Say what was found, best first, or that nothing was; or that nothing is `searchable` yet."""
    if not searchable:
        yield "Nothing is indexed yet, so nothing can be found. Run `hope update`."
        return
    if answer.filtered is not None:
        yield from _filtered_lines(answer.filtered, catalogue)
        return
    if not answer.hits:
        yield "Nothing in these videos answers that in these words. Try fewer or other words."
    elif answer.confidence == "none":
        yield "No clear answer found. Nothing in these videos clearly answers that."
    elif answer.confidence == "perhaps":
        yield "Perhaps an answer: these moments come nearest to your question."
    yield from map(_unsaid_line, answer.unsaid)
    if answer.suggestions:
        yield f"Did you mean: {'  or: '.join(answer.suggestions)}"
    if answer.also:
        yield f"Also searched: {', '.join(answer.also)}"
    if answer.hits and answer.confidence == "none":
        yield ""
        yield "Nearest mentions, which may not answer your question:"
    for number, hit in enumerate(answer.hits, start=1):
        yield from _hit_lines(number, hit, catalogue)


def _unsaid_line(unsaid: Unsaid) -> str:
    """Say what nobody speaks of, and what they do speak of."""
    said = f" They do speak of {' and '.join(unsaid.neighbours)}." if unsaid.neighbours else ""
    return f"Nobody here speaks of {unsaid.name}.{said}"


def _filtered_lines(slugs: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    """Name the videos that filters alone leave."""
    if not slugs:
        yield "No video fits all of that. Take a filter away."
        return
    them = "it" if len(slugs) == 1 else "them"
    yield f"{counted(len(slugs), 'video')}. Add a word to search in {them}."
    yield ""
    for slug in slugs:
        yield f"{catalogue.videos[slug].title}  (/watch/{slug})"


def _hit_lines(number: int, hit: Hit, catalogue: Catalogue) -> Iterator[str]:
    series = next((one.title for one in catalogue.series if one.slug == hit.series), hit.series)
    yield ""
    yield f"{number}. {clock(hit.start_ms)}  {hit.title}  ({series})"
    if hit.speakers:
        yield f"   {', '.join(hit.speakers)}"
    if hit.asked:
        yield "   Begins with the question:"
    for part in _said(hit):
        yield fill(part, width=88, initial_indent="   ", subsequent_indent="   ")
    for name in hit.heard:
        yield f"   {name if name.endswith(REVIEWED) else f'probably: {name}'}"
    yield f"   {hit.source_url or hit.url}  ({_how_captioned(hit)})"


def _how_captioned(hit: Hit) -> str:
    return _HEARD_HERE.format(hit.made_by) if hit.made_by else _CAPTIONS[hit.captions]


def _said(hit: Hit) -> tuple[str, ...]:
    """What each speaker says in turn, a question apart; what was found between asterisks."""
    names = {turn[0]: turn[1] for turn in hit.turns}
    cuts = sorted({0, hit.answer_at, *names} - {len(hit.text)})
    parts = []
    for start, end in pairwise([*cuts, len(hit.text)]):
        part = hit.text[start:end]
        for first, last in reversed(hit.spans):
            if start <= first < end:
                part = _marked(part, first - start, min(last, end) - start)
        parts.append(_by(names, start) + part.rstrip())
    if hit.goes_on and parts:
        parts[-1] += " …"
    return tuple(parts)


def _by(names: Mapping[int, str], place: int) -> str:
    """Who begins to speak at a place; "" where captions name nobody at all."""
    if place not in names or not any(names.values()):
        return ""
    return f"{names[place] or 'Speaker not named'}: "


def _marked(text: str, start: int, end: int) -> str:
    return f"{text[:start]}*{text[start:end]}*{text[end:]}"
