"""Names that no record has: what a record made for one would say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.entry.reading import Option

__all__ = ["NewName", "UnknownNameError"]


@dataclass(frozen=True, kw_only=True)
class NewName:
    """A name of a class that no record has, and the identifier told with it.

    ``near`` are the records whose names are nearest. It is ``confirmed`` where the
    person wrote that it is new.
    """

    kind: str
    name: str
    identifier: str = ""
    near: tuple[Option, ...] = ()
    confirmed: bool = False

    @property
    def words(self) -> str:
        """What was told of it, in one line."""
        return " ".join(filter(None, (self.name, self.identifier)))

    @property
    def confirmation(self) -> str:
        """What to write to say that it is new."""
        return f"new: {self.words}"


class UnknownNameError(InputError):
    """Names that nobody has: each can be made, once somebody says that it is new."""

    def __init__(
        self,
        message: str,
        *,
        names: Sequence[NewName],
        where: str = "",
        expected: str = "",
        found: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(
            message, where=where, expected=expected, found=found, hint=hint
        )
        self.names = tuple(names)
