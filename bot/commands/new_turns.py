"""What one answer, word or button makes of a partner that is being added."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.commands.command import Asking, language_of
from bot.commands.new_answers import WrongAnswerError, answer_to
from bot.commands.new_drafts import NewDraft
from bot.commands.new_questions import Question, lacking, questions
from bot.commands.upload_words import sentence
from bot.dialogue.messages import Paragraph
from bot.services import Services
from content.files import list_folder
from content.folding import fold

WAYS = ("skip", "back", "cancel", "enough")
"""Words that are no answer; people say them in their language, as ``new_<word>`` lists them."""


class Turn:
    """What one answer or button makes of a draft."""

    def __init__(self, services: Services, asking: Asking) -> None:
        self._services, self._asking = services, asking
        self._asked, self._taken = asked_in(services), taken_in(services)

    def after(self, draft: NewDraft) -> tuple[NewDraft | None, tuple[Paragraph, ...]]:
        """The draft afterwards, None when it was called off, and a note on what is wrong."""
        try:
            if self._asking.goes_on:
                return self._said(draft, self._asking.arguments), ()
            return self._pressed(draft, *self._asking.arguments.split(" ", 1)), ()
        except WrongAnswerError as wrong:
            language = language_of(self._services, self._asking)
            return draft, (sentence(self._services, language, wrong.key, **wrong.values),)

    def _said(self, draft: NewDraft, words: str) -> NewDraft | None:
        way = _way(self._services, words)
        if way:
            return self._goes(draft, way)
        if draft.place >= len(self._asked):
            raise WrongAnswerError("new_press")
        question = self._asked[draft.place]
        content = self._services.knowledge.content
        return _with(draft, question, answer_to(question, words, content, self._taken))

    def _pressed(self, draft: NewDraft, verb: str, what: str = "") -> NewDraft | None:
        question = self._asked[draft.place] if draft.place < len(self._asked) else None
        if verb in ("cancel", "enough") or (verb == "back" and not what):
            return self._goes(draft, verb)
        # A button further up in the chat is of a question that has been answered.
        if question and verb in ("back", "skip", "next") and what == question.key:
            return self._goes(draft, verb)
        if question and (verb, question.field) == ("topic", "topics"):
            return _toggled(draft, what, self._services)
        if question and (verb, question.field) in (("take", "id"), ("today", "verified_on")):
            value = what if verb == "take" else date.today().isoformat()
            content = self._services.knowledge.content
            return _with(draft, question, answer_to(question, value, content, self._taken))
        return draft

    def _goes(self, draft: NewDraft, way: str) -> NewDraft | None:
        if way == "cancel":
            return None
        if way == "back":
            return replace(draft, place=max(0, draft.place - 1))
        place = min(draft.place, len(self._asked) - 1)
        question, answers = self._asked[place], dict(draft.answers)
        if way == "skip":
            answers.pop(question.key, None)
        needed = lacking(self._asked, answers)
        if way == "enough" and needed is None:
            return replace(draft, place=len(self._asked))
        is_last = needed is not None and not any(
            q.field == needed.field for q in self._asked[place + 1 :]
        )
        if way == "enough" or is_last:
            raise WrongAnswerError(f"new_wrong_needed_{needed.field if needed else 'name'}")
        return replace(draft, place=place + 1, answers=answers)


def _with(draft: NewDraft, question: Question, value: Any) -> NewDraft:
    answers = {**draft.answers, question.key: value}
    return replace(draft, place=draft.place + 1, answers=answers)


def _toggled(draft: NewDraft, topic: str, services: Services) -> NewDraft:
    if services.knowledge.content.topic(topic) is None:
        return draft
    chosen = list(draft.answers.get("topics", ()))
    left = [one for one in chosen if one != topic]
    topics = left if topic in chosen else [*chosen, topic]
    return replace(draft, answers={**draft.answers, "topics": topics})


def _way(services: Services, words: str) -> str | None:
    """Which way the words ask for, in any language; None for an answer."""
    spoken, said_ = services.knowledge.generation.translations, fold(words).strip(" .!")
    ways = {fold(p): way for way in WAYS for t in spoken for p in t.phrases(f"new_{way}")}
    return ways.get(said_) or (said_ if said_ in WAYS else None)


def asked_in(services: Services) -> tuple[Question, ...]:
    """All questions, in the languages in use."""
    return questions([t.code for t in services.knowledge.generation.translations])


def taken_in(services: Services) -> Sequence[str]:
    """Ids of the files that are there."""
    return [path.stem for path in list_folder(services.content_folder).partners]
