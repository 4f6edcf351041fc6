"""The two drawings of ``/stats`` that go from day to day: questions, and response times."""

from collections.abc import Iterator, Sequence
from math import isnan, nan

from bot.commands.stats_chart import DATES, FEW, Chart
from bot.commands.stats_numbers import BY_WEEK, TIMES_BY_WEEK, Numbers, drawn, spread
from bot.commands.stats_sheet import BLUE, GREY, MARGIN, ORANGE, Sheet
from bot.commands.stats_words import Words

HEAD, HEADING, LEGEND, TALL, LOW = 36, 86, 62, 250, 150
"""Pixels: the type of a heading, the parts of a drawing one under the other, two heights."""

BY_DAY, TIMES = HEADING + LEGEND + TALL + DATES, HEADING + LEGEND + LOW + DATES
"""Pixels that the two drawings are high."""


def by_day(sheet: Sheet, top: float, numbers: Numbers, words: Words) -> None:
    """Questions by day, those without an answer above the answered ones."""
    key = "by_week" if len(numbers.days) > BY_WEEK else "by_day"
    _heading(sheet, top, words.say(key))
    legend = [(BLUE, words.say("with_answer")), (ORANGE, words.say("without_answer"))]
    _legend(sheet, top, legend)
    days = drawn(numbers.days, BY_WEEK)
    most = max(day.questions for day in days)
    chart = Chart(sheet, words, days, 1.12 * max(most, 1), top + HEADING + LEGEND, TALL)
    if not chart.is_short:
        chart.scale(lambda number: words.number(number, is_short=True), whole=True)
    width = min(0.7 * chart.step, 160)
    for place, day in enumerate(days):
        left, y, above = chart.x(place) - width / 2, chart.y(day.answered), chart.y(day.questions)
        sheet.box(left, y, width, chart.y(0) - y, BLUE)
        sheet.box(left, above, width, y - above, ORANGE)
    if chart.is_short:
        asked = [day.questions for day in days]
        chart.numbers([(number, words.number(number, is_short=True)) for number in asked])
    chart.ground()


def times(sheet: Sheet, top: float, numbers: Numbers, words: Words) -> None:
    """Response times by day: within which half of the answers came, and nearly all."""
    half, most = numbers.seconds or (0.0, 0.0)
    _heading(sheet, top, words.say("times"))
    legend = [
        (BLUE, words.say("half", seconds=words.seconds(half))),
        (ORANGE, words.say("most", seconds=words.seconds(most))),
    ]
    _legend(sheet, top, legend)
    days = drawn(numbers.days, TIMES_BY_WEEK)
    spreads = [spread(day.seconds) or (nan, nan) for day in days]
    highest = max((slow for _, slow in spreads if not isnan(slow)), default=1.0)
    above = 1.4 if len(days) <= FEW else 1.12
    chart = Chart(sheet, words, days, above * highest, top + HEADING + LEGEND, LOW)
    axes = sheet.axes(chart.top, chart.height, chart.left)
    axes.set(xlim=(-0.5, len(days) - 0.5), ylim=(0, chart.highest))
    for place, colour in ((1, ORANGE), (0, BLUE)):
        values = [pair[place] for pair in spreads]
        axes.plot(values, color=colour, linewidth=5, solid_joinstyle="round", clip_on=False)
        axes.plot(list(_alone(values)), "o", color=colour, markersize=12, clip_on=False)
    if chart.is_short:
        chart.numbers([(slow, words.seconds(slow) if slow else "") for slow in _slowest(spreads)])
    else:
        chart.scale(words.seconds)
    chart.ground()


def _slowest(spreads: Sequence[tuple[float, float]]) -> Iterator[float]:
    yield from (0.0 if isnan(slow) else slow for _, slow in spreads)


def _alone(values: Sequence[float]) -> Iterator[float]:
    """The values without a neighbour, which no line shows."""
    around = [nan, *values, nan]
    for before, value, after in zip(around, values, around[2:], strict=False):
        yield value if isnan(before) and isnan(after) else nan


def _heading(sheet: Sheet, top: float, text: str) -> None:
    sheet.write(text, (MARGIN, top + HEADING - HEAD / 2), HEAD, bold=True)


def _legend(sheet: Sheet, top: float, parts: Sequence[tuple[str, str]]) -> None:
    """What each colour is, in a line."""
    x, y = float(MARGIN), top + HEADING + 28
    for colour, text in parts:
        sheet.box(x, y - 11, 22, 22, colour)
        x += 36 + sheet.write(text, (x + 34, y), 28, GREY) + 40
