"""The picture of benchmarks/answers.py, from what it wrote with --output.

.venv/bin/python benchmarks/answers_picture.py answers.svg polling=polling.json ...
"""

import json
import sys
from pathlib import Path

import matplotlib as mpl

mpl.use("agg")
from matplotlib import pyplot as plt

OURS = "Partner Bot"


def draw(path: Path, ways: dict[str, list[dict[str, float | str]]]) -> None:
    """Answers a second of each bot, a row of bars for each way."""
    mpl.rcParams["svg.hashsalt"] = "answers"
    figure, all_axes = plt.subplots(
        len(ways), figsize=(8, 1.9 * len(ways)), layout="constrained", squeeze=False, sharex=True
    )
    for axes, (way, bots) in zip(all_axes.flat, ways.items(), strict=True):
        names, rates = [str(b["bot"]) for b in bots], [float(b["a_second"]) for b in bots]
        colours = ["tab:blue" if name == OURS else "silver" for name in names]
        bars = axes.barh(names, rates, color=colours)
        axes.bar_label(bars, fmt="{:.0f}", padding=3)
        axes.set_title(way, loc="left", fontsize="medium")
        axes.invert_yaxis()
        axes.margins(x=0.1)
        axes.spines[["top", "right"]].set_visible(False)
    all_axes.flat[-1].set_xlabel("answers a second, more is better")
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
    plt.close(figure)


def main() -> None:
    target, *given = sys.argv[1:]
    files = dict(one.split("=", 1) for one in given)
    draw(Path(target), {way: json.loads(Path(file).read_text()) for way, file in files.items()})


if __name__ == "__main__":
    main()
