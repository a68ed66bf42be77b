import pytest
from fuzz import at_random
from hostile import INJECTIONS, TARGETS, TOKENS
from hypothesis import given, settings
from hypothesis import strategies as st

PIECES = st.one_of(st.sampled_from(TOKENS), st.text(max_size=12))


@pytest.mark.parametrize("name", TARGETS)
@given(st.data())
@settings(max_examples=25, deadline=None)
def test_a_reader_bears_whatever_is_put_into_a_sound_text(name: str, data: st.DataObject) -> None:
    target = TARGETS[name]
    text = data.draw(st.sampled_from(target.seeds))

    for piece in data.draw(st.lists(PIECES, max_size=5)):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + piece + text[at:]

    target.read(text)


@pytest.mark.parametrize("injection", INJECTIONS.values(), ids=[*INJECTIONS])
def test_every_reader_bears_a_text_that_attacks(injection: str) -> None:
    for target in TARGETS.values():
        target.read(injection)
        for seed in target.seeds:
            target.read(seed.replace("e", injection, 3))


def test_the_fuzzing_without_atheris_tries_texts() -> None:
    assert at_random("appointment", 0.05) > 0
