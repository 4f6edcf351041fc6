"""One builder at a time on all machines; one that died holds nobody up for ever."""

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
from opensearch_cluster import a_place

from index.opensearch_cluster import Cluster
from index.opensearch_lock import BuildLock, LockLostError

SHORT = 1.2


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with a_place() as place:
        yield Cluster(place)


def lock(cluster: Cluster, expiry: float = SHORT) -> BuildLock:
    return BuildLock(Cluster(cluster.settings), f"{cluster.settings.prefix}-lock", expiry)


def test_builders_take_turns(cluster: Cluster) -> None:
    inside, most = list[int](), list[int]()

    def build(number: int) -> None:
        with lock(cluster, 30.0) as held:
            inside.append(number)
            most.append(len(inside))
            time.sleep(0.1)
            held.check()
            inside.remove(number)

    builders = [threading.Thread(target=build, args=(number,)) for number in range(4)]
    for builder in builders:
        builder.start()
    for builder in builders:
        builder.join()
    assert most == [1, 1, 1, 1]


def test_a_builder_that_lives_is_never_pushed_out(cluster: Cluster) -> None:
    with lock(cluster) as held:
        taken = threading.Event()

        def want() -> None:
            with lock(cluster):
                taken.set()

        waiting = threading.Thread(target=want)
        waiting.start()
        assert not taken.wait(3 * SHORT)
        held.check()
    assert taken.wait(10)
    waiting.join()


def test_a_builder_that_died_is_followed(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BuildLock, "_renew", lambda _self: None)
    dead: Any = lock(cluster)
    dead.__enter__()
    begun = time.monotonic()
    with lock(cluster) as held:
        assert time.monotonic() - begun >= SHORT
        held.check()
        with pytest.raises(LockLostError, match="another process builds"):
            dead.check()
        dead.__exit__(None, None, None)
        held.check()
