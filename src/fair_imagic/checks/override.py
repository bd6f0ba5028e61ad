"""An override: the facility lets a set be published although a point blocks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fair_imagic.checks.finding import Finding

__all__ = ["Override"]


@dataclass(frozen=True, kw_only=True)
class Override:
    """One decision: which point no longer blocks which archive, why, who, and when.

    ``profiles`` are the requirements of that archive alone, ``record`` is its IRI.
    """

    record: str
    code: str
    target: str
    profiles: tuple[str, ...]
    reason: str
    author: str
    time: str

    def covers(self, finding: Finding, profile: str) -> bool:
        """Return whether it lifts this point under these requirements.

        What the law forbids is never lifted.
        """
        known = self.code == finding.code and profile in self.profiles
        return known and not finding.legal

    def to_dict(self) -> dict[str, object]:
        """Return the override as JSON-ready data."""
        return {
            "code": self.code,
            "target": self.target,
            "reason": self.reason,
            "author": self.author,
            "time": self.time,
        }
