"""The file that the nightly report is written to: whole at every moment, whatever ends the job."""

from __future__ import annotations

from pathlib import Path

import msgspec

from catalog import say, write_atomically
from indexer.update.report import UpdateReport


class ReportFile:
    """Keeps a report in a file; `failed` says that it could not."""

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
