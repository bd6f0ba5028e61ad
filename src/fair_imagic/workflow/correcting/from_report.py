"""Wishes from a report: the proposals of its points, fresh or from a JSON file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fair_imagic.checks import Confidence
from fair_imagic.checks.reports.json import FORMAT
from fair_imagic.checks.reports.overview.json import FORMAT as OVERVIEW
from fair_imagic.errors import UnreadableFileError
from fair_imagic.i18n import LANGUAGES, _
from fair_imagic.rdf import record_of
from fair_imagic.workflow.correcting.wish import Wish, Wishes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from fair_imagic.checks import Report

__all__ = ["narrowed", "wishes_of_json", "wishes_of_report"]

_SHOWN = 20
_RANKS = {str(confidence): rank for rank, confidence in enumerate(Confidence)}


def wishes_of_report(report: Report) -> Wishes:
    """Return what the points of a report propose, each place once."""
    return _wishes(report.to_dict(), origin="")


def wishes_of_json(path: Path, *, root: str = "") -> Wishes:
    """Return what the points of a JSON report propose.

    Of a report on a whole catalogue, the part about ``root`` is taken. Raises
    :class:`~fair_imagic.errors.UnreadableFileError` for a file that is no report, one
    that is damaged, or one without that part.
    """
    try:
        document = json.loads(path.read_bytes().decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            path,
            _("this is not JSON: {reason}").format(reason=str(error)[:200]),
            hint=_("Make the report again with `fair-imagic check --format json`."),
        ) from error
    found = document.get("format") if isinstance(document, dict) else ""
    try:
        if found == OVERVIEW:
            document = _part_of(path, document, root)
            found = document["format"]
        if found == FORMAT:
            return _wishes(document, origin=path.name)
    except (KeyError, TypeError, AttributeError) as error:
        raise UnreadableFileError(
            path,
            _("the report is damaged: {what}").format(what=str(error)[:200]),
            hint=_("Make the report again with `fair-imagic check --format json`."),
        ) from error
    raise UnreadableFileError(
        path,
        _("this is not a report of a check, or one of another version"),
        expected=FORMAT + (f" ({found})" if found else ""),
    )


def _part_of(path: Path, document: dict[str, Any], root: str) -> dict[str, Any]:
    """Return the report about one subject."""
    parts = {one["subject"]: one["report"] for one in document["subjects"]}
    if parts.get(root) is None:
        names = [str(one["name"]) for one in document["subjects"] if one["report"]]
        raise UnreadableFileError(
            path,
            _("this report of a whole catalogue says nothing about {name}").format(
                name=root.rpartition("/")[2]
            ),
            expected=", ".join(names[:_SHOWN]),
        )
    part: dict[str, Any] = parts[root]
    return part


def narrowed(
    wishes: Iterable[Wish],
    *,
    only: Sequence[str] = (),
    images: Collection[str] | None = None,
    at_least: Confidence = Confidence.UNSURE,
) -> tuple[Wish, ...]:
    """Return the wishes of some codes (or their beginnings), images, and sureness.

    ``images`` are the ones that a thing may belong to.
    """
    return tuple(
        one
        for one in wishes
        if _RANKS.get(one.confidence, 0) <= _RANKS[at_least]
        and (not only or any(_is_about(one, code) for code in only))
        and (images is None or record_of(one.subject) in images)
    )


def _is_about(wish: Wish, code: str) -> bool:
    return any(one == code or one.startswith(f"{code}/") for one in wish.codes)


def _wishes(document: dict[str, Any], *, origin: str) -> Wishes:
    found: dict[tuple[str, str, str, str | None], list[dict[str, Any]]] = {}
    for finding in document["findings"]:
        proposal = finding.get("proposal")
        if proposal is not None:
            key = (
                finding["focus"],
                finding["path"],
                proposal["value"],
                finding["value"],
            )
            found.setdefault(key, []).append(finding)
    wishes = tuple(
        _wish(key, same) for key, same in sorted(found.items(), key=_of_subject)
    )
    return Wishes(
        root=str(document["subject"]),
        version=str(document["snapshot"]),
        wishes=wishes,
        origin=origin,
    )


def _of_subject(entry: tuple[tuple[str, str, str, str | None], Any]) -> tuple[str, ...]:
    key, same = entry
    return (same[0]["focusLabel"], *key[:3])


def _wish(
    key: tuple[str, str, str, str | None], findings: list[dict[str, Any]]
) -> Wish:
    subject, path, text, seen = key
    proposal = findings[0]["proposal"]
    return Wish(
        subject=str(subject),
        path=str(path),
        text=str(text),
        label=str(findings[0]["focusLabel"]),
        codes=tuple(str(one["code"]) for one in findings),
        seen=seen,
        source={
            language: str(proposal["source"].get(language, ""))
            for language in LANGUAGES
        },
        confidence=str(Confidence(proposal["confidence"])),
    )
