"""Caption tracks in every form that is delivered, made from a timeline."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from sample_clock import Said, Timeline, Word
from sample_scripts import Sentence, Sound

LINE = 38
HOLD_MS = 10
COARSE_LINE = 11
SOUNDS_HEARD = {"[music]": "[Music]", "(laughs)": "[Laughter]"}
HEADER = "WEBVTT\nKind: captions\nLanguage: {language}\n\n"
PLACE = " align:start position:0%"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of automatic captions: its words, and until when it is the newest line."""

    words: tuple[Word, ...]
    until_ms: int

    @property
    def start_ms(self) -> int:
        return self.words[0].start_ms

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def is_sound(self) -> bool:
        return self.text.startswith("[")


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue of manual captions."""

    start_ms: int
    end_ms: int
    speaker: str
    opens: bool
    text: str


def clock(ms: int, point: str = ".") -> str:
    """Write milliseconds as 00:00:00.000."""
    seconds, rest = divmod(ms, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{point}{rest:03}"


def automatic_lines(timeline: Timeline) -> tuple[Line, ...]:
    """Fill lines of up to 38 characters; a sound has a line of its own."""
    rows: list[list[Word]] = [[]]
    for said in timeline.said:
        alone = isinstance(said.item, Sound)
        for word in said.heard:
            full = len(" ".join(w.text for w in rows[-1])) + 1 + len(word.text) > LINE
            if rows[-1] and (alone or full or rows[-1][0].text.startswith("[")):
                rows.append([])
            text = SOUNDS_HEARD.get(word.text, word.text)
            rows[-1].append(Word(text, word.start_ms, word.end_ms))
    ends = [row[0].start_ms for row in rows[1:]] + [rows[-1][-1].end_ms]
    return tuple(Line(tuple(row), end) for row, end in zip(rows, ends, strict=True))


def rolling_vtt(timeline: Timeline, language: str) -> str:
    """Automatic captions as rolling VTT: word times, 10 ms hold cues, carried-over lines."""
    lines = automatic_lines(timeline)
    cues = []
    carried = " "
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        held = line.until_ms if last else line.until_ms - HOLD_MS
        cues.append(rolling_cue(line.start_ms, held, carried, timed_text(line)))
        carried = escape(line.text, quote=False)
        if not last:
            cues.append(rolling_cue(held, line.until_ms, carried, " "))
    return HEADER.format(language=language) + "".join(cues)


def rolling_cue(start: int, end: int, above: str, below: str) -> str:
    return f"{clock(start)} --> {clock(end)}{PLACE}\n{above}\n{below}\n\n"


def timed_text(line: Line) -> str:
    first, *others = line.words
    timed = (f"<{clock(w.start_ms)}><c> {escape(w.text, quote=False)}</c>" for w in others)
    return escape(first.text, quote=False) + "".join(timed)


def json3(timeline: Timeline) -> str:
    """Automatic captions as json3, an event a line of the file."""
    head: dict[str, object] = {
        "wireMagic": "pb3",
        "pens": [{}],
        "wsWinStyles": [{}, {"mhModeHint": 2, "juJustifCode": 0, "sdScrollDir": 3}],
        "wpWinPositions": [
            {},
            {"apPoint": 6, "ahHorPos": 20, "avVerPos": 100, "rcRows": 2, "ccCols": 40},
        ],
    }
    top = json.dumps(head, ensure_ascii=False)[:-1]
    events = ",\n".join(json.dumps(e, ensure_ascii=False) for e in json3_events(timeline))
    return f'{top}, "events": [\n{events}\n]}}\n'


def json3_events(timeline: Timeline) -> Iterator[Mapping[str, object]]:
    total = timeline.total_ms
    yield {"tStartMs": 0, "dDurationMs": total, "id": 1, "wpWinPosId": 1, "wsWinStyleId": 1}
    lines = automatic_lines(timeline)
    shown_until = [line.until_ms for line in lines[1:]] + [total]
    for number, (line, end) in enumerate(zip(lines, shown_until, strict=True)):
        if number:
            pushed = line.start_ms - HOLD_MS
            before = shown_until[number - 1]
            yield window(pushed, before, [{"utf8": "\n"}], aAppend=1)
        coarse = number == COARSE_LINE or line.is_sound
        yield window(line.start_ms, end, [{"utf8": line.text}] if coarse else segments(line))


def window(start: int, end: int, segs: list[dict[str, object]], **more: int) -> dict[str, object]:
    return {"tStartMs": start, "dDurationMs": end - start, "wWinId": 1, **more, "segs": segs}


def segments(line: Line) -> list[dict[str, object]]:
    segs: list[dict[str, object]] = [{"utf8": line.words[0].text, "acAsrConf": 0}]
    for word in line.words[1:]:
        offset = word.start_ms - line.start_ms
        segs.append({"utf8": f" {word.text}", "tOffsetMs": offset, "acAsrConf": 0})
    return segs


def automatic_srt(timeline: Timeline) -> str:
    """Automatic captions as SRT: one line a cue."""
    lines = automatic_lines(timeline)
    return srt((line.start_ms, line.until_ms, line.text) for line in lines)


def srt(cues: Iterable[tuple[int, int, str]]) -> str:
    blocks = []
    for number, (start, end, text) in enumerate(cues, 1):
        blocks.append(f"{number}\n{clock(start, ',')} --> {clock(end, ',')}\n{text}\n")
    return "\n".join(blocks)


def manual_cues(timeline: Timeline) -> tuple[Cue, ...]:
    """Cut sentences into cues of two lines; a cue never holds two speakers."""
    cues: list[Cue] = []
    speaking = ""
    for said in timeline.said:
        speaker = said.item.speaker if isinstance(said.item, Sentence) else ""
        for number, words in enumerate(cut_sentence(said)):
            opens = number == 0 and bool(speaker) and speaker != speaking
            text = " ".join(word.text for word in words)
            cues.append(Cue(words[0].start_ms, words[-1].end_ms, speaker, opens, text))
        speaking = speaker or speaking
    return tuple(cues)


def cut_sentence(said: Said) -> list[tuple[Word, ...]]:
    """Cut one sentence into pieces that fit two lines, after a comma where there is one near."""
    words = said.words
    length = len(" ".join(word.text for word in words))
    pieces = -(-length // (2 * LINE - 12))
    ideals = [length * number // pieces for number in range(1, pieces)]
    cuts = sorted({0, len(words), *(best_cut(words, ideal) for ideal in ideals)})
    return [words[start:end] for start, end in pairwise(cuts)]


def best_cut(words: Sequence[Word], ideal: int) -> int:
    """Before which word to cut: near the ideal length, rather after a comma, never after "Dr."."""

    def cost(place: int) -> int:
        before = words[place - 1].text
        wrong = 99 * before.endswith(("Dr.", "Dra.")) - 9 * before.endswith((",", ":"))
        return abs(len(" ".join(word.text for word in words[:place])) - ideal) + wrong

    return min(range(1, len(words)), key=cost)


def two_lines(text: str) -> str:
    """Break a text near its middle when it is longer than a line."""
    if len(text) <= LINE or " " not in text:
        return text
    spaces = [place for place, letter in enumerate(text) if letter == " "]
    middle = min(spaces, key=lambda place: abs(place - len(text) // 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def speak(cue: Cue, style: str, names: Mapping[str, str]) -> str:
    """The text of a cue with its speaker shown the way the track does it."""
    if not cue.speaker or style == "voices":
        return cue.text
    opening = {"labels": f"{names[cue.speaker].upper()}: ", "chevrons": ">> ", "dashes": "- "}
    return (opening.get(style, "") if cue.opens else "") + cue.text


def manual_vtt(timeline: Timeline, language: str, style: str, names: Mapping[str, str]) -> str:
    """Manual captions as VTT; style: labels, voices, chevrons or plain."""
    blocks = []
    for cue in manual_cues(timeline):
        text = two_lines(escape(speak(cue, style, names), quote=False))
        if style == "voices" and cue.speaker:
            text = f"<v {names[cue.speaker]}>{text}</v>"
        blocks.append(f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}\n{text}\n\n")
    return HEADER.format(language=language) + "".join(blocks)


def manual_srt(timeline: Timeline, style: str, names: Mapping[str, str]) -> str:
    """Manual captions as SRT; the same styles, but for voices."""
    cues = manual_cues(timeline)
    return srt((c.start_ms, c.end_ms, two_lines(speak(c, style, names))) for c in cues)
