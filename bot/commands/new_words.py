"""How a new partner is asked for: one question a message, with its buttons."""

from collections.abc import Iterator, Sequence

from bot.commands.new_answers import LONGEST
from bot.commands.new_drafts import NewDraft
from bot.commands.new_questions import Question, ids_offered, lacking
from bot.commands.upload_words import sentence
from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span, Style
from bot.dialogue.voice import Voice
from bot.services import Services

TOPICS = 16
"""Topics on buttons; others may be written."""


def question_reply(
    services: Services,
    language: str,
    draft: NewDraft,
    asked: Sequence[Question],
    taken: Sequence[str],
    note: Sequence[Paragraph] = (),
) -> Reply:
    """The question asked now; ``note`` stands above it."""
    voice = Voice(services.texts, services.knowledge.content, language)
    question = asked[draft.place]
    names = voice.texts.locale(language).languages
    spoken = str(names.get(question.language, question.language))
    limit = LONGEST.get(question.field, 0)
    paragraphs = (
        *note,
        voice.note("new_place", place=draft.place + 1, total=len(asked)),
        (Span(voice.say(f"new_ask_{question.field}", spoken=spoken, limit=limit), Style.BOLD),),
        *_so_far(voice, question, draft),
    )
    buttons = (
        *_offered(voice, question, draft, taken),
        tuple(_ways(voice, question, draft)),
        tuple(_ends(voice, draft, asked)),
    )
    return Reply(Kind.HELP, language, paragraphs, buttons=buttons)


def said(services: Services, language: str, key: str, **values: str | int) -> Reply:
    """One sentence, and no question behind it."""
    return Reply(Kind.HELP, language, (sentence(services, language, key, **values),))


def _so_far(voice: Voice, question: Question, draft: NewDraft) -> Iterator[Paragraph]:
    value = draft.answers.get(question.key)
    if value:
        items = map(voice.topic, value) if question.field == "topics" else value
        shown = value if isinstance(value, str) else ", ".join(items)
        yield (Span(voice.say("new_so_far", value=shown)),)


def _offered(
    voice: Voice, question: Question, draft: NewDraft, taken: Sequence[str]
) -> Iterator[tuple[Button, ...]]:
    """Answers that can be pressed."""
    if question.field == "id":
        yield from (
            (Button(i, action=f"/new take {i}"),) for i in ids_offered(draft.answers, taken)
        )
    if question.field == "verified_on":
        yield (Button(voice.say("new_button_today"), action="/new today"),)
    if question.field == "topics":
        chosen = draft.answers.get("topics", ())
        marked = [
            Button(f"{'✓ ' * (t.id in chosen)}{voice.topic(t.id)}", action=f"/new topic {t.id}")
            for t in voice.content.topics[:TOPICS]
        ]
        yield from (tuple(marked[n : n + 2]) for n in range(0, len(marked), 2))


def _ways(voice: Voice, question: Question, draft: NewDraft) -> Iterator[Button]:
    if draft.place:
        yield Button(voice.say("new_button_back"), action=f"/new back {question.key}")
    key = "next" if draft.answers.get(question.key) else "skip"
    yield Button(voice.say(f"new_button_{key}"), action=f"/new {key} {question.key}")


def _ends(voice: Voice, draft: NewDraft, asked: Sequence[Question]) -> Iterator[Button]:
    yield Button(voice.say("new_button_cancel"), action="/new cancel")
    if lacking(asked, draft.answers) is None:
        yield Button(voice.say("new_button_enough"), action="/new enough")
