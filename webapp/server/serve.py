"""Serve the site on an address of this machine. Nothing that a visitor asks is written down."""

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import uvicorn
from starlette.applications import Starlette
from typer import Exit

from catalog import CatalogError, ExitCode, Library, Operator, load_operator, say
from indexer import NoIndex, Shelf
from webapp.app import create_app
from webapp.config import RateLimits, Service
from webapp.middleware.hosts import allowed_hosts
from webapp.server.protocol import RequestTimeoutProtocol
from webapp.server.workers import QUEUE, TAKEN_AT_ONCE, Workers, counting_folder, follow_parent
from webapp.telemetry.logs import write_logs

logger = logging.getLogger("webapp")
# Room for 10,000 characters of any script in an address.
LONGEST_HEAD = 256 * 1024
PATIENCE_SECONDS = 10
_BY_MEANING = "Questions are searched by their words and by their meaning."
# A worker that is loading a sentence model on a busy machine is slow to say that it lives.
_SIGN_OF_LIFE_SECONDS = 30

Tell = Callable[[str], None]


def serve_site(
    library: Library, host: str, port: int, service: Service, hosts: tuple[str, ...] = ()
) -> None:
    """Serve until Ctrl-C; leaves with a sentence and code 2 when that cannot begin.

    `hosts` are names the site answers to beside those of its address in site.toml.
    """
    with listen(host, port) as listening:
        serve_on(listening, library, service, (host, *hosts))


def serve_on(
    listening: socket.socket,
    library: Library,
    service: Service | None = None,
    hosts: tuple[str, ...] = (),
) -> None:
    """Serve until Ctrl-C or SIGTERM on an address that `listen` took.

    A wrong site.toml leaves with its problems and code 2: a site that shows the wrong number to
    call is worse than one that does not start.
    """
    operator = _operator(library)
    service = service or Service(rate=RateLimits())
    service = replace(service, hosts=allowed_hosts(operator.address, hosts))
    write_logs(service.log)
    tell: Tell = logger.info if service.log == "json" else say
    tell(f"Hope With Answers search is at {_address(listening)} (Ctrl-C stops it)")
    if service.workers > 1:
        tell(f"{service.workers} workers serve it.")
        went_well = _run_workers(listening, library, operator, service)
    else:
        shelf = Shelf(library)
        _say_how(shelf, tell)
        _run_alone(listening, create_app(library, shelf, operator, service), service)
        went_well = True
    # Before the last word, so that whoever reads it finds the address free.
    listening.close()
    tell("Stopped.")
    if not went_well:
        raise Exit(ExitCode.PART)


def _say_how(shelf: Shelf, tell: Tell) -> None:
    try:
        off = shelf.current().meaning_off
    except NoIndex as err:
        tell(f"It can't answer yet: {err}")
        return
    if shelf.trouble:
        tell(shelf.trouble)
    tell(f"Questions are searched by their words alone: {off}" if off else _BY_MEANING)


def _operator(library: Library) -> Operator:
    try:
        return load_operator(library)
    except CatalogError as err:
        say(f"Cannot serve until {library.site_file} is mended:")
        for problem in err.problems:
            say(str(problem))
        raise Exit(ExitCode.WRONG) from err


def _run_alone(listening: socket.socket, app: Starlette, service: Service) -> None:
    if threading.current_thread() is threading.main_thread():
        # The server stops at it by itself, and then has it come once more, to end the process.
        signal.signal(signal.SIGTERM, lambda _number, _frame: None)
    with suppress(KeyboardInterrupt):
        uvicorn.Server(_config(app, service)).run(sockets=[listening])


def _run_workers(
    listening: socket.socket, library: Library, operator: Operator, service: Service
) -> bool:
    """Serve with several processes; False when they could not go on."""
    with counting_folder() as folder:
        service = replace(service, folder=folder)
        config = _config(partial(worker_app, library, operator, service), service, factory=True)
        workers = Workers(config, [listening])
        workers.run()
        return not workers.gave_up


def worker_app(library: Library, operator: Operator, service: Service) -> Starlette:
    """Make the site that one worker serves; runs in the worker."""
    # As in hope.py, which a worker does not pass through: nearly all that is loaded stays.
    gc.set_threshold(100_000, 50, 50)
    write_logs(service.log)
    follow_parent(service.folder)
    shelf = Shelf(library)
    _say_how(shelf, logger.info if service.log == "json" else say)
    return create_app(library, shelf, operator, service)


def _config(
    app: Starlette | Callable[[], Starlette], service: Service, *, factory: bool = False
) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        factory=factory,
        workers=service.workers,
        backlog=TAKEN_AT_ONCE if service.workers > 1 else QUEUE,
        http=RequestTimeoutProtocol,
        ws="none",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        h11_max_incomplete_event_size=LONGEST_HEAD,
        forwarded_allow_ips=list(service.proxies),
        timeout_graceful_shutdown=PATIENCE_SECONDS,
        timeout_worker_healthcheck=_SIGN_OF_LIFE_SECONDS,
    )


def listen(host: str, port: int) -> socket.socket:
    """Take an address; leaves with a sentence and code 2 when it cannot be had."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        listening = socket.create_server(found[0][4][:2], family=found[0][0])
        # asyncio says so only to sockets that name TCP. Otherwise an answer's last packet waits
        # until those before it are acknowledged, which a reader puts off for 40 ms.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listening
    except (OSError, UnicodeError) as err:
        place = f"{host} port {port}"
        say(f"Cannot serve on {place}: {_reason(err)}. Choose another with --host or --port.")
        raise Exit(ExitCode.WRONG) from err


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
