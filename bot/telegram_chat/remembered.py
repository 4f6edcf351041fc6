"""What is kept between two updates: conversations, and which answer belongs to which question."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, NamedTuple, Protocol, TypeVar

from bot.dialogue.conversation import REMEMBERED, Conversation

LIMIT = 20_000
"""Conversations and answers kept, at most."""

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Place(NamedTuple):
    """One person in one chat: whose conversation it is."""

    chat: int
    user: int


class Post(NamedTuple):
    """One message in one chat."""

    chat: int
    message: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The message that answers a question, and the conversation as it was before and after."""

    question: Post
    user: int
    answer: int
    before: Conversation
    after: Conversation


class Store(Protocol):
    """Where conversations are kept; a database may stand behind it."""

    async def conversation(self, place: Place, now: float) -> Conversation:
        """The conversation as it is now; a new one for somebody new."""
        ...

    async def keep(self, place: Place, conversation: Conversation) -> None:
        """Keeps a conversation; an empty one is forgotten, with all answers given there."""
        ...

    async def keep_answer(self, answered: Answered) -> None:
        """Keeps which message answers a question."""
        ...

    async def answer_to(self, question: Post, user: int) -> Answered | None:
        """The answer given to a question, while it is remembered.

        Its ``user`` is the one given if they asked; if not, another, perhaps 0.
        """
        ...

    async def answered_by(self, answer: Post, user: int) -> Answered | None:
        """What a message of the bot answered, while it is remembered; its ``user`` as above."""
        ...

    async def vote(self, answer: Post) -> bool:
        """Takes the one vote on an answer; False when it was taken already."""
        ...

    async def is_voted(self, answer: Post) -> bool:
        """Whether there was a vote on an answer."""
        ...

    async def unvote(self, answer: Post) -> None:
        """Another answer stands there now: it may be voted on anew."""
        ...

    async def forget(self, user: int) -> None:
        """Forgets what memory holds of a person, in all chats."""
        ...


class Bounded(OrderedDict[K, V], Generic[K, V]):
    """A dict that forgets what was not set for the longest time."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        super().__setitem__(key, value)
        self.move_to_end(key)
        while len(self) > self._limit:
            self.popitem(last=False)


class Memory:
    """A store in memory: gone at a restart, bounded, and nothing asked is kept over its half hour.

    The language somebody chose stays until they ask to forget it.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._conversations: Bounded[Place, Conversation] = Bounded(limit)
        self._chosen: Bounded[Place, str] = Bounded(limit)
        self._answers: Bounded[Post, Answered] = Bounded(limit)
        self._questions: Bounded[Post, Post] = Bounded(limit)
        self._voted: Bounded[Post, bool] = Bounded(limit)

    async def conversation(self, place: Place, now: float) -> Conversation:
        self._drop_old(now)
        kept = self._conversations.get(place) or Conversation(chosen=self._chosen.get(place))
        return kept.at_time(now)

    async def keep(self, place: Place, conversation: Conversation) -> None:
        self.hold(place, conversation)

    def hold(self, place: Place, conversation: Conversation) -> None:
        """Keeps a conversation here; an empty one is forgotten."""
        if conversation == Conversation(at=conversation.at):
            self._forget(place)
            return
        self._conversations[place] = conversation
        if conversation.chosen:
            self._chosen[place] = conversation.chosen
        else:
            self._chosen.pop(place, None)

    async def keep_answer(self, answered: Answered) -> None:
        self.hold_answer(answered)

    def hold_answer(self, answered: Answered) -> None:
        """Keeps here which message answers a question."""
        self._answers[answered.question] = answered
        self._questions[Post(answered.question.chat, answered.answer)] = answered.question

    async def answer_to(self, question: Post, user: int) -> Answered | None:  # noqa: ARG002
        return self._answers.get(question)

    async def answered_by(self, answer: Post, user: int) -> Answered | None:  # noqa: ARG002
        question = self._questions.get(answer)
        return self._answers.get(question) if question else None

    async def vote(self, answer: Post) -> bool:
        is_new = answer not in self._voted
        self._voted[answer] = True
        return is_new

    async def is_voted(self, answer: Post) -> bool:
        return answer in self._voted

    async def unvote(self, answer: Post) -> None:
        self._voted.pop(answer, None)

    async def forget(self, user: int) -> None:
        for place in [p for p in (*self._conversations, *self._chosen) if p.user == user]:
            self._forget(place)
        for question in [q for q, a in self._answers.items() if a.user == user]:
            self._drop_answer(question)

    def has(self, place: Place) -> bool:
        """Whether a conversation or a chosen language is held here."""
        return place in self._conversations or place in self._chosen

    def held_at(self, place: Place) -> float:
        """When what is held here was put; a chosen language is always the latest."""
        kept = self._conversations.get(place)
        return kept.at if kept else float("inf")

    def drop(self, place: Place) -> None:
        """Lets go of a conversation that is kept elsewhere; the answers stay."""
        self._conversations.pop(place, None)
        self._chosen.pop(place, None)

    def _forget(self, place: Place) -> None:
        self.drop(place)
        for question, answered in list(self._answers.items()):
            if (question.chat, answered.user) == place:
                self._drop_answer(question)

    def _drop_old(self, now: float) -> None:
        # Both are in the order in which they were last set, so the oldest come first.
        while self._conversations and _is_old(next(iter(self._conversations.values())), now):
            self._conversations.popitem(last=False)
        while self._answers and _is_old(next(iter(self._answers.values())).after, now):
            self._drop_answer(next(iter(self._answers)))

    def _drop_answer(self, question: Post) -> None:
        answered = self._answers.pop(question)
        self._questions.pop(Post(question.chat, answered.answer), None)


def _is_old(conversation: Conversation, now: float) -> bool:
    return now - conversation.at > REMEMBERED
