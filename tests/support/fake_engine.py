"""A cluster of OpenSearch that is none: a server on loopback, as far as this program asks one.

It keeps documents in memory and finds them by the clauses that are sent; its scores say nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from http.server import BaseHTTPRequestHandler
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from loopback import LoopbackServer

Json = dict[str, Any]


class FakeEngine:
    """`fail` is asked before each request: what it returns, a status and a body, is the answer."""

    def __init__(self) -> None:
        self.address = ""
        self.indexes: dict[str, Json] = {}
        self.documents: dict[str, dict[str, Json]] = {}
        self.alias = ""
        self.version: Json = {"number": "2.19.1", "distribution": "opensearch"}
        self.plugins: list[str] = ["opensearch-knn"]
        self.settings: Json = {}
        self.nodes = 3
        self.status = "green"
        self.full = 40  # per cent of each disk
        self.copies = 3  # of the part that has the fewest
        self.made: dict[str, int] = {}
        self.now = 0  # ms
        self.asked: list[tuple[str, str]] = []
        self.fail: Any = lambda method, path: None

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, Any]:  # noqa: PLR0911 - a path, an answer
        self.asked.append((method, path))
        if failed := self.fail(method, path):
            return failed  # type: ignore[no-any-return]
        parts = path.strip("/").split("/")
        named, what = parts[0], parts[-1]
        if path == "/":
            return 200, {"version": self.version}
        if named.startswith("_") or what == named:
            return self._cluster(method, path, named, body)
        names = [one for one in self.indexes if any(fnmatch(one, n) for n in named.split(","))]
        asked = json.loads(body) if body and what != "_bulk" else {}
        if what == "_bulk":
            return 200, self._bulk(named, body)
        if what == "_count":
            return 200, {"count": len(self.documents[named])}
        if what == "_mget":
            found = [(one, self.documents[named].get(one)) for one in asked["ids"]]
            return 200, {"docs": [{"found": bool(doc), "_source": doc} for _, doc in found]}
        if what == "_search":
            return 200, self._search(named, asked)
        if what == "_mapping":
            return 200, {name: {"mappings": self.indexes[name]["mappings"]} for name in names}
        if what == "_settings" and method == "GET":
            return 200, {name: {"settings": self.settings} for name in names}
        return 200, {}

    def _cluster(self, method: str, path: str, named: str, body: bytes) -> tuple[int, Any]:  # noqa: PLR0911
        if method == "PUT":
            self.indexes[named], self.documents[named] = json.loads(body), {}
            self.made[named] = self.now
        elif method == "DELETE":
            for name in named.split(","):
                self.indexes.pop(name, None)
                self.documents.pop(name, None)
        elif named == "_aliases":
            self.alias = json.loads(body)["actions"][-1]["add"]["index"]
        elif named == "_alias":
            return (200, {self.alias: {}}) if self.alias else (404, {"error": "alias missing"})
        elif path == "/_cat/allocation":
            rows = [{"node": f"n{n}", "disk.percent": f"{self.full}"} for n in range(self.nodes)]
            return 200, [*rows, {"node": "UNASSIGNED", "disk.percent": None}]
        elif named == "_cat":
            made = self.made
            return 200, [{"index": n, "creation.date": str(made[n])} for n in self.indexes]
        elif named == "_nodes":
            plugins = [{"name": name} for name in self.plugins]
            node = {"version": self.version["number"], "plugins": plugins}
            return 200, {"nodes": {str(n): node for n in range(self.nodes)}}
        elif path.startswith("/_cluster/health"):
            parts = {"shards": {"0": {"active_shards": 3}, "1": {"active_shards": self.copies}}}
            health = {"status": self.status, "number_of_data_nodes": self.nodes}
            return 200, health | {"unassigned_shards": 0, "indices": {"one": parts}}
        elif path == "/_cluster/settings":
            return 200, {"defaults": self.settings, "persistent": {}, "transient": {}}
        return 200, {}

    def _bulk(self, index: str, body: bytes) -> Json:
        lines = [json.loads(line) for line in body.splitlines()]
        for action, document in zip(lines[::2], lines[1::2], strict=True):
            self.documents[index][action["index"]["_id"]] = document
        return {"errors": False, "items": []}

    def _search(self, index: str, asked: Json) -> Json:
        found = [doc for doc in self.documents[index].values() if _holds(doc, asked["query"])]
        tracks = sorted({doc["track"] for doc in found})
        hits = [
            {"_score": 1.0, "fields": {"track": [doc["track"]], "n": [doc["n"]]}} for doc in found
        ]
        buckets = [{"key": track} for track in tracks]
        return {
            "_shards": {"failed": 0},
            "hits": {"hits": hits[: asked["size"]]},
            "aggregations": {"in": {"buckets": buckets}},
        }


def _holds(doc: Json, clause: Json) -> bool:  # noqa: PLR0911
    ((kind, asked),) = clause.items()
    if kind == "bool":
        should = [_holds(doc, one) for one in asked.get("should", [])]
        return (
            all(_holds(doc, one) for one in (*asked.get("must", []), *asked.get("filter", [])))
            and not any(_holds(doc, one) for one in asked.get("must_not", []))
            and (any(should) or not should)
        )
    if kind == "dis_max":
        return any(_holds(doc, one) for one in asked["queries"])
    if kind == "knn":
        return "vector" in doc and _holds(doc, asked["vector"].get("filter", {"bool": {}}))
    ((field, value),) = asked.items()
    words = str(doc.get(field, "")).split(" ")
    if kind == "terms":
        return doc[field] in value
    if kind == "term":
        return (value["value"] if isinstance(value, dict) else value) in words
    if kind == "match_phrase":
        return f" {value} " in f" {' '.join(words)} "
    return all(  # intervals: near enough
        part["match"]["query"] in words
        for part in value["any_of"]["intervals"][0]["all_of"]["intervals"]
    )


@contextmanager
def fake_engine() -> Iterator[FakeEngine]:
    """Serve one until the end."""
    engine = FakeEngine()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True  # else each answer that is not the first waits 40 ms

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def _any(self) -> None:
            path = urlsplit(self.path).path
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, told = engine.answer(self.command, path, body)
            content = told if isinstance(told, bytes) else json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815

    server = LoopbackServer(("127.0.0.1", 0), Handler)
    engine.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield engine
    finally:
        server.shutdown()
        server.server_close()
