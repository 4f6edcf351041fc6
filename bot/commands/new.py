"""``/new``: a new partner, question by question; nothing is written before the last button.

``/new WORD`` is what the buttons say; words of the private chat answer the question asked.
"""

import time
from collections.abc import Sequence
from dataclasses import replace

from bot.commands.command import Asking, Outcome, language_of
from bot.commands.new_drafts import NewDraft, NewDrafts
from bot.commands.new_questions import values_of
from bot.commands.new_turns import Turn, asked_in, taken_in
from bot.commands.new_words import question_reply, said
from bot.commands.upload import NEW, offered
from bot.commands.upload_words import bold, sentence
from bot.dialogue.cards import card
from bot.dialogue.messages import Button, Paragraph, Reply
from bot.dialogue.voice import Voice
from bot.services import Services
from content.partner_template import Frame, filled
from content.shaping import partner_from
from content.yaml_reading import read_yaml


async def new(services: Services, asking: Asking) -> Outcome:
    """Asks the next question, takes an answer, or shows the finished partner."""
    language = language_of(services, asking)
    if asking.person is None:
        reply = said(services, language, "command_only_alone", command="/new")
        return reply, asking.conversation
    try:
        return await _turn(services, asking, asking.person)
    except OSError as error:
        reply = said(services, language, "upload_disk", reason=error.strerror or str(error))
        return reply, asking.conversation


async def _turn(services: Services, asking: Asking, person: int) -> Outcome:
    drafts, now, language = NewDrafts(services), time.time(), language_of(services, asking)
    known = drafts.get(person, now)
    if known is None and (asking.goes_on or asking.arguments):
        return said(services, language, "new_gone"), asking.conversation
    draft = replace(known or NewDraft(person, now), at=now)
    note: tuple[Paragraph, ...] = ()
    if asking.arguments:
        made, note = Turn(services, asking).after(draft)
        if made is None:
            drafts.drop(person)
            return said(services, language, "new_cancelled"), asking.conversation
        draft = made
    elif known:
        note = (sentence(services, language, "new_again"),)
    drafts.put(draft)
    return await _shown(services, asking, draft, note), replace(asking.conversation, command="new")


async def _shown(
    services: Services, asking: Asking, draft: NewDraft, note: Sequence[Paragraph]
) -> Reply:
    language, asked, taken = language_of(services, asking), asked_in(services), taken_in(services)
    if draft.place < len(asked):
        return question_reply(services, language, draft, asked, taken, note)
    if draft.answers["id"] in taken:
        # Somebody has added one of that name meanwhile, or it was written a moment ago.
        again = replace(draft, place=[question.key for question in asked].index("id"))
        NewDrafts(services).put(again)
        wrong = sentence(services, language, "new_wrong_id_taken", id=draft.answers["id"])
        return question_reply(services, language, again, asked, taken, (*note, wrong))
    codes = [t.code for t in services.knowledge.generation.translations]
    content = services.knowledge.content
    text = filled(Frame(codes, [t.id for t in content.topics]), values_of(draft.answers))
    name = f"partners/{draft.answers['id']}.yaml"
    first = (*note, bold(services, language, "new_finished"), *_card(services, language, text))
    reply = await offered(services, asking, {name: text.encode()}, NEW, first, is_told=True)
    back = Button(services.texts.say("new_button_back", language), action="/new back")
    return replace(reply, buttons=(*reply.buttons, (back,)))


def _card(services: Services, language: str, text: str) -> tuple[Paragraph, ...]:
    """The card as people will see it."""
    root, _ = read_yaml(text)
    codes = [t.code for t in services.knowledge.generation.translations]
    partner = partner_from(root, "new", codes)[0] if root else None
    voice = Voice(services.texts, services.knowledge.content, language)
    return card(voice, partner).paragraphs if partner else ()
