"""The command `hope check`: looks through the catalogue, every track, and the served index."""

import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import typer

from catalog import (
    Catalogue,
    ExitCode,
    Library,
    Operator,
    counted,
    errors_as_sentences,
    in_the_future,
    read_catalogue,
    read_operator_of,
    tell,
)
from indexer.checking.facts import Fact, is_lost, told_once
from indexer.checking.folders import names_in, same_video, stray_folders, tracks_in
from indexer.checking.places import misplaced
from indexer.checking.tracks import check_tracks
from indexer.embedding.configured import NoModel, open_model
from indexer.errors import IndexerError, NoIndex
from indexer.generation import Generation
from indexer.mishearing.detector import detector_of
from indexer.mishearing.review import lines_to_review, stale_corrections, unnamed_corrections
from indexer.shelf import open_served
from indexer.storage import generations
from indexer.writer.builder import BUILT_BY, is_built_as_now
from transcripts import review_items, try_library, waiting_sentences

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def register(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(check)


def check(
    ctx: typer.Context,
    heard: Annotated[
        bool,
        typer.Option(
            "--heard", help="Only list what captions may have misheard, as corrections to review."
        ),
    ] = False,
    fetching: Annotated[
        bool,
        typer.Option(
            "--fetching", help="Only say what there is to fetch with, and ask for one video."
        ),
    ] = False,
    video: Annotated[
        str, typer.Option(help="The video that --fetching asks for; else the first.")
    ] = "",
    allow_loopback: Annotated[
        bool, typer.Option("--allow-loopback", help="With --fetching: also ask this machine.")
    ] = False,
) -> None:
    """Look through the catalogue and the library, and list every problem with its place."""
    if heard:
        with errors_as_sentences():
            for line in lines_to_review(ctx.obj):
                print(line)
        return
    if fetching:
        with errors_as_sentences():
            names = [video] if video else []
            tried = try_library(ctx.obj, names, allow_loopback=allow_loopback)
        raise typer.Exit(tell(tried))
    raise typer.Exit(tell(check_library(ctx.obj)))


@dataclass(frozen=True, slots=True)
class LibraryCheck:
    """Everything found: problems as sentences, remarks that are none, and the exit code.

    `operator` says who runs the site, `meaning` whether questions are read by their meaning, and
    `engine` what one elsewhere serves.
    """

    catalogue: tuple[str, ...]
    library: tuple[str, ...]
    remarks: tuple[str, ...]
    meaning: str = ""
    operator: str = ""
    engine: str = ""

    @property
    def exit(self) -> ExitCode:
        """A catalogue that cannot be used weighs more than a track that cannot be read."""
        if self.catalogue:
            return ExitCode.WRONG
        return ExitCode.PART if self.library else ExitCode.DONE

    @property
    def sentences(self) -> tuple[str, ...]:
        """All of it, and at the end what it comes to."""
        count = len(self.catalogue) + len(self.library)
        summary = f"{counted(count, 'problem')} found." if count else self._well()
        told = (one for one in (self.operator, self.engine, self.meaning) if one)
        return (*self.catalogue, *self.library, *self.remarks, *told, summary)

    def _well(self) -> str:
        if not self.remarks:
            return "All is well."
        remark = "remark" if len(self.remarks) == 1 else "remarks"
        return f"No problem; see the {remark} above."


def check_library(library: Library) -> LibraryCheck:
    """Read what is not known yet and collect every problem; no more than that is kept."""
    if not library.root.is_dir():
        says = f"{library.root}: there is no library here; `hope update` makes one"
        return LibraryCheck(catalogue=(says,), library=(), remarks=())
    catalogue, problems = read_catalogue(library)
    operator, wrong = read_operator_of(library)
    found: list[str] = []
    facts: list[Fact] = []
    of_index: list[str] = []
    folders = names_in(library.captions_dir, "captions", found)
    if not problems:  # else a folder may belong to what could not be read
        facts += stray_folders(library, catalogue, folders)
    tracks = {
        video: tracks_in(library, video, facts, found) if video in folders else ()
        for video in catalogue.videos
    }
    facts += misplaced(library, catalogue.videos)
    generation = _index(library, of_index)
    every = [track for of_one in tracks.values() for track in of_one]
    checked = check_tracks(library, every, detector_of(catalogue), generation, BUILT_BY)
    facts += [fact for fact in checked.notes if is_lost(fact.says)]
    meaning, broken = _meaning(generation)
    engine, served = _engine(library, operator)
    found += [*told_once(facts), *checked.troubles, *_loose_index(library), *of_index, *engine]
    found += [meaning] if broken else []
    stale = [one for one in catalogue.corrections if one not in checked.matched]
    return LibraryCheck(
        catalogue=(
            *(f"catalogue: {problem}" for problem in problems),
            *(str(problem) for problem in wrong),
        ),
        library=(
            *(f"catalogue: {one}" for one in in_the_future(catalogue, datetime.now(UTC).date())),
            *found,
        ),
        remarks=(
            *told_once(fact for fact in checked.notes if not is_lost(fact.says)),
            *stale_corrections(stale, {track.video for track in every}),
            *unnamed_corrections(catalogue),
            *(() if problems else same_video(catalogue)),
            *waiting_sentences(review_items(library, catalogue.videos.values())),
            *_remarks(library, [video for video in tracks if not tracks[video]], catalogue),
        ),
        meaning="" if broken else meaning,
        operator=_operator(operator),
        engine=served,
    )


def _engine(library: Library, operator: Operator) -> tuple[tuple[str, ...], str]:
    """What is wrong with the engine that site.toml names, and a sentence on what it serves."""
    if operator.engine is None:
        return (), ""
    from indexer.engine.health import check_engine  # noqa: PLC0415 - few sites have one

    return check_engine(library, operator.engine)


def _operator(operator: Operator) -> str:
    """Say who runs the site; nothing where nobody is named."""
    contact = f" ({operator.contact})" if operator.contact else ""
    return f"The site is run by {operator.name}{contact}." if operator.name else ""


def _index(library: Library, found: list[str]) -> Generation | None:
    """Open the index that is served; what keeps it from being opened is a problem."""
    try:
        opened = open_served(library)
    except IndexerError as err:
        if not _absent(err):
            found.append(str(err))
        return None
    if opened.trouble:
        found.append(opened.trouble)
    elif not is_built_as_now(opened.generation):
        found.append(
            f"{generations.folder_of(library, opened.generation.name)}: another version of this "
            "program built it; it still answers, and `hope index` builds it anew"
        )
    return opened.generation


def _loose_index(library: Library) -> Iterator[str]:
    """Yield a sentence where others may write what Python itself runs."""
    folder = library.index_dir
    if folder.is_dir() and folder.stat().st_mode & _OTHERS_WRITE:
        yield (
            f"{folder}: others may write here, and an index is trusted like a program; "
            f"run `chmod -R go-rwx {folder}`"
        )


def _meaning(generation: Generation | None) -> tuple[str, bool]:
    """A sentence on whether answers in other words are found, and whether to mend that."""
    model = open_model()
    if isinstance(model, NoModel):
        return f"Meaning is not used: {model.why}.", model.broken
    passages = _passages(generation) if generation else 0
    if generation is None or not passages:
        return f"Meaning can be used: the sentence model {model.name} loads.", False
    off = generation.meaning_off
    if off or not generation.reader.vectors:
        return f"Meaning is not used: {off}.", False
    lacking = generation.reader.vectors.account.lacking
    read = f"{counted(passages - lacking, 'passage')} of the index were read with it"
    rest = f"; {lacking} were not yet, run `hope index`" if lacking else ""
    return f"Meaning is used: the sentence model {model.name} loads, {read}{rest}.", False


def _passages(generation: Generation) -> int:
    return sum(track.passages for track in generation.tracks if not track.dead)


def _absent(err: IndexerError) -> bool:
    """Whether nothing was indexed yet, rather than that the index cannot be found."""
    return isinstance(err.__cause__, FileNotFoundError)


def _remarks(library: Library, without: Sequence[str], catalogue: Catalogue) -> Iterator[str]:
    """Say what is missing but no problem: it comes with the next fetch or index."""
    if without:
        total = len(catalogue.videos)
        videos, have = "video" + "s" * (total != 1), "has" if len(without) == 1 else "have"
        yield f"{len(without)} of {total} {videos} {have} no captions yet: " + (
            ", ".join(without[:10]) + (" and others" if len(without) > 10 else "")
        )
    try:
        generations.current_name(library)
    except NoIndex as err:
        if _absent(err):
            yield str(err)
