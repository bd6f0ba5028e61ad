"""DataCite's rules for records that others made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.checks.point import Points, with_repairs
from fair_imagic.i18n import both
from fair_imagic.publish.datacite.rules import record_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.documents import Reading
    from fair_imagic.documents.datacite.record import Record

__all__ = ["document_points"]


def document_points(reading: Reading) -> Iterator[Finding]:
    """Yield what DataCite would refuse of a record, then what spoils it."""
    points = Points("datacite", reading.root, reading.label)
    record: Record = reading.form
    findings = record_points(record, points)
    # The address of the landing page is given beside the record, when it is registered.
    has_url = "url" in record.attributes
    kept = (one for one in findings if has_url or one.code != "datacite/url-needed")
    return with_repairs(kept, _repairs())


@cache
def _repairs() -> Mapping[str, Mapping[str, str]]:
    return {
        "Report this: the record was built wrongly": both(
            "Correct this entry of the document"
        ),
        "Fill in {place} in the publication set": both(
            "Fill in this entry of the document"
        ),
    }
