"""The archive's rules for submissions and file lists that others made."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.checks import Severity
from fair_imagic.checks.point import Points, with_repairs
from fair_imagic.i18n import both
from fair_imagic.publish.bioimage_archive.rules import file_points, points_to_fix
from fair_imagic.publish.bioimage_archive.structure import structure_points

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.documents import Reading
    from fair_imagic.documents.pagetab.form import Form

__all__ = ["file_list_points", "submission_points"]

_PROFILE = "bioimage-archive"
# What breaks a study even after the archive has taken it: a link that leads nowhere
# (the two of the first line), or what makes the archive drop a study or a data set.
_STILL_BROKEN = frozenset(
    f"{_PROFILE}/{name}"
    for name in (
        "association-broken",
        "affiliation-broken",
        "annotations-title-needed",
        "associations-biosample-needed",
        "associations-image-acquisition-needed",
        "associations-missing",
        "associations-specimen-needed",
        "author-name-needed",
        "biosample-title-needed",
        "component-in-table",
        "email-wrong",
        "image-acquisition-title-needed",
        "licence-not-read",
        "link-without-type",
        "node-of-wrong-kind",
        "publication-doi-wrong",
        "publication-empty",
        "publication-placeholder",
        "specimen-title-needed",
        "study-component-description-needed",
        "study-component-name-needed",
        "variable-repeated",
    )
)
# What only a new submission can be asked: mail addresses are not published, and the
# day of release is past.
_BEFORE_ONLY = frozenset(
    f"{_PROFILE}/{name}" for name in ("author-e-mail-needed", "release-date-past")
)


def submission_points(reading: Reading) -> Iterator[Finding]:
    """Yield what the archive would refuse or lose of a PageTab document.

    What it has published it has accepted: of that it is told as recommended only.
    """
    form: Form = reading.form
    points = with_repairs(_points(form, reading), _repairs())
    if not form.published:
        yield from points
        return
    yield from _as_advice(one for one in points if one.code not in _BEFORE_ONLY)


def _points(form: Form, reading: Reading) -> Iterator[Finding]:
    points = Points(_PROFILE, reading.root, reading.label)
    yield from structure_points(form.raw, points)
    for one in points_to_fix(form.pagetab, points):
        yield replace(one, path=form.place(one.path))
    for pointer, written, read in form.misspelt:
        yield points.make(
            "name-not-read",
            message="The archive may not read {value}: it reads {read}",
            repair="Write the name exactly as {read}",
            place=pointer,
            value=written,
            must=False,
            read=read,
        )


def _as_advice(findings: Iterable[Finding]) -> Iterator[Finding]:
    for one in findings:
        if one.severity is Severity.MUST and one.code not in _STILL_BROKEN:
            yield replace(one, severity=Severity.SHOULD, blocks=False)
        else:
            yield one


def file_list_points(reading: Reading) -> Iterator[Finding]:
    """Yield what the archive would refuse of a file list on its own."""
    points = Points(_PROFILE, reading.root, reading.label)
    # Rules on masks need the other lists of a submission; its name would ask for them.
    lists: dict[str, bytes] = {f"./{reading.name}": reading.form}
    return with_repairs(file_points(lists, (), points), _repairs())


@cache
def _repairs() -> Mapping[str, Mapping[str, str]]:
    """Return the corrections of what only somebody else's submission gets wrong."""
    return {
        f"{_PROFILE}/association-broken": both(
            "Write the exact title of the section that is meant"
        ),
        f"{_PROFILE}/affiliation-broken": both(
            "Name the number (accno) of an organisation, with reference true"
        ),
        f"{_PROFILE}/section-number": both(
            "Give every section a number (accno) of its own"
        ),
        f"{_PROFILE}/value-not-text": both("Write the value as a text in quotes"),
        f"{_PROFILE}/file-name-refused": both(
            "Rename the file with letters, digits and - _ ( ) only, and correct the "
            "list"
        ),
        f"{_PROFILE}/release-date-needed": both(
            "Give the same ReleaseDate in both places"
        ),
    }
