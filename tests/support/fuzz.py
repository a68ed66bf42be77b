"""Fuzz the readers of untrusted text: python tests/support/fuzz.py TARGET|all [SECONDS]

With atheris (`make fuzz`) what is tried follows what of the code was reached; without it, sound
texts are changed at random. What fails is written to a file and printed, and ends with code 1.
"""

from __future__ import annotations

import importlib
import random
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests/support")]


def changed(text: str, tokens: tuple[str, ...], chance: random.Random) -> str:
    """A text with a few random changes: parts cut, doubled, moved, tokens put in."""
    for _ in range(chance.randint(1, 6)):
        a, b = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
        match chance.randrange(5):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:b] + text[a:b] + text[b:]
            case 2:
                text = text[:a] + chr(chance.randrange(0x300)) + text[a + 1 :]
            case _:
                text = text[:a] + chance.choice(tokens) + text[a:]
        text = text[:20_000]
    return text


def at_random(name: str, seconds: float) -> int:
    """Try a target with random changes; how often it was tried. Raises what the target raises."""
    from hostile import TARGETS, TOKENS  # noqa: PLC0415 - atheris has to see it being imported

    target, chance, tried = TARGETS[name], random.Random(name), 0
    end = time.monotonic() + seconds
    kept = list(target.seeds)
    while time.monotonic() < end:
        text = changed(chance.choice(kept), TOKENS, chance)
        try:
            target.read(text)
        except Exception:
            print(f"{name}: this text is not borne: {text!r}", file=sys.stderr)
            raise
        tried += 1
        if chance.random() < 0.01 and len(kept) < 500:
            kept.append(text)
    return tried


def by_reach(name: str, seconds: float) -> None:
    """Try a target with atheris, which ends the process."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["transcripts", "catalog", "indexer", "webapp"]):
        hostile = importlib.import_module("hostile")
    target = hostile.TARGETS[name]
    folder = ROOT / ".fuzz" / name
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(target.seeds):
        (folder / f"seed{number}").write_text(seed, "utf-8")
    words = folder.parent / "words.txt"
    words.write_text("".join(f'"{_escaped(token)}"\n' for token in hostile.TOKENS), "utf-8")

    def one(data: bytes) -> None:
        target.read(data.decode("utf-8", "replace"))

    bounds = [
        f"-max_total_time={int(seconds)}",
        "-max_len=4000",
        "-timeout=20",
        "-rss_limit_mb=2048",
    ]
    where = [f"-dict={words}", f"-artifact_prefix={folder.parent}/{name}-", str(folder)]
    atheris.Setup([sys.argv[0], *bounds, *where, "-print_final_stats=1"], one)
    atheris.Fuzz()


def _escaped(token: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in token.encode()[:60])


def main(name: str, seconds: float) -> int:
    """Fuzz one target, or each in a process of its own."""
    if name == "all":
        from hostile import TARGETS  # noqa: PLC0415 - see above

        command = [sys.executable, __file__]
        runs = [
            subprocess.run([*command, one, str(seconds)], check=False).returncode for one in TARGETS
        ]
        return int(any(runs))
    try:
        importlib.import_module("atheris")
    except ImportError:
        print(f"{name}: atheris is not installed, so this goes at random", flush=True)
        print(f"{name}: {at_random(name, seconds)} texts were read, nothing found", flush=True)
        return 0
    by_reach(name, seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "all", float((sys.argv[2:] or ["60"])[0])))
