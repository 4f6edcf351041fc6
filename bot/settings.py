"""Settings from ``BOT_*`` variables and a ``.env`` file beside where the bot is started."""

import re
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import platformdirs
from pydantic import Field, FilePath, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SHIPPED_CONTENT = Path(__file__).resolve().parent.parent / "content"

OWN_PATHS = ("/healthz", "/readyz", "/metrics")
"""Where the bot's own server tells how it is."""


_NODE = r"https?://[^\s/?#@,]+(/[^\s?#@,]*)?"
"""A node's address; a login in it would be shown wherever the address is."""


class SettingsError(Exception):
    """A setting is wrong; the message names it and says what would be right."""


class Settings(BaseSettings):
    """Everything that can be set. ``docs/operating.md`` and ``.env.example`` explain each."""

    model_config = SettingsConfigDict(
        env_prefix="BOT_", env_file=".env", extra="ignore", frozen=True, env_ignore_empty=True
    )

    token: SecretStr | None = None
    api_base_url: Annotated[str, Field(pattern=r"^https?://\S+$")] = "https://api.telegram.org"
    admins: Annotated[frozenset[int], NoDecode] = frozenset()
    content: Path = SHIPPED_CONTENT
    data: Path = Path(platformdirs.user_data_dir("partner-bot", appauthor=False))
    database_url: Annotated[str, Field(pattern=r"^\w+(\+\w+)?://")] | None = None
    watch: bool = False
    engine: Literal["whoosh", "opensearch"] = "whoosh"
    engine_fallback: Literal["whoosh"] | None = None
    opensearch_url: Annotated[
        str | None, Field(pattern=rf"^{_NODE}(\s*,\s*{_NODE})*$", validate_default=True)
    ] = None
    opensearch_user: str | None = None
    opensearch_password: SecretStr | None = None
    opensearch_ca: FilePath | None = None
    opensearch_prefix: Annotated[str, Field(pattern=r"^[a-z0-9]+([_-][a-z0-9]+){0,20}$")] = (
        "partner-bot"
    )
    opensearch_replicas: Annotated[int, Field(ge=0, le=20)] = 1
    opensearch_timeout: Annotated[float, Field(gt=0, le=60)] = 2.0
    http_host: str = "127.0.0.1"
    http_port: Annotated[int, Field(ge=0, le=65535)] | None = None
    webhook_url: Annotated[str, Field(pattern=r"^https?://[^\s/?#]+(/[\w.~/-]*)?$")] | None = None
    webhook_secret: Annotated[SecretStr, Field(min_length=16, max_length=256)] | None = None
    webhook_set: bool = True
    records_secret: SecretStr | None = None
    log_level: Annotated[str, Field(pattern=r"(?i)^(debug|info|warning|error)$")] = "info"
    log_format: Literal["text", "json"] = "text"

    @property
    def records_url(self) -> str:
        """Where records are kept: BOT_DATABASE_URL, or a file in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'records.db'}"

    @field_validator("opensearch_url")
    @classmethod
    def _where_it_is_needed(cls, value: str | None, info: ValidationInfo) -> str | None:
        if value is None and info.data.get("engine") == "opensearch":
            raise ValueError("needed")
        return value

    @field_validator("webhook_url")
    @classmethod
    def _with_a_path(cls, value: str | None) -> str | None:
        """The address with a path of its own: /telegram, where it names none."""
        if value is None:
            return None
        path = urlsplit(value).path.rstrip("/")
        if path in OWN_PATHS:
            raise ValueError("this path is taken")
        return value if path else f"{value.rstrip('/')}/telegram"

    @field_validator("webhook_secret")
    @classmethod
    def _as_telegram_takes_it(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[A-Za-z0-9_-]+", value.get_secret_value()):
            raise ValueError("not as Telegram takes it")
        return value

    @field_validator("records_secret")
    @classmethod
    def _as_a_key(cls, value: SecretStr | None) -> SecretStr | None:
        if value and not re.fullmatch(r"[0-9a-fA-F]{64}", value.get_secret_value()):
            raise ValueError("no key")
        return value

    @field_validator("admins", mode="before")
    @classmethod
    def _ids(cls, value: Any) -> Any:
        if isinstance(value, str):
            ids = value.replace(";", ",").split(",")
            return frozenset(int(part) for part in ids if part.strip())
        return value


_MENDS = {
    "admins": "numeric Telegram ids with commas between them, for example 12345,67890",
    "api_base_url": "an address that begins with http:// or https://",
    "database_url": "an address such as postgresql://user:password@host/name or sqlite:///file.db",
    "watch": "yes or no",
    "engine": "whoosh (nothing to install) or opensearch (for several machines)",
    "engine_fallback": "whoosh, to answer by it while OpenSearch is away, or nothing",
    "opensearch_url": "the address of the OpenSearch of BOT_ENGINE=opensearch, without login, for"
    " example https://search.example.org:9200; of several nodes all, with commas between them",
    "opensearch_ca": "a file with the certificate of the authority that OpenSearch's is signed by",
    "opensearch_prefix": "small letters and digits, with single - or _ between them",
    "opensearch_replicas": "a number from 0 to 20: copies of the index on other nodes",
    "opensearch_timeout": "seconds, above 0 and up to 60, for example 2",
    "http_port": "a number from 1 to 65535, for example 8080 (0: any port that is free)",
    "webhook_url": "the https address at which Telegram reaches this bot, for example"
    " https://bot.example.org/telegram; not /healthz, /readyz or /metrics",
    "webhook_secret": "16 to 256 letters, digits, _ and -; leave it out and one is made",
    "webhook_set": "yes or no",
    "records_secret": "64 digits from 0 to f, as `openssl rand -hex 32` makes them",
    "log_level": "debug, info, warning or error",
    "log_format": "text or json",
}


def read_settings() -> Settings:
    """The settings of this process.

    Raises:
        SettingsError: one of them is wrong.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = sorted({str(fault["loc"][0]) for fault in error.errors()})
        # The values stay unsaid: one of them may be the token.
        lines = [f"BOT_{name.upper()}: must be {_MENDS.get(name, 'valid')}" for name in wrong]
        raise SettingsError("\n".join(lines)) from None
