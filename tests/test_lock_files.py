from __future__ import annotations

import re

import pytest
from paths import ROOT

LOCKS = ("requirements.lock", "requirements-meaning.lock", "requirements-dev.lock")


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


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text("utf-8")
