"""What the bot says, in the reader's language, with the language's own plurals and lists."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from string import Formatter
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from babel.lists import format_list
from babel.numbers import format_decimal

from content.translations import Text, Translation, load_translations

T = TypeVar("T")

KEPT_SENTENCES = 2_000
"""Sentences that are remembered as they are found, and without values as they are said."""

_NAME = re.compile(r"[a-z_]+\Z")


class TextError(Exception):
    """A sentence is missing or asks for what it may not have; the message names it."""


class Texts:
    """The sentences of all languages.

    A language without a sentence borrows it from the main one, and this from the bot's own.
    """

    def __init__(self, translations: Sequence[Translation], main: str) -> None:
        self.main = main
        self._says = {translation.code: translation.says for translation in translations}
        self._found = lru_cache(KEPT_SENTENCES)(self._find)
        self._plain = lru_cache(KEPT_SENTENCES)(self._joined)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages spoken."""
        return tuple(self._says)

    def keys(self, language: str) -> frozenset[str]:
        """The keys of the sentences that a language has itself."""
        return frozenset(self._says.get(language, ()))

    def say(self, key: str, language: str, **values: str | int) -> str:
        """A sentence with its values in; ``count`` chooses the plural form.

        Values are data: whatever stands in them is shown as it is.

        Raises:
            TextError: no language has the sentence, or a value is missing.
        """
        return self._joined(key, language, **values) if values else self._plain(key, language)

    def pieces(self, key: str, language: str, **values: T | int) -> tuple[str | T, ...]:
        """As ``say``, but in pieces: texts between values, and values as they were given."""
        spoken, text = self._found(key, language)
        template = text if isinstance(text, str) else self._form(text, spoken, values.get("count"))
        found: list[str | T] = []
        for literal, name in _parsed(template):
            if literal:
                found.append(literal)
            if name is not None:
                if name not in values:
                    raise TextError(f"says, {key} ({spoken}): {{{name}}} is given no value")
                value = values[name]
                found.append(number(value, spoken) if isinstance(value, int) else value)
        return tuple(found)

    def list(self, items: Iterable[str], language: str, style: str = "standard") -> str:
        """Items in one phrase: "a, b and c"; ``style="or"`` for "a, b or c"."""
        return str(format_list(list(items), style=style, locale=_locale(language)))  # type: ignore[arg-type]

    def locale(self, language: str) -> Locale:
        """The language's customs for plurals, lists, numbers and dates; English's when unknown."""
        return _locale(language)

    def _joined(self, key: str, language: str, **values: str | int) -> str:
        return "".join(map(str, self.pieces(key, language, **values)))

    def _find(self, key: str, language: str) -> tuple[str, Text]:
        for code in (language, self.main):
            if key in self._says.get(code, {}):
                return code, self._says[code][key]
        shipped = _shipped()
        if key in shipped.says:
            return shipped.code, shipped.says[key]
        raise TextError(f"says has no {key} in {language}, nor in the main language {self.main}")

    def _form(self, text: Mapping[str, str], language: str, count: object) -> str:
        form = _plural(count, language) if isinstance(count, int) else "other"
        return text.get(form) or text.get("other") or next(iter(text.values()), "")


def placeholders(text: Text) -> frozenset[str]:
    """The names that stand in braces, in any of a sentence's forms.

    Raises:
        TextError: braces that are no plain name.
    """
    forms = text.values() if isinstance(text, Mapping) else (text,)
    return frozenset(name for form in forms for _, name in _parsed(form) if name is not None)


def number(value: int, language: str) -> str:
    """A whole number as the language writes it; small ones recur."""
    return _small_number(value, language) if value < 1_000 else _number(value, language)


def _number(value: int, language: str) -> str:
    return str(format_decimal(value, locale=_locale(language)))


_small_number = lru_cache(maxsize=1_000)(_number)


@lru_cache(maxsize=1)
def _shipped() -> Translation:
    """The bot's own main language: a folder's languages need not have every sentence."""
    return load_translations()[0]


@lru_cache(maxsize=2_000)
def _parsed(template: str) -> tuple[tuple[str, str | None], ...]:
    try:
        parsed = list(Formatter().parse(template))
    except ValueError as error:
        raise TextError(f'"{template}": {error}; write {{{{ for a brace') from error
    for _, name, spec, conversion in parsed:
        # No {a.b}, {a[0]}, {a!r} or {a:>9}: translators write words, not programs.
        if name is not None and (not _NAME.match(name) or spec or conversion):
            raise TextError(f'"{template}": only {{name}} may stand in braces, not {{{name}}}')
    return tuple((literal, name) for literal, name, _, _ in parsed)


@lru_cache(maxsize=1_000)
def _plural(count: int, language: str) -> str:
    return str(_locale(language).plural_form(count))


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")
