"""All tables of the database, as the newest revision has them.

A change here needs a migration (``migrations/versions``): a test compares the two. Of
the journal's tables only rows of ``projection``, ``checkpoint``, ``public_record``,
``reach`` and its two, and the class of a record, are ever changed: they are indexes.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

__all__ = [
    "ACTOR",
    "ALIAS",
    "CHANGE",
    "CHANGE_SET",
    "CHECKPOINT",
    "ERASURE",
    "FACTS",
    "FOLDER_NAME",
    "FORMAT",
    "JOB",
    "JOURNAL_MARK",
    "LOCATION",
    "METADATA",
    "OUTBOX",
    "PERSON_KEY",
    "PROJECTION",
    "PUBLICATION",
    "PUBLIC_RECORD",
    "REACH",
    "REACHED_RECORD",
    "REACH_GAP",
    "RECORD",
    "SHEET",
    "SNAPSHOT",
    "SNAPSHOT_SHEET",
    "SOURCE",
    "TEAM",
    "TEAM_GUEST",
    "TEAM_MEMBER",
    "TEAM_RECORD",
    "USERS",
    "WEB_SESSION",
]

METADATA = MetaData()

# What a program from before the migrations looks at (it refuses all but 1), and the
# program that wrote the tables last. The revision itself is Alembic's.
FORMAT = Table(
    "format",
    METADATA,
    Column("version", Integer, nullable=False),
    Column("program", String(40)),
)

# One row, made with the journal: what a copy of it keeps, and no other one has.
JOURNAL_MARK = Table(
    "journal_mark", METADATA, Column("mark", String(36), primary_key=True)
)

SOURCE = Table(
    "source",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("iri", String(500), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("label", Text, nullable=False),
    Column("sha256", String(64)),
    Column("time", String(40)),
)

# class_iri is the effective class, or NULL where the record is removed.
RECORD = Table(
    "record",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("iri", String(500), nullable=False, unique=True),
    Column("class_iri", String(200), index=True),
)

CHANGE_SET = Table(
    "change_set",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("author", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("time", String(40), nullable=False),
    Column("inverse_of", Integer, ForeignKey("change_set.number"), index=True),
)

CHANGE = Table(
    "change",
    METADATA,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("number", Integer, ForeignKey("change_set.number"), nullable=False),
    Column("record_id", Integer, ForeignKey("record.id"), nullable=False),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False),
    Column("text", LargeBinary, nullable=False),
    # Of a personal record: the keyed hash of its sheet after the change, see `sheets`.
    Column("sheet", String(64)),
    Index("change_by_record", "record_id", "id"),
    Index("change_by_number", "number"),
)

# ---------------------------------------------------------------------- about people
# What is said of people lies here alone, sealed under a key for each: a row or key that
# is destroyed is gone from the journal and from snapshots too. See `sheets`.
PERSON_KEY = Table(
    "person_key",
    METADATA,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("key", LargeBinary, nullable=False),
)

SHEET = Table(
    "sheet",
    METADATA,
    Column("change_id", BigInteger, ForeignKey("change.id"), primary_key=True),
    Column("record_id", Integer, ForeignKey("record.id"), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
)

# Sheets that whole snapshots hold the hash of.
SNAPSHOT_SHEET = Table(
    "snapshot_sheet",
    METADATA,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("hash", String(64), primary_key=True, index=True),
    Column("sealed", LargeBinary, nullable=False),
)

# Who was erased when, and why; the author is an actor.
ERASURE = Table(
    "erasure",
    METADATA,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("time", String(40), nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", String(200), nullable=False),
)

# Who made changes and jobs: the names of accounts and logins stand nowhere else.
ACTOR = Table(
    "actor",
    METADATA,
    Column("id", String(20), primary_key=True),
    Column("name", String(255), nullable=False, unique=True),
)

# Names that records had before: SHA-256 of the IRI, as it may tell who it is.
ALIAS = Table(
    "alias",
    METADATA,
    Column("sha256", String(64), primary_key=True),
    Column("record_id", Integer, ForeignKey("record.id"), nullable=False),
)

# The state of a record with many changes, so that none is replayed for ever.
CHECKPOINT = Table(
    "checkpoint",
    METADATA,
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("change_id", BigInteger, nullable=False),
    Column("state", LargeBinary, nullable=False),
)

FACTS = Table(
    "facts",
    METADATA,
    Column("source_id", Integer, ForeignKey("source.id"), primary_key=True),
    Column("part", String(500), primary_key=True),
    Column("facts", LargeBinary, nullable=False),
)

SNAPSHOT = Table(
    "snapshot",
    METADATA,
    Column("hash", String(64), primary_key=True),
    Column("root", String(500), nullable=False, index=True),
    Column("taken_at", String(40), nullable=False),
    # Empty where it is made again from the journal when somebody asks for it.
    Column("text", LargeBinary, nullable=False),
    # The last change that it holds; NULL where only the text knows.
    Column("change_id", BigInteger),
    # Ids of the records that named the root as what they are part of, and were taken.
    Column("parts", LargeBinary),
    Column("fingerprint", String(32)),
    # Why it stays whole: published, decided; NULL where it need not.
    Column("kept", String(20)),
)

# One row: how far the RDF stores have come (id of a change, number of a change set),
# and how far the batch goes that was begun: after a crash exactly that is done again.
PROJECTION = Table(
    "projection",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("change_id", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
    Column("target_id", BigInteger, nullable=False),
    Column("public_id", BigInteger, nullable=False),
)

PUBLIC_RECORD = Table(
    "public_record",
    METADATA,
    Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True, index=True),
)

# What each publication set reaches: see `reach`. A fingerprint that is empty means
# that the set is to be walked.
REACH = Table(
    "reach",
    METADATA,
    Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("fingerprint", String(32), nullable=False),
)

REACHED_RECORD = Table(
    "reached_record",
    METADATA,
    Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("record_id", Integer, ForeignKey("record.id"), primary_key=True, index=True),
    Column("is_context", Boolean, nullable=False),
)

# Records that a set links to and that are not there (yet).
REACH_GAP = Table(
    "reach_gap",
    METADATA,
    Column("root_id", Integer, ForeignKey("record.id"), primary_key=True),
    Column("iri", String(500), primary_key=True, index=True),
)

# ------------------------------------------------------------------ other rooms
# Where files lie: never in RDF, see `locations`. The path is that below a named storage
# root, or the whole path where the root has no name.
LOCATION = Table(
    "location",
    METADATA,
    Column("root", String(60), primary_key=True),
    Column("path", Text, primary_key=True),
    Column("key", String(500), primary_key=True, index=True),
    # The file set that the file belongs to; empty where it is none, or an older
    # program noted the place.
    Column("record", String(500), nullable=False, server_default=""),
    Column("noted", String(40), nullable=False, server_default=""),
    # Something else was seen in this place later.
    Column("is_past", Boolean, nullable=False, server_default="0"),
)

# What names are made from (`base_iri`, `facility_key`), in the order in which it came
# into force: a setting that changes must not rename what is there.
FOLDER_NAME = Table(
    "folder_name",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("setting", String(40), nullable=False),
    Column("value", String(500), nullable=False),
    Column("since", String(20), nullable=False),
)

USERS = Table(
    "users",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", String(255), nullable=False),
    Column("active", Boolean, nullable=False),
    # Goes up when password, role or activity change: older sessions then end.
    Column("epoch", Integer, nullable=False),
    Column("created_at", String(20), nullable=False),
)

# Open sessions by the hash of their token; the epoch is that of the account then.
WEB_SESSION = Table(
    "web_session",
    METADATA,
    Column("key", String(64), primary_key=True),
    Column("name", String(64), nullable=False, index=True),
    Column("epoch", Integer, nullable=False),
    Column("began", String(20), nullable=False),
)

# Teams of accounts, and what belongs to them: sets, collections, plans, samples and
# organisations by IRI. A record without a row is the facility's.
TEAM = Table(
    "team",
    METADATA,
    Column("name", String(64), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("created_at", String(20), nullable=False),
)

TEAM_MEMBER = Table(
    "team_member",
    METADATA,
    Column("team", String(64), ForeignKey("team.name"), primary_key=True),
    Column("account", String(64), primary_key=True, index=True),
)

TEAM_RECORD = Table(
    "team_record",
    METADATA,
    Column("record", String(500), primary_key=True),
    Column("team", String(64), ForeignKey("team.name"), nullable=False, index=True),
)

# Who else may see a set or a collection, and perhaps change it.
TEAM_GUEST = Table(
    "team_guest",
    METADATA,
    Column("record", String(500), primary_key=True),
    Column("account", String(64), primary_key=True, index=True),
    Column("may_edit", Boolean, nullable=False),
)

PUBLICATION = Table(
    "publication",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("subject", String(500), nullable=False),
    Column("target", String(60), nullable=False),
    Column("key", String(300), nullable=False),
    # NULL where an older program published it: see the snapshot that it names.
    Column("version", String(100)),
    Column("practice", Boolean, nullable=False, server_default="0"),
    Column("state", String(20), nullable=False),
    Column("remote_state", String(60), nullable=False, default=""),
    Column("identifier", String(500), nullable=False, default=""),
    Column("url", String(1000), nullable=False, default=""),
    Column("landing_page", String(1000), nullable=False, default=""),
    Column("snapshot_hash", String(64), nullable=False, default=""),
    Column("package_hash", String(64), nullable=False, default=""),
    Column("message", Text, nullable=False, default=""),
    Column("created", String(20), nullable=False),
    Column("modified", String(20), nullable=False),
    Column("published", String(20), nullable=False, default=""),
    UniqueConstraint("target", "key", "practice", name="publication_key"),
    UniqueConstraint(
        "subject", "version", "target", "practice", name="publication_edition"
    ),
)

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("publication", ForeignKey("publication.id"), nullable=False),
    Column("queued", String(20), nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("done", String(20), nullable=False, default=""),
    Column("last_error", Text, nullable=False, default=""),
)

JOB = Table(
    "job",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(64), nullable=False),
    Column("subject", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("author", String(255), nullable=False),
    Column("folder", Text, nullable=False),
    Column("state", String(16), nullable=False, index=True),
    Column("fraction", Float, nullable=False),
    Column("message", Text, nullable=False),
    Column("wants_cancel", Boolean, nullable=False),
    Column("host", String(255), nullable=False),
    Column("process", Integer, nullable=False),
    Column("created", String(32), nullable=False),
    Column("started", String(32), nullable=False),
    Column("ended", String(32), nullable=False),
)
