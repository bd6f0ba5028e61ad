"""What somebody may see and change of a catalogue: who looks through it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sqlalchemy import Connection

    from fair_imagic.catalogue.change import Change

__all__ = ["Sight"]


class Sight(Protocol):
    """Somebody's view of a catalogue, asked at its one door."""

    @property
    def teams(self) -> frozenset[str]:
        """The teams of this somebody."""
        ...

    def seen(self, records: Collection[str]) -> frozenset[str]:
        """Return those of these IRIs that may be seen; what is no record is."""
        ...

    def editable(self, records: Collection[str]) -> frozenset[str]:
        """Return those of these records that may be changed, new ones among them."""
        ...

    def judge(self, changes: Sequence[Change]) -> frozenset[str]:
        """Return the records that changes make; raise for what is not to be made."""
        ...

    def refuse_records(self, records: Collection[str]) -> None:
        """Raise where one of these records is not this somebody's to change."""
        ...

    def keep(self, connection: Connection, made: Collection[str]) -> None:
        """Note whose the records are that were made."""
        ...

    def own_name(self, plain: str) -> str:
        """Return the IRI of a record of one's own, where a plain one is not seen."""
        ...
