"""Decisions: the facility lets a set be published in spite of a point, and says why.

Each decision is a record of its own in the journal, with author and time. It never
covers what the law forbids, and every report and page of the set shows it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.errors import ConflictError, InputError, NotFoundError
from fair_imagic.i18n import _
from fair_imagic.model import Override as OverrideRecord
from fair_imagic.publish.registry import load
from fair_imagic.workflow.base.authors import default_author, person_source
from fair_imagic.workflow.base.edits import Edits
from fair_imagic.workflow.checking.overrides import change_of, overrides_of
from fair_imagic.workflow.publishing import publish

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fair_imagic.checks import Finding, Override
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["MIN_REASON_LENGTH", "decide", "take_back"]

MIN_REASON_LENGTH = 10
MAX_REASON_LENGTH = 2000


def decide(
    workspace: Workspace,
    name: str,
    target: str,
    *,
    code: str,
    reason: str,
    author: str | None = None,
) -> Override:
    """Keep the decision that a point no longer stops a set at an archive.

    Raises InputError for a point that does not stop it, for one that the law stands
    behind, and for a reason that is missing; ConflictError where it is decided already.
    """
    record = workspace.record("set", name)
    load(target)
    clean = _reason(reason)
    known = {
        one.code for one in overrides_of(workspace, record) if one.target == target
    }
    if code in known:
        raise ConflictError(
            _("This is decided already"),
            found=code,
            hint=_("Take the decision back first to give another reason."),
        )
    prepared = publish.prepare(workspace, name, target)
    _refuse_unless_it_stops((*prepared.blocking, *prepared.overridden), code)
    workspace.catalogue.keep_whole(prepared.package.snapshot_hash, "decided")
    edits = Edits(
        workspace.catalogue, person_source(workspace, author or default_author())
    )
    made = OverrideRecord(
        iri=workspace.mint("override", f"{name}-{target}-{code}"),
        of=record,
        target=target,
        point_code=code,
        reason=clean,
    )
    edits.create(made)
    edits.append(author or default_author(), f"override of {code}")
    kept = overrides_of(workspace, record)
    return next(one for one in kept if (one.target, one.code) == (target, code))


def take_back(
    workspace: Workspace,
    name: str,
    target: str,
    *,
    code: str,
    author: str | None = None,
) -> int:
    """Take a decision back and return the number of the change; the point stops again.

    Raises NotFoundError where there is no such decision.
    """
    record = workspace.record("set", name)
    for one in overrides_of(workspace, record):
        if (one.target, one.code) == (target, code):
            made = change_of(workspace.catalogue.history(one.record))
            return workspace.catalogue.undo(
                made.number, author=author or default_author()
            )
    raise NotFoundError(_("There is no such decision"), found=f"{target}: {code}")


def _reason(text: str) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not MIN_REASON_LENGTH <= len(clean) <= MAX_REASON_LENGTH:
        raise InputError(
            _("A decision needs a written reason"),
            expected=_("{least} to {most} characters").format(
                least=MIN_REASON_LENGTH, most=MAX_REASON_LENGTH
            ),
            found=clean[:80],
        )
    return clean


def _refuse_unless_it_stops(stopping: Iterable[Finding], code: str) -> None:
    codes: dict[str, bool] = {}
    for finding in stopping:
        codes[finding.code] = codes.get(finding.code, False) or finding.legal
    if code not in codes:
        raise InputError(
            _("This point does not stop the publication"),
            expected=", ".join(c for c, legal in codes.items() if not legal)
            or _("nothing to decide: no such point stops it"),
            found=code,
        )
    if codes[code]:
        raise InputError(
            _("The law forbids publishing this; nobody can decide otherwise"),
            found=code,
            hint=_("Make the correction that the report names."),
        )
