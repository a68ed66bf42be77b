"""The worst queries that could be thought of, against real questions, and the longest page."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench_measures import percentile
from starlette.testclient import TestClient

from catalog import Library, Term
from indexer import Generation, Shelf
from indexer.analysis.languages import stopwords
from indexer.analysis.tokenizer import tokens_of
from indexer.generation import open_generation
from indexer.settings import SETTINGS
from webapp.app import create_app

LEAST_WORD = 4
TURNS = 5
NAMES, OTHER_NAMES = 40, 30


def worst_queries(generation: Generation) -> Mapping[str, str]:
    """Make queries that cost as much as they can, of the words that are said most."""
    longest = SETTINGS.longest_query
    words = _common(generation)
    pairs = [f"{first} {second}" for first, second in pairwise(words[:60])]
    names = _most_alternatives(generation)
    slips = [_slip(word) for word in words if len(word) >= 8]
    queries = {
        "one word that everybody says": words[0],
        "50 terms that everybody says": " ".join(words[:50]),
        "every stop word of English": " ".join(sorted(stopwords("en"))),
        "every stop word of Spanish": " ".join(sorted(stopwords("es"))),
        "1,000 characters of common words": " ".join(words),
        "one word of 1,000 letters": "a" * longest,
        "1,000 quotes": '"' * longest,
        "40 phrases": " ".join(f'"{pair}"' for pair in pairs[:40]),
        "8 phrases": " ".join(f'"{pair}"' for pair in pairs[:8]),
        "40 quoted words": " ".join(f'"{word}"' for word in words[:40]),
        "one phrase that hardly anybody says": f'"{pairs[0]} {pairs[1]} {pairs[2]}"',
        "100 words excluded": f"{words[0]} " + " ".join(f"-{word}" for word in words[1:101]),
        "100 rare words excluded": f"{words[0]} " + " ".join(f"-{w}" for w in words[-100:]),
        "40 phrases excluded": f"{words[0]} " + " ".join(f'-"{pair}"' for pair in pairs[:40]),
        "80 filters": f"{words[0]} " + " ".join(["speaker:a", "topic:e", "series:t"] * 27),
        "80 unknown filters": f"{words[0]} " + " ".join(["speaker:zz", "topic:zz"] * 40),
        "40 names with the most other names": " ".join(names[:40]),
        "every word misspelled": " ".join(slips),
        "every second word misspelled": " ".join(
            w for two in zip(slips, words, strict=False) for w in two
        ),
        "long words run together": " ".join(
            a + b for a, b in zip(words[99:], words[499:], strict=False)
        ),
        "Spanish": "¿Cuáles son los efectos secundarios del tratamiento, y qué ayuda a dormir? "
        * 9,
        "Spanish, misspelled": "quimoterapia inmunoterpia metastesis oncologa biopsya " * 15,
        "letters": " ".join(chr(97 + n % 26) for n in range(longest)),
        "numbers": " ".join(map(str, range(longest))),
        "a script without spaces": "肺癌の治療と副作用について" * 80,
        "hyphens": "-".join(words),
        "slashes and signs": "/+%" * longest,
        "stages and exons": " ".join(f"stage {n} exon {n}" for n in range(60)),
    }
    return {name: query[:longest] for name, query in queries.items()}


def _common(generation: Generation) -> list[str]:
    """Words of some letters, those first that are said most."""
    spoken = [t for t in generation.reader.postings.terms() if t.isalpha() and len(t) >= LEAST_WORD]
    return sorted(spoken, key=lambda term: -generation.reader.terms.document_frequency(term))


def _slip(word: str) -> str:
    return f"{word[:2]}{word[3:5]}{word[2]}{word[5:]}q"


def _most_alternatives(generation: Generation) -> list[str]:
    """Names of the glossary, those first that have most other names that are said."""

    def others(term: Term) -> int:
        found = generation.searcher.lexicon.vocabulary.alternatives(
            tuple(token.term for token in tokens_of(term.canonical))
        )
        return sum(
            all(map(generation.reader.terms.document_frequency, other.terms)) for other in found
        )

    ordered = sorted(generation.catalogue.terms, key=lambda term: -others(term))
    return [term.canonical for term in ordered]


def worst(folder: Path, questions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Time each against the median of the questions: asked for the first time, and later."""
    generation = open_generation(folder)
    generation.search("opening")
    for question in questions:
        generation.search(question)
    usual = percentile([_taken(generation.search, question) for question in questions], 0.5)
    yield "Worst queries, ms", "first", "later", f"times the p50 ({usual:.2f})"
    asked = [(name, query, generation) for name, query in worst_queries(generation).items()]
    common = _common(generation)
    wordy = _wordy(folder, common)
    asked.append(("40 names with 30 other names each", " ".join(common[:NAMES]), wordy))
    for name, query, searched in asked:
        first = _taken(searched.search, query)
        later = median(_taken(searched.search, query) for _ in range(TURNS))
        yield name, f"{first:.1f}", f"{later:.1f}", f"{later / usual:.1f}"


def worst_pages(library: Library) -> Iterator[tuple[str, ...]]:
    """Time the page of the longest transcript: whole or in parts, and with much found in it."""
    shelf = Shelf(library)
    generation = shelf.current()
    track = max((one for one in generation.tracks if not one.dead), key=lambda one: one.sentences)
    client = TestClient(create_app(library, shelf))
    yield f"A page of {track.sentences:,} sentences", "ms", "KB sent", ""
    for query in ("", "?t=3600", "?part=9999", f"?q={_common(generation)[0]}"):
        client.get(f"/watch/{track.video}{query}")
        began = time.perf_counter()
        page = client.get(f"/watch/{track.video}{query}")
        taken = 1_000 * (time.perf_counter() - began)
        yield (
            f"/watch/...{query}",
            f"{taken:.0f}",
            f"{len(gzip.compress(page.content)) / 1e3:.0f}",
            "",
        )


def _wordy(folder: Path, words: Sequence[str]) -> Generation:
    """Open it with a glossary in which each of 40 words has 30 other names that all are said."""
    generation = open_generation(folder)
    others = words[NAMES : NAMES + OTHER_NAMES]
    glossary = [Term(word, "test", variants=tuple(others)) for word in words[:NAMES]]
    generation.catalogue = replace(generation.catalogue, terms=tuple(glossary))
    generation.search("opening")
    return generation


def _taken(search: Callable[[str], object], query: str) -> float:
    # The processor's time, as other work on the machine would hide what a query costs.
    began = time.thread_time()
    search(query)
    return 1_000 * (time.thread_time() - began)
