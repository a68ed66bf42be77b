"""A real cluster of OpenSearch on loopback: three processes, as nobody, at ports that are free.

with cluster(WITH_VECTORS) as three:
    three.kill(three.manager())
    three.start(0)

Only processes that were started here are ever ended, each by its own handle.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import mkdtemp
from typing import Any
from urllib.request import Request, urlopen

from engine_parts import Kind, java, put_together
from ports import free_ports

_NOBODY = 65534  # the server refuses to be root
_HEAP = "-Xms288m -Xmx288m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:ActiveProcessorCount=2"
_OPTIONS = (
    "-Dopensearch.networkaddress.cache.ttl=60 -XX:+AlwaysPreTouch -Xss1m -Dfile.encoding=UTF-8 "
    "-Djna.nosys=true -XX:-OmitStackTraceInFastThrow -Dio.netty.noUnsafe=true "
    "-Dio.netty.noKeySetOptimization=true -Dio.netty.recycler.maxCapacityPerThread=0 "
    "-Dio.netty.allocator.numDirectArenas=0 -Dlog4j.shutdownHookEnabled=false "
    "-Dlog4j2.disable.jmx=true -Dlog4j2.formatMsgNoLookups=true "
    "-Djava.util.concurrent.ForkJoinPool.common.threadFactory="
    "org.opensearch.secure_sm.SecuredForkJoinWorkerThreadFactory"
)
_JSON = {"Content-Type": "application/json"}
_SETTINGS = """\
cluster.name: hope-test
node.name: n{n}
network.host: 127.0.0.1
http.port: {http}
transport.port: {transport}
discovery.seed_hosts: {hosts}
cluster.initial_cluster_manager_nodes: [n0, n1, n2]
path.data: {folder}/data
path.logs: {folder}/logs
action.auto_create_index: false
cluster.routing.allocation.node_concurrent_recoveries: 16
cluster.routing.allocation.disk.threshold_enabled: false
cluster.info.update.interval: 10s
cluster.fault_detection.leader_check.interval: 500ms
cluster.fault_detection.leader_check.timeout: 3s
cluster.fault_detection.follower_check.interval: 500ms
cluster.fault_detection.follower_check.timeout: 3s
"""


@dataclass
class Cluster:
    """Three nodes, 0 to 2; `more` are settings of all of them."""

    kind: Kind
    home: Path
    folder: Path
    more: str = ""
    scheme: str = "http"
    trust: ssl.SSLContext | None = None
    account: Mapping[str, str] = field(default_factory=dict)
    ports: Sequence[int] = field(default_factory=lambda: free_ports(6))
    running: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def hosts(self) -> list[str]:
        """The addresses of the nodes."""
        return [f"{self.scheme}://127.0.0.1:{port}" for port in self.ports[:3]]

    def configure(self, files: Callable[[int], Mapping[str, bytes]]) -> None:
        """Write the settings of each node, and the further files that it has beside them."""
        hosts = json.dumps([f"127.0.0.1:{port}" for port in self.ports[3:]])
        for n in range(3):
            own = self.folder / f"n{n}"
            for part in ("config", "data", "logs", "tmp"):
                (own / part).mkdir(parents=True, exist_ok=True)
            shutil.copy(self.home / "config/log4j2.properties", own / "config")
            told = _SETTINGS.format(
                n=n, http=self.ports[n], transport=self.ports[3 + n], hosts=hosts, folder=own
            )
            (own / "config/opensearch.yml").write_text(told + self.more)
            for name, content in files(n).items():
                file = own / "config" / name
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
            if os.geteuid() == 0:
                for path in (own, *own.rglob("*")):
                    os.chown(path, _NOBODY, _NOBODY)

    def start(self, *nodes: int) -> None:
        """Start these nodes, or all; nothing is waited for."""
        for n in nodes or range(3):
            own = self.folder / f"n{n}"
            words = [
                *([] if os.geteuid() else ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}"]),
                *([] if os.geteuid() else ["--clear-groups"]),
                *["nice", "-n", "5", str(java(self.kind)), *_HEAP.split(), *_OPTIONS.split()],
                *self._agent(),
                f"-Djava.io.tmpdir={own}/tmp",
                f"-Dopensearch.path.home={self.home}",
                f"-Dopensearch.path.conf={own}/config",
                "-Dopensearch.distribution.type=tar",
                *["-cp", f"{self.home}/lib/*", "org.opensearch.bootstrap.OpenSearch"],
            ]
            with (own / "logs/out.log").open("ab") as out:
                self.running[n] = subprocess.Popen(
                    words,
                    cwd=own,
                    env={"PATH": os.environ["PATH"], "HOME": str(own), "LANG": "C.UTF-8"},
                    stdin=subprocess.DEVNULL,
                    stdout=out,
                    stderr=out,
                )

    def _agent(self) -> list[str]:
        """From version 3 on an agent stands in for Java's security manager."""
        agent = self.home / "agent/opensearch-agent.jar"
        return [f"-javaagent:{agent}"] if agent.exists() else []

    def kill(self, *nodes: int) -> None:
        """End these nodes at once, as a power cut does."""
        for n in nodes:
            self.running[n].kill()
            self.running.pop(n).wait()

    def halt(self, *nodes: int) -> None:
        """Have nodes hang: they listen and never answer."""
        for n in nodes or self.running:
            self.running[n].send_signal(signal.SIGSTOP)

    def go_on(self, *nodes: int) -> None:
        """Have them go on."""
        for n in nodes or self.running:
            self.running[n].send_signal(signal.SIGCONT)

    def ask(self, method: str, path: str, body: Any = None, node: int | None = None) -> Any:
        """What a node answers, any that runs; raises OSError."""
        n = next(iter(self.running)) if node is None else node
        content = None if body is None else json.dumps(body).encode()
        wanted = Request(
            f"{self.hosts[n]}{path}", content, {**self.account, **_JSON}, method=method
        )
        with urlopen(wanted, timeout=30, context=self.trust) as answer:
            text = answer.read()
        return json.loads(text) if text[:1] in (b"{", b"[") else text.decode()

    def wait(self, status: str = "green", seconds: float = 240) -> None:
        """Wait until as many nodes as run are one cluster of this status."""
        ends = time.monotonic() + seconds
        health: Mapping[str, Any] = {}
        while time.monotonic() < ends:
            for n, process in self.running.items():
                assert process.poll() is None, f"n{n} ended: {self.tail(n)}"
            with suppress(OSError):
                health = self.ask("GET", "/_cluster/health")
                fine = health["status"] in (status, "green")
                if health["number_of_nodes"] == len(self.running) and fine:
                    return
            time.sleep(0.25)
        raise AssertionError(f"not {status} within {seconds} s: {health}")

    def mend(self) -> None:
        """Have all nodes again, whole and green.

        After a quorum was lost and came back, copies may stay as they are until all begin anew.
        """
        self.go_on()
        if len(self.running) < 3:
            self.kill(*self.running)
            self.start()
        self.wait()

    def manager(self) -> int:
        """Which node manages the cluster."""
        return int(str(self.ask("GET", "/_cat/cluster_manager?h=node")).strip().removeprefix("n"))

    def tail(self, n: int) -> str:
        """The last that a node said."""
        out = (self.folder / f"n{n}/logs/out.log").read_text("utf-8", "replace")
        return "\n".join(out.splitlines()[-12:])

    def files(self) -> Iterator[Path]:
        """Every file of every node."""
        return (path for path in self.folder.rglob("*") if path.is_file())


@contextmanager
def cluster(
    kind: Kind,
    more: str = "",
    files: Callable[[int], Mapping[str, bytes]] = lambda _: {},
    scheme: str = "http",
) -> Iterator[Cluster]:
    """Have a cluster for as long as the block lasts; it is not waited for."""
    java(kind)
    folder = Path(mkdtemp(prefix="hope-cluster-"))
    folder.chmod(0o755)  # nobody has to find its own folder in it
    try:
        home = put_together(kind, folder)
        three = Cluster(kind, home, folder, more, scheme)
        three.configure(files)
        try:
            three.start()
            yield three
        finally:
            for process in three.running.values():
                process.kill()
                process.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
