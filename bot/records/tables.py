"""The tables, as the newest migration leaves them (a test compares the two).

Nothing that tells who asked stands in a table that holds what was asked for longer than a
conversation lasts.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)

CONVERSATIONS = Table(
    "conversations",
    METADATA,
    Column("key", String(64), primary_key=True),  # keyed hash of chat and person
    Column("person", String(64), nullable=False),  # keyed hash of the person
    Column("value", Text, nullable=False),
    Column("lasting", Text, nullable=False),  # what is left of it after half an hour
    Column("expires", BigInteger, nullable=False),  # seconds since the epoch
    Index(None, "person"),
    Index(None, "expires"),
)

MISSES = Table(
    "misses",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("group_key", String(16), nullable=False),
    Column("words", String(200), nullable=False),
    Column("question", String(300), nullable=False),  # masked
    Column("language", String(16), nullable=False),
    Column("chat", String(16), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("status", String(16), nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("day", "question", "language", "chat", "reason"),
    Index(None, "group_key"),
    Index(None, "status"),
)

COUNTS = Table(
    "counts",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("what", String(16), primary_key=True),
    Column("which", String(80), primary_key=True),
    Column("number", Integer, nullable=False),
)

FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("day", Date, nullable=False),
    Column("question", String(300), nullable=False),  # masked
    Column("partners", String(400), nullable=False),  # ids with spaces between them
    Column("language", String(16), nullable=False),
    Column("up", Boolean, nullable=False),
    Column("times", Integer, nullable=False),
    UniqueConstraint("day", "question", "partners", "language", "up"),
)

AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("at", BigInteger, nullable=False),  # seconds since the epoch
    Column("admin", BigInteger, nullable=False),  # Telegram id: admins answer for what they change
    Column("action", String(40), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("details", Text, nullable=False),
    Index(None, "at"),
)

INBOX = Table(
    "inbox",
    METADATA,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("received", BigInteger, nullable=False),  # seconds since the epoch
    Column("payload", Text, nullable=False),  # JSON as Telegram sent it; emptied when done
    Column("status", String(16), nullable=False),
    Column("attempts", Integer, nullable=False),
    # Of a database that replicas share: the keyed hash of who waits there, emptied when done …
    Column("line", String(64)),
    # … and which replica works on it, for how long (seconds since the epoch).
    Column("taken_by", String(32), nullable=False, server_default=""),
    Column("taken_until", Float(53), nullable=False, server_default="0"),
    Index(None, "status"),
    Index(None, "received"),
    Index(None, "line", "update_id"),
)

ANSWERS = Table(
    "answers",
    METADATA,
    Column("question_key", String(64), primary_key=True),  # keyed hash of the message asked with
    Column("answer_key", String(64), nullable=False),  # keyed hash of the message that answers
    Column("person", String(64), nullable=False),  # keyed hash of who asked
    Column("question", BigInteger, nullable=False),  # number of the message within its chat
    Column("answer", BigInteger, nullable=False),
    Column("is_person", Boolean, nullable=False),  # or somebody in a chat's name
    Column("voted", Boolean, nullable=False),
    Column("before", Text, nullable=False),  # the conversation before and after the answer
    Column("after", Text, nullable=False),
    Column("expires", BigInteger, nullable=False),  # seconds since the epoch
    Index(None, "answer_key"),
    Index(None, "person"),
    Index(None, "expires"),
)

LEASES = Table(
    "leases",
    METADATA,
    Column("name", String(40), primary_key=True),  # what only one may have, or those alike
    Column("holder", String(200), nullable=False),
    Column("until", Float(53), nullable=False),  # seconds since the epoch
)

TURNS = Table(
    "turns",
    METADATA,
    Column("key", String(64), primary_key=True),  # keyed hash of chat and person
    Column("number", Integer, nullable=False),  # answers since its first one
    Column("until", Float(53), nullable=False),  # when it is forgotten, seconds since the epoch
    Index(None, "until"),
)
