"""The whole conversation: a message or a pressed button in, a reply and the conversation out."""

from collections.abc import Sequence
from dataclasses import replace

from bot.dialogue import cards, guiding, listing
from bot.dialogue.conversation import Conversation
from bot.dialogue.explaining import Explainer
from bot.dialogue.knowledge import Knowledge
from bot.dialogue.language import Languages, known
from bot.dialogue.messages import Incoming, Kind, Reply
from bot.dialogue.naming import Names
from bot.dialogue.phrases import Phrases
from bot.dialogue.pressing import pressed
from bot.dialogue.replying import Replying
from bot.dialogue.turn import Outcome, Turn
from bot.dialogue.understanding import Read, Understanding
from bot.dialogue.voice import Voice
from bot.dialogue.wanted import PHRASE_KEYS, Wanted, What
from content.folding import fold
from content.texts import Texts
from content.translations import Translation
from index.analysis import words_for
from index.general_language import GeneralLanguage


class Dialogue:
    """Answers people from one generation; it holds no state of theirs, so one serves every chat."""

    def __init__(
        self, texts: Texts, translations: Sequence[Translation], knowledge: Knowledge
    ) -> None:
        codes = [translation.code for translation in translations]
        general = GeneralLanguage(codes)
        self._texts, self._translations, self._knowledge = texts, tuple(translations), knowledge
        self._names = Names(knowledge.content)
        phrases = Phrases(translations, general, PHRASE_KEYS, self._names.words)
        self._understanding = Understanding(translations, phrases, self._names)
        self._languages = Languages(translations, general)
        spoken = {*codes, texts.main}
        self._voices = {code: Voice(texts, knowledge.content, code) for code in spoken}
        self._replying = Replying(_phrases(translations, "joins"))
        light = frozenset[str]().union(*(t.light_words for t in translations))
        words = words_for(knowledge.content, translations)
        self._explainer = Explainer(knowledge.content, words, light)

    async def answer(
        self, incoming: Incoming, conversation: Conversation
    ) -> tuple[Reply, Conversation]:
        """The reply to a message, and the conversation to keep."""
        conversation = conversation.at_time(incoming.now)
        read = self._understanding.read(incoming.text)
        wanted = self._understanding.wanted(read)
        language = wanted.language or self._language(incoming, conversation, read)
        turn = self._turn(wanted, language, conversation)
        return _kept(await self._replying.reply(turn))

    async def press(
        self, action: str, incoming: Incoming, conversation: Conversation
    ) -> tuple[Reply, Conversation]:
        """The reply to a pressed button; an unknown action gets a kind reply.

        Actions: ``card:<id>`` ``link:<id>`` ``people:<id>`` ``topic:<id>`` ``topic:<id>:<page>``
        ``partners`` ``partners:<page>`` ``page:<n>`` (of the list on show) ``ask:<text>``
        ``language:<code>`` (``language:auto`` unfixes it) ``topics`` ``languages`` ``help``
        ``start`` ``more`` ``why``. Of ``incoming`` only the languages and the time count.
        """
        name, _, value = action.partition(":")
        if name == "ask" and value.strip():
            return await self.answer(replace(incoming, text=value), conversation)
        conversation = conversation.at_time(incoming.now)
        language = self._language(incoming, conversation, None)
        turn = self._turn(Wanted(What.ASK), language, conversation)
        if name == "language":
            return _kept(self._choose(turn, value))
        if name == "languages":
            return _kept(turn.said(self.language_choice(language), "languages"))
        return _kept(await pressed(turn, name, value))

    def language_of(self, incoming: Incoming, conversation: Conversation) -> str:
        """The language to reply to a message in."""
        conversation = conversation.at_time(incoming.now)
        return self._language(incoming, conversation, self._understanding.read(incoming.text))

    def start(self, language: str) -> Reply:
        """The first message."""
        return guiding.start(self._voice(language))

    def help(self, language: str) -> Reply:
        """What can be asked."""
        return guiding.help_(self._voice(language))

    def partners(self, language: str, page: int = 0) -> Reply:
        """A page (from 0) of all partners."""
        return listing.listed(self._voice(language), self._explainer, "partners", page)

    def topics(self, language: str) -> Reply:
        """The topics to choose from."""
        return listing.topics(self._voice(language))

    def topic(self, topic_id: str, language: str) -> Reply:
        """The partners of a topic."""
        return listing.listed(self._voice(language), self._explainer, f"topic:{topic_id}")

    def card(self, partner_id: str, language: str) -> Reply:
        """A partner's card, or that there is none."""
        partner, voice = self._knowledge.content.partner(partner_id), self._voice(language)
        if partner is None:
            gone = voice.paragraph("press_gone")
            return voice.reply(Kind.ERROR, gone, buttons=(voice.way_on(),))
        return cards.card(voice, partner)

    def language_choice(self, language: str) -> Reply:
        """The languages to choose from."""
        return guiding.language_choice(self._voice(language), self._translations)

    def _voice(self, language: str) -> Voice:
        return self._voices[known(language, self._languages.codes) or self._texts.main]

    def _turn(self, wanted: Wanted, language: str, conversation: Conversation) -> Turn:
        voice = self._voice(language)
        return Turn(wanted, voice, conversation, self._knowledge, self._names, self._explainer)

    def _language(self, incoming: Incoming, conversation: Conversation, read: Read | None) -> str:
        """The fixed language; else the message's, the conversation's, the app's, the main one."""
        codes = self._languages.codes
        chosen = known(incoming.chosen_language, codes) or known(conversation.chosen, codes)
        if chosen:
            return chosen
        spoken = read and self._languages.spoken(
            read.words, read.spotted, read.name_places | read.people
        )
        return (
            spoken
            or known(conversation.language, codes)
            or known(incoming.client_language, codes)
            or (read and self._languages.leaning(read.words))
            or self._texts.main
        )

    def _choose(self, turn: Turn, code: str) -> Outcome:
        """Fix the language, or with "auto" follow the person's again."""
        voice, codes = turn.voice, self._languages.codes
        if code == "auto":
            reply = voice.reply(Kind.LANGUAGE, voice.paragraph("language_auto"))
            return reply, replace(turn.conversation, chosen=None)
        if known(code, codes) is None:
            return self.language_choice(voice.language), turn.conversation
        voice = self._voice(code)
        reply = voice.reply(Kind.LANGUAGE, voice.paragraph("language_now"))
        return reply, replace(turn.conversation, chosen=voice.language)


def _kept(outcome: Outcome) -> Outcome:
    """The outcome, with the language of the reply kept for messages that do not tell theirs."""
    reply, conversation = outcome
    return reply, conversation.in_language(reply.language)


def _phrases(translations: Sequence[Translation], key: str) -> frozenset[str]:
    return frozenset(fold(phrase) for t in translations for phrase in t.phrases(key))
