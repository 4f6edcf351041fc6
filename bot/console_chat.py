"""The dialogue in a terminal: for people at a prompt, for pipes, and for programs as JSON."""

import asyncio
import json
import shutil
import textwrap
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import TextIO

from bot.commands.command import Asking
from bot.commands.commands import run_command, spoken
from bot.dialogue.as_json import reply_json
from bot.dialogue.conversation import Conversation
from bot.dialogue.messages import Incoming, Paragraph, Reply, Span, Style, plain
from bot.services import Services

WIDEST = 88
"""Characters of a line at most; longer ones are hard to read."""

RESET = "/reset"

_BOLD, _ITALIC, _END = "\x1b[1m", "\x1b[3m", "\x1b[0m"


@dataclass
class _Chat:
    """One chat in a terminal; ``language`` is that of messages that do not tell theirs."""

    services: Services
    out: TextIO
    language: str | None
    conversation: Conversation

    async def answer(self, line: str) -> Reply:
        """The reply to a line; a command's, where it is one."""
        incoming = Incoming(line, client_language=self.language, now=time.time())
        command = spoken(line)
        if command:
            asking = Asking(incoming, self.conversation, command.arguments)
            reply, self.conversation = await run_command(self.services, command.name, asking)
        else:
            reply, self.conversation = await self.services.dialogue.answer(
                incoming, self.conversation
            )
        return reply

    def forget(self) -> None:
        self.conversation = Conversation()


async def chat(
    services: Services, lines_in: TextIO, out: TextIO, as_json: bool, language: str | None
) -> int:
    """Talk until the input ends; gives the exit status."""
    talk = _Chat(services, out, language, Conversation())
    try:
        if as_json:
            await _for_programs(talk, lines_in)
        else:
            await _for_people(talk, lines_in)
    except (KeyboardInterrupt, asyncio.CancelledError):
        print(file=out)
    except BrokenPipeError:
        # Who read the answers has left; there is nobody to say goodbye to.
        return 0
    return 0


async def _for_programs(talk: _Chat, lines_in: TextIO) -> None:
    """A line in, one JSON object a line out, whatever the line is."""
    async for line in _lines(lines_in):
        if line.strip() == RESET:
            talk.forget()
            told: dict[str, object] = {"kind": "reset"}
        else:
            told = reply_json(await talk.answer(line), talk.services.knowledge.content)
        print(json.dumps(told, ensure_ascii=False), file=talk.out, flush=True)


async def _for_people(talk: _Chat, lines_in: TextIO) -> None:
    """Replies to read; at a prompt with a welcome, a farewell and suggestions."""
    at_prompt = lines_in.isatty() and talk.out.isatty()
    if at_prompt:
        welcome = talk.services.dialogue.start(talk.language or talk.services.texts.main)
        _show(talk, welcome, styled=True)
    prompt = "› " if at_prompt else ""
    async for line in _lines(lines_in, prompt, talk.out):
        if line.strip() == RESET:
            talk.forget()
        elif line.strip():
            _show(talk, await talk.answer(line), styled=at_prompt)
    if at_prompt:
        said = talk.conversation.language or talk.language or talk.services.texts.main
        print(f"\n{talk.services.texts.say('bye', said)}", file=talk.out)


async def _lines(
    lines_in: TextIO, prompt: str = "", out: TextIO | None = None
) -> AsyncIterator[str]:
    while True:
        if prompt and out:
            print(prompt, end="", file=out, flush=True)
        line = lines_in.readline()
        if not line:
            return
        yield line.rstrip("\r\n")


def _show(talk: _Chat, reply: Reply, styled: bool) -> None:
    width = min(WIDEST, shutil.get_terminal_size().columns) if styled else WIDEST
    paragraphs = [
        _apart(p) + _wrapped("".join(_styled(s) if styled else plain(s) for s in p), width)
        for p in reply.paragraphs
    ]
    print("\n".join(paragraphs).lstrip("\n"), file=talk.out)
    if styled and reply.suggestions:
        dot = "  ·  ".join(reply.suggestions)
        print(f"{_ITALIC}{_wrapped(dot, width)}{_END}", file=talk.out)
    print(file=talk.out, flush=True)


def _apart(paragraph: Paragraph) -> str:
    """An empty line before the name of a partner."""
    return "\n" if paragraph and paragraph[0].style is Style.BOLD else ""


def _wrapped(text: str, width: int) -> str:
    """Lines that fit; addresses and words are never cut."""
    return "\n".join(
        textwrap.fill(line, width, break_long_words=False, break_on_hyphens=False)
        for line in text.split("\n")
    )


def _styled(span: Span) -> str:
    codes = {Style.BOLD: _BOLD, Style.ITALIC: _ITALIC}
    text = _printable(plain(span))
    return f"{codes[span.style]}{text}{_END}" if span.style in codes else text


def _printable(text: str) -> str:
    """The text without characters that would command the terminal."""
    return "".join(c for c in text if c.isprintable() or c in "\n\u00a0\u202f")
