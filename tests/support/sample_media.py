"""The films, stills and sound of the sample library: spoken by espeak-ng, drawn by ffmpeg."""

import json
import math
import subprocess
import tempfile
import wave
from array import array
from collections.abc import Iterable
from pathlib import Path

from sample_clock import SOUND_MS, Said, Timeline, lay_out, spoken_items, timeline, written
from sample_pages import CARD, title_lines
from sample_scripts import Script, Sentence, Sound

RATE = 22050
WORDS_A_MINUTE = 146
SLOWEST, FASTEST = 90, 300
NEAR = 0.985
TRIES = 6
QUIET = 250
CHORD = (262, 330, 392, 523)
SIZE = (480, 270)
STILL = (1280, 720)
SPEECH = ["-c:a", "aac", "-b:a", "16k", "-ac", "1", "-ar", "16000", "-flags:a", "+bitexact"]
SPEECH += ["-fflags", "+bitexact", "-movflags", "+faststart"]
FONT = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"


def make_media(script: Script, sample: Path) -> None:
    """Write `<slug>.mp4`, its still `poster.png` and the measured times of its sentences."""
    voices = voices_of(script, "voices")
    items = spoken_items(script)
    sounds = [sound_of(item, voices) for item in items]
    said = tuple(lay_out(items, (len(sound) * 1000 // RATE for sound in sounds)))
    total_ms = timeline(script, said).total_ms
    write_timings(sample / "timings" / f"{script.slug}.json", said)
    with tempfile.TemporaryDirectory() as folder:
        speech = Path(folder) / "speech.wav"
        write_wav(speech, mix(said, sounds, total_ms))
        film = sample / "site" / script.slug / f"{script.slug}.mp4"
        film.parent.mkdir(parents=True, exist_ok=True)
        encode(speech, film, script.one("title"), total_ms)
    draw_still(film.with_name("poster.png"), script.one("title"))


def make_sound(script: Script, spoken_at: Timeline, sample: Path) -> None:
    """Write `<slug>.m4a`: each sentence at its time, as fast as it takes to fill it; no picture."""
    voices = voices_of(script, "sound")
    sounds = [fitted(one, voices) for one in spoken_at.said]
    with tempfile.TemporaryDirectory() as folder:
        speech = Path(folder) / "speech.wav"
        write_wav(speech, mix(spoken_at.said, sounds, spoken_at.total_ms))
        file = sample / "site" / script.slug / f"{script.slug}.m4a"
        command = ["ffmpeg", "-y", "-loglevel", "error", "-i", str(speech), *SPEECH]
        subprocess.run([*command, *described(script.one("title")), str(file)], check=True)


def voices_of(script: Script, key: str) -> dict[str, str]:
    """Which voice of espeak-ng each of the two has, by a line of the head."""
    return dict(zip(("ADVOCATE", "EXPERT"), script.one(key).split(), strict=True))


def fitted(said: Said, voices: dict[str, str]) -> "array[int]":
    """The samples of what is said, at the speed at which it takes its time and no longer."""
    if not isinstance(said.item, Sentence):
        return sound_of(said.item, voices)
    wanted = (said.end_ms - said.start_ms) * RATE // 1000
    speed, best = WORDS_A_MINUTE, array("h")
    for _ in range(TRIES):
        samples = speech_of(said.item.spoken, voices[said.item.speaker], speed)
        if len(best) < len(samples) <= wanted:
            best = samples
        if NEAR * wanted <= len(best):
            break
        faster = speed * len(samples) / wanted
        speed = min(max(SLOWEST, math.floor(faster) + (len(samples) > wanted)), FASTEST)
    return best or samples[:wanted]


def write_timings(path: Path, said: Iterable[Said]) -> None:
    rows = ",\n".join(
        json.dumps(
            {"start_ms": s.start_ms, "end_ms": s.end_ms, "text": written(s.item)},
            ensure_ascii=False,
        )
        for s in said
    )
    path.write_text(f'{{"said": [\n{rows}\n]}}\n', encoding="utf-8")


def sound_of(item: Sentence | Sound, voices: dict[str, str]) -> "array[int]":
    """The samples of a spoken sentence, or of a sound."""
    if isinstance(item, Sentence):
        return speech_of(item.spoken, voices[item.speaker])
    return chime(SOUND_MS["["]) if item.text == "[music]" else silence(SOUND_MS["("])


def speech_of(text: str, voice: str, speed: int = WORDS_A_MINUTE) -> "array[int]":
    """Speak one sentence and cut the silence off both ends."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-w", file.name, text]
        subprocess.run(command, check=True)
        with wave.open(file.name) as spoken:
            assert spoken.getframerate() == RATE
            samples = array("h", spoken.readframes(spoken.getnframes()))
    loud = [number for number, sample in enumerate(samples) if abs(sample) > QUIET]
    return samples[loud[0] : loud[-1] + 1]


def silence(ms: int) -> "array[int]":
    return array("h", bytes(2 * (ms * RATE // 1000)))


def chime(ms: int) -> "array[int]":
    """Four soft notes that fade."""
    samples = silence(ms)
    for number, pitch in enumerate(CHORD):
        first = number * RATE // 4
        for place in range(first, len(samples)):
            seconds = (place - first) / RATE
            wave_height = math.sin(2 * math.pi * pitch * seconds) * math.exp(-1.6 * seconds)
            samples[place] += round(3200 * wave_height)
    return samples


def mix(said: Iterable[Said], sounds: Iterable["array[int]"], total_ms: int) -> "array[int]":
    whole = silence(total_ms)
    for one, sound in zip(said, sounds, strict=True):
        first = one.start_ms * RATE // 1000
        whole[first : first + len(sound)] = sound
    return whole


def write_wav(path: Path, samples: "array[int]") -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


def encode(speech: Path, film: Path, title: str, total_ms: int) -> None:
    """A still card at one picture a second, every other one a keyframe, and mono speech."""
    command = ["ffmpeg", "-y", "-loglevel", "error"]
    command += ["-f", "lavfi", "-i", background(SIZE)]
    command += ["-i", str(speech), "-vf", card(title), "-t", str(total_ms / 1000)]
    command += ["-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p"]
    command += ["-crf", "44", "-g", "2", "-tune", "stillimage", "-preset", "veryslow"]
    command += ["-flags:v", "+bitexact", *SPEECH, *described(title), str(film)]
    subprocess.run(command, check=True)


def described(title: str) -> list[str]:
    """What a file says of itself, and nothing of the machine that made it."""
    return ["-map_metadata", "-1", "-metadata", f"title={title} ({CARD})"]


def draw_still(still: Path, title: str) -> None:
    """The picture of the film, large enough for a wide screen, in a few colours to be small."""
    few = "split[a][b];[a]palettegen=max_colors=32[c];[b][c]paletteuse=dither=none"
    one = f"{background(STILL)}:duration=1"  # the palette is known only at the end
    command = ["ffmpeg", "-y", "-loglevel", "error", "-f", "lavfi", "-i", one]
    command += ["-vf", f"{card(title, STILL[0] / SIZE[0])},{few}", "-frames:v", "1"]
    subprocess.run([*command, "-fflags", "+bitexact", str(still)], check=True)


def background(size: tuple[int, int]) -> str:
    """The empty card."""
    return f"color=0x1d3b4a:size={size[0]}x{size[1]}:rate=1"


def card(title: str, scale: float = 1) -> str:
    """The drawing: the title in the middle, the notice below."""
    lines = title_lines(title)
    top = 112 - 18 * len(lines)
    rows = [
        (line, 28, "white", top + 36 * number) for number, line in enumerate(lines)
    ] + [(CARD, 18, "0xffd98a", 210)]  # fmt: skip
    return ",".join(
        f"drawtext=fontfile={FONT}:text={escape_text(text)}:fontsize={round(size * scale)}"
        f":fontcolor={colour}:x=(w-tw)/2:y={round(y * scale)}"
        for text, size, colour, y in rows
    )


def escape_text(text: str) -> str:
    """Quote a text for ffmpeg's filter language."""
    return "'" + text.replace("'", "").replace(":", r"\:") + "'"
