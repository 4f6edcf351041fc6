"""A message as a person on Telegram sees it, told from nothing but what is on the screen.

What kind of reply it is, which partners it answers with and which language it speaks is read off
its text, its bold parts, its links and its buttons, with the content's own files to compare with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot_api.wire import utf16_length, utf16_slice
from bot_api_server import Message
from running_bot import ROOT, RunningBot

from bot.dialogue.judging import Seen
from content.folding import fold
from content.loading import load_content
from content.models import Content, Partner
from content.translations import Translation, load_translations

CHATTING = "hello|thanks|bye|how_are_you|robot|joke|insult|love|praise|wrong|okay|no|yes"
KINDS = {
    "nothing": r"nothing(_again)?|unclear.*|member_no",
    "help": r"help|start|lost_.*|unclear.*|compare_(one|which)|empty|place_beyond|topics",
    "language": r"language_(now|auto|choice)",
    "more": r"more|more_.*|list_more",
    "link": r"link|link_none|contact_.*",
    "card": r"people_of|people_none|card_all",
    "smalltalk": rf"({CHATTING})(_again)?",
}
"""The sentences that tell what a reply is; being asked to say more is nothing found, or help."""

PUT_IN = {"url": r"https?://\S+", "count": r"\d+"}
ANYTHING = r"(?=\S).+(?<=\S)"
"""What stands where a sentence has a name in braces."""


@dataclass(frozen=True)
class Sentence:
    """One form of a sentence in one language; ``words`` are the letters it has of its own."""

    language: str
    key: str
    pattern: re.Pattern[str]
    words: int


def sentences(translation: Translation) -> Iterator[Sentence]:
    """All of a language's sentences that have anything of their own around what is put in."""
    for key, text in translation.says.items():
        for form in text.values() if isinstance(text, Mapping) else [text]:
            own = re.split(r"{\w+}", form.strip())
            if "".join(own).strip():
                names = re.findall(r"{(\w+)}", form)
                filled = [PUT_IN.get(name, ANYTHING) for name in names]
                pattern = "".join(
                    re.escape(part) + value for part, value in zip(own, [*filled, ""], strict=True)
                )
                letters = len(re.sub(r"\W", "", "".join(own)))
                yield Sentence(translation.code, key, re.compile(pattern), letters)


class Eyes:
    """Knows the sentences of every language and the partners' texts."""

    def __init__(self, content: Content, translations: Iterable[Translation]) -> None:
        self._partners = content.partners
        self._sentences = [one for each in translations for one in sentences(each)]
        self._languages = frozenset(one.language for one in self._sentences)
        self._texts: dict[str, frozenset[str]] = {}
        for partner in content.partners:
            self._learn(partner.name, partner.summary, partner.text)
            for alias in partner.aliases:
                self._learn(dict.fromkeys(self._languages, alias))
        for topic in content.topics:
            self._learn(topic.label)

    def _learn(self, *texts: Mapping[str, str]) -> None:
        for text in texts:
            for language, words in text.items():
                for line in words.split("\n"):
                    known = self._texts.get(fold(line), frozenset())
                    self._texts[fold(line)] = known | {language}

    def see(self, message: Message) -> Seen:
        """What there is to see of a message."""
        lines = [_bare(line) for line in message.text.split("\n") if line.strip()]
        headed = [found for words in _bold_begins(message) if (found := self._named(words))]
        labels = [button.text for button in message.buttons]
        return Seen(
            message.text,
            tuple(dict.fromkeys(partner.id for partner in headed)),
            "\n".join(message.links),
            self._kinds(lines, headed),
            self._spoken([*lines, *labels]),
        )

    def _named(self, words: str) -> Partner | None:
        """The partner of this name, perhaps with its initials after it."""
        for partner in self._partners:
            names = "|".join(map(re.escape, partner.name.values()))
            if re.fullmatch(rf"({names})( \(.+\))?", words):
                return partner
        return None

    def _kinds(self, lines: list[str], headed: list[Partner]) -> frozenset[str]:
        """What it can be taken for: what the first telling line says, else what it shows."""
        for line in lines:
            keys = {sentence.key for sentence in self._sentences_of(line)}
            kinds = {
                k for k, known in KINDS.items() if any(re.fullmatch(known, key) for key in keys)
            }
            if kinds:
                return frozenset(kinds)
        if len(headed) == 1 and self._is_card(lines, headed[0]):
            return frozenset({"card"})
        return frozenset({"answers"} if headed else ())

    def _sentences_of(self, line: str) -> list[Sentence]:
        """The sentences a line can be: those with the most of their own in it."""
        found = [one for one in self._sentences if one.pattern.fullmatch(line)]
        most = max((one.words for one in found), default=0)
        return [one for one in found if one.words == most]

    def _is_card(self, lines: list[str], partner: Partner) -> bool:
        """A card begins with the name and shows all that is written of the partner."""
        if not lines[0].startswith(tuple(partner.name.values())):
            return False
        shown = _flat("\n".join(lines))
        return any(_flat(text) in shown for text in partner.text.values())

    def _spoken(self, words: Iterable[str]) -> frozenset[str]:
        """The language that all sentences, names and texts can be in; none when they differ."""
        spoken = self._languages
        for each in words:
            spoken &= self._can_be(each) or spoken
        return spoken

    def _can_be(self, line: str) -> frozenset[str]:
        bare = re.sub(r" \([^)]+\)$", "", line)
        text = self._texts.get(fold(line)) or self._texts.get(fold(bare))
        return text or frozenset(one.language for one in self._sentences_of(line))


def _bold_begins(message: Message) -> Iterator[str]:
    """What stands in bold at the beginning of a line, or after its number."""
    bold = {entity["offset"]: entity for entity in message.entities if entity["type"] == "bold"}
    begin = 0
    for line in message.text.split("\n"):
        after = begin + utf16_length(line) - utf16_length(_bare(line))
        if after in bold:
            yield utf16_slice(message.text, after, bold[after]["length"])
        begin += utf16_length(line) + 1


def _bare(line: str) -> str:
    return re.sub(r"^\d+\. ", "", line)


def _flat(text: str) -> str:
    return " ".join(fold(text).split())


def opened_eyes() -> Eyes:
    """Eyes that know the shipped content."""
    content = load_content(ROOT / "content").content
    assert content is not None, "the shipped content is broken"
    return Eyes(content, load_translations(ROOT / "content"))


class TelegramChat:
    """Somebody's private chat with the running bot, to play a dialogue script in."""

    def __init__(self, bot: RunningBot, eyes: Eyes, language: str) -> None:
        self._bot, self._eyes, self._person = bot, eyes, bot.newcomer(language)
        self._last: Message | None = None

    async def say(self, text: str) -> Seen:
        """What the message that answers a text looks like."""
        self._last = await self._bot.asks(self._person, text)
        return self._eyes.see(self._last)

    async def press(self, words: str) -> Seen | None:
        """What the message a button brings, or changes, looks like; None without such a button."""
        message, server = self._last, self._bot.server
        offered = message.buttons if message else []
        found = [one.data for one in offered if one.data and fold(words) in fold(one.text)]
        if message is None or not found:
            return None
        edits, latest = message.edits, self._latest()
        await server.send_callback(self._person, message, found[0])
        await server.wait_until(
            lambda: message.edits > edits or self._latest() is not latest, what="an answer"
        )
        self._last = message if message.edits > edits else self._latest()
        return self._eyes.see(self._last)

    def _latest(self) -> Message:
        return max(self._bot.server.messages(self._person), key=lambda one: one.message_id)
