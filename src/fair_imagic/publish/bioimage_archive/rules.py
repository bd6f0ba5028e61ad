"""What the BioImage Archive's back end, form and ingest would refuse or lose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from fair_imagic.clock import today
from fair_imagic.documents.file_list import SOURCE_IMAGE, rows_of
from fair_imagic.documents.pagetab.section import (
    sections_of,
    texts,
    title_of,
    walk,
)
from fair_imagic.documents.pagetab.vocabulary import SECTIONS
from fair_imagic.entry.identifier import email_in
from fair_imagic.publish.bioimage_archive.curation import curation_points
from fair_imagic.publish.bioimage_archive.licences import OFFERED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.checks.point import Points

__all__ = ["file_points", "points_to_fix"]

_PATH = re.compile(r"[0-9A-Za-z!\-_*'(). /]+")
_NEEDED_SECTIONS = (
    "Author",
    "Biosample",
    "Specimen",
    "Image acquisition",
    "Study Component",
)
_SINGLE = ("Experimental variable", "Extrinsic variable", "Intrinsic variable")
_LICENCES = {name for name, _address in OFFERED.values()}
_REFERRED = ("Biosample", "Specimen", "Image acquisition", "Image analysis")


def points_to_fix(pagetab: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    """Yield what is wrong in a submission."""
    section = pagetab["section"]
    for rule in (_required, _lengths, _values, _references, _accnos, _people, _links):
        yield from rule(section, points)
    yield from curation_points(section, points)
    yield from _release(pagetab, points)


def _required(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    for place, found in walk(section):
        for name in SECTIONS.get(str(found.get("type")), ()):
            if not any(text.strip() for text in texts(found, name)):
                yield points.make(
                    f"{_code(str(found['type']))}-{_code(name)}-needed",
                    message="{kind} {title} needs: {name}",
                    repair="Fill in {name}",
                    place=f"{place}.{name}",
                    kind=found["type"],
                    title=title_of(found) or f"({found.get('accno')})",
                    name=name,
                )
    for kind in _NEEDED_SECTIONS:
        if not sections_of(section, kind):
            yield points.make(
                f"{_code(kind)}-needed",
                message="The submission needs at least one {name}",
                repair="Add the record that describes it ({name})",
                place="section",
                name=kind,
            )


def _code(name: str) -> str:
    return name.lower().replace(" ", "-")


def _lengths(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    for name, must in (("Title", True), ("Description", False)):
        for text in texts(section, name):
            if len(text) < 25:
                yield points.make(
                    f"{_code(name)}-too-short",
                    message="{name} has fewer than 25 characters",
                    repair="Write a sentence that a reader understands alone",
                    place=f"section.{name}",
                    value=text,
                    must=must,
                    name=name,
                )


def _values(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    for text in texts(section, "License"):
        if text not in _LICENCES:
            yield points.make(
                "licence-not-offered",
                message="The BioImage Archive offers CC0 and CC BY 4.0 only",
                repair="Choose CC0-1.0 or CC-BY-4.0 as licence of the set",
                place="section.License",
                value=text,
            )
    for place, found in walk(section):
        for name in _SINGLE:
            if len(texts(found, name)) > 1:
                yield points.make(
                    "variable-repeated",
                    message="{name} may be given once only",
                    repair="Put everything into one text",
                    place=f"{place}.{name}",
                    name=name,
                )
        for one in found.get("attributes", []):
            if not isinstance(one.get("value"), str) or not one.get("name"):
                yield points.make(
                    "value-not-text",
                    message="{place} holds a value that is not a text",
                    repair="Report this: the submission was built wrongly",
                    place=place,
                    value=repr(one)[:200],
                )


def _references(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    titles = {
        kind: [title_of(one) for one in sections_of(section, kind)]
        for kind in _REFERRED
    }
    for kind, names in titles.items():
        for name in sorted({one for one in names if names.count(one) > 1}):
            yield points.make(
                "title-twice",
                message="Two sections of the kind {kind} have the same title",
                repair="Give them different titles",
                place="section",
                value=name,
                kind=kind,
            )
    for found in sections_of(section, "Associations"):
        for kind in _REFERRED:
            for name in texts(found, kind):
                if name not in titles[kind]:
                    yield points.make(
                        "association-broken",
                        message="An association names a {kind} that is not there",
                        repair="Report this: the submission was built wrongly",
                        place=str(found.get("accno")),
                        value=name,
                        kind=kind,
                    )


def _accnos(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    taken: set[str] = set()
    for place, found in walk(section):
        accno = found.get("accno")
        if not isinstance(accno, str) or not accno or accno in taken:
            yield points.make(
                "section-number",
                message="{place} has no number of its own",
                repair="Report this: the submission was built wrongly",
                place=place,
                value=str(accno),
            )
        taken.add(str(accno))


def _people(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    places = {str(one.get("accno")) for one in sections_of(section, "organisation")}
    for author in sections_of(section, "Author"):
        name = (texts(author, "Name") or [""])[0]
        for email in texts(author, "E-mail"):
            if email_in(email) != email.strip():
                yield points.make(
                    "email-wrong",
                    message="The e-mail address of {name} has a wrong form",
                    repair="Correct the e-mail address",
                    place=str(author.get("accno")),
                    value=email,
                    name=name,
                )
        for one in author.get("attributes", []):
            known = one.get("reference") is True and one.get("value") in places
            if one.get("name") == "affiliation" and not known:
                yield points.make(
                    "affiliation-broken",
                    message="The affiliation of {name} names no organisation",
                    repair="Add the organisation to the person's record",
                    place=str(author.get("accno")),
                    value=str(one.get("value")),
                    name=name,
                )


def _links(section: dict[str, Any], points: Points) -> Iterator[Finding]:
    for place, found in walk(section):
        for link in found.get("links") or []:
            target = str(link.get("url", ""))
            kinds = [one for one in texts(link, "Type") if one.strip()]
            if "://" not in target and not kinds:
                yield points.make(
                    "link-without-type",
                    message="The link {value} is no full address and has no Type: the "
                    "archive cannot read the study",
                    repair="Write the full address, or add the Type, such as doi",
                    place=place,
                    value=target,
                )


def _release(pagetab: Mapping[str, Any], points: Points) -> Iterator[Finding]:
    top = texts(dict(pagetab), "ReleaseDate")
    inner = texts(pagetab["section"], "ReleaseDate")
    if not top or top != inner:
        yield points.make(
            "release-date-needed",
            message="The release date is missing, or differs between its two places",
            repair="Give the date of publication of the set",
            place="ReleaseDate",
            value=", ".join(top + inner),
        )
    elif top[0] < today().isoformat():
        yield points.make(
            "release-date-past",
            message="The release date {value} is past",
            repair="Publish again: the date of today is taken",
            place="ReleaseDate",
            value=top[0],
        )


def file_points(
    lists: Mapping[str, bytes], missing: tuple[str, ...], points: Points
) -> Iterator[Finding]:
    """Yield what is wrong with the file lists and the files that they name."""
    listed: set[str] = set()
    for name, content in lists.items():
        rows = rows_of(content)
        if rows and (rows[0][0] != "Files" or not all(c.strip() for c in rows[0])):
            yield points.make(
                "file-list-heading",
                message="The first line of {place} is not what the archive reads: "
                "Files, then a name for each column",
                repair="Write Files first, and name every column",
                place=name,
                value="\t".join(rows[0])[:200],
                clause="BioStudies, file lists",
            )
        if len(rows) < 2:
            yield points.make(
                "file-list-empty",
                message="The file list {place} names no file",
                repair="Add the files of its images",
                place=name,
            )
        if not name.startswith("file_list_annotations"):
            listed |= {row[0] for row in rows[1:]}
        yield from _row_points(name, rows, points)
    for name, content in lists.items():
        yield from _source_points(name, content, listed, points)
    for name in missing:
        yield points.make(
            "file-not-found",
            message="The file {value} is not where it was imported from",
            repair="Make the folder available again, or import it from its new place",
            place="files",
            value=name,
        )


def _row_points(name: str, rows: list[list[str]], points: Points) -> Iterator[Finding]:
    for number, row in enumerate(rows[1:], start=2):
        wrong_name = (
            not _PATH.fullmatch(row[0])
            or "  " in row[0]
            or "../" in row[0]
            or row[0].startswith("./")
            or row[0].endswith("/")
        )
        if wrong_name or len(row) != len(rows[0]):
            yield points.make(
                "file-name-refused",
                message="The archive refuses this row of a file list",
                repair="Report this: the file list was built wrongly",
                place=f"{name}:{number}",
                value="\t".join(row)[:200],
            )


def _source_points(
    name: str, content: bytes, listed: set[str], points: Points
) -> Iterator[Finding]:
    if not name.startswith("file_list_annotations"):
        return
    rows = rows_of(content)
    for row in rows[1:]:
        source = row[1] if rows[0][1:2] == [SOURCE_IMAGE] and len(row) > 1 else ""
        if source not in listed:
            yield points.make(
                "mask-without-image",
                message="The image that the mask {value} was made from is not in the "
                "set",
                repair="Add the source image to the publication set",
                place=name,
                value=row[0],
            )
