"""The picture of benchmarks/engines.py: the median and the slowest of a hundred, by size."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt


class Figure(Protocol):
    """What is drawn of a measurement."""

    @property
    def partners(self) -> int: ...
    @property
    def engine(self) -> str: ...
    @property
    def p50(self) -> float: ...
    @property
    def p99(self) -> float: ...


def draw(path: Path, results: Sequence[Figure]) -> None:
    """Milliseconds a question over the number of partners, both in powers of ten."""
    mpl.rcParams["svg.hashsalt"] = "engines"
    figure, axes = plt.subplots(figsize=(8, 5), layout="constrained")
    for engine in dict.fromkeys(one.engine for one in results):
        rows = [one for one in results if one.engine == engine]
        sizes, ours = [one.partners for one in rows], engine.startswith("Partner Bot")
        (line,) = axes.plot(
            sizes, [one.p50 for one in rows], marker="o", label=engine, linewidth=2.5 if ours else 1
        )
        axes.plot(sizes, [one.p99 for one in rows], ":", color=line.get_color(), linewidth=1)
    axes.set(xscale="log", yscale="log", xlabel="partners", ylabel="milliseconds a question")
    axes.set_title("Half of all questions (line) and 99 of 100 (dotted) take less")
    axes.grid(alpha=0.3)
    axes.legend(fontsize="small")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(figure)
