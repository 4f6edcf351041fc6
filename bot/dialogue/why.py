"""Why an answer was given, in plain language."""

from dataclasses import replace

from bot.dialogue.explaining import explained
from bot.dialogue.follow_up import lost
from bot.dialogue.messages import Kind, Paragraph
from bot.dialogue.nothing import as_typed, understood
from bot.dialogue.several_needs import MOST_FOUND
from bot.dialogue.turn import Outcome, Turn
from index.findings import Answer

VERY_SURE = 0.85
QUITE_SURE = 0.65

MOST_EXPLAINED = 5
"""Partners explained in one message."""


async def why(turn: Turn) -> Outcome:
    """The words that led from the last question to the partners shown."""
    voice, question = turn.voice, turn.conversation.question
    if not question:
        return lost(turn, "lost_why")
    findings = await turn.knowledge.find(question, MOST_FOUND)
    on_show = set(turn.page.on_show)
    answers = [a for a in findings.answers if a.id in on_show][:MOST_EXPLAINED]
    lines = [_line(turn, question, answer) for answer in answers]
    if not lines:
        lines = [voice.paragraph("why_nothing"), understood(voice, findings)]
    reply = voice.reply(
        Kind.ANSWERS if answers else Kind.HELP,
        voice.paragraph("why", question=question),
        *lines,
        *explained(voice, [turn.explainer.why(voice, answer) for answer in answers]),
        answers=answers,
    )
    return reply, replace(turn.conversation, last="why")


def _line(turn: Turn, question: str, answer: Answer) -> Paragraph:
    voice = turn.voice
    partner = turn.content.partner(answer.id)
    name = voice.bold_name(partner) if partner else answer.id
    typed = as_typed(question, answer.why.matched)
    words = voice.together(voice.say("quoted", text=word) for word in typed)
    sure = (
        "sure" if answer.score >= VERY_SURE else "good" if answer.score >= QUITE_SURE else "partly"
    )
    return voice.paragraph("why_matched", name=name, words=words, sure=voice.say(f"why_{sure}"))
