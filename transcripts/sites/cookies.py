"""A file of cookies in Netscape's form, as browsers' extensions write it: read, never written."""

from pathlib import Path

from transcripts.errors import TranscriptError

_FIELDS = 7
_HTTP_ONLY = "#HttpOnly_"


def read_cookies(file: Path) -> str:
    """The lines of a cookies file. Raises TranscriptError, which tells nothing of what is in it."""
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as err:
        why = err.strerror if isinstance(err, OSError) else "this is no text"
        raise TranscriptError(f"{file}: the cookies cannot be read: {why}") from err
    for number, line in enumerate(text.splitlines(), start=1):
        if _is_cookie(line) and len(line.split("\t")) != _FIELDS:
            raise TranscriptError(
                f"{file}: line {number} is no cookie in Netscape's form (seven fields, parted by "
                "tabs); export them with an extension that writes cookies.txt"
            )
    if not any(map(_is_cookie, text.splitlines())):
        raise TranscriptError(f"{file}: there is no cookie in it")
    head = "# Netscape HTTP Cookie File\n"
    return text if text.startswith(("# Netscape", "# HTTP Cookie")) else head + text


def ends_of(cookies: str, domain: str) -> tuple[float, ...]:
    """When the cookies of a domain end, in seconds since 1970; 0 for those of one session."""
    rows = [line.split("\t") for line in cookies.splitlines() if _is_cookie(line)]
    return tuple(float(row[4] or 0) for row in rows if row[0].lower().endswith(domain))


def _is_cookie(line: str) -> bool:
    return bool(line.strip()) and (not line.startswith("#") or line.startswith(_HTTP_ONLY))
