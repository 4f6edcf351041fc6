"""What editors begin a partner with in a terminal: new-partner and import."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.terminal import DONE, FAILED, WRONG_USE, content_option, fail, settings_or_end
from content.checking import check as check_content
from content.models import partner_schema
from content.partner_template import Frame, blank
from content.translations import TranslationError, load_translations
from content.writing import WritingError, good_id, write_partner, write_schema

if TYPE_CHECKING:
    from content.drafting import Draft


@click.command("new-partner")
@click.argument("partner_id", metavar="ID")
@content_option
def new_partner(partner_id: str, content: Path | None) -> None:
    """Write a partner file to fill in: partners/ID.yaml."""
    folder = content or settings_or_end().content
    path = folder / "partners" / f"{partner_id}.yaml"
    if not good_id(partner_id):
        rule = "at most 48 small letters a-z, digits and single hyphens, such as toy-library"
        fail(f"{partner_id!r} is no id: {rule}", WRONG_USE)
    if path.exists():
        fail(f"{path} is there already: choose another id, or edit that file", WRONG_USE)
    try:
        write_partner(folder, partner_id, blank(frame_of(folder)))
        write_schema(folder, partner_schema())
    except (WritingError, TranslationError) as error:
        fail(str(error), FAILED)
    click.echo(str(path))
    click.echo("Fill in what says TO FILL, then: python run_bot.py check", err=True)


@click.command("import")
@click.argument("source", metavar="FILE_OR_URL")
@click.option(
    "--into",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("drafts"),
    metavar="DIR",
    show_default=True,
    help="The folder for the drafts.",
)
@content_option
def import_page(source: str, into: Path, content: Path | None) -> None:
    """Make draft partner files of a web page or a text; nothing is invented."""
    from content.drafting import drafted, language_of  # noqa: PLC0415  slow, and needed only here
    from content.page_source import PageError, is_address, read_page  # noqa: PLC0415

    folder = content or settings_or_end().content
    if into.resolve().is_relative_to((folder / "partners").resolve()):
        fail(f"{into} holds what the bot answers from: give drafts another folder", WRONG_USE)
    if into.is_dir() and any(into.glob("*.yaml")):
        fail(f"{into} has files already: empty it, or give another with --into", WRONG_USE)
    try:
        page = read_page(source)
        languages, frame = load_translations(folder), frame_of(folder)
    except (PageError, TranslationError) as error:
        fail(str(error), FAILED)
    taken: set[str] = set()
    code = language_of("\n".join(found.text for found in page.partners), languages)
    name = source if is_address(source) else Path(source).name
    drafts = [drafted(found, code, name, frame, taken) for found in page.partners]
    _write(drafts, into)
    _summarise(drafts, page.left_out, into)
    sys.exit(DONE if drafts else FAILED)


def frame_of(folder: Path) -> Frame:
    """The languages and topics that a new partner of this folder is written for."""
    topics = [topic.id for topic in check_content(folder).readable.topics]
    return Frame([t.code for t in load_translations(folder)], topics)


def _write(drafts: "list[Draft]", into: Path) -> None:
    try:
        into.mkdir(parents=True, exist_ok=True)
        for draft in drafts:
            with (into / f"{draft.id}.yaml").open("x", encoding="utf-8") as file:
                file.write(draft.text)
    except OSError as error:
        fail(f"{into} cannot be written to: {error.strerror or error}", FAILED)


def _summarise(drafts: "list[Draft]", left_out: tuple[str, ...], into: Path) -> None:
    for draft in drafts:
        untold = f": no {', '.join(draft.untold)} could be told" if draft.untold else ""
        click.echo(f"{into / draft.id}.yaml{untold}")
    for text in left_out:
        short = text if len(text) <= 100 else f"{text[:99]}…"
        click.echo(f"in no draft: {' '.join(short.split())}", err=True)
    if drafts:
        click.echo(
            f"{len(drafts)} drafts. Go through their TO CHECK and TO FILL, then move them to"
            " partners/ in the content folder.",
            err=True,
        )
    else:
        click.echo("No partner could be told: there is no heading, and no website.", err=True)


draft_commands = (new_partner, import_page)
