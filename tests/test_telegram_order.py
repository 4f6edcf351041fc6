"""What one person says is answered in its order; nobody waits for another; nothing twice."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from telegram import Chat, InlineQuery, Message, Update, User

from bot.dialogue.conversation import REMEMBERED, Conversation
from bot.telegram_chat.in_order import InOrder
from bot.telegram_chat.remembered import Answered, Memory, Place, Post

HERE = Place(chat=1, user=1)


def said(number: int, person: int) -> Update:
    user = User(person, "P", is_bot=False)
    chat = Chat(person, "private")
    message = Message(number, None, chat, from_user=user, text="hello")  # type: ignore[arg-type]
    return Update(number, message=message)


def typed(number: int, person: int) -> Update:
    user = User(person, "P", is_bot=False)
    return Update(number, inline_query=InlineQuery(str(number), user, "a", ""))


def answering(done: list[int], number: int, seconds: float) -> Awaitable[None]:
    async def answer() -> None:
        await asyncio.sleep(seconds)
        done.append(number)

    return answer()


async def processed(updates: list[tuple[Update, float]], pace: float = 0.0) -> list[int]:
    """The numbers of the updates in the order in which they were answered."""
    processor, done = InOrder(pace), list[int]()
    await asyncio.gather(
        *(
            processor.process_update(update, answering(done, update.update_id, seconds))
            for update, seconds in updates
        )
    )
    assert not processor._lines, "lines that are done are forgotten"
    return done


async def test_one_person_is_answered_in_order() -> None:
    assert await processed([(said(n, 1), 0.03 / n) for n in range(1, 6)]) == [1, 2, 3, 4, 5]


async def test_nobody_waits_for_another() -> None:
    assert await processed([(said(1, 1), 0.1), (said(2, 2), 0.0)]) == [2, 1]


async def test_a_flood_of_one_does_not_keep_others_waiting() -> None:
    flood = [(said(n, 1), 0.002) for n in range(1, 200)]
    assert (await processed([*flood, (said(200, 2), 0.0)])).index(200) < 5


async def test_who_floods_is_slowed_and_nobody_else() -> None:
    flood = [(said(n, 1), 0.0) for n in range(1, 16)]
    others = [(said(n, n), 0.001) for n in range(20, 40)]
    done = await processed([*flood, *others], pace=0.02)
    assert set(done[:21]) >= set(range(20, 40)), "all others before the second of the flood"
    assert [n for n in done if n < 20] == list(range(1, 16)), "and it is answered, in order"


async def test_inline_queries_wait_for_nothing() -> None:
    assert await processed([(typed(1, 1), 0.1), (typed(2, 1), 0.0)]) == [2, 1]


async def test_an_update_delivered_twice_is_answered_once() -> None:
    assert await processed([(said(1, 1), 0.0), (said(1, 1), 0.0)]) == [1]


async def test_a_conversation_is_forgotten_after_its_time_but_for_the_language() -> None:
    memory = Memory()
    await memory.keep(HERE, Conversation(question="screens?", chosen="fr", at=1_000.0))
    soon = await memory.conversation(HERE, 1_000.0 + REMEMBERED - 1)
    assert (soon.question, soon.chosen) == ("screens?", "fr")
    later = await memory.conversation(HERE, 1_000.0 + REMEMBERED + 1)
    assert (later.question, later.chosen) == ("", "fr")
    assert not memory._conversations


async def test_an_empty_conversation_takes_all_with_it() -> None:
    memory = Memory()
    asked = Conversation(question="screens?", chosen="fr", at=1.0)
    await memory.keep(HERE, asked)
    await memory.keep_answer(Answered(Post(1, 10), 1, 11, Conversation(), asked))
    await memory.keep_answer(Answered(Post(1, 20), 2, 21, Conversation(), asked))
    await memory.keep(HERE, Conversation(at=2.0))
    assert (await memory.conversation(HERE, 3.0)).chosen is None
    assert await memory.answer_to(Post(1, 10), 1) is None
    assert await memory.answered_by(Post(1, 11), 1) is None
    assert await memory.answered_by(Post(1, 21), 2), "another person's stays"


async def test_memory_is_bounded() -> None:
    memory = Memory(limit=10)
    for person in range(100):
        await memory.keep(Place(person, person), Conversation(question="q", at=1.0))
        answered = Answered(Post(person, 1), person, 2, Conversation(), Conversation(at=1.0))
        await memory.keep_answer(answered)
    assert len(memory._conversations) == len(memory._answers) == len(memory._questions) == 10
    assert (await memory.conversation(Place(99, 99), 2.0)).question == "q"
    assert (await memory.conversation(Place(1, 1), 2.0)).question == ""
