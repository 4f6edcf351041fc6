"""What is remembered of a conversation is a small value that survives being stored."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.conversation import LARGEST, REMEMBERED, Conversation

ANY_TEXT = st.text(max_size=5_000)
CONVERSATIONS = st.builds(
    Conversation,
    question=ANY_TEXT,
    shown=st.lists(st.text(max_size=60), max_size=200).map(tuple),
    listing=st.text(max_size=60),
    page=st.integers(0, 10_000),
    focus=st.none() | st.text(max_size=60),
    language=st.none() | st.sampled_from(["en", "fr"]),
    chosen=st.none() | st.sampled_from(["en", "fr"]),
    at=st.floats(0, 4e9),
    last=st.text(max_size=30),
)
IDS = st.from_regex(r"[a-z0-9]{1,10}(-[a-z0-9]{1,10}){0,3}", fullmatch=True)


@given(CONVERSATIONS)
def test_every_conversation_fits_2_kilobytes_and_can_be_read_again(
    conversation: Conversation,
) -> None:
    stored = conversation.dumps()
    assert len(stored.encode()) <= LARGEST
    assert isinstance(Conversation.loads(stored), Conversation)


@given(st.text(max_size=250), st.lists(IDS, max_size=20), st.floats(0, 4e9))
def test_an_ordinary_conversation_comes_back_as_it_was(
    question: str, shown: list[str], at: float
) -> None:
    question = question.encode("utf-8", "ignore").decode()
    asked = Conversation(language="fr", at=at).asked(question, tuple(shown))
    assert Conversation.loads(asked.dumps()) == asked


@given(ANY_TEXT)
def test_anything_can_be_loaded(stored: str) -> None:
    assert isinstance(Conversation.loads(stored), Conversation)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@given(st.dictionaries(st.sampled_from(["shown", "page", "at", "focus", "question", "x"]), JSON))
def test_values_of_the_wrong_type_are_left_out(values: dict[str, object]) -> None:
    read = Conversation.loads(json.dumps(values))
    assert isinstance(read.page, int)
    assert isinstance(read.at, float)
    assert all(isinstance(item, str) for item in read.shown)
    assert isinstance(Conversation.loads(read.dumps()), Conversation)


def test_half_an_hour_later_only_the_language_is_known() -> None:
    before = Conversation("q", ("a", "b"), focus="a", language="fr", chosen="fr", at=1_000.0)
    assert before.at_time(1_000.0 + REMEMBERED).focus == "a"
    after = before.at_time(1_001.0 + REMEMBERED)
    assert after == Conversation(language="fr", chosen="fr", at=1_001.0 + REMEMBERED)
