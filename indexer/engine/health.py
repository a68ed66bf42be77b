"""Looks after the cluster that holds the passages: versions, copies, and what it writes down."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from functools import partial
from typing import Any

from catalog import EngineSettings, Library, counted
from indexer.engine.client import BATCH_SECONDS, Client
from indexer.engine.follow import expect_schema, expect_version, meta_of, served_index
from indexer.engine.open_search import all_names
from indexer.errors import IndexerError

Get = Callable[[str], Any]
_INSIGHTS = "query-insights"
_NEARLY_FULL = 80
_TOP = "search.insights.top_queries"


def check_engine(library: Library, engine: EngineSettings) -> tuple[tuple[str, ...], str]:
    """What is not as it should be, as sentences, and one on what is served from where."""
    try:
        with closing(Client(engine, library.root)) as client:
            return _looked_after(client)
    except IndexerError as err:
        return (str(err),), ""


def _looked_after(client: Client) -> tuple[tuple[str, ...], str]:
    get: Get = partial(client.ask, "GET", seconds=BATCH_SECONDS)
    version, index = expect_version(client), served_index(client)
    if not index:
        return (), f"The engine serves nothing yet as {client.engine.prefix}; run `hope index`."
    meta, names = meta_of(client, index), ",".join(all_names(index))
    expect_schema(index, meta)
    nodes = get("/_nodes/plugins")["nodes"].values()
    told = get("/_cluster/settings?include_defaults=true&flat_settings=true")
    settings = {**told["defaults"], **told["persistent"], **told["transient"]}
    problems = (
        *_versions(nodes),
        *_copies(index, get(f"/_cluster/health/{names}?local=true"), client.engine.replicas),
        *_disks(get("/_cat/allocation?format=json&h=node,disk.percent")),
        *_slow_logs(get(f"/{names}/_settings?flat_settings=true&local=true"), settings),
        *_insights(nodes, settings),
    )
    passages = counted(int(meta["passages"]), "passage")
    return problems, (
        f"The engine serves {index} ({passages}, generation {meta['generation']}) from "
        f"{counted(len(nodes), 'node')} with OpenSearch {version}."
    )


def _versions(nodes: Any) -> Iterator[str]:
    versions = sorted({node["version"] for node in nodes})
    if len(versions) > 1:
        yield f"the engine: its nodes have different versions ({', '.join(versions)})"


def _copies(index: str, health: Mapping[str, Any], replicas: int) -> Iterator[str]:
    nodes, missing = health["number_of_data_nodes"], health["unassigned_shards"]
    if health["status"] == "red":
        yield f"{index}: a part of it cannot be searched; bring the nodes back that hold it"
    elif nodes <= replicas:
        yield (
            f"{index}: {counted(nodes, 'node')} cannot keep {counted(replicas, 'replica')} of each "
            "part; bring the others back, or ask for fewer `replicas` under [engine]"
        )
    elif health["status"] == "yellow":
        yield f"{index}: {counted(missing, 'replica')} of its shards missing until nodes are back"


def _disks(nodes: Any) -> Iterator[str]:
    for one in nodes:
        if int(one["disk.percent"] or 0) >= _NEARLY_FULL:  # none of shards that no node has
            yield (
                f"the engine: the disk of {one['node']} is {one['disk.percent']} % full; make "
                "room, for at 85 it takes no more copies, and at 95 nothing"
            )


def _slow_logs(indexes: Mapping[str, Any], settings: Mapping[str, Any]) -> Iterator[str]:
    """A slow log has what people ask, word for word."""
    logs = {name: (one["settings"], "index.search.slowlog") for name, one in indexes.items()}
    logs["the engine"] = settings, "cluster.search.request.slowlog"
    for name, (known, log) in logs.items():
        thresholds = (v for key, v in known.items() if key.startswith(f"{log}.threshold."))
        if not all(str(value).startswith("-") for value in thresholds):
            yield f"{name}: its slow log writes down what people ask; set its thresholds to -1"


def _insights(nodes: Any, settings: Mapping[str, Any]) -> Iterator[str]:
    """Query insights keep the questions that took longest; where installed, they are on."""
    if not any(plugin["name"] == _INSIGHTS for node in nodes for plugin in node["plugins"]):
        return
    for kind in ("latency", "cpu", "memory"):
        if str(settings.get(setting := f"{_TOP}.{kind}.enabled", "true")) == "true":
            yield f"the engine: query insights keep what people ask; set {setting} to false"
