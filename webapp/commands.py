"""The site's commands."""

import sys
from contextlib import suppress
from enum import StrEnum
from importlib.util import find_spec
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated

import typer

from catalog import ExitCode, Library, errors_as_sentences, load_operator, say

Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes a free one.")]
_USUAL_SEARCHES, _USUAL_REQUESTS = 60, 1200


class Log(StrEnum):
    """How what happens is written to stderr."""

    JSON = "json"
    WORDS = "words"


def register(app: typer.Typer) -> None:
    """Add this room's commands."""
    app.command()(serve)
    app.command()(demo)
    app.command()(export)
    app.command("mcp")(serve_assistants)


def serve(  # noqa: PLR0913 - one for each option
    ctx: typer.Context,
    *,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    workers: Annotated[
        int,
        typer.Option(
            min=1,
            max=64,
            envvar="HOPE_WORKERS",
            help="Processes that serve together, about one a core. Each has its own memory.",
        ),
    ] = 1,
    searches_a_minute: Annotated[
        int,
        typer.Option(
            min=0,
            envvar="HOPE_SEARCHES_A_MINUTE",
            help="How often one visitor may search, for each worker; 0 is without limit.",
        ),
    ] = _USUAL_SEARCHES,
    requests_a_minute: Annotated[
        int,
        typer.Option(
            min=0,
            envvar="HOPE_REQUESTS_A_MINUTE",
            help="How often one visitor may ask for anything else; 0 is without limit.",
        ),
    ] = _USUAL_REQUESTS,
    proxy: Annotated[
        list[str] | None,
        typer.Option(
            envvar="HOPE_PROXIES",
            help="A proxy, by address or network, that is believed when it says for whom it asks. "
            "Without any, those on this machine are.",
        ),
    ] = None,
    name: Annotated[
        list[str] | None,
        typer.Option(
            envvar="HOPE_NAMES",
            help="A name the site answers to, beside that of its address in site.toml.",
        ),
    ] = None,
    metrics_for: Annotated[
        list[str] | None,
        typer.Option(
            envvar="HOPE_METRICS_FOR",
            help="An address or network that may read /metrics, beside this machine.",
        ),
    ] = None,
    log: Annotated[
        Log | None,
        typer.Option(
            envvar="HOPE_LOG",
            help="Write a JSON line for each request and event, or only words when something is "
            "wrong. Without it: words on a terminal, JSON elsewhere.",
        ),
    ] = None,
) -> None:
    """Serve the site. It shows each new index by itself; Ctrl-C stops it."""
    # Other commands need no web server.
    from webapp.config import LOOPBACK, RateLimits, Service  # noqa: PLC0415
    from webapp.server.serve import serve_site  # noqa: PLC0415

    library: Library = ctx.obj
    proxies = [str(_network(one, "--proxy")) for one in proxy or ()]
    service = Service(
        workers=workers,
        rate=RateLimits(searches_a_minute, requests_a_minute),
        proxies=tuple(proxies) or LOOPBACK,
        metrics_for=tuple(_network(one, "--metrics-for") for one in metrics_for or ()),
        log=(log or (Log.WORDS if sys.stderr.isatty() else Log.JSON)).value,
    )
    serve_site(library, host, port, service, tuple(name or ()))


def _network(text: str, option: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(text, strict=False)
    except ValueError as err:
        says = f"{text!r} is no address or network; write it like 10.0.0.5 or 10.0.0.0/24"
        raise typer.BadParameter(says, param_hint=option) from err


def demo(
    ctx: typer.Context,
    host: Host = "127.0.0.1",
    port: Port = 8000,
) -> None:
    """Set up the bundled sample library, fetch and index it, and serve it.

    It lives in ./sample-library unless --library on the command line names another folder. Its
    interviews are invented for this project; they are no medical advice.
    """
    from webapp.demo import serve_demo  # noqa: PLC0415 - other commands need no web server

    source = ctx.parent.get_parameter_source("library") if ctx.parent else None
    # HOPE_LIBRARY names the real library, which is no place for a demo.
    named = source is not None and source.name == "COMMANDLINE"
    serve_demo(ctx.obj if named else Library(Path("sample-library")), host, port)


class Exported(StrEnum):
    """What `hope export` can write."""

    MOMENTS = "moments"
    CHAPTERS = "chapters"
    SITE = "site"


class ArchiveLanguage(StrEnum):
    """The language of what stands around the words in an archive."""

    EN = "en"
    ES = "es"


def export(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(help="A new or empty folder to write into.")],
    only: Annotated[
        list[Exported] | None,
        typer.Option(
            metavar="PART",
            help="Only moments, chapters or site; may be given more than once.",
        ),
    ] = None,
    language: Annotated[
        ArchiveLanguage, typer.Option(help="The language of the archive's own texts.")
    ] = ArchiveLanguage.EN,
) -> None:
    """Write the library as files that need no server.

    moments.jsonl is for newsletters and for those who build on it: a line for the answer to each
    curated question and for each moment of a topic, with who says what, and a line for each half
    minute of speech; all with links to the second. chapters/VIDEO.txt goes into the description of
    a video at YouTube (from 0:00 on, three parts at least, ten seconds each at least),
    chapters/VIDEO.vtt into a player. site/ is an archive: a page for each transcript, and an index
    of the words that are said; it opens from a disk. Links lead to the site where site.toml names
    its address, else to where videos came from.
    """
    # Other commands need no templates.
    from indexer import Shelf  # noqa: PLC0415
    from webapp.export.folder import Kind, export_library  # noqa: PLC0415
    from webapp.i18n.translations import Interface, shown_in  # noqa: PLC0415

    kinds = [Kind(one.value) for one in only or Exported]
    with errors_as_sentences(), shown_in(Interface(language.value)):
        said = export_library(Shelf(ctx.obj).current(), load_operator(ctx.obj), folder, kinds)
    print("\n".join(said))


def serve_assistants(
    ctx: typer.Context,
    http: Annotated[
        bool, typer.Option("--http", help="Over HTTP, rather than standard input and output.")
    ] = False,
    host: Host = "127.0.0.1",
    port: Port = 8765,
) -> None:
    """Serve the library to an assistant (MCP), which then cites experts with a link to the second.

    It searches, opens moments, reads transcripts and lists what there is. It only reads, and writes
    nothing down of what is asked. Over HTTP it is at /mcp; without --host, for this machine only.
    """
    if find_spec("mcp") is None:
        say(
            "`hope mcp` needs the extra `mcp`: "
            "pip install --require-hashes -r requirements-mcp.lock"
        )
        raise typer.Exit(ExitCode.WRONG)
    from indexer import Shelf  # noqa: PLC0415 - other commands need none of this
    from webapp.assistants import server  # noqa: PLC0415
    from webapp.server.serve import listen  # noqa: PLC0415

    with errors_as_sentences():
        operator = load_operator(ctx.obj)
    assistants = server.assistant_server(Shelf(ctx.obj), operator)
    if not http:
        if sys.stdin.isatty():
            say("Waiting for an assistant on standard input. Ctrl-C stops it.")
        server.serve_on_streams(assistants)
        return
    with listen(host, port) as listening:
        at = listening.getsockname()[:2]
        say(
            f"Assistants find this library at http://{at[0]}:{at[1]}{server.PATH} (Ctrl-C stops it)"
        )
        app = server.assistant_app(assistants, host, operator)
        with suppress(KeyboardInterrupt):  # it has ended well by then
            server.http_server(app).run(sockets=[listening])
    say("Stopped.")
