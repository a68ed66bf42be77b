"""Topics as people choose among them: groups of them, each with how many videos there are."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog import Catalogue, Topic, TopicGroup, Video
from webapp.rendering.addresses import page_path, topics_path

MOST_TILES = 8


@dataclass(frozen=True, slots=True)
class CountedTopic:
    """A topic, and how many videos are on it."""

    topic: Topic
    videos: int


@dataclass(frozen=True, slots=True)
class TopicTile:
    """Topics that belong together, and how many videos are on any of them.

    `group` is None for topics that belong to none.
    """

    group: TopicGroup | None
    topics: tuple[CountedTopic, ...]
    videos: int

    @property
    def several(self) -> bool:
        """Whether there is more than one topic to choose from."""
        return len(self.topics) > 1

    @property
    def path(self) -> str:
        """The page of the one topic, or the place of these among all topics."""
        if self.several and self.group:
            return topics_path(self.group.slug)
        return page_path("topic", self.topics[0].topic.slug)


def topic_tiles(catalogue: Catalogue) -> tuple[TopicTile, ...]:
    """What the first page offers: groups with videos, or the topics with most; none without any."""
    shown = tuple(tile for tile in _grouped(catalogue) if tile.group and tile.videos)
    if shown:
        return shown[:MOST_TILES]
    counted = sorted(_counted(catalogue), key=lambda one: -one.videos)[:MOST_TILES]
    return tuple(TopicTile(_alone(one.topic), (one,), one.videos) for one in counted if one.videos)


def _alone(topic: Topic) -> TopicGroup:
    """A topic as a group of itself."""
    return TopicGroup(topic.slug, topic.title, (topic.slug,), topic.language, topic.translations)


def all_topics(catalogue: Catalogue) -> tuple[TopicTile, ...]:
    """Every topic, in its group; those of no group come last, the only ones where none is."""
    return tuple(_grouped(catalogue))


def _grouped(catalogue: Catalogue) -> Iterator[TopicTile]:
    counted = {one.topic.slug: one for one in _counted(catalogue)}
    videos = tuple(catalogue.videos.values())
    grouped: set[str] = set()
    for group in catalogue.groups:
        grouped |= set(group.topics)
        yield _tile(group, tuple(counted[slug] for slug in group.topics), videos)
    left = tuple(one for slug, one in counted.items() if slug not in grouped)
    if left:
        yield _tile(None, left, videos)


def _tile(
    group: TopicGroup | None, topics: tuple[CountedTopic, ...], videos: Iterable[Video]
) -> TopicTile:
    slugs = {one.topic.slug for one in topics}
    on_any = sum(not slugs.isdisjoint(video.topics) for video in videos)
    return TopicTile(group, topics, on_any)


def _counted(catalogue: Catalogue) -> tuple[CountedTopic, ...]:
    videos = Counter(slug for video in catalogue.videos.values() for slug in set(video.topics))
    return tuple(CountedTopic(topic, videos[topic.slug]) for topic in catalogue.topics.values())
