"""Points to fix that a target finds in its own package, as ordinary findings."""

from __future__ import annotations

from dataclasses import dataclass

from fair_imagic.checks import Finding, Severity
from fair_imagic.i18n import both

__all__ = ["Points"]


@dataclass(frozen=True)
class Points:
    """Makes findings of one target about one record."""

    profile: str
    focus: str
    focus_label: str

    def make(
        self,
        code: str,
        *,
        message: str,
        repair: str,
        place: str = "",
        value: str | None = None,
        must: bool = True,
        **names: object,
    ) -> Finding:
        """Return a finding; ``message`` and ``repair`` are English message ids.

        ``place`` is where in the package; ``must`` says that the archive refuses it.
        """
        return Finding(
            code=f"{self.profile}/{code}",
            severity=Severity.MUST if must else Severity.SHOULD,
            profile=self.profile,
            blocks=must,
            focus=self.focus,
            focus_label=self.focus_label,
            path=place,
            path_label={"en": place, "fr": place},
            value=value,
            message=both(message, place=place, value=value, **names),
            repair=both(repair, place=place, value=value, **names),
            who="researcher",
        )
