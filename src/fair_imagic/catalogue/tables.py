"""The journal's tables. Only rows of ``projection``, ``checkpoint`` and
``public_record``, and the class of a record, are ever changed: they are indexes.
"""  # noqa: D205

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
)

from fair_imagic.catalogue.database import METADATA

__all__ = [
    "CHANGE",
    "CHANGE_SET",
    "CHECKPOINT",
    "FACTS",
    "PROJECTION",
    "PUBLIC_RECORD",
    "RECORD",
    "SNAPSHOT",
    "SOURCE",
]

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
    Index("change_by_record", "record_id", "id"),
    Index("change_by_number", "number"),
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
    Column("text", LargeBinary, nullable=False),
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
