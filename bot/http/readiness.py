"""Whether the bot would answer, tried with a question that must find its partner."""

import asyncio
from collections.abc import Sequence

from bot.services import Services
from content.models import in_language

SLOWEST = 5.0
"""Seconds after which an answer is none."""


async def not_ready(services: Services) -> Sequence[str]:
    """Why no answer can be given; empty when one can."""
    knowledge = services.knowledge
    partners = knowledge.content.partners
    if not partners:
        return ["the content has no partners"]
    partner = partners[0]
    name = in_language(partner.name, services.texts.main) or partner.id
    try:
        findings = await asyncio.wait_for(knowledge.find(name), SLOWEST)
    except TimeoutError:
        return [f"a question has no answer after {SLOWEST:.0f} s"]
    except Exception as error:
        return [f"a question cannot be answered: {type(error).__name__}"]
    if partner.id not in [answer.id for answer in findings.answers]:
        return [f"asked for by its name, {partner.id} is not found: python run_bot.py reindex"]
    return []
