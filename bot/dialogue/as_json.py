"""Answers and replies for programs: the JSON of ``ask --json`` and ``chat --json``."""

from typing import Any

from bot.dialogue.messages import Button, Reply
from content.models import Content, in_language
from index.findings import Answer


def answer_json(answer: Answer, content: Content, language: str) -> dict[str, Any]:
    """One partner found, and why; ``website`` is null when the content has none."""
    partner = content.partner(answer.id)
    return {
        "id": answer.id,
        "name": in_language(partner.name, language) if partner else answer.id,
        "summary": in_language(partner.summary, language) if partner else "",
        "website": partner.website if partner else None,
        "score": answer.score,
        "why": {
            "matched": list(answer.why.matched),
            "corrected": dict(answer.why.corrected),
            "translated": dict(answer.why.translated),
        },
    }


def reply_json(reply: Reply, content: Content) -> dict[str, Any]:
    """A reply as one object; ``text`` is what a person would see."""
    return {
        "kind": reply.kind.value,
        "language": reply.language,
        "text": reply.text,
        "answers": [answer_json(a, content, reply.language) for a in reply.answers],
        "buttons": [button_json(button) for row in reply.buttons for button in row],
        "suggestions": list(reply.suggestions),
    }


def button_json(button: Button) -> dict[str, str]:
    """A button's label, and what it does."""
    does = {
        "action": button.action,
        "url": button.url,
        "copy": button.copy,
        "share": button.share,
    }
    return {"label": button.label, **{key: value for key, value in does.items() if value}}
