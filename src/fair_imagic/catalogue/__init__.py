"""The catalogue: journal, effective record, snapshots, indexes and queries."""

from fair_imagic.catalogue.answer import Answer, Cut
from fair_imagic.catalogue.catalogue import Catalogue, open_catalogue
from fair_imagic.catalogue.change import (
    RECORD_REMOVED,
    REMOVED,
    Change,
    ChangeSet,
    removal_of,
    tombstone,
)
from fair_imagic.catalogue.database import Database
from fair_imagic.catalogue.facts import Fact
from fair_imagic.catalogue.journal import HistoryEntry
from fair_imagic.catalogue.locations import Locations, Place, PlaceNote, RootUse
from fair_imagic.catalogue.named_query import NamedQuery, named_queries
from fair_imagic.catalogue.origin import Origin
from fair_imagic.catalogue.query import QueryResult
from fair_imagic.catalogue.seen_catalogue import SeenCatalogue
from fair_imagic.catalogue.sight import Sight
from fair_imagic.catalogue.source import Source, SourceKind
from fair_imagic.catalogue.tables import METADATA

__all__ = [
    "METADATA",
    "RECORD_REMOVED",
    "REMOVED",
    "Answer",
    "Catalogue",
    "Change",
    "ChangeSet",
    "Cut",
    "Database",
    "Fact",
    "HistoryEntry",
    "Locations",
    "NamedQuery",
    "Origin",
    "Place",
    "PlaceNote",
    "QueryResult",
    "RootUse",
    "SeenCatalogue",
    "Sight",
    "Source",
    "SourceKind",
    "named_queries",
    "open_catalogue",
    "removal_of",
    "tombstone",
]
