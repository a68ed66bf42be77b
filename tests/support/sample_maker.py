"""Make the tracks, pages and catalogue of the sample library from its scripts.

    python tests/support/sample_maker.py            write everything but films, stills and sound
    python tests/support/sample_maker.py --media    speak all again first (espeak-ng, ffmpeg)
    python tests/support/sample_maker.py --sound    the same, but the films stay as they are
    python tests/support/sample_maker.py --into DIR write into another folder, to compare

The same scripts always make the same bytes; only films and sound depend on the voices installed.
"""

import argparse
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from paths import SAMPLE
from sample_clock import Timeline, estimated, measured, translated
from sample_media import make_media, make_sound
from sample_pages import media_name, page, poster, series
from sample_scripts import Script, read_script
from sample_tracks import automatic_srt, json3, manual_srt, manual_vtt, rolling_vtt

SUFFIX = " (invented)"


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Make the sample library from its scripts.")
    parser.add_argument("--media", action="store_true", help="speak films and sound again")
    parser.add_argument("--sound", action="store_true", help="speak what has no film again")
    parser.add_argument("--into", type=Path, default=SAMPLE, help="the folder to write into")
    options = parser.parse_args()
    for script in scripts("en"):
        if options.media and script.one("voices"):
            make_media(script, SAMPLE)
        if (options.media or options.sound) and script.one("sound"):
            make_sound(script, time_of(script), SAMPLE)
    for name, content in make_all():
        target = options.into / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def scripts(language: str) -> list[Script]:
    """All scripts in one language."""
    return [read_script(path) for path in sorted((SAMPLE / "scripts").glob(f"*.{language}.txt"))]


def make_all() -> Iterator[tuple[str, bytes]]:
    """Every made file: its path inside the sample folder, and its bytes."""
    originals = {script.slug: script for script in scripts("en")}
    clocks = {slug: time_of(script) for slug, script in originals.items()}
    spanish = {script.slug: script for script in scripts("es")}
    names = people()
    for slug, script in originals.items():
        both = [script, *([spanish[slug]] if slug in spanish else [])]
        yield from video_files(both, clocks[slug], names)
    for head in tomllib.loads((SAMPLE / "scripts" / "series.toml").read_text("utf-8"))["series"]:
        chosen = ((originals[slug], clocks[slug]) for slug in head["videos"] if slug in originals)
        yield f"catalog/{head['slug']}.toml", series(head, chosen).encode()


def people() -> dict[str, str]:
    """Full names by slug."""
    text = (SAMPLE / "catalog" / "people.toml").read_text("utf-8")
    return {person["slug"]: person["name"] for person in tomllib.loads(text)["people"]}


def time_of(script: Script) -> Timeline:
    """Measured times where there is a film, estimated ones elsewhere."""
    if script.one("voices"):
        return measured(script, SAMPLE / "timings" / f"{script.slug}.json")
    return estimated(script)


def video_files(
    both: list[Script], timeline: Timeline, people: Mapping[str, str]
) -> Iterator[tuple[str, bytes]]:
    """The tracks and the page of one video, and its poster where that is not a still of a film."""
    original, folder = both[0], f"site/{both[0].slug}"
    names = {who: people[original.one(who.lower())] for who in ("ADVOCATE", "EXPERT")}
    made = []
    for script in both:
        times = timeline if script is original else translated(script, timeline)
        for wanted in script.all("track"):
            name, content = track(wanted.split(), script, times, names)
            made.append(name)
            yield f"{folder}/{name}", content
    yield f"{folder}/index.html", page(original, names, made, media_name(original)).encode()
    if not original.one("voices"):
        yield f"{folder}/poster.svg", poster(original.one("title")).encode()


def track(
    wanted: list[str], script: Script, timeline: Timeline, names: Mapping[str, str]
) -> tuple[str, bytes]:
    """One track: "manual vtt labels crlf", "auto json3" and so on."""
    kind, ext, *extras = wanted
    style = next((word for word in extras if word not in ("crlf", "bom")), "plain")
    text = track_text(f"{kind} {ext}", style, script, timeline, names)
    text = ("\ufeff" if "bom" in extras else "") + text
    text = text.replace("\n", "\r\n") if "crlf" in extras else text
    tag = script.language + ("-x-auto" if kind == "auto" else "")
    return f"{tag}.{ext}", text.encode()


def track_text(
    form: str, style: str, script: Script, timeline: Timeline, names: Mapping[str, str]
) -> str:
    shown = {who: name if style == "voices" else name.removesuffix(SUFFIX)
             for who, name in names.items()}  # fmt: skip
    match form:
        case "auto vtt":
            return rolling_vtt(timeline, script.language)
        case "auto json3":
            return json3(timeline)
        case "auto srt":
            return automatic_srt(timeline)
        case "manual vtt":
            return manual_vtt(timeline, script.language, style, shown)
        case "manual srt":
            return manual_srt(timeline, style, shown)
    raise ValueError(f"{script.slug}: unknown track {form!r}")


if __name__ == "__main__":
    main()
