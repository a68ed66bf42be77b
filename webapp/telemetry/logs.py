"""Logs: one JSON line a request or event, and never what came with a request.

No question, no address, no browser's name, no referring page. Of an error its kind and its place,
not its message, which may hold any of them; of what libraries say, only the fixed words.
"""

import json
import logging
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from traceback import extract_tb

from webapp.config import LogFormat

REQUESTS = "webapp.requests"
_OURS = frozenset({"webapp", "indexer", "transcripts", "catalog", "hope"})
FIELDS = ("method", "route", "status", "ms", "generation")


def write_logs(how: LogFormat) -> None:
    """Write what this process logs to stderr: everything as JSON, or in words what went wrong."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter() if how == "json" else TextFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("webapp").setLevel(logging.INFO)
    logging.getLogger(REQUESTS).setLevel(logging.INFO if how == "json" else logging.ERROR)
    threading.excepthook = _ended


class JsonFormatter(logging.Formatter):
    """A line of JSON: time, level, what happened; of a request its route, status and so on."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without anything that a visitor sent."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": record.process,
            "message": said(record),
        }
        line |= {name: getattr(record, name) for name in FIELDS if hasattr(record, name)}
        if record.exc_info:
            line |= {"error": kind_of(record), "where": list(places_of(record))}
        return json.dumps(line, ensure_ascii=False)


class TextFormatter(logging.Formatter):
    """A sentence, and of an error its place."""

    def format(self, record: logging.LogRecord) -> str:
        """Write a record without anything that a visitor sent."""
        lines = [said(record)]
        if record.exc_info:
            lines += [f"  {kind_of(record)}", *(f"  {place}" for place in places_of(record))]
        return "\n".join(lines)


def said(record: logging.LogRecord) -> str:
    """The message; of a foreign library the words without what it put into them."""
    root = record.name.partition(".")[0]
    if root in _OURS:
        return record.getMessage()
    if root == "uvicorn":
        return str(record.msg).strip()
    return f"{record.name} has something to say ({record.module}, line {record.lineno})"


def kind_of(record: logging.LogRecord) -> str:
    """The kind of error that a record is about."""
    kind = record.exc_info[0] if record.exc_info else None
    return kind.__name__ if kind else ""


def places_of(record: logging.LogRecord) -> Iterator[str]:
    """Where an error was, outermost first."""
    for frame in extract_tb(record.exc_info[2] if record.exc_info else None):
        yield f"{frame.filename}:{frame.lineno} in {frame.name}"


def _ended(args: threading.ExceptHookArgs) -> None:
    info = (args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback)
    logging.getLogger("webapp").error("A thread ended with an error", exc_info=info)
