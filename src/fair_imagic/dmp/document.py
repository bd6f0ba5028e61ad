"""The rules of the RDA DMP Common Standard for plans that others made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fair_imagic.checks.point import Points, with_repairs
from fair_imagic.dmp.rules import points_to_fix
from fair_imagic.i18n import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fair_imagic.checks import Finding
    from fair_imagic.documents import Reading

__all__ = ["document_points"]


def document_points(reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong in a maDMP document."""
    points = Points("madmp", reading.root, reading.label)
    return with_repairs(points_to_fix(reading.form, points), _repairs())


@cache
def _repairs() -> Mapping[str, Mapping[str, str]]:
    return {
        "Fill in {place} in the plan or the record behind it": both(
            "Fill in this entry of the document"
        ),
        "Correct the value in the plan or the record behind it": both(
            "Correct this entry of the plan"
        ),
    }
