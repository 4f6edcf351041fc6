"""``/why``: the words that led to an answer, in reply to it or about the last one."""

from dataclasses import replace

from babel.numbers import format_decimal

from bot.commands.command import Asking, Outcome, language_of
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Kind, Paragraph, Reply, Span, Style
from bot.dialogue.naming import full_name
from bot.services import Services
from index.confidence import THRESHOLD
from index.findings import Answer


async def why(services: Services, asking: Asking) -> Outcome:
    """Words matched, corrected and translated; for admins also how sure each answer is."""
    language, now = language_of(services, asking), asking.incoming.now
    about = asking.conversation if asking.about is None else asking.about
    question = about.at_time(now).question
    if asking.about is not None and not question:
        text = services.texts.say("why_forgotten", language)
        return Reply(Kind.HELP, language, ((Span(text),),)), asking.conversation
    # In the language of who asks why, whatever that of the answer was.
    spoken = replace(about, chosen=language)
    reply, _ = await services.dialogue.press("why", asking.incoming, spoken)
    if asking.is_admin and question:
        reply = await _with_scores(services, reply, question)
    return reply, kept(asking.conversation, reply)


def kept(conversation: Conversation, reply: Reply) -> Conversation:
    """To ask why changes nothing of what is talked about."""
    return replace(conversation, last="why", language=reply.language)


async def _with_scores(services: Services, reply: Reply, question: str) -> Reply:
    """The reply with how sure its answers are; without any, how sure the nearest partners are."""
    answers, key = reply.answers, "why_scores"
    if not answers:
        answers, key = (await services.knowledge.find(question)).doubtful, "why_scores_doubtful"
    say, language = services.texts.say, reply.language
    least = _percent(THRESHOLD)
    heading = say(key, language, least=least) if answers else say("why_scores_none", language)
    lines = "".join(f"\n{_line(services, answer, language)}" for answer in answers)
    paragraph: Paragraph = (Span(heading, Style.ITALIC), Span(lines))
    return replace(reply, paragraphs=(*reply.paragraphs, paragraph))


def _line(services: Services, answer: Answer, language: str) -> str:
    partner = services.knowledge.content.partner(answer.id)
    name = full_name(partner, language) if partner else answer.id
    locale = services.texts.locale(language)
    score = str(format_decimal(_percent(answer.score), locale=locale))
    return services.texts.say("why_score", language, name=name, score=score)


def _percent(score: float) -> int:
    return round(100 * score)
