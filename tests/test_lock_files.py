from __future__ import annotations

import importlib.util
import re

import pytest
from paths import ROOT

LOCKS = ("requirements.lock", "requirements-meaning.lock", "requirements-dev.lock")
EXTRAS = tuple(
    f"requirements-{name}.lock" for name in "youtube owner mcp speech store objects".split()
)


def pins(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text("utf-8")
    return dict(re.findall(r"^([a-z0-9_.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize(("small", "large"), [LOCKS[:2], LOCKS[1:]])
def test_a_larger_lock_holds_the_smaller_one_in_the_same_versions(small: str, large: str) -> None:
    assert pins(small)
    assert pins(small).items() <= pins(large).items()


def test_the_extra_for_meaning_is_not_in_the_lock_of_those_who_do_without() -> None:
    assert "fastembed" not in pins(LOCKS[0])
    assert "fastembed" in pins(LOCKS[1])


@pytest.mark.parametrize("lock", EXTRAS)
def test_the_locks_of_extras_can_be_installed_beside_one_another(lock: str) -> None:
    for other in (*LOCKS, *EXTRAS):
        theirs, ours = pins(other), pins(lock)
        assert {name: theirs[name] for name in theirs.keys() & ours.keys()}.items() <= ours.items()


def test_raising_yt_dlp_changes_its_two_pins_and_nothing_else() -> None:
    path = ROOT / ".ci/raise_yt_dlp.py"
    spec = importlib.util.spec_from_file_location("raise_yt_dlp", path)
    assert spec
    assert spec.loader
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    before = (ROOT / "requirements-youtube.lock").read_text("utf-8")

    after = script.pinned(before, "yt-dlp", "2099.1.1", ["a" * 64])
    after = script.pinned(after, "yt-dlp-ejs", "9.9.9", ["b" * 64])

    assert f"\nyt-dlp==2099.1.1 \\\n    --hash=sha256:{'a' * 64}\nyt-dlp-ejs==9.9.9 \\\n" in after
    changed = {line for line in after.splitlines() if line not in before.splitlines()}
    assert len(changed) == 4
    assert "yt-dlp-ejs" not in script.pinned(
        (ROOT / LOCKS[0]).read_text(), "yt-dlp-ejs", "9", ["b"]
    )


@pytest.mark.parametrize("lock", [*LOCKS, *EXTRAS])
def test_a_lock_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")
