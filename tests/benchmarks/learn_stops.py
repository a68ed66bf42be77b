"""Learns what words and pauses tell of the end of a sentence, and prints it as TOML.

PYTHONPATH=tests/benchmarks python tests/benchmarks/learn_stops.py TALKS AUTOMATIC...

TALKS is a library whose captions people punctuated: every second talk is learned from, the others
are left to be measured on. AUTOMATIC are automatic captions with punctuation and times of words,
which tell what a pause is worth there. It is logistic regression by stochastic gradients (AdaGrad)
over the words around each gap; the commonest words, and the pairs that tell most, are kept, as
tenths of log-odds. What is printed replaces the learned lists of `transcripts/data/stops.toml`.
"""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
from bench_stops import Talk, talk_in

from transcripts.segmentation.questions import asks
from transcripts.segmentation.stop_weights import PAIRS, PLACES, Sign, kind_of, pause_ms, signs

WORDS, COUNT_PAIRS = 400, 400
COMMON_IN, RARE, RARE_PAIR = 0.6, 8, 40
LENGTHS = (1, 2, 3, 4, 5, 6, 7, 9, 11, 13, 16, 19, 23, 27, 31, 37, 46, 61)
SILENCES = (-10_000, 1, 150, 400, 900)
PAUSES = (-10_000, 0, 50, 100, 150, 200, 300, 400, 900)
FIRST_WORDS = 12
BATCH, EPOCHS, RATE, DECAY, FEWEST = 256, 5, 0.15, 1e-5, 2
SOURCE = "learned by tests/benchmarks/learn_stops.py"

Weights = Mapping[Sign, float]


def main(library: Path, automatic: Sequence[Path]) -> None:
    """Learn from every second talk, then pauses from automatic captions, and print the lists."""
    files = sorted(library.glob("captions/*/en.manual.vtt"))[::2]
    talks = [talk for talk in map(talk_in, files) if talk]
    words = common_words(talks)
    gaps = [gap for talk in talks for gap in gaps_of(talk, words)]
    seen = Counter(sign for found, _, _ in gaps for sign in found)
    kept = {
        sign for sign, times in seen.items() if times >= (RARE_PAIR if sign[0] in PAIRS else RARE)
    }
    weights = learn(gaps, kept)
    pairs = [sign for sign in kept if sign[0] in PAIRS]
    pairs.sort(key=lambda sign: -abs(weights[sign]) * seen[sign] ** 0.5)
    weights = learn(gaps, kept - set(pairs[COUNT_PAIRS:]))
    heard = [talk for talk in map(talk_in, automatic) if talk]
    print_lists(weights, words, learn_pauses(heard, weights, words))


def common_words(talks: Sequence[Talk]) -> frozenset[str]:
    """The commonest of the words that most talks say."""
    said = Counter(word.text for talk in talks for word in talk.words)
    within = Counter(text for talk in talks for text in {word.text for word in talk.words})
    most = [text for text, _ in said.most_common() if within[text] >= COMMON_IN * len(talks)]
    return frozenset(most[:WORDS])


Gap = tuple[tuple[Sign, ...], bool, int]


def gaps_of(talk: Talk, words: frozenset[str]) -> Iterator[Gap]:
    """What is seen at each gap between two words, whether a sentence ends there, and the pause."""
    spoken = [word.text for word in talk.words]
    kinds = [kind_of(word, words) for word in spoken]
    first, asked = 0, asks(spoken[:FIRST_WORDS], fresh=True)
    for n in range(len(spoken) - 1):
        step = str(LENGTHS[bisect_right(LENGTHS, n + 1 - first) - 1])
        silence = pause_ms(talk.words, n)
        yield (
            (
                *(sign for sign in signs(kinds, n) if is_common(sign, words)),
                ("lengths-asked" if asked else "lengths", step),
                ("silences", str(SILENCES[bisect_right(SILENCES, silence) - 1])),
            ),
            bool(talk.ends[n]),
            silence,
        )
        if talk.ends[n]:
            first, asked = n + 1, asks(spoken[n + 1 : n + 1 + FIRST_WORDS], fresh=True)


def is_common(sign: Sign, words: frozenset[str]) -> bool:
    """Pairs are weighed of common words only."""
    return sign[0] not in PAIRS or words.issuperset(sign[1].split(" "))


def learn(gaps: Sequence[Gap], kept: set[Sign]) -> Weights:
    """Fit the weights of signs; `("", "")` is that of every gap."""
    number = {sign: n for n, sign in enumerate(sorted(kept), start=1)}
    most = max(len(found) for found, _, _ in gaps)
    seen = np.zeros((len(gaps), most), np.int32)
    for row, (found, _, _) in zip(seen, gaps, strict=True):
        row[: len(found)] = [number.get(sign, 0) for sign in found]
    ends = np.array([ended for _, ended, _ in gaps], np.float64)
    weights = np.zeros(len(number) + 1)
    squares, always = np.full(len(weights), 1e-6), -3.0
    shuffled = np.random.default_rng(0)
    for _ in range(EPOCHS):
        order = shuffled.permutation(len(gaps))
        for some in np.array_split(order, len(order) // BATCH):
            x = seen[some]
            wrong = 1 / (1 + np.exp(-(weights[x].sum(1) + always))) - ends[some]
            there, which = np.unique(x, return_inverse=True)
            own = np.bincount(which.ravel(), np.repeat(wrong, x.shape[1]), len(there))
            slope = own + DECAY * len(some) * weights[there]
            slope[there == 0] = 0
            squares[there] += slope**2
            weights[there] -= RATE / np.sqrt(squares[there]) * slope
            always -= 0.002 * wrong.sum()
    return {("", ""): always, **{sign: float(weights[n]) for sign, n in number.items()}}


def learn_pauses(talks: Sequence[Talk], weights: Weights, words: frozenset[str]) -> list[float]:
    """What each pause is worth beside the words, by Newton's method."""
    gaps = [gap for talk in talks for gap in gaps_of(talk, words)]
    told = np.array(
        [
            weights[("", "")] + sum(weights.get(s, 0) for s in found if s[0] != "silences")
            for found, _, _ in gaps
        ]
    )
    step = np.searchsorted(PAUSES, [silence for _, _, silence in gaps], side="right") - 1
    ends = np.array([ended for _, ended, _ in gaps])
    worth = np.zeros(len(PAUSES))
    for _ in range(100):
        sure = 1 / (1 + np.exp(-(told + worth[step])))
        slope = np.bincount(step, sure - ends, len(worth)) + worth / 2
        worth -= slope / (np.bincount(step, sure * (1 - sure), len(worth)) + FEWEST)
    return worth.tolist()


def print_lists(weights: Weights, words: frozenset[str], pauses: Sequence[float]) -> None:
    """Print what was learned, in the form of the lists."""
    kinds = sorted({key for table, key in weights if table == "0"})
    always = round(10 * weights[("", "")])
    print_list("places")
    for kind in kinds:
        row = " ".join(str(tenths(weights.get((str(place), kind), 0))) for place in PLACES)
        print(f'"{kind}" = "{row}"')
    for table in PAIRS:
        print_list(table)
        for (where, key), weight in sorted(weights.items()):
            if where == table and tenths(weight):
                print(f'"{key}" = {tenths(weight)}')
    for table in ("lengths", "lengths-asked"):
        print_steps(
            table, LENGTHS, [always + tenths(weights.get((table, str(n)), 0)) for n in LENGTHS]
        )
    print_steps(
        "silences", SILENCES, [tenths(weights.get(("silences", str(n)), 0)) for n in SILENCES]
    )
    print_steps("pauses", PAUSES, [tenths(weight) for weight in pauses])


def tenths(weight: float) -> int:
    """A weight as it is written."""
    return round(10 * weight)


def print_steps(table: str, least: Sequence[int], weights: Sequence[int]) -> None:
    """Print weights that hold from a number up."""
    print_list(table)
    for number, weight in zip(least, weights, strict=True):
        print(f"{number} = {weight}")


def print_list(name: str) -> None:
    """Print the head of a list."""
    print(f'\n[{name}]\nsource = "{SOURCE}"\n\n[{name}.words]')


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
