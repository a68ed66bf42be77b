from __future__ import annotations

from dataclasses import dataclass, field

from webapp.rendering.addresses import WatchLinks
from webapp.rendering.kept_markup import kept_markup


@dataclass
class Said:
    anchor: str
    is_marked: bool = False


@dataclass
class Writer:
    """Counts what it writes: a link, escaped as a template does."""

    written: int = 0
    kept: dict[object, str] = field(default_factory=dict)

    def write(self, one: Said, links: WatchLinks) -> str:
        self.written += 1
        href = links.sentence(1_000, one.anchor).replace("&", "&amp;")
        return f'<a href="{href}">'

    def markup(self, one: Said, links: WatchLinks) -> str:
        return str(kept_markup(one, links, self.write, self.kept))


def test_what_is_said_is_written_once_for_all_questions_and_each_has_its_own_in_the_links() -> None:
    writer, said = Writer(), Said("s1000")
    questions = ("pain", 'it\'s "gut" <b>', "dolor ñ", "\ue000", "%EE%80%80")
    all_links = [WatchLinks(question=question, part=2) for question in questions]

    for links in all_links:
        assert writer.markup(said, links) == Writer().write(said, links)
    assert writer.written == 1
    assert not any(
        links.quoted in markup for links in all_links[:3] for markup in writer.kept.values()
    )


def test_what_links_keep_beside_a_question_has_its_own_markup() -> None:
    writer, said = Writer(), Said("s1000")
    each = [WatchLinks(), WatchLinks("es"), WatchLinks(part=2), WatchLinks(question="pain")]

    for links in (*each, *each):
        assert writer.markup(said, links) == Writer().write(said, links)
    assert writer.written == len(each)


def test_what_is_marked_is_written_each_time_and_not_kept() -> None:
    writer, said = Writer(), Said("s1000", is_marked=True)

    for _ in range(2):
        writer.markup(said, WatchLinks(question="pain"))
    assert (writer.written, writer.kept) == (2, {})
