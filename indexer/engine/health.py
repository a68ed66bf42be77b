"""Looks after the cluster that holds the passages: versions, copies, and what it writes down."""

from collections.abc import Iterator, Mapping
from typing import Any

from catalog import EngineSettings, Library, counted
from indexer.engine.client import BATCH_SECONDS, Client
from indexer.engine.follow import expect_schema, expect_version, meta_of, served_index
from indexer.engine.open_search import all_names
from indexer.errors import IndexerError

_INSIGHTS = "query-insights"
_NEARLY_FULL = 80
_TOP = "search.insights.top_queries"


def check_engine(library: Library, engine: EngineSettings) -> tuple[tuple[str, ...], str]:
    """What is not as it should be, as sentences, and one on what is served from where."""
    try:
        client = Client(engine, library.root)
    except IndexerError as err:
        return (str(err),), ""
    try:
        expect_version(client)
        index = served_index(client)
        if not index:
            return (), f"The engine serves nothing yet as {engine.prefix}; run `hope index`."
        meta = meta_of(client, index)
        expect_schema(index, meta)
        nodes = _get(client, "/_nodes/plugins")["nodes"].values()
        health = _get(client, f"/_cluster/health/{','.join(all_names(index))}?local=true")
        problems = (
            *_versions(nodes),
            *_copies(index, health, engine.replicas),
            *_disks(_get(client, "/_cat/allocation?format=json&h=node,disk.percent")),
            *_slow_logs(client, index),
            *_insights(client, nodes),
        )
    except IndexerError as err:
        return (str(err),), ""
    finally:
        client.close()
    passages = counted(int(meta["passages"]), "passage")
    return problems, (
        f"The engine serves {index} ({passages}, generation {meta['generation']}) from "
        f"{counted(len(nodes), 'node')} with OpenSearch {next(iter(nodes))['version']}."
    )


def _get(client: Client, path: str) -> Any:
    return client.ask("GET", path, seconds=BATCH_SECONDS)


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


def _slow_logs(client: Client, index: str) -> Iterator[str]:
    """A slow log has what people ask, word for word."""
    told = _get(client, f"/{','.join(all_names(index))}/_settings?flat_settings=true&local=true")
    for one, settings in told.items():
        if _is_on(settings["settings"], "index.search.slowlog.threshold."):
            yield f"{one}: its slow log writes down what people ask; set its thresholds to -1"
    if _is_on(_cluster_settings(client), "cluster.search.request.slowlog.threshold."):
        yield "the engine: its slow log writes down what people ask; set its thresholds to -1"


def _insights(client: Client, nodes: Any) -> Iterator[str]:
    """Query insights keep the questions that took longest; where installed, they are on."""
    if not any(plugin["name"] == _INSIGHTS for node in nodes for plugin in node["plugins"]):
        return
    settings = _cluster_settings(client)
    on = [
        kind
        for kind in ("latency", "cpu", "memory")
        if str(settings.get(f"{_TOP}.{kind}.enabled", "true")) == "true"
    ]
    if on:
        yield (
            f"the engine: query insights keep what people ask; set {_TOP}.{on[0]}.enabled "
            "(and those of the others) to false"
        )


def _cluster_settings(client: Client) -> dict[str, Any]:
    told = _get(client, "/_cluster/settings?include_defaults=true&flat_settings=true")
    return {**told["defaults"], **told["persistent"], **told["transient"]}


def _is_on(settings: Mapping[str, Any], prefix: str) -> bool:
    return any(
        name.startswith(prefix) and not str(value).startswith("-")
        for name, value in settings.items()
    )
