"""The terminal chat: in step for programs, plain in pipes, pleasant at a prompt."""

import io
import json
from typing import Any

import pytest
from talking import services_on

from bot.console_chat import chat


class Terminal(io.StringIO):
    """Text that passes for a terminal."""

    def isatty(self) -> bool:
        return True


async def as_json(*lines: str, language: str | None = None) -> list[dict[str, Any]]:
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    assert await chat(services_on(), typed, out, True, language) == 0
    return [json.loads(line) for line in out.getvalue().splitlines()]


async def as_text(*lines: str) -> str:
    out = io.StringIO()
    typed = io.StringIO("".join(f"{line}\n" for line in lines))
    assert await chat(services_on(), typed, out, False, None) == 0
    return out.getvalue()


async def test_each_line_gets_one_object_whatever_it_is() -> None:
    replies = await as_json("hello", "", "   ", "/help", "/nonsense", "/reset", "{}", "\x00", "👍")
    assert len(replies) == 9
    assert [r["kind"] for r in replies[:2]] == ["smalltalk", "help"]
    assert replies[5] == {"kind": "reset"}


async def test_an_object_has_what_programs_were_promised() -> None:
    (reply,) = await as_json("who informs about screens?")
    assert {"kind", "language", "text", "answers", "buttons"} <= reply.keys()
    assert (reply["kind"], reply["language"]) == ("answers", "en")
    answer = reply["answers"][0]
    assert answer.keys() == {"id", "name", "summary", "website", "score", "why"}
    assert answer["why"].keys() == {"matched", "corrected", "translated"}
    assert answer["id"] == "cose"
    assert answer["summary"] in reply["text"]
    assert all("label" in button and len(button) == 2 for button in reply["buttons"])


async def test_follow_ups_work_and_reset_forgets() -> None:
    replies = await as_json("terra nova", "website?", "/reset", "website?")
    assert [r["kind"] for r in replies] == ["answers", "link", "reset", "help"]
    assert "https://tnova.fr" in replies[1]["text"]


async def test_the_language_option_is_for_messages_that_do_not_tell() -> None:
    replies = await as_json("ffec", "who helps nurses?", language="fr")
    assert [r["language"] for r in replies] == ["fr", "en"]


async def test_a_pipe_gets_only_answers() -> None:
    text = await as_text("", "who informs about screens?", "")
    assert text.startswith("Collective on Screen Overexposure (CoSE)\n")
    assert "\x1b" not in text


async def test_a_prompt_welcomes_suggests_and_says_goodbye() -> None:
    out = Terminal()
    await chat(services_on(), Terminal("terra nova\n"), out, False, "en")
    shown = out.getvalue()
    assert shown.startswith("Hello!")
    assert "› " in shown
    assert "tell me more" in shown
    assert shown.rstrip().endswith("come back whenever you like!")


class Interrupted(io.StringIO):
    def readline(self, *_: Any) -> Any:
        raise KeyboardInterrupt


async def test_control_c_ends_it_politely() -> None:
    out = io.StringIO()
    assert await chat(services_on(), Interrupted(), out, False, None) == 0


class Closed(io.StringIO):
    def write(self, *_: Any) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("json_too", [True, False])
async def test_a_reader_that_left_ends_it_quietly(json_too: bool) -> None:
    assert await chat(services_on(), io.StringIO("hello\n"), Closed(), json_too, None) == 0
