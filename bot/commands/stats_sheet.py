"""The paper that numbers are drawn on: as wide as a phone, measured in pixels from the top."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Literal

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import Rectangle

WIDTH, MARGIN = 1080, 56
"""Pixels; what is 30 high here is about 11 points on a phone."""

BLUE, ORANGE = "#0072B2", "#D55E00"
"""Two colours that everybody can tell apart (Okabe and Ito)."""
INK, GREY, LINE, TINT = "#1A1A1A", "#5F6368", "#DADCE0", "#CFE4F1"

_DOTS_AN_INCH = 72
"""So that a point is a pixel."""

_SIX_PARTS = 64
"""Parts of a pixel that fonts are measured in."""


class Sheet:
    """One sheet; text on it is data, shown letter by letter, never read as mathematics."""

    def __init__(self, height: int) -> None:
        self.height = height
        size = (WIDTH / _DOTS_AN_INCH, height / _DOTS_AN_INCH)
        self._figure = Figure(figsize=size, dpi=_DOTS_AN_INCH, facecolor="white")
        FigureCanvasAgg(self._figure)

    def axes(self, top: float, height: float, left: float, right: float = MARGIN) -> Axes:
        """Room for a drawing, without frame, ticks and labels of its own."""
        width = WIDTH - left - right
        box = (left / WIDTH, 1 - (top + height) / self.height, width / WIDTH, height / self.height)
        axes = self._figure.add_axes(box, facecolor="none", zorder=5)
        axes.set_axis_off()
        return axes

    def write(
        self,
        text: str,
        at: tuple[float, float],
        size: float,
        colour: str = INK,
        align: Literal["left", "center", "right"] = "left",
        bold: bool = False,
    ) -> float:
        """Writes from or to x, in the middle of y; how wide it became."""
        shown = drawable(text)
        self._figure.text(
            at[0] / WIDTH,
            1 - at[1] / self.height,
            shown,
            color=colour,
            fontproperties=FontProperties(fname=_font(bold), size=size),
            ha=align,
            va="center_baseline",
            parse_math=False,
        )
        return width_of(shown, size, bold)

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """A filled rectangle."""
        corner = (left / WIDTH, 1 - (top + height) / self.height)
        size = (width / WIDTH, height / self.height)
        self._figure.add_artist(Rectangle(corner, *size, facecolor=colour, linewidth=0))

    def png(self) -> bytes:
        """The sheet as a picture."""
        picture = BytesIO()
        self._figure.savefig(picture, format="png", dpi=_DOTS_AN_INCH, metadata={"Software": None})
        return picture.getvalue()


def drawable(text: str) -> str:
    """The text without what the font has no letters for, such as emoji."""
    font = get_font(_font(bold=False))
    kept = "".join(letter for letter in text if letter == " " or font.get_char_index(ord(letter)))
    return " ".join(word for word in kept.split(" ") if word)


def width_of(text: str, size: float, bold: bool = False) -> float:
    """How many pixels a text is wide."""
    font = get_font(_font(bold))
    font.set_size(size, _DOTS_AN_INCH)
    font.set_text(drawable(text), 0.0)
    return float(font.get_width_height()[0]) / _SIX_PARTS


def fitting(text: str, size: float, width: float) -> str:
    """The text, cut where it would be wider than that."""
    if width_of(text, size) <= width:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(f"{text[:middle].rstrip()}…", size) <= width:
            low = middle
        else:
            high = middle - 1
    return f"{text[:low].rstrip()}…"


@lru_cache(maxsize=2)
def _font(bold: bool) -> Path:
    # The font that comes with matplotlib: what else is installed, or set, plays no part.
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return Path(get_data_path()) / "fonts" / "ttf" / name
