"""The guards: what was not looked at must never read as "conforms"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Finding, Severity
from fair_imagic.i18n import LANGUAGES, both
from fair_imagic.rdf import PREFIXES, curie

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from fair_imagic.checks.nodes import Nodes
    from fair_imagic.checks.profile import Profile

__all__ = ["CODES", "guard_findings"]

CODES = ("check/nothing-to-check", "check/type-missing", "check/type-unknown")

_RDF_TYPE = PREFIXES["rdf"] + "type"
_KIND = {"en": "Kind", "fr": "Nature"}


def guard_findings(
    nodes: Nodes, profiles: Sequence[Profile], *, own: Iterable[str]
) -> Iterator[Finding]:
    """Yield a blocking finding for each profile without a node, and each odd type.

    ``own`` are the subjects that belong to what is checked.
    """
    for profile in profiles:
        if not any(nodes.of_class(name) for name in profile.about):
            yield _nothing(nodes, profile)
    spoken_of = frozenset(name for profile in profiles for name in profile.scope)
    for subject in sorted(own):
        yield from _type_findings(nodes, subject, spoken_of)


def _nothing(nodes: Nodes, profile: Profile) -> Finding:
    by_title = {
        language: both(
            "There is nothing here that these requirements speak about: {title}.",
            title=profile.title[language],
        )[language]
        for language in LANGUAGES
    }
    expected = ", ".join(curie(name) for name in profile.about)
    return _finding(
        nodes,
        CODES[0],
        focus=nodes.root,
        profile=profile.token,
        path="",
        message=by_title,
        repair=both("Add at least one of: {expected}.", expected=expected),
    )


def _type_findings(
    nodes: Nodes, subject: str, spoken_of: frozenset[str]
) -> Iterator[Finding]:
    types = nodes.types(subject)
    if not types:
        yield _finding(
            nodes,
            CODES[1],
            focus=subject,
            message=both("Nothing says what kind of thing this is."),
            repair=both("Say its kind; without it, no requirement looks at it."),
        )
    elif spoken_of.isdisjoint(types) and not any(map(nodes.is_known, types)):
        yield _finding(
            nodes,
            CODES[2],
            focus=subject,
            value=types[0],
            message=both("This kind of thing is unknown to the model."),
            repair=both("Use a kind that the model knows."),
        )


def _finding(
    nodes: Nodes,
    code: str,
    *,
    focus: str,
    message: dict[str, str],
    repair: dict[str, str],
    profile: str = "model",
    path: str = _RDF_TYPE,
    value: str | None = None,
) -> Finding:
    return Finding(
        code=code,
        severity=Severity.MUST,
        profile=profile,
        blocks=True,
        focus=focus,
        focus_names=nodes.labels(focus),
        file=nodes.file(focus),
        path=path,
        path_label=_KIND if path else {"en": "", "fr": ""},
        value=value,
        message=message,
        repair=repair,
        who="facility",
    )
