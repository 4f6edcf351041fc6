"""The way in: the first greeting, help, and the choice of the language."""

from collections.abc import Sequence

from bot.dialogue.messages import Button, Kind, Paragraph, Reply, Span
from bot.dialogue.voice import Voice
from content.models import Partner, in_language
from content.translations import Translation

EXAMPLES = 3
ACTION_BYTES = 64


def start(voice: Voice) -> Reply:
    """The first message: who the bot is, and questions to begin with."""
    return _guide(voice, ("start", "start_how"), ())


def help_(voice: Voice) -> Reply:
    """What can be asked, and how to go on."""
    return _guide(voice, ("help", "help_how"), ("help_then", "help_limits"))


def examples(voice: Voice) -> tuple[str, ...]:
    """The first question that the editors expect, of three partners far apart in the list."""
    questions = [_first_question(partner, voice.language) for partner in voice.content.partners]
    having = [question for question in questions if question]
    step = max(1, len(having) // EXAMPLES)
    return tuple(having[::step][:EXAMPLES])


def language_choice(voice: Voice, translations: Sequence[Translation]) -> Reply:
    """The languages as buttons, each by its own name."""
    buttons = [Button(t.language, action=f"language:{t.code}") for t in translations]
    rows = [tuple(buttons[n : n + 2]) for n in range(0, len(buttons), 2)]
    return voice.reply(
        Kind.LANGUAGE,
        voice.paragraph("language_choice"),
        buttons=(*rows, (voice.button("auto", "language:auto"),)),
        suggestions=tuple(t.language for t in translations),
    )


def question_button(question: str) -> Button | None:
    """A button that asks a question, when the question fits an action's 64 bytes."""
    action = f"ask:{question}"
    return Button(question, action=action) if len(action.encode()) <= ACTION_BYTES else None


def _guide(voice: Voice, before: Sequence[str], after: Sequence[str]) -> Reply:
    asked = examples(voice)
    buttons = [button for question in asked if (button := question_button(question))]
    return voice.reply(
        Kind.HELP,
        *(_said(voice, key) for key in before if asked or not key.endswith("_how")),
        *((Span(voice.say("quoted", text=question)),) for question in asked),
        *(_said(voice, key) for key in after),
        buttons=(*((button,) for button in buttons), voice.way_on()),
        suggestions=asked,
    )


def _said(voice: Voice, key: str) -> Paragraph:
    values = {"partners": voice.partners_counted(), "languages": voice.languages_named()}
    return voice.paragraph(key, **values)


def _first_question(partner: Partner, language: str) -> str | None:
    """The first that fits a button; editors put the best one first."""
    questions = partner.questions.get(language) or in_language(partner.questions, language) or ()
    return next((question for question in questions if question_button(question)), None)
