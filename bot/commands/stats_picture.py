"""The numbers of ``/stats`` as a picture for a phone. Slow to import: only when one is wanted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.commands.stats_charts import BY_DAY, TIMES, by_day, times
from bot.commands.stats_numbers import Numbers
from bot.commands.stats_sheet import BLUE, GREY, MARGIN, TINT, WIDTH, Sheet, drawable, fitting
from bot.commands.stats_words import Words

HEAD, GAP, ROW, LABEL = 36, 50, 56, 30
"""Pixels: the type of a heading, the space above it, a row of a list, its type."""

BETWEEN, SHARE, NUMBER = 56, 118, 150
"""Pixels between two columns, and kept free for a share or a number behind a bar."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the picture: pixels high, drawn from a top on."""

    height: int
    draw: Callable[[Sheet, float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: a name, how long its bar is (0 to 1), and what stands behind it."""

    name: str
    share: float
    told: str


def picture(numbers: Numbers, words: Words) -> bytes:
    """The picture as PNG, ``WIDTH`` pixels wide and about twice as high."""
    blocks = _blocks(numbers, words)
    sheet = Sheet(sum(block.height for block in blocks) + MARGIN)
    top = 0.0
    for block in blocks:
        block.draw(sheet, top)
        top += block.height
    return sheet.png()


def _blocks(numbers: Numbers, words: Words) -> list[Block]:
    totals = numbers.totals
    whole = numbers.questions
    spoken = [_share(words.spoken(code), n, whole, words) for code, n in totals.languages.items()]
    places = [_share(words.chat(kind), n, whole, words) for kind, n in totals.chats.items()]
    partners = [(_name(words.partner(i), i), n) for i, n in totals.partners.items()]
    topics = [(_name(words.topic(i), i), n) for i, n in totals.topics.items()]
    blocks = [
        Block(164, lambda sheet, top: _title(sheet, top, numbers, words)),
        Block(136, lambda sheet, top: _figures(sheet, top, numbers, words)),
        Block(BY_DAY, lambda sheet, top: by_day(sheet, top, numbers, words)),
    ]
    if spoken:
        blocks.append(_columns((words.say("languages"), spoken), (words.say("chats"), places)))
    for key, named in (("partners", partners), ("topics", topics)):
        if named:
            blocks.append(_list(words.say(key), _counted(named, words)))
    if numbers.seconds and len(numbers.days) > 1:
        blocks.append(Block(TIMES, lambda sheet, top: times(sheet, top, numbers, words)))
    return blocks


def _name(name: str, name_for_sure: str) -> str:
    """The name; what stands for it where the font has few of its letters."""
    letters = name.replace(" ", "")
    return name if 2 * len(drawable(letters)) > len(letters) else name_for_sure


def _title(sheet: Sheet, top: float, numbers: Numbers, words: Words) -> None:
    sheet.write(words.say("title", count=len(numbers.days)), (MARGIN, top + 74), 54, bold=True)
    sheet.write(words.period(numbers), (MARGIN, top + 134), 32, GREY)


def _figures(sheet: Sheet, top: float, numbers: Numbers, words: Words) -> None:
    told = [
        (words.number(numbers.questions, is_short=True), "figure_questions"),
        (words.percent(numbers.answered, numbers.questions), "figure_answered"),
    ]
    if numbers.seconds:
        told.append((words.seconds(numbers.seconds[0]), "figure_time"))
    width = (WIDTH - 2 * MARGIN) / 3
    for place, (figure, key) in enumerate(told):
        left = MARGIN + place * width
        sheet.write(figure, (left, top + 50), 60, BLUE, bold=True)
        label = words.say(key, count=numbers.questions)
        sheet.write(label, (left, top + 106), LABEL, GREY)


def _share(name: str, number: int, whole: int, words: Words) -> Row:
    return Row(
        name[:1].upper() + name[1:], min(number / max(whole, 1), 1.0), words.percent(number, whole)
    )


def _counted(named: Sequence[tuple[str, int]], words: Words) -> list[Row]:
    most = max(1, *(number for _, number in named))
    return [Row(name, n / most, words.number(n, is_short=True)) for name, n in named]


def _columns(*columns: tuple[str, list[Row]]) -> Block:
    width = (WIDTH - 2 * MARGIN - BETWEEN * (len(columns) - 1)) / len(columns)

    def draw(sheet: Sheet, top: float) -> None:
        for place, (heading, rows) in enumerate(columns):
            _rows(sheet, top, heading, rows, (MARGIN + place * (width + BETWEEN), width, SHARE))

    return Block(_height(max(len(rows) for _, rows in columns)), draw)


def _list(heading: str, rows: list[Row]) -> Block:
    place = (MARGIN, WIDTH - 2 * MARGIN, NUMBER)
    return Block(_height(len(rows)), lambda sheet, top: _rows(sheet, top, heading, rows, place))


def _height(rows: int) -> int:
    return GAP + HEAD + 18 + rows * ROW


def _rows(
    sheet: Sheet, top: float, heading: str, rows: list[Row], place: tuple[float, float, float]
) -> None:
    """A heading, and under it names on bars; ``place``: left, width, room for numbers."""
    left, width, behind = place
    sheet.write(heading, (left, top + GAP + HEAD / 2), HEAD, bold=True)
    room = width - behind
    for number, row in enumerate(rows):
        y = top + GAP + HEAD + 18 + number * ROW
        sheet.box(left, y + 4, max(room * row.share, 4), ROW - 8, TINT)
        name = fitting(row.name, LABEL, room - 20)
        sheet.write(name, (left + 16, y + ROW / 2), LABEL)
        sheet.write(row.told, (left + width, y + ROW / 2), LABEL, align="right", bold=True)
