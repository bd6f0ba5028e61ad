"""Points to fix that a target finds in its own package, as ordinary findings."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Finding, Severity
from fair_imagic.i18n import LANGUAGES, both

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["Points", "nearest_words", "with_repairs"]

# A longer list is not read: the nearest of its words are shown.
_MOST_SHOWN = 12


def nearest_words(text: str, words: Iterable[str]) -> str:
    """Return the words of a closed list that a text may mean, to be shown."""
    known = sorted(words)
    if len(known) <= _MOST_SHOWN:
        return ", ".join(known)
    by_letters = {word.lower(): word for word in known}
    near = difflib.get_close_matches(text.lower(), by_letters, n=5, cutoff=0.5)
    return ", ".join([*(by_letters[one] for one in near), "..."]) if near else ""


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
        clause: str = "",
        expected: str = "",
        **names: object,
    ) -> Finding:
        """Return a finding; ``message`` and ``repair`` are English message ids.

        ``place`` is where in the package; ``must`` says that the archive refuses it;
        ``clause`` is the place in the standard and ``expected`` what would pass, the
        same in every language.
        """
        return Finding(
            code=f"{self.profile}/{code}",
            severity=Severity.MUST if must else Severity.SHOULD,
            profile=self.profile,
            blocks=must,
            focus=self.focus,
            focus_names=dict.fromkeys(LANGUAGES, self.focus_label),
            path=place,
            path_label=both("Files")
            if place == "files"
            else {"en": place, "fr": place},
            value=value,
            message=both(message, place=place, value=value, **names),
            repair=both(repair, place=place, value=value, **names),
            who="researcher",
            clause=dict.fromkeys(LANGUAGES, clause) if clause else {},
            expected=dict.fromkeys(LANGUAGES, expected) if expected else {},
        )


def with_repairs(
    findings: Iterable[Finding], repairs: Mapping[str, Mapping[str, str]]
) -> Iterator[Finding]:
    """Yield findings with the corrections for a document that somebody else made.

    ``repairs`` are by code, or by the correction in English that the rule gives for our
    own package; ``{place}`` in it stands for the place.
    """
    for one in findings:
        ours = (one.code, one.repair["en"])
        fitting = (
            theirs
            for key, theirs in repairs.items()
            if key in ours or key.format(place=one.path) in ours
        )
        repair = next(fitting, None)
        yield one if repair is None else replace(one, repair=dict(repair))
