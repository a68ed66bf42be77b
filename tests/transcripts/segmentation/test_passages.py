from hypothesis import given, settings
from hypothesis import strategies as st

from transcripts.model import Sentence
from transcripts.segmentation.passages import LENGTH_MS, STEP_MS, cut_passages


def sentences(*lengths_ms: int) -> list[Sentence]:
    """Sentences one after the other, of these lengths."""
    found: list[Sentence] = []
    now = 0
    for n, length in enumerate(lengths_ms):
        found.append(Sentence(now, now + length, f"sentence {n}", n, n + 1))
        now += length
    return found


def test_passages_overlap_by_half() -> None:
    passages = cut_passages(sentences(*[5000] * 12))

    assert [(p.first, p.last) for p in passages] == [(0, 6), (3, 9), (6, 12)]
    assert [(p.start_ms, p.end_ms) for p in passages] == [
        (0, 30_000),
        (15_000, 45_000),
        (30_000, 60_000),
    ]


def test_a_sentence_longer_than_a_passage_is_a_passage() -> None:
    passages = cut_passages(sentences(1000, 90_000, 1000))

    assert [(p.first, p.last) for p in passages] == [(0, 1), (1, 2), (2, 3)]


def test_a_short_talk_is_one_passage() -> None:
    assert [(p.first, p.last) for p in cut_passages(sentences(1000, 2000))] == [(0, 2)]


def test_nothing_said_makes_no_passages() -> None:
    assert cut_passages([]) == ()


@given(st.lists(st.integers(0, 70_000), min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_every_sentence_is_in_a_passage_and_none_is_cut_apart(lengths: list[int]) -> None:
    spoken = sentences(*lengths)

    passages = cut_passages(spoken)

    assert {n for p in passages for n in range(p.first, p.last)} == set(range(len(spoken)))
    assert all(p.end_ms - p.start_ms <= LENGTH_MS or p.last - p.first == 1 for p in passages)
    assert [p.first for p in passages] == sorted({p.first for p in passages})
    assert (
        len(passages) <= sum(lengths) / STEP_MS * 2 + len([n for n in lengths if n > STEP_MS]) + 2
    )
