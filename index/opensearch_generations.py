"""The generations in a cluster: an index each, with what it says of itself; an alias is in use."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from index.opensearch_cluster import Cluster
from index.opensearch_faults import MissingError
from index.opensearch_writing import drop

BETWEEN = "--"
"""Between the prefix of a library's indices and a generation's name; no prefix has it."""


class Generations:
    """The indices of one library, by the names of their generations."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._alias = cluster.settings.prefix

    def index_of(self, name: str) -> str:
        """The index of a generation; the cluster takes no capitals."""
        return f"{self._alias}{BETWEEN}{name.lower()}"

    def in_use(self) -> str | None:
        """The name of the generation that the alias points to; asked every few seconds."""
        try:
            found = self._cluster.ask(
                "GET",
                f"/{self.index_of('*')}/_alias/{self._alias}",
                # Any node knows it, even while there is no cluster manager.
                parameters={"local": "true"},
                patience=self._cluster.settings.timeout,
            )
        except MissingError:
            return None
        return max(map(self._name_of, found), default=None)

    def use(self, name: str) -> None:
        """Have the alias point to a generation, from one moment to the next."""
        others = {"index": f"{self._alias}{BETWEEN}*", "alias": self._alias, "must_exist": False}
        this = {"index": self.index_of(name), "alias": self._alias}
        self._cluster.ask("POST", "/_aliases", {"actions": [{"remove": others}, {"add": this}]})

    def say_of(self, name: str, said: Mapping[str, Any]) -> None:
        """Keep with a generation what it says of itself; with that, it is whole."""
        self._cluster.ask("PUT", f"/{self.index_of(name)}/_mapping", {"_meta": dict(said)})

    def said(self, name: str = "*") -> Mapping[str, Mapping[str, Any]]:
        """What each whole generation says of itself, or only the one of that name."""
        try:
            found = self._cluster.ask("GET", f"/{self.index_of(name)}/_mapping")
        except MissingError:
            return {}
        return {
            self._name_of(index): meta
            for index, value in found.items()
            if (meta := value["mappings"].get("_meta"))
        }

    def drop_all_but(self, names: Iterable[str]) -> None:
        """Throw away every other index, half ones too."""
        kept = {self.index_of(name) for name in names}
        for index in self._indices():
            if index not in kept:
                drop(self._cluster, index)

    def _indices(self) -> Sequence[str]:
        return list(self._cluster.ask("GET", f"/{self.index_of('*')}/_alias"))

    def _name_of(self, index: str) -> str:
        return index.removeprefix(f"{self._alias}{BETWEEN}").upper()
