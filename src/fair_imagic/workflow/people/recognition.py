"""Recognition: whether somebody who is entered is there already, or may be.

An ORCID iD or an e-mail address is one person's. A name is not: where it is the same
or nearly so, the question goes to whoever enters it. So it does where an identifier
comes with another name: one of the two may be mistyped.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError, InputError
from fair_imagic.i18n import _
from fair_imagic.workflow.base.person_names import is_near, says_the_same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fair_imagic.workflow.base.person_names import Hit

__all__ = ["DoubtfulPersonError", "OtherNameError", "recognised"]


class DoubtfulPersonError(InputError):
    """Somebody of this name, or of one like it, is there: who enters must say.

    ``hits`` are those who may be meant.
    """

    def __init__(
        self, entered: Hit, hits: Sequence[Hit], *, message: str = "", hint: str = ""
    ) -> None:
        hint = hint or _(
            "Say --same {id} to complete that person, or --new to add another one."
        )
        super().__init__(
            message or _("{name} may be there already").format(name=entered.name),
            expected="; ".join(one.words for one in hits),
            found=entered.words,
            hint=hint.format(id=hits[0].id),
        )
        self.hits = tuple(hits)


class OtherNameError(DoubtfulPersonError):
    """The ORCID iD or e-mail address is somebody's whose name is another."""

    def __init__(self, entered: Hit, known: Hit) -> None:
        if entered.orcid and entered.orcid == known.orcid:
            message = _("This ORCID iD is there under another name")
            hint = _(
                "Say --same {id} to give that person this name, or correct the ORCID "
                "iD."
            )
        else:
            message = _("This e-mail address is there under another name")
            hint = _(
                "Say --same {id} to give that person this name, or --new to add "
                "another person with this address."
            )
        super().__init__(entered, [known], message=message, hint=hint)


def recognised(entered: Hit, people: Sequence[Hit], *, new: bool = False) -> Hit | None:
    """Return who is entered, None for somebody new.

    ``new`` says that it is nobody of the same name or e-mail address. Raises
    DoubtfulPersonError where only a person can tell, and ConflictError where an
    identifier is another's.
    """
    by_orcid = [one for one in people if entered.orcid and one.orcid == entered.orcid]
    if len(by_orcid) > 1:
        raise DoubtfulPersonError(entered, by_orcid)
    if by_orcid and new:
        raise ConflictError(
            _("This ORCID iD is another person's"),
            expected=by_orcid[0].words,
            found=entered.orcid,
            hint=_("Leave --new out to complete that person."),
        )
    if new:
        return None
    address = entered.email.casefold()
    by_email = [one for one in people if address and one.email.casefold() == address]
    known = by_orcid or by_email
    if known:
        return _one_of(entered, known, by_email)
    return _by_name(entered, people)


def _one_of(entered: Hit, known: Sequence[Hit], by_email: Sequence[Hit]) -> Hit:
    """Return the person of an identifier, unless another one says something else."""
    others = [one for one in by_email if one.record != known[0].record]
    if others or _contradicts(entered, known[0]):
        raise DoubtfulPersonError(entered, (known[0], *others))
    if not says_the_same(entered, known[0]):
        raise OtherNameError(entered, known[0])
    return known[0]


def _by_name(entered: Hit, people: Sequence[Hit]) -> Hit | None:
    alike = [one for one in people if one.keys & entered.keys]
    alike += [one for one in people if one not in alike and is_near(one, entered)]
    doubtful = [one for one in alike if not _contradicts(entered, one)]
    if len(doubtful) == 1 and _is_the_same_entry(entered, doubtful[0]):
        return doubtful[0]
    if doubtful:
        raise DoubtfulPersonError(entered, doubtful)
    return None


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


def _is_the_same_entry(entered: Hit, known: Hit) -> bool:
    """Return whether an entry is made again: nothing would change."""
    return replace(entered, record=known.record) == known
