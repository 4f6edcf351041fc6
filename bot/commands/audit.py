"""``/audit``: which admin changed what, and when; the newest first, page by page."""

from datetime import datetime
from typing import TYPE_CHECKING

from babel.dates import format_date, format_time

from bot.commands.command import Asking, Outcome, language_of
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.services import Services
from content.texts import Texts

if TYPE_CHECKING:
    from bot.records.audit import Entry

PAGE = 8
"""Changes on a page."""

LONGEST = 200
"""Characters shown of what is told of a change."""


async def audit(services: Services, asking: Asking) -> Outcome:
    """The latest changes; ``/audit 2`` those before them."""
    from bot.records.faults import RecordsError  # noqa: PLC0415  slow where there are none

    texts, language = services.texts, language_of(services, asking)
    if services.records is None:
        return _said(texts.say("audit_away", language, reason=""), language), asking.conversation
    page = _page(asking.arguments)
    try:
        count = await services.records.audit.count()
        page = min(page, max(1, -(-count // PAGE)))
        entries = await services.records.audit.latest(PAGE, skip=(page - 1) * PAGE)
    except RecordsError as error:
        text = texts.say("audit_away", language, reason=str(error))
        return _said(text, language), asking.conversation
    if not entries:
        return _said(texts.say("audit_none", language), language), asking.conversation
    title = (Span(texts.say("audit_title", language, count=count), Style.BOLD),)
    told = [_paragraph(texts, entry, language, asking.person) for entry in entries]
    buttons = tuple(_turning(texts, language, page, is_last=page * PAGE >= count))
    reply = Reply(Kind.HELP, language, (title, *told), buttons=(buttons,) if buttons else ())
    return reply, asking.conversation


def in_words(texts: Texts, entry: "Entry", language: str, you: int | None = None) -> str:
    """A change as people read it: when, who, what."""
    return "".join(span.text for span in _paragraph(texts, entry, language, you))


def _paragraph(texts: Texts, entry: "Entry", language: str, you: int | None) -> Paragraph:
    when = datetime.fromtimestamp(entry.at).astimezone()
    locale = texts.locale(language)
    day = str(format_date(when, "medium", locale=locale))
    hour = str(format_time(when, "short", locale=locale))
    who = texts.say("audit_you", language) if entry.admin == you else str(entry.admin)
    told = texts.say("audit_entry", language, day=day, time=hour, admin=who)
    details = " ".join(entry.details.split())
    cut = f"{details[:LONGEST].rstrip()}…" if len(details) > LONGEST else details
    what = ": ".join(
        part for part in (_action(texts, entry.action, language), entry.subject) if part
    )
    return (Span(f"{told}\n", Style.ITALIC), Span(what), Span(f"\n{cut}" if cut else ""))


def _action(texts: Texts, action: str, language: str) -> str:
    """What was done; an action that has no words here is told as it was written down."""
    key = f"audit_action_{action.replace(' ', '_').replace('-', '_')}"
    return texts.say(key, language) if key in texts.keys(language) else action


def _page(arguments: str) -> int:
    first = arguments.split(maxsplit=1)[0] if arguments else "1"
    is_number = first.isascii() and first.isdigit() and len(first) <= 6
    return max(1, int(first)) if is_number else 1


def _turning(texts: Texts, language: str, page: int, is_last: bool) -> list[Button]:
    buttons = []
    if page > 1:
        buttons.append(Button(texts.say("audit_newer", language), action=f"/audit {page - 1}"))
    if not is_last:
        buttons.append(Button(texts.say("audit_older", language), action=f"/audit {page + 1}"))
    return buttons


def _said(text: str, language: str) -> Reply:
    return Reply(Kind.HELP, language, ((Span(text.strip()),),))
