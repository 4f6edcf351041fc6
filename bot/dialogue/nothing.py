"""Nothing found: what was understood, what comes closest, and never a made-up answer."""

from collections.abc import Sequence

from bot.dialogue.cards import card_button
from bot.dialogue.messages import Kind, Paragraph, Reply
from bot.dialogue.phrases import words_of
from bot.dialogue.voice import Voice
from content.models import Partner
from index.findings import Findings

MOST_NAMED = 3
"""Words of a question that are named; more would read like a telegram."""


def nothing(voice: Voice, findings: Findings, key: str = "nothing") -> Reply:
    """That nobody answers the question, with the nearest topics and partners to choose from."""
    closest = [p for a in findings.doubtful if (p := voice.content.partner(a.id))][:2]
    topics = near_topics(voice, findings)
    return voice.reply(
        Kind.NOTHING,
        voice.paragraph(key),
        understood(voice, findings),
        _closest(voice, closest, topics, again=key != "nothing"),
        buttons=(
            *((card_button(voice, p),) for p in closest),
            *voice.topic_buttons(topics),
            voice.way_on(),
        ),
        suggestions=[voice.topic(t) for t in topics] or [voice.say("suggest_list")],
        missed=True,
    )


def near_topics(voice: Voice, findings: Findings) -> tuple[str, ...]:
    """The topics around the question; none when it is mostly about things nobody speaks of."""
    if len(findings.unknown) * 2 > len(findings.words):
        return ()
    return tuple(topic for topic in findings.topics if voice.content.topic(topic))


def _closest(
    voice: Voice, partners: Sequence[Partner], topics: Sequence[str], again: bool
) -> Paragraph:
    if partners:
        names = voice.texts.list([voice.name(p) for p in partners], voice.language, "or")
        return voice.paragraph("nothing_perhaps", name=names)
    if topics:
        return voice.paragraph(
            "nothing_topics", topics=voice.topics_named(topics), count=len(topics)
        )
    return () if again else voice.paragraph("nothing_known", topics=voice.topics_named())


def understood(voice: Voice, findings: Findings) -> Paragraph:
    """Which words of the question nobody speaks of, or all of them where that is the trouble."""
    unknown = [w for w in findings.words if w in findings.unknown]
    words = as_typed(findings.question, unknown or findings.words)[:MOST_NAMED]
    if not words:
        return ()
    quoted = voice.together(voice.say("quoted", text=word) for word in words)
    return voice.paragraph("nothing_unknown" if unknown else "nothing_half", words=quoted)


def as_typed(question: str, words: Sequence[str]) -> list[str]:
    """Folded words as they were typed, accents and capitals and all."""
    typed = {word.text: question[word.start : word.end] for word in words_of(question)}
    return [" ".join(typed.get(part, part) for part in word.split()) for word in words]
