"""The edge to faster-whisper, and the only one: a sound file goes in, words with times come out."""

from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from transcripts.errors import BlockedError, TranscriptError

USUAL_MODEL = "small"
_EXTRA = "pip install --require-hashes -r requirements-speech.lock"


class HeardLine(NamedTuple):
    """What was heard in one breath: its words, each with its time. Times are milliseconds."""

    start_ms: int
    end_ms: int
    words: tuple[tuple[int, str], ...]


Listen = Callable[[Path, str], Iterator[HeardLine]]


def open_listener(model: str = USUAL_MODEL) -> Listen:
    """Load a speech model, by name or folder. Raises TranscriptError, BlockedError."""
    try:
        from faster_whisper import WhisperModel  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as err:
        raise TranscriptError(
            f"Listening needs the extra `speech`, which is not installed here: {_EXTRA}"
        ) from err
    try:
        loaded = WhisperModel(model, device="cpu", compute_type="int8")
    except ValueError as err:
        raise TranscriptError(f"There is no speech model {model!r}: {err}") from err
    except Exception as err:  # of the network, the hub's client or the file, each its own
        why = (str(err).partition("\n")[0].strip() or type(err).__name__)[:120]
        raise BlockedError(
            f"No speech model can be had here: {model!r} is not on this machine and could not be "
            f"fetched ({why}); put its folder here and name that with `--model FOLDER`."
        ) from err

    def listen(sound: Path, language: str) -> Iterator[HeardLine]:
        segments, _ = loaded.transcribe(
            str(sound), language=language, word_timestamps=True, vad_filter=True
        )
        for segment in segments:
            yield _line(segment)

    return listen


def listener_name(model: str) -> str:
    """What wrote a track: `faster-whisper 1.2.1, model small`."""
    try:
        version = f" {metadata.version('faster-whisper')}"
    except metadata.PackageNotFoundError:
        version = ""
    return f"faster-whisper{version}, model {Path(model).name}"


def _line(segment: object) -> HeardLine:
    start, end = _ms(getattr(segment, "start", 0)), _ms(getattr(segment, "end", 0))
    timed = getattr(segment, "words", None) or ()
    words = tuple((_ms(word.start), str(word.word).strip()) for word in timed)
    plain = ((start, str(getattr(segment, "text", "")).strip()),)
    return HeardLine(start, max(end, start + 1), tuple(one for one in words or plain if one[1]))


def _ms(seconds: float) -> int:
    return max(0, round(1000 * seconds))
