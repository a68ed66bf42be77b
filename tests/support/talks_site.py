"""A site of a few talks whose captions all change with each round, and the library of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from libraries import GLOSSARY, opened, vtt, write_catalogue
from loopback import Site

from catalog import Library, checksum
from transcripts.fetching.provenance import read_provenance

TALKS = ("brain", "costs", "pills", "scans")


@dataclass
class Rounds:
    """The site, and every caption file that it ever delivered, by its checksum."""

    site: Site
    number: int = 0
    delivered: dict[str, set[str]] = field(default_factory=dict)

    def next(self) -> None:
        """Have every talk say something new."""
        self.number += 1
        for talk in TALKS:
            lines = [f"{says(talk, self.number)}.", *(f"And sentence {n}." for n in range(40))]
            body = vtt("\n".join(lines))
            self.site.put(f"/{talk}/en.vtt", body)
            self.delivered.setdefault(talk, set()).add(checksum(body.encode()))


def says(talk: str, number: int) -> str:
    """How a talk begins in a round."""
    return f"The {talk} talk says lorlatinib in round {number}"


def library_of_site(root: Path, site: Site) -> Library:
    """A library whose catalogue names the site's pages, with nothing fetched."""
    videos = "".join(
        f'[[videos]]\nslug = "{talk}"\ntitle = "{talk}"\n'
        f'page = "{site.page(f"/{talk}/", "en en.vtt")}"\n'
        for talk in TALKS
    )
    write_catalogue(root, f'slug = "talks"\ntitle = "Talks"\n{videos}')
    (root / "catalog/glossary.csv").write_text(GLOSSARY)
    return Library(root)


def tracks(library: Library) -> set[Path]:
    """The caption files of a library."""
    return set(library.captions_dir.glob("*/*.vtt"))


def assert_captions_are_whole(library: Library, rounds: Rounds, *, known: bool = True) -> None:
    """Every track is, to the byte, what was delivered once, and known to be."""
    for track in tracks(library):
        found = checksum(track.read_bytes())
        assert found in rounds.delivered[track.parent.name]
        if known:
            provenance = read_provenance(track)
            assert provenance
            assert found in {provenance.sha256, provenance.previous_sha256}


def assert_answers_agree(library: Library) -> None:
    """What is served answers for every talk, as its own transcripts have it."""
    served = opened(library)
    hits = served.search("lorlatinib").hits
    assert sorted(hit.video for hit in hits) == sorted(TALKS)
    for hit in hits:
        transcript = served.transcript(hit.video)
        assert transcript
        assert transcript.sentences[0].text.startswith(says(hit.video, 0)[:-1])
        assert hit.text.startswith(transcript.sentences[0].text)


def assert_is_of_round(library: Library, number: int) -> None:
    """What is served has all that the site said in a round."""
    served = opened(library)
    for talk in TALKS:
        transcript = served.transcript(talk)
        assert transcript
        assert transcript.sentences[0].text == f"{says(talk, number)}."
