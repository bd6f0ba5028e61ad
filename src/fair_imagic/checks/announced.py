"""Announced points: what will be asked of a record once something links to it.

Nobody keeps a list of them: a bare record is linked to a bare thing, and both are
checked as if they were there. What is asked then and was not before is announced.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic import cache
from fair_imagic.checks.cause import LINK, causes_of
from fair_imagic.checks.checker import check
from fair_imagic.checks.finding import Severity
from fair_imagic.checks.requirements import digest_of
from fair_imagic.checks.shacl import code_version, from_json, to_json
from fair_imagic.model import PublicationSet, Snapshot, class_named, slots_of
from fair_imagic.rdf import expand, iri, literal, record_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.profile import Profile
    from fair_imagic.checks.report import Report
    from fair_imagic.model import Slot
    from fair_imagic.rdf import Triple

    _Pairs = tuple[tuple[str, "Announced"], ...]

__all__ = ["Announced", "announced_in"]

# All that makes points of files: what is remembered is of this code alone.
_CODE = Path(__file__).parent
_BASE = "https://example.org/id/bare/"
_ROOT = f"{_BASE}set"
_NAMES = tuple(expand(one) for one in ("dcterms:title", "foaf:name"))


@dataclass(frozen=True, kw_only=True)
class Announced:
    """A point that will be there: its rule, the class it is about, and the field."""

    code: str
    profile: str
    severity: Severity
    kind: str
    path: str
    label: Mapping[str, str]


def announced_in(report: Report) -> Mapping[str, tuple[Announced, ...]]:
    """Return what each missing link of a report will lead to, by the key of its cause.

    Only of requirements about records; a landing page has none that could be linked.
    """
    asked = tuple(one for one in report.profiles if not one.checks)
    links = {
        cause.key: (cause.kind, cause.slot)
        for cause in causes_of(report.groups)
        if cause.act == LINK and cause.slot is not None
    }
    if not asked or not links:
        return {}
    found = cache.recall(
        cache.key_of("announced", code_version(_CODE), digest_of(asked), *links),
        lambda: tuple(_pairs(links, asked)),
        write=to_json,
        read=_read,
    )
    announced: dict[str, list[Announced]] = {}
    for key, one in found:
        announced.setdefault(key, []).append(one)
    return {key: tuple(points) for key, points in announced.items()}


def _read(content: bytes) -> _Pairs:
    pairs = from_json(content, Announced, Severity)
    if not isinstance(pairs, tuple):
        raise ValueError("no announced points")
    return pairs


def _pairs(
    links: Mapping[str, tuple[str, Slot]], asked: Sequence[Profile]
) -> Iterator[tuple[str, Announced]]:
    """Yield each point that a link leads to, beside the key of the link."""
    unlinked = check(_bare(links, linked=False), asked).findings
    before = {(one.code, one.focus) for one in unlinked}
    told: dict[str, dict[tuple[str, str], Announced]] = {key: {} for key in links}
    for one in check(_bare(links, linked=True), asked).findings:
        key = record_of(one.focus).removeprefix(_BASE).partition("/")[2]
        if (one.code, one.focus) in before or key not in links:
            continue
        # What is said of the link itself is about the record that was made up.
        if one.focus == _thing(key) and one.path == links[key][1].iri:
            continue
        told[key].setdefault((one.kind, one.path or one.code), _announced(one))
    yield from ((key, one) for key, found in told.items() for one in found.values())


def _announced(finding: Finding) -> Announced:
    return Announced(
        code=finding.code,
        profile=finding.profile,
        severity=finding.severity,
        kind=finding.kind,
        path=finding.path,
        label=finding.path_label,
    )


def _thing(key: str) -> str:
    return f"{_BASE}thing/{key}"


def _record(key: str) -> str:
    return f"{_BASE}record/{key}"


def _bare(links: Mapping[str, tuple[str, Slot]], *, linked: bool) -> Snapshot:
    """Return a publication set with a bare thing for each link; linked, if asked."""
    own = [_is_a(_ROOT, PublicationSet.__name__)]
    context: list[Triple] = []
    for key, (kind, slot) in links.items():
        thing = _thing(key)
        own.append(_is_a(thing, kind))
        own.append((iri(_ROOT), iri("dcterms:hasPart"), iri(thing)))
        if linked:
            own.append((iri(thing), iri(slot.iri), iri(_record(key))))
            (context if slot.context else own).extend(_just_made(key, slot.range))
    return Snapshot.make(_ROOT, own=own, context=context)


def _just_made(key: str, class_name: str) -> Iterator[Triple]:
    """Yield what is said of a record that was just made: its kind and its name."""
    yield _is_a(_record(key), class_name)
    for slot in slots_of(class_name):
        if slot.iri in _NAMES:
            yield iri(_record(key)), iri(slot.iri), literal(f"Bare {key}")


def _is_a(node: str, class_name: str) -> Triple:
    return iri(node), iri("rdf:type"), iri(class_named(class_name).iri)
