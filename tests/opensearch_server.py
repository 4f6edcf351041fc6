"""Real OpenSearch nodes for the tests: on this machine alone, gone when the tests end."""

import ctypes
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from opensearch_installing import chosen, installed

NOBODY = 65534
"""OpenSearch refuses to be run by root."""

PATIENCE = 180.0
"""Seconds that nodes may take to start, on a machine that has other things to do."""


@dataclass
class Node:
    """One node; its folder is its own."""

    folder: Path
    home: Path
    java: str
    settings: dict[str, Any]
    http: int
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http}"

    def start(self) -> None:
        """Run it, without waiting until it answers."""
        config = self.folder / "config"
        for part in (config, self.folder / "data", self.folder / "logs", self.folder / "tmp"):
            part.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.home / "config" / "log4j2.properties", config)
        lines = (f"{key}: {json.dumps(value)}" for key, value in self.settings.items())
        (config / "opensearch.yml").write_text("\n".join(lines) + "\n")
        root = os.geteuid() == 0
        unprivileged: Any = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if root else {}
        if root:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, NOBODY, NOBODY)
        with (self.folder / "out.txt").open("ab") as out:
            self.process = subprocess.Popen(  # noqa: S603
                self._command(config),
                cwd=self.folder,
                env={"PATH": os.environ["PATH"]},
                stdout=out,
                stderr=subprocess.STDOUT,
                preexec_fn=_end_with_parent,  # noqa: PLW1509
                **unprivileged,
            )

    def _command(self, config: Path) -> list[str]:
        properties = {
            "opensearch.path.home": self.home,
            "opensearch.path.conf": config,
            "opensearch.distribution.type": "zip",
            "opensearch.bundled_jdk": "false",
            "java.io.tmpdir": self.folder / "tmp",
            "java.security.manager": "allow",
            "java.util.concurrent.ForkJoinPool.common.threadFactory":
                "org.opensearch.secure_sm.SecuredForkJoinWorkerThreadFactory",
            "log4j2.disable.jmx": "true",
        }  # fmt: skip
        agent = list[str]()
        if self.home.name.startswith("opensearch-3"):
            # 3 has an agent in place of Java's own security manager.
            del properties["java.security.manager"]
            agent = [f"-javaagent:{self.home}/agent/opensearch-agent.jar"]
        return [
            self.java, "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            *agent, *(f"-D{key}={value}" for key, value in properties.items()),
            "-cp", f"{self.home}/lib/*", "org.opensearch.bootstrap.OpenSearch",
        ]  # fmt: skip

    def kill(self, how: int = signal.SIGKILL) -> None:
        """End it, suddenly."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            if how not in (signal.SIGSTOP, signal.SIGCONT):
                self.process.wait()

    def ask(self, path: str, method: str = "GET", body: object = None) -> Any:
        """What the node answers, without any client."""
        data = None if body is None else json.dumps(body).encode()
        headers = {"content-type": "application/json"}
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310
        with self._opened(request) as answer:
            return json.load(answer)

    def _opened(self, request: urllib.request.Request) -> Any:
        return urllib.request.urlopen(request, timeout=30)  # noqa: S310

    def wait(self, nodes: int) -> None:
        """Until it is in a cluster of so many nodes."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            assert self.process
            if self.process.poll() is not None:
                break
            try:
                if self.ask("/_cluster/health")["number_of_nodes"] == nodes:
                    return
            except (OSError, urllib.error.URLError):
                pass
            time.sleep(0.2)
        out = (self.folder / "out.txt").read_text(errors="replace")[-3_000:]
        raise AssertionError(f"OpenSearch did not start:\n{out}")


def start_nodes(folder: Path, count: int = 1) -> Sequence[Node]:
    """A cluster of so many nodes that answers."""
    folder.chmod(0o755)  # nobody must get in
    version, java = chosen()
    home = installed(version, folder)
    names = [f"node-{number}" for number in range(count)]
    ports = free_ports(2 * count)
    shared: dict[str, Any] = {"cluster.name": folder.name}
    if count == 1:
        shared["discovery.type"] = "single-node"
    else:
        shared["discovery.seed_hosts"] = [f"127.0.0.1:{port}" for port in ports[count:]]
        shared["cluster.initial_cluster_manager_nodes"] = names
    nodes = []
    for name, http, transport in zip(names, ports, ports[count:], strict=False):
        own = settings_of(folder / name, http, transport)
        nodes.append(Node(folder / name, home, java, {**shared, **own}, http))
    for node in nodes:
        node.start()
    for node in nodes:
        node.wait(count)
    return nodes


def settings_of(folder: Path, http: int, transport: int) -> dict[str, Any]:
    """What every node of the tests is told."""
    return {
        "node.name": folder.name, "network.host": "127.0.0.1",
        "http.port": http, "transport.port": transport,
        "path.data": str(folder / "data"), "path.logs": str(folder / "logs"),
        "cluster.routing.allocation.disk.threshold_enabled": False,
    }  # fmt: skip


def free_ports(count: int) -> list[int]:
    held = [socket.socket() for _ in range(count)]
    try:
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
    finally:
        for one in held:
            one.close()


def _end_with_parent() -> None:
    """Where pytest itself is killed, nothing goes on (Linux)."""
    try:
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)
    except (AttributeError, OSError):
        return
