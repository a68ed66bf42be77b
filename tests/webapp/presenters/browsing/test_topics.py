from __future__ import annotations

from catalog import Catalogue, Series, Topic, TopicGroup, Video
from webapp.presenters.browsing.topics import all_topics, topic_tiles

VIDEOS = (
    Video("one", "One", "talks", topics=("alk", "pills")),
    Video("two", "Two", "talks", topics=("pills",)),
)
TOPICS = {slug: Topic(slug, slug.upper()) for slug in ("alk", "pills", "costs", "work")}
GROUPS = (TopicGroup("drugs", "Drugs", ("alk", "pills")), TopicGroup("money", "Money", ("costs",)))
CATALOGUE = Catalogue((Series("talks", "Talks", videos=VIDEOS),), topics=TOPICS)
GROUPED = Catalogue((Series("talks", "Talks", videos=VIDEOS),), topics=TOPICS, groups=GROUPS)


def test_a_group_counts_each_of_its_videos_once() -> None:
    (tile,) = topic_tiles(GROUPED)

    assert tile.group == GROUPS[0]
    assert tile.videos == 2
    assert [one.videos for one in tile.topics] == [1, 2]
    assert tile.path == "/topics#drugs"


def test_a_group_of_one_leads_to_its_topic() -> None:
    money = all_topics(GROUPED)[1]

    assert money.path == "/topic/costs"
    assert not money.several


def test_topics_of_no_group_come_last() -> None:
    last = all_topics(GROUPED)[-1]

    assert last.group is None
    assert [one.topic.slug for one in last.topics] == ["work"]


def test_without_groups_the_topics_with_most_videos_are_offered() -> None:
    tiles = topic_tiles(CATALOGUE)

    assert [tile.path for tile in tiles] == ["/topic/pills", "/topic/alk"]
    assert [tile.group and tile.group.title for tile in tiles] == ["PILLS", "ALK"]
    assert len(all_topics(CATALOGUE)) == 1
