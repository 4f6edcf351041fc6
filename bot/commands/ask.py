"""One question without conversation: ``run_bot.py ask``."""

import json

from bot.dialogue.as_json import answer_json
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming
from bot.services import Services
from content.models import in_language


def answer_as_json(services: Services, question: str) -> str:
    """The answer as one line of JSON, as docs/operating.md describes it."""
    language = services.dialogue.language_of(Incoming(question), Conversation())
    content = services.knowledge.content
    findings = services.knowledge.generation.finder.find(question)
    topics = (content.topic(topic) for topic in findings.topics)
    return json.dumps(
        {
            "question": question,
            "language": language,
            "found": findings.found,
            "answers": [answer_json(a, content, language) for a in findings.answers],
            "suggestions": [in_language(t.label, language) for t in topics if t],
        },
        ensure_ascii=False,
    )


async def answer_as_text(services: Services, question: str) -> str:
    """The answer as a person reads it."""
    reply, _ = await services.dialogue.answer(Incoming(question), Conversation())
    return reply.text
