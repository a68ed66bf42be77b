"""The pages, posters and catalogue files of the sample library, as text."""

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from html import escape

from sample_clock import Timeline
from sample_scripts import Script

NOTICE = "Sample interview with invented speakers. Not medical advice."
CARD = "Sample, not medical advice"
LANGUAGES = {"en": "English", "es": "Español"}

PAGE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{about}">
</head>
<body>
<main>
<h1>{title}</h1>
<p><strong>{notice}</strong></p>
<video controls width="640" height="360" poster="{poster}">
{inside}
</video>
{sound}<p>{about}</p>
<p>{people}</p>
<h2>Sources</h2>
<ul>
{sources}
</ul>
</main>
</body>
</html>
"""

POSTER = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 360" width="640" height="360">
<title>{title}: {card}</title>
<rect width="640" height="360" fill="#1d3b4a"/>
<g fill="#fff" font-family="sans-serif" text-anchor="middle">
{lines}
<text x="320" y="300" font-size="24" fill="#ffd98a">{card}</text>
</g>
</svg>
"""

SOUND = "<p>This sample has sound and captions, and no picture.</p>\n"
TYPES = {"mp4": "video/mp4", "m4a": "audio/mp4"}


def title_lines(title: str) -> list[str]:
    """The title in lines that fit the card."""
    return textwrap.wrap(title, 26)


def poster(title: str) -> str:
    """A plain card that says the title and that this is a sample."""
    lines = title_lines(title)
    top = 180 - 24 * len(lines)
    texts = (
        f'<text x="320" y="{top + 48 * number}" font-size="38">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )
    return POSTER.format(title=escape(title), card=CARD, lines="\n".join(texts))


def track_tag(name: str) -> str:
    """The `<track>` of a file "en.vtt" (manual) or "en-x-auto.vtt" (automatic)."""
    tag = name.partition(".")[0]
    kind = " (automatic)" if tag.endswith("-x-auto") else ""
    label = LANGUAGES[tag[:2]] + kind
    return f'<track kind="captions" srclang="{tag}" label="{label}" src="{name}">'


def media_name(script: Script) -> str:
    """The file that is played: a film where its head names `voices`, else sound."""
    return f"{script.slug}.{'mp4' if script.one('voices') else 'm4a'}"


def page(script: Script, names: Mapping[str, str], tracks: Iterable[str], media: str) -> str:
    """The page on which a sample video is embedded."""
    ending = media.rpartition(".")[2]
    source = f'<source src="{media}" type="{TYPES[ending]}">'
    return PAGE.format(
        title=escape(script.one("title")),
        about=escape(script.one("about")),
        notice=NOTICE,
        poster="poster.png" if ending == "mp4" else "poster.svg",
        inside="\n".join([source, *map(track_tag, tracks)]),
        sound=SOUND if ending == "m4a" else "",
        people=escape(f"{names['ADVOCATE']} asks, {names['EXPERT']} answers."),
        sources="\n".join(
            f'<li><a href="{escape(url)}">{escape(url)}</a></li>' for url in script.all("source")
        ),
    )


def minutes(ms: int, *, up: bool = False) -> str:
    """Write milliseconds as m:ss, rounded down or up to the second."""
    seconds = -(-ms // 1000) if up else ms // 1000
    return f"{seconds // 60}:{seconds % 60:02}"


def string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def strings(texts: Iterable[str]) -> str:
    return "[" + ", ".join(map(string, texts)) + "]"


def series(head: Mapping[str, object], videos: Iterable[tuple[Script, Timeline]]) -> str:
    """A series file of the catalogue."""
    lines = [f"{key} = {string(str(head[key]))}" for key in ("slug", "title", "kind")]
    lines += [f"description = {string(str(head['description']))}", f"notice = {string(NOTICE)}"]
    return "\n".join(lines) + "\n" + "".join(video(*pair) for pair in videos)


def video(script: Script, timeline: Timeline) -> str:
    """One `[[videos]]` table, its times taken from the timeline."""
    following = [f"next = {string(script.one('next'))}"] if script.one("next") else []
    return "\n".join(
        [
            "\n[[videos]]",
            f"slug = {string(script.slug)}",
            f"title = {string(script.one('title'))}",
            f"description = {string(script.one('about'))}",
            f"page = {string(f'http://sample.invalid/{script.slug}/')}",
            f"media = {string(media_name(script))}",
            f"speakers = {strings([script.one('advocate'), script.one('expert')])}",
            f"topics = {strings(script.listed('topics'))}",
            f"recorded = {script.one('recorded')}",
            f"duration = {string(minutes(timeline.total_ms))}",
            'language = "en"',
            *table("questions", question_rows(timeline)),
            *table("chapters", chapter_rows(timeline)),
            f"related = {strings(script.listed('related'))}",
            *following,
            "sources = [",
            *(f"  {string(url)}," for url in script.all("source")),
            "]",
            "",
        ]
    )


def table(name: str, rows: Iterable[str]) -> Iterator[str]:
    yield f"{name} = ["
    yield from (f"  {{ {row} }}," for row in rows)
    yield "]"


def question_rows(timeline: Timeline) -> Iterator[str]:
    for mark, start, end in timeline.marks:
        if mark.kind == "?":
            at, until = string(minutes(start)), string(minutes(end, up=True))
            yield f"text = {string(mark.text)}, at = {at}, until = {until}"


def chapter_rows(timeline: Timeline) -> Iterator[str]:
    for mark, start, _ in timeline.marks:
        if mark.kind == "#":
            yield f"title = {string(mark.text)}, at = {string(minutes(start))}"
