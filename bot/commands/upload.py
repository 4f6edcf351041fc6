"""Content by message: an admin's files are checked, shown as a difference, written on a press.

``/upload apply ID`` and ``/upload drop ID`` are what the buttons say; ``/upload`` alone explains.
"""

import asyncio
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.new_drafts import NewDrafts
from bot.commands.upload_offers import BusyError, Offer, Offers
from bot.commands.upload_words import (
    bold,
    offer_buttons,
    offer_reply,
    refused_reply,
    sentence,
    wrong_reply,
)
from bot.commands.upload_writing import written_reply
from bot.dialogue.messages import Kind, Paragraph, Reply
from bot.services import Services
from content.receiving import Document, received
from content.refusals import Refusal
from content.trying import Trial, tried
from content.writing import WritingError
from content.writing_together import ChangedError

ACTION, NEW = "upload", "new"
"""What the audit log calls files that were sent, and a partner made question by question."""


async def upload(services: Services, asking: Asking) -> Outcome:
    """What the buttons under an offer do; without one, how to send files."""
    verb, _, offer_id = asking.arguments.partition(" ")
    language = language_of(services, asking)
    if verb not in ("apply", "drop"):
        how = tuple(sentence(services, language, f"upload_how_{n}") for n in (1, 2, 3))
        return Reply(Kind.HELP, language, how), asking.conversation
    offer = Offers(services).get(asking.person, offer_id.strip(), time.time())
    if offer is None:
        return _said(services, asking, "upload_gone")
    if verb == "drop":
        Offers(services).drop(offer.id)
        _done_with(services, offer)
        return _said(services, asking, "upload_dropped")
    return await _applied(services, asking, offer), asking.conversation


async def files_sent(
    services: Services,
    asking: Asking,
    documents: Sequence[Document],
    refusals: Sequence[Refusal] = (),
) -> Outcome:
    """What an admin's files would change, or why they are not taken.

    ``refusals`` tell of files that were not even fetched.
    """
    if not asking.is_admin or asking.person is None:
        return _said(services, asking, "telegram_not_text")
    spoken = services.texts.languages
    found = await asyncio.to_thread(received, documents, spoken)
    refused = (*refusals, *found.refusals)
    if refused:
        reply = refused_reply(services, language_of(services, asking), refused)
        return reply, asking.conversation
    return await offered(services, asking, found.files, ACTION), asking.conversation


def forwarded_reply(services: Services, asking: Asking) -> Reply:
    """That files of others, passed on by an admin, are not taken."""
    return _said(services, asking, "upload_refused_forwarded")[0]


async def offered(
    services: Services,
    asking: Asking,
    files: Mapping[str, bytes],
    action: str,
    first: Sequence[Paragraph] = (),
    is_told: bool = False,
) -> Reply:
    """The difference that files would make, with a button to make it; ``first`` stands above.

    With ``is_told``, what stands above tells the difference already.
    """
    language = language_of(services, asking)
    try:
        trial = await asyncio.to_thread(tried, services.content_folder, files)
        if trial.errors:
            reply = wrong_reply(services, language, trial, list(files))
            return replace(reply, paragraphs=(*first, *reply.paragraphs))
        if not trial.changes:
            nothing = sentence(services, language, "upload_nothing_changed", count=len(files))
            return Reply(Kind.HELP, language, (*first, nothing))
        offer = _kept(services, asking, trial, action)
    except OSError as error:
        return _disk(services, language, error.strerror or str(error))
    return offer_reply(services, language, trial, offer, first, is_told)


def _kept(services: Services, asking: Asking, trial: Trial, action: str) -> Offer:
    return Offers(services).put(asking.person or 0, action, trial.changes, time.time())


async def _applied(services: Services, asking: Asking, offer: Offer) -> Reply:
    language = language_of(services, asking)
    try:
        reply = await written_reply(services, asking, offer)
        _done_with(services, offer)
        return reply
    except BusyError:
        return _said(services, asking, "upload_busy")[0]
    except ChangedError as changed:
        Offers(services).drop(offer.id)
        names = services.texts.list(changed.names[:5], language)
        first = bold(services, language, "upload_changed_meanwhile", names=names)
        files = {change.name: change.text.encode() for change in offer.changes}
        return await offered(services, asking, files, offer.action, (first,))
    except WritingError as error:
        reply = _disk(services, language, str(error))
        return replace(reply, buttons=offer_buttons(services, language, offer))


def _done_with(services: Services, offer: Offer) -> None:
    """What was made question by question need not be kept any more."""
    if offer.action == NEW:
        NewDrafts(services).drop(offer.admin)


def _disk(services: Services, language: str, reason: str) -> Reply:
    return Reply(
        Kind.ERROR, language, (sentence(services, language, "upload_disk", reason=reason),)
    )


def _said(services: Services, asking: Asking, key: str) -> Outcome:
    language = language_of(services, asking)
    return Reply(Kind.ERROR, language, (sentence(services, language, key),)), asking.conversation
