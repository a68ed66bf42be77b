"""The site on an address of this machine. Nothing that a visitor asks is ever written down."""

from __future__ import annotations

import os
import socket
from contextlib import suppress

import uvicorn
from typer import Exit as Leave

from catalog import Exit, Library, say
from indexer import NoIndex, Shelf
from webapp.app import create_app

# Room for 10,000 characters of any script in an address.
LONGEST_HEAD = 256 * 1024
PATIENCE_SECONDS = 3
_BY_MEANING = "Questions are searched by their words and by their meaning."


def serve_site(library: Library, host: str, port: int) -> None:
    """Serve until Ctrl-C; leaves with a sentence and code 2 when the address cannot be had."""
    with listen(host, port) as listening:
        serve_on(listening, library)


def serve_on(listening: socket.socket, library: Library) -> None:
    """Serve until Ctrl-C on an address that `listen` took."""
    shelf = Shelf(library)
    say(f"Hope With Answers search is at {_address(listening)} (Ctrl-C stops it)")
    try:
        off = shelf.current().meaning_off
    except NoIndex as err:
        say(f"It can't answer yet: {err}")
    else:
        say(f"Questions are searched by their words alone: {off}" if off else _BY_MEANING)
    with suppress(KeyboardInterrupt):
        _server(library, shelf).run(sockets=[listening])
    # Before the last word, so that whoever reads it finds the address free.
    listening.close()
    say("Stopped.")


def _server(library: Library, shelf: Shelf) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(library, shelf),
        access_log=False,
        log_level="warning",
        server_header=False,
        ws="none",
        h11_max_incomplete_event_size=LONGEST_HEAD,
        timeout_graceful_shutdown=PATIENCE_SECONDS,
    )
    return uvicorn.Server(config)


def listen(host: str, port: int) -> socket.socket:
    """Take an address; leaves with a sentence and code 2 when it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        return socket.create_server(found[0][4][:2], family=found[0][0])
    except (OSError, UnicodeError) as err:
        place = f"{host} port {port}"
        say(f"Cannot serve on {place}: {_reason(err)}. Choose another with --host or --port.")
        raise Leave(Exit.WRONG) from err


def _reason(err: OSError | UnicodeError) -> str:
    """Why, without the address that Python adds to it."""
    if isinstance(err, UnicodeError):
        return "this is no host name"
    if isinstance(err, socket.gaierror):
        return str(err.strerror)
    return os.strerror(err.errno) if err.errno else str(err)


def _address(listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
