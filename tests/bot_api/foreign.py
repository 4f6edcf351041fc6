"""The Bot API as others describe it: aiogram's models and python-telegram-bot's parsing.

Our own server could share our errors, so all that passes it is held against both: unknown names,
wrong types and missing parts are findings, and so is anything python-telegram-bot loses on the way.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from inspect import isclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

import aiogram.methods
import aiogram.types
import telegram
from aiogram.methods.base import Response, TelegramMethod
from aiogram.types import BufferedInputFile, InputFile
from pydantic import BaseModel, TypeAdapter, ValidationError
from telegram.warnings import PTBDeprecationWarning

from bot_api.wire import Json


@dataclass(frozen=True)
class Difference:
    """A field that aiogram wants in an object and that our Bot API version does not have yet.

    It is put in for aiogram alone, in objects whose `mark` has the value `kind`; all the rest of
    the object is checked as ever.
    """

    mark: str
    kind: str
    field: str
    value: object
    reason: str


DIFFERENCES = (
    Difference(
        *("status", "administrator", "can_send_welcome_messages", False),
        "aiogram 3.31 describes Bot API 10.3; this server and python-telegram-bot 22.8 speak 10.0, "
        "where administrators have no such right",
    ),
)
"""All that is let pass: a real difference between the descriptions each, never a fault."""

BASES = {"ChatMember": telegram.ChatMember, "MenuButton": telegram.MenuButton}
"""python-telegram-bot's class for types that aiogram writes as a union of the class's kinds."""


def request_findings(method: str, params: Json) -> list[str]:
    """What aiogram would say of a request; `params` as they came over the wire."""
    model = _methods().get(method)
    if model is None:
        return [f"{method}: aiogram: no such method"]
    fields = model.model_fields
    read = {
        name: _as_meant(fields[name].annotation, value) if name in fields else value
        for name, value in params.items()
    }
    return [*_aiogram_findings(_adapter(model), read, method)]


def response_findings(method: str, body: Json) -> list[str]:
    """What both would say of the whole answer to a method, a result or a refusal."""
    model = _methods().get(method)
    returned = model.__returning__ if model and body.get("ok") else Any
    name = f"answer to {method}"
    found = [*_aiogram_findings(_answer(returned), body, name)]
    if body.get("ok"):
        found += _ptb_findings(_ptb_type(returned), body.get("result"), f"{name}: result")
    return found


def update_findings(update: Json) -> list[str]:
    """What both would say of an update."""
    found = [*_aiogram_findings(_adapter(aiogram.types.Update), update, "update")]
    return [*found, *_ptb_findings(telegram.Update, update, "update")]


@cache
def _methods() -> Mapping[str, type[TelegramMethod[Any]]]:
    found = [one for one in vars(aiogram.methods).values() if isclass(one)]
    models = [one for one in found if issubclass(one, TelegramMethod) and one is not TelegramMethod]
    return {model.__api_method__: model for model in models}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _answer(returned: Any) -> TypeAdapter[Any]:
    # Told apart by their status, a wrong one brings its own findings and not those of all kinds.
    is_member = returned == aiogram.types.ResultChatMemberUnion
    kind: Any = aiogram.types.ChatMemberUnion if is_member else returned
    whole: Any = Response
    return TypeAdapter(whole[kind])


@cache
def _dates() -> frozenset[str]:
    """The fields that aiogram turns from seconds into a time of day."""
    models = [one for one in vars(aiogram.types).values() if isclass(one)]
    fields = [
        (name, field.annotation)
        for model in models
        if issubclass(model, BaseModel)
        for name, field in model.model_fields.items()
    ]
    return frozenset(name for name, annotation in fields if datetime in _choices(annotation))


def _choices(annotation: Any) -> list[Any]:
    """The types a value may have; a list of texts is no text."""
    if get_origin(annotation) in (Union, UnionType):
        return [kind for one in get_args(annotation) for kind in _choices(one)]
    if get_origin(annotation) is Annotated:
        return _choices(get_args(annotation)[0])
    return [annotation]


def _as_meant(annotation: Any, value: Any) -> Any:
    """A parameter as a value: forms have texts only, and what is no text is JSON there."""
    kinds = _choices(annotation)
    if not isinstance(value, str):
        return value
    if InputFile in kinds and value.startswith("attach://"):
        return BufferedInputFile(b"", value)
    if str in kinds:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _aiogram_findings(adapter: TypeAdapter[Any], value: Any, where: str) -> Iterator[str]:
    """Nothing is converted but dates: a number in quotes is a wrong type."""
    try:
        model = adapter.validate_python(_for_aiogram(value), strict=True)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            place = ".".join(map(str, one["loc"]))
            yield f"{where}: aiogram: {place}: {one['msg']} ({one['input']!r:.60})"
    else:
        if isinstance(model, Response):
            for name in value.keys() - type(model).model_fields.keys():
                yield f"{where}: aiogram: unknown {name}"
        yield from (f"{where}: aiogram: unknown {name}" for name in _extras(model))


def _for_aiogram(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        missing = {one.field: one.value for one in DIFFERENCES if value.get(one.mark) == one.kind}
        return {key: _for_aiogram(one, key) for key, one in (missing | value).items()}
    if isinstance(value, list):
        return [_for_aiogram(one, name) for one in value]
    # A message no longer accessible has the date 0, and no other.
    is_seconds = isinstance(value, int) and not isinstance(value, bool)
    if name in _dates() and is_seconds and (value or name != "date"):
        return datetime.fromtimestamp(value, UTC)
    return value


def _extras(value: Any, path: str = "") -> Iterator[str]:
    """Fields that were given and that the model does not have, wherever they are."""
    if isinstance(value, BaseModel):
        yield from (f"{path}{name}" for name in value.model_extra or {})
        for name in value.model_fields_set & type(value).model_fields.keys():
            yield from _extras(getattr(value, name), f"{path}{name}.")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _extras(one, path)


def _ptb_type(returned: Any) -> Any:
    """python-telegram-bot's class for what aiogram says a method returns; None for plain values."""
    kinds = [kind for kind in _choices(returned) if kind not in (bool, NoneType, Any)]
    if kinds and get_origin(kinds[0]) is list:
        kinds = _choices(get_args(kinds[0])[0])
    names = [kind.__name__ for kind in kinds]
    if len(names) > 1:
        return next(base for start, base in BASES.items() if names[0].startswith(start))
    return getattr(telegram, names[0]) if names else None


def _ptb_findings(kind: Any, value: Any, where: str) -> Iterator[str]:
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from _ptb_findings(kind, one, f"{where}.{number}")
        return
    if kind is None or not isinstance(value, dict):
        return
    with warnings.catch_warnings():
        # It warns of its own coming change of seconds to timedelta, whoever reads them.
        warnings.simplefilter("ignore", PTBDeprecationWarning)
        try:
            parsed = kind.de_json(value, None)
            found = [f"unknown {name}" for name in _leftovers(parsed)]
            found += _lost(value, json.loads(parsed.to_json()))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            found = [str(error)]
    yield from (f"{where}: telegram: {one}" for one in found)


def _leftovers(value: Any, path: str = "") -> Iterator[str]:
    """What python-telegram-bot found no attribute for."""
    if isinstance(value, telegram.TelegramObject):
        yield from (f"{path}{name}" for name in value.api_kwargs)
        slots = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
        for name in slots:
            if not name.startswith("_"):
                yield from _leftovers(getattr(value, name, None), f"{path}{name}.")
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _leftovers(one, path)


def _lost(given: Any, kept: Any, path: str = "") -> Iterator[str]:
    """What is another value, or none, once parsed and written again."""
    if isinstance(given, dict) and isinstance(kept, dict):
        for name, value in given.items():
            yield from _lost(value, kept.get(name), f"{path}.{name}" if path else name)
    elif isinstance(given, list) and isinstance(kept, list) and len(given) == len(kept):
        for number, (one, other) in enumerate(zip(given, kept, strict=True)):
            yield from _lost(one, other, f"{path}.{number}")
    elif (type(given), given) != (type(kept), kept):
        yield f"{path}: {given!r:.60} became {kept!r:.60}"
