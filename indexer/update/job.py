"""The nightly job: find the videos, fetch their captions, index what changed, and report it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import msgspec

from catalog import (
    CatalogError,
    Catalogue,
    ExitCode,
    Library,
    catalogue_stamp,
    load_catalogue,
    progress,
    say,
    write_atomically,
)
from indexer.errors import IndexBusyError, IndexerError
from indexer.processors import processors
from indexer.update.report import Failure, UpdateReport
from indexer.writer.builder import build_index
from indexer.writer.publishing import published
from indexer.writer.report import IndexReport
from indexer.writer.workers import seldom_collected
from transcripts import (
    DEFAULT_RUN,
    FetchReport,
    RunOptions,
    SyncReport,
    TranscriptError,
    fetch_library,
    finishing,
    holding,
    review_items,
    stop_if_asked,
    stoppable,
    sync_library,
)

# How long a build that somebody else began is waited for, and how often it is looked after.
LONGEST_WAIT_S = 30 * 60.0
LOOK_EVERY_S = 2.0

Keep = Callable[[UpdateReport], None]
Done = TypeVar("Done")


def update_library(
    library: Library,
    run: RunOptions = DEFAULT_RUN,
    *,
    allow_loopback: bool = False,
    keep: Keep = lambda _: None,
) -> UpdateReport:
    """Sync, fetch and index, each as far as it can be done; what is blocked is reported.

    `keep` is given the report as far as it goes, at the beginning and after each part, so that
    whatever ends the job leaves one. Raises BusyError when another run is at work here, and
    TranscriptError when the library cannot be written; a bug is reported first and then raised.
    """
    with stoppable(), holding(library, "hope update", run.clock), seldom_collected():
        job = _Job(library, run, allow_loopback, keep)
        try:
            job.do()
        except KeyboardInterrupt:
            job.report = replace(job.report, stopped=True)
        finally:
            with finishing():
                job.end()
        return job.report


class _Job:
    """One run, and its report as far as it goes."""

    def __init__(self, library: Library, run: RunOptions, allow_loopback: bool, keep: Keep) -> None:
        self._library, self._run, self._loopback = library, run, allow_loopback
        self._keep = keep
        self._catalogue: Catalogue | None = None
        self._stamp: object = None
        self.report = UpdateReport(run.clock())

    def do(self) -> None:
        """Do the three parts. Raises KeyboardInterrupt when somebody ends them."""
        self._tell()
        if not self._load():
            return
        synced = self._part("sync", lambda: sync_library(self._library, **self._how))  # type: ignore[arg-type]
        self._tell(sync=synced)
        _stop_if_ended(synced)
        if synced is None or synced.pages:
            self._load()
        fetched = self._part("fetch", lambda: fetch_library(self._library, **self._how))  # type: ignore[arg-type]
        self._tell(fetch=fetched)
        _stop_if_ended(fetched)
        self._tell(index=self._part("index", self._index))

    def _load(self) -> bool:
        """Read the catalogue, as it is now; tell whether it could be read."""
        self._catalogue = self._part("catalogue", self._as_it_is)
        if self._catalogue:
            self.report = replace(self.report, videos=tuple(self._catalogue.videos))
        return self._catalogue is not None

    def _as_it_is(self) -> Catalogue:
        """The catalogue, read again where it is not as it was. Raises CatalogError."""
        stamp = catalogue_stamp(self._library)
        if self._catalogue is None or stamp != self._stamp:
            self._catalogue, self._stamp = load_catalogue(self._library), stamp
        return self._catalogue

    @property
    def _how(self) -> dict[str, object]:
        how = {"run": self._run, "allow_loopback": self._loopback}
        return how | {"catalogue": self._catalogue}

    def end(self) -> None:
        """Close the report with what waits for a person."""
        videos = self._catalogue.videos.values() if self._catalogue else ()
        try:
            waiting = review_items(self._library, videos)
        except (CatalogError, OSError):  # which a part has told
            waiting = ()
        self._tell(ended=self._run.clock(), waiting=waiting)

    def _index(self) -> IndexReport:
        """Build, once whoever is building now has done so."""
        waited_s = 0.0
        while True:
            try:
                report = build_index(
                    self._library,
                    self._as_it_is(),
                    progress,
                    workers=processors(),
                )
                return published(self._library, report)
            except IndexBusyError as err:
                if waited_s >= LONGEST_WAIT_S:
                    raise
                if not waited_s:
                    say(str(err))
            self._run.sleep(LOOK_EVERY_S)
            waited_s += LOOK_EVERY_S

    def _part(self, name: str, do: Callable[[], Done]) -> Done | None:
        """Do a part; what keeps it from being done goes into the report."""
        try:
            return do()
        except (CatalogError, TranscriptError, IndexerError, OSError) as err:
            code = ExitCode.WRONG if isinstance(err, CatalogError) else ExitCode.PART
            self._fail(Failure(name, str(err), code))
            return None
        except Exception as err:
            says = f"it ended in an error of the program, {type(err).__name__}: {err}"
            self._fail(Failure(name, says))
            raise

    def _fail(self, failure: Failure) -> None:
        self.report = replace(self.report, failures=(*self.report.failures, failure))

    def _tell(self, **more: object) -> None:
        self.report = replace(self.report, **more)  # type: ignore[arg-type]  # its own fields
        self._keep(self.report)


def _stop_if_ended(part: SyncReport | FetchReport | None) -> None:
    """Raise KeyboardInterrupt when a part was ended by a signal, or one came at its very end."""
    if part and part.ending.interrupted:
        raise KeyboardInterrupt
    stop_if_asked()


class ReportFile:
    """Keeps a report in a file that is whole at every moment; `failed` says that it could not."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.failed = False

    def keep(self, report: UpdateReport) -> None:
        """Replace the file by the report as it is now. What keeps it from that is said once."""
        if self._file is None or (report.ended is None and not self._is_usual()):
            return
        content = msgspec.json.format(msgspec.json.encode(report.as_json)) + b"\n"
        try:
            if self._is_usual():
                write_atomically(self._file.resolve(), content)
            else:
                self._file.write_bytes(content)
            self.failed = False
        except OSError as err:
            if not self.failed:
                say(f"{self._file}: the report cannot be written: {err.strerror}")
            self.failed = True

    def _is_usual(self) -> bool:
        """Whether it is a file that can be replaced, and no pipe, terminal or /dev/stdout."""
        file = self._file
        if file is None or file.is_dir():
            return False
        special = any(file.absolute().is_relative_to(place) for place in ("/dev", "/proc"))
        return not special and (file.is_file() or not file.exists())
