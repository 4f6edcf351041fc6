"""Makes the README's pictures: `python docs/pictures/make.py`, with the Python of `.venv`.

Starts the real bot (`run_bot.py serve`, with the shipped content) against the tests' loopback
Bot API server, plays the conversations of `scenes.py`, draws what the bot sent, with the entities
and buttons it sent, as the page `telegram.html`, and photographs that with headless Chromium:
docs/pictures/{chat,card,nothing,inline,group}-{en,fr}.png. Nothing leaves this machine, so there
are no link previews, which Telegram would fetch. Names of scenes make only those.

Needs Chromium: on Debian or Ubuntu `apt-get install chromium fonts-roboto-unhinted
fonts-noto-color-emoji pngquant`; another Chromium can be named in the variable CHROMIUM, and
without pngquant the files are larger. Exit status 1 when something failed, 2 when it is missing.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent), str(HERE.parent.parent / "tests")]

from bot_api_server import BotApiServer  # noqa: E402
from drawing import Screen, page  # noqa: E402
from running_bot import started  # noqa: E402
from scenes import SCENES, WORDS  # noqa: E402

WIDTH = 390
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run", "--force-device-scale-factor=2",
)  # fmt: skip
MISSING = """Chromium is missing: the pictures cannot be taken.
On Debian or Ubuntu: apt-get install chromium fonts-roboto-unhinted fonts-noto-color-emoji pngquant
If it is elsewhere, put its path into the variable CHROMIUM."""


class CannotPhotograph(Exception):  # noqa: N818
    """Chromium took no picture."""


def browser() -> str:
    """The path of Chromium; ends the program with advice when there is none."""
    wanted = os.environ.get("CHROMIUM")
    for name in [wanted] if wanted else BROWSERS:
        if path := shutil.which(name):
            return path
    print(MISSING, file=sys.stderr)
    sys.exit(2)


async def play(names: list[str]) -> dict[tuple[str, str], Screen]:
    """Every screen, by the scene's name and language."""
    with tempfile.TemporaryDirectory() as data:
        async with BotApiServer(username="yourbot") as server, started(server, Path(data)) as bot:
            await bot.ready()
            return {
                (name, language): await SCENES[name](bot, language)
                for name in names
                for language in WORDS
            }


def run(chromium: str, folder: Path, *arguments: str) -> str:
    """Runs Chromium with a profile of its own; what it prints."""
    command = [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", *arguments]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=True
        )
    except (subprocess.SubprocessError, OSError) as error:
        why = getattr(error, "stderr", None) or str(error)
        raise CannotPhotograph(f"{chromium} failed:\n{why}") from error
    return done.stdout


def height_of(chromium: str, folder: Path, screen: Screen) -> int:
    """How many CSS pixels the screen wants to be high."""
    file = folder / "page.html"
    file.write_text(page(screen), encoding="utf-8")
    found = re.search(
        r'data-height="(\d+)"',
        run(chromium, folder, f"--window-size={WIDTH},200", "--dump-dom", file.as_uri()),
    )
    if found is None:
        raise CannotPhotograph("Chromium did not tell how high the page is.")
    return int(found[1])


def photograph(chromium: str, folder: Path, screen: Screen, height: int, picture: Path) -> None:
    """Writes the picture of a screen, at twice its size in CSS pixels."""
    file, taken = folder / "page.html", folder / "taken.png"
    file.write_text(page(screen, height), encoding="utf-8")
    taken.unlink(missing_ok=True)
    size = f"--window-size={WIDTH},{height}"
    run(chromium, folder, size, f"--screenshot={taken}", file.as_uri())
    if not taken.is_file():
        raise CannotPhotograph(f"Chromium wrote no {picture.name}.")
    shutil.copyfile(squeezed(taken), picture)
    print(f"{picture.name}: {picture.stat().st_size // 1024} KB")


def squeezed(picture: Path) -> Path:
    """The picture with 128 colours, a third of the size, where pngquant is installed."""
    small = picture.with_name("small.png")
    if tool := shutil.which("pngquant"):
        options = ["--force", "--nofs", "--strip", "--output", str(small)]
        command = [tool, *options, "128", str(picture)]
        subprocess.run(command, check=True)  # noqa: S603
        return small
    return picture


def main(names: list[str]) -> None:
    """Makes the pictures of these scenes; the languages' pictures of one are of one size."""
    chromium = browser()
    screens = asyncio.run(play(names or list(SCENES)))
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name in names or SCENES:
            pair = {language: screens[name, language] for language in WORDS}
            height = max(height_of(chromium, folder, screen) for screen in pair.values())
            for language, screen in pair.items():
                photograph(chromium, folder, screen, height, HERE / f"{name}-{language}.png")


if __name__ == "__main__":
    if unknown := set(sys.argv[1:]) - set(SCENES):
        print(f"No such scene: {', '.join(sorted(unknown))}. {__doc__}", file=sys.stderr)
        sys.exit(2)
    try:
        main(sys.argv[1:])
    except CannotPhotograph as error:
        print(error, file=sys.stderr)
        sys.exit(1)
