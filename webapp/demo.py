"""The bundled sample library: put on a little site of its own, fetched, indexed and served.

It takes the same path as the real one. Its pages live on this machine only; in the shipped
catalogue their addresses begin with http://sample.invalid, a name that never leads anywhere.
"""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import Any

from typer import Exit

from catalog import CatalogError, ExitCode, Library, say
from indexer import IndexerError, update_library
from transcripts import TranscriptError
from webapp.server.serve import listen, serve_on

SAMPLE = resources.files("catalog") / "sample"
_SITE = "http://sample.invalid"
_PREFERRED_PORT = 8001
_MARK = "sample-first-steps.toml"


class SampleError(Exception):
    """The sample library cannot be set up here; the message says why and what to do."""


def serve_demo(library: Library, host: str, port: int) -> None:
    """Set the sample library up and serve it until Ctrl-C."""
    with listen(host, port) as listening, sample_site() as site:
        try:
            prepare_demo(library, site)
        except (SampleError, CatalogError, IndexerError) as err:
            say(f"The demo cannot be set up: {err}")
            raise Exit(ExitCode.WRONG) from err
        serve_on(listening, library)


def prepare_demo(library: Library, site: str) -> ExitCode:
    """Set up, fetch and index the sample library, whose pages are at `site`. Raises SampleError."""
    try:
        _refuse_a_real_library(library)
        _copy_catalogue(library, site)
        _copy_media(library)
        say(f"Setting up the sample library in {library.root}")
        report = update_library(library, allow_loopback=True)
    except TranscriptError as err:
        raise SampleError(str(err)) from err
    except OSError as err:
        place = err.filename or library.root
        raise SampleError(
            f"{library.root} cannot be used ({place}: {err.strerror}); is it read-only?"
        ) from err
    if report.index is None:
        raise SampleError("\n".join(f"{one.part}: {one.says}" for one in report.failures))
    for sentence in report.sentences:
        say(sentence)
    return report.exit


@contextmanager
def sample_site() -> Iterator[str]:
    """Serve the sample's pages and captions on this machine; yield their address."""
    with resources.as_file(SAMPLE / "site") as folder, _server(folder) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()


class _SilentHandler(SimpleHTTPRequestHandler):
    """Serves files and writes nothing down."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the library's own name
        """Keep no log."""


def _server(folder: Path) -> ThreadingHTTPServer:
    """Serve a folder, on the usual port when it is free, so that addresses stay the same."""
    handler = partial(_SilentHandler, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", _PREFERRED_PORT), handler)
    except OSError:
        return ThreadingHTTPServer(("127.0.0.1", 0), handler)


def _refuse_a_real_library(library: Library) -> None:
    """Leave alone whatever is neither empty nor a demo: captions and an index are work, too."""
    root = library.root
    if (library.catalog_dir / _MARK).is_file():
        return
    if (root.exists() and not root.is_dir()) or (root.is_dir() and any(root.iterdir())):
        raise SampleError(
            f"{root} holds something else, which the sample would hide; "
            "name an empty folder: hope --library FOLDER demo"
        )


def _copy_catalogue(library: Library, site: str) -> None:
    own = library.catalog_dir
    own.mkdir(parents=True, exist_ok=True)
    # The mark first: what is cut off half-way is then known for a demo.
    for file in sorted((SAMPLE / "catalog").iterdir(), key=lambda file: file.name != _MARK):
        text = file.read_text("utf-8").replace(_SITE, site)
        (own / file.name).write_text(text, "utf-8")


def _copy_media(library: Library) -> None:
    library.media_dir.mkdir(parents=True, exist_ok=True)
    with resources.as_file(SAMPLE / "site") as folder:
        for file in (*folder.glob("*/*.mp4"), *folder.glob("*/*.m4a")):
            target = library.media_dir / file.name
            if not target.is_file() or target.stat().st_size != file.stat().st_size:
                shutil.copy2(file, target)
