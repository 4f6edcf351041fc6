"""Makes the README's pictures of /stats: `python docs/pictures/stats.py`, with `.venv`'s Python.

What the picture shows is made up; how it is drawn is the bot's own. It needs no browser.
Writes docs/pictures/stats-{en,fr}.png.
"""

from __future__ import annotations

import random
import sys
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent))

from bot.commands.stats_numbers import Numbers  # noqa: E402
from bot.commands.stats_picture import picture  # noqa: E402
from bot.commands.stats_words import Words  # noqa: E402
from bot.records.counts import BUCKETS, Day, Totals  # noqa: E402
from content.checking import check  # noqa: E402
from content.texts import Texts  # noqa: E402
from content.translations import load_translations  # noqa: E402

CONTENT = HERE.parent.parent / "content"
LAST, DAYS = date(2026, 11, 24), 30


def made_up() -> Numbers:
    """A month of a bot of some forty questions a day, fewer on weekends."""
    chance = random.Random(1)  # noqa: S311
    days = tuple(_day(chance, LAST - timedelta(days=n)) for n in reversed(range(DAYS)))
    whole = sum(day.questions for day in days)

    def shared(**shares: float) -> dict[str, int]:
        return {name.replace("_", "-"): round(whole * share) for name, share in shares.items()}

    totals = Totals(
        languages=shared(fr=0.72, en=0.28),
        chats=shared(private=0.58, group=0.27, inline=0.15),
        partners=shared(cose=0.22, atd_quart_monde=0.16, fneje=0.11, oveo=0.09, anpde=0.05),
        topics=shared(screens=0.24, poverty=0.19, parenting=0.15, health=0.12, education=0.08),
    )
    return Numbers(days, totals)


def _day(chance: random.Random, day: date) -> Day:
    asked = int(chance.gauss(42, 8) * (0.4 if day.weekday() > 4 else 1))
    seconds: dict[float, int] = {}
    for _ in range(asked):
        bound = next(b for b in BUCKETS if chance.lognormvariate(-1.7, 0.5) <= b)
        seconds[bound] = seconds.get(bound, 0) + 1
    return Day(day, asked, round(asked * chance.uniform(0.84, 0.97)), asked // 9, 1, seconds)


def main() -> None:
    """Writes both."""
    translations = load_translations(CONTENT)
    texts, content = Texts(translations, translations[0].code), check(CONTENT).readable
    for language in texts.languages:
        file = HERE / f"stats-{language}.png"
        file.write_bytes(picture(made_up(), Words(texts, content, language)))
        print(f"{file.name}: {file.stat().st_size // 1024} KB")


if __name__ == "__main__":
    main()
