"""Where words can be added: a partner's keywords, a topic's words; and how a button names them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.naming import full_name, short_name
from bot.services import Services
from content.folding import fold
from content.models import Content, in_language
from content.yaml_reading import Step, read_yaml

LONGEST = 18
"""Characters of an id that a button says whole; an action has 64 bytes in all."""


@dataclass(frozen=True, slots=True)
class Target:
    """A partner, or a topic with ``is_topic``."""

    id: str
    is_topic: bool = False

    @property
    def file(self) -> str:
        """Its file, by its name in the content."""
        return "topics.yaml" if self.is_topic else f"partners/{self.id}.yaml"

    @property
    def ref(self) -> str:
        """A short name of at most 20 characters: ``p.cose``, ``t.screens``, ``p#1a2b3c4d``."""
        kind = "t" if self.is_topic else "p"
        return f"{kind}.{self.id}" if len(self.id) <= LONGEST else f"{kind}#{_hashed(self.id)}"

    def partners(self, content: Content) -> tuple[str, ...]:
        """The partners that words added here lead to."""
        if not self.is_topic:
            return (self.id,)
        return tuple(p.id for p in content.partners if self.id in p.topics)

    def steps(self, text: str) -> tuple[Step, ...]:
        """The way to its words by language, in the text of its file."""
        if not self.is_topic:
            return ("keywords",)
        node, _ = read_yaml(text)
        topics = node.plain() if node else None
        if isinstance(topics, dict):
            return (self.id, "words")
        ids = [t.get("id") if isinstance(t, dict) else None for t in topics or ()]
        return (ids.index(self.id) if self.id in ids else len(ids), "words")

    def name(self, content: Content, language: str) -> str:
        """What people call it."""
        if self.is_topic:
            topic = content.topic(self.id)
            return (topic and in_language(topic.label, language)) or self.id
        partner = content.partner(self.id)
        return full_name(partner, language) if partner else self.id

    def label(self, content: Content, language: str) -> str:
        """What a button calls it."""
        partner = None if self.is_topic else content.partner(self.id)
        return short_name(partner, language) if partner else self.name(content, language)


def target_of(content: Content, ref: str) -> Target | None:
    """What a button means; None when the content has it no more, or two go by that name."""
    kind, sign, rest = ref[:1], ref[1:2], ref[2:]
    known = {"p": [p.id for p in content.partners], "t": [t.id for t in content.topics]}
    found = [i for i in known.get(kind, ()) if rest == (i if sign == "." else _hashed(i))]
    return Target(found[0], kind == "t") if len(found) == 1 and sign in (".", "#") else None


def likely(services: Services, question: str, language: str) -> Sequence[Target]:
    """Every partner: first those nearest to the question, then the others by name."""
    finder, content = services.knowledge.generation.finder, services.knowledge.content
    near = [hit.id for hit in finder.look(question)[1].hits[:3]]
    others = sorted(
        (p for p in content.partners if p.id not in near),
        key=lambda p: fold(in_language(p.name, language) or p.id),
    )
    return [Target(partner_id) for partner_id in (*near, *(p.id for p in others))]


def topics(services: Services, question: str, language: str) -> Sequence[Target]:
    """Every topic that partners have: first those nearest to the question, the others by label."""
    content = services.knowledge.content
    near = services.knowledge.generation.finder.find(question).topics
    used = {topic for partner in content.partners for topic in partner.topics}
    others = sorted(used - set(near), key=lambda t: fold(Target(t, True).name(content, language)))
    return [Target(topic, True) for topic in (*near, *others) if content.topic(topic)]


def _hashed(whole: str) -> str:
    return hashlib.sha256(whole.encode()).hexdigest()[:8]
