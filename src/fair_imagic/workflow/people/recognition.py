"""Recognition: whether somebody who is entered is there already, or may be.

An ORCID iD or an e-mail address is one person's. A name is not: where it is the same
or nearly so, the question goes to whoever enters it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.base.person_names import is_near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.person_names import Hit

__all__ = ["DoubtfulPersonError", "recognised"]


@dataclass(frozen=True)
class _Found:
    """People like the one who is entered: by identifier, and by name alone."""

    by_orcid: tuple[Hit, ...]
    by_email: tuple[Hit, ...]
    by_name: tuple[Hit, ...]


class DoubtfulPersonError(InputError):
    """Somebody of this name, or of one like it, is there: who enters must say.

    ``hits`` are those who may be meant.
    """

    def __init__(self, entered: Hit, hits: Sequence[Hit]) -> None:
        super().__init__(
            _("{name} may be there already").format(name=entered.name),
            expected="; ".join(one.words for one in hits),
            found=entered.words,
            hint=_(
                "Say --same {id} to complete that person, or --new to add another one."
            ).format(id=hits[0].id),
        )
        self.hits = tuple(hits)


def recognised(entered: Hit, people: Sequence[Hit], *, new: bool = False) -> Hit | None:
    """Return who is entered, None for somebody new.

    ``new`` says that it is nobody of the same name or e-mail address. Raises
    DoubtfulPersonError where only a person can tell, and ConflictError where an
    identifier is another's.
    """
    found = _like(entered, people)
    if len(found.by_orcid) > 1:
        raise DoubtfulPersonError(entered, found.by_orcid)
    if found.by_orcid and new:
        raise ConflictError(
            _("This ORCID iD is another person's"),
            expected=found.by_orcid[0].words,
            found=entered.orcid,
            hint=_("Leave --new out to complete that person."),
        )
    if found.by_orcid:
        return _without_contradiction(entered, found)
    if new:
        return None
    if found.by_email:
        if len(found.by_email) > 1 or _contradicts(entered, found.by_email[0]):
            raise DoubtfulPersonError(entered, found.by_email)
        return found.by_email[0]
    if len(found.by_name) == 1 and _is_the_same_entry(entered, found.by_name[0]):
        return found.by_name[0]
    if found.by_name:
        raise DoubtfulPersonError(entered, found.by_name)
    return None


def _like(entered: Hit, people: Sequence[Hit]) -> _Found:
    address = entered.email.casefold()
    same = [one for one in people if one.keys & entered.keys]
    near = [one for one in people if one not in same and is_near(one, entered)]
    return _Found(
        tuple(one for one in people if entered.orcid and one.orcid == entered.orcid),
        tuple(one for one in people if address and one.email.casefold() == address),
        tuple(one for one in (*same, *near) if not _contradicts(entered, one)),
    )


def _contradicts(one: Hit, other: Hit) -> bool:
    """Return whether an identifier of both shows that they are two."""
    pairs = (
        (one.orcid, other.orcid),
        (one.email.casefold(), other.email.casefold()),
    )
    orcids, addresses = (bool(a and b and a != b) for a, b in pairs)
    if one.orcid and one.orcid == other.orcid:
        return False
    return orcids or addresses


def _without_contradiction(entered: Hit, found: _Found) -> Hit:
    (person,) = found.by_orcid
    others = [one for one in found.by_email if one.record != person.record]
    if others:
        raise DoubtfulPersonError(entered, (person, *others))
    return person


def _is_the_same_entry(entered: Hit, known: Hit) -> bool:
    """Return whether an entry is made again: nothing would change."""
    return replace(entered, record=known.record) == known
