"""Questions: any words are understood, searched for and explained."""

from knowing import knowledge, questions, text_of


def seeds() -> list[bytes]:
    """The question sets."""
    return [question.encode() for question in questions()]


def one(data: bytes) -> None:
    """What is found is sure between 0 and 1, and every word lies where it was typed."""
    text, finder = text_of(data[1:]), knowledge().generation.finder
    found = finder.find(text, unfinished=bool(data[:1] > b"\x7f"))
    assert all(0 <= answer.score <= 1 for answer in (*found.answers, *found.doubtful))
    assert found.total >= len(found.answers)
    again = finder.find(text, unfinished=bool(data[:1] > b"\x7f"))
    assert again == found
