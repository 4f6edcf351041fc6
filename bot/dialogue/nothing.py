"""Nothing found: what was understood, what comes closest, and never a made-up answer."""

from collections.abc import Sequence

from bot.dialogue.cards import card_button
from bot.dialogue.messages import Kind, Paragraph, Reply
from bot.dialogue.phrases import words_of
from bot.dialogue.voice import Voice
from index.finder import Findings

MOST_NAMED = 3
"""Words of a question that are named; more would read like a telegram."""


def nothing(voice: Voice, findings: Findings, key: str = "nothing") -> Reply:
    """That nobody answers the question, with the nearest topics and partners to choose from."""
    closest = [p for a in findings.doubtful if (p := voice.content.partner(a.id))][:2]
    perhaps: Paragraph = ()
    if closest:
        names = voice.texts.list([voice.name(p) for p in closest], voice.language, "or")
        perhaps = voice.paragraph("nothing_perhaps", name=names)
    topics = tuple(t for t in findings.topics if voice.content.topic(t))
    known = not perhaps and key == "nothing"
    return voice.reply(
        Kind.NOTHING,
        voice.paragraph(key),
        understood(voice, findings),
        perhaps,
        voice.paragraph("nothing_known", topics=voice.topics_named()) if known else (),
        buttons=(
            *((card_button(voice, p),) for p in closest),
            *voice.topic_buttons(topics),
            voice.way_on(),
        ),
        suggestions=[voice.topic(t) for t in topics] or [voice.say("suggest_list")],
        missed=True,
    )


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
