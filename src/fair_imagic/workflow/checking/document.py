"""A document on its own: what it says, joined with the rules about its format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from fair_imagic.checks import profiles
from fair_imagic.errors import ConfigurationError, InputError
from fair_imagic.i18n import LANGUAGES, _, current_language
from fair_imagic.model import RDF_TYPE, RecordGraph, Snapshot, class_for
from fair_imagic.rdf import curie
from fair_imagic.workflow.checking.fitting_profiles import (
    fitting_profiles,
    nodes_by_class,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fair_imagic.checks import Finding
    from fair_imagic.documents import Content, Kind, Reading

__all__ = ["Document", "document_of"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document, and what stands in a snapshot's place when it is checked.

    ``profiles`` are the requirements that fit it, ``findings`` come from the rules
    about its format, ``remarks`` are told beside the report.
    """

    reading: Reading
    snapshot: Snapshot
    profiles: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()


def document_of(kind: Kind, content: Content) -> Document:
    """Return a content of a kind, read and looked at by the rules about its format.

    Raises :class:`~fair_imagic.errors.InputError` where it cannot be read, or describes
    nothing that requirements speak about.
    """
    reading = kind.read(content)
    if not kind.profiles:
        return replace(_of_what_it_describes(reading), remarks=_remarks(kind, reading))
    return Document(
        reading=reading,
        snapshot=Snapshot.make(reading.root, own=reading.triples),
        profiles=kind.profiles,
        findings=tuple(_placed(_rules(kind)(reading), reading)) if kind.rules else (),
        remarks=_remarks(kind, reading),
    )


def _remarks(kind: Kind, reading: Reading) -> tuple[str, ...]:
    """Return the document's own remarks, and the known gaps that it touches."""
    gaps = (kind.gap(code) for code in reading.gap_codes)
    return (*reading.remarks, *(f"{reading.name}: {gap.shown}" for gap in gaps))


def _of_what_it_describes(reading: Reading) -> Document:
    graph = RecordGraph(reading.triples)
    chosen = fitting_profiles(graph)
    if not chosen:
        _refuse_unknown(reading, graph)
    nodes = nodes_by_class(graph)
    roots = [node for name in chosen[0].about for node in nodes.get(name, ())]
    return Document(
        reading=reading,
        snapshot=Snapshot.make(roots[0], own=reading.triples),
        profiles=tuple(profile.token for profile in chosen),
    )


def _rules(kind: Kind) -> Callable[[Reading], Iterable[Finding]]:
    module, _colon, name = kind.rules.partition(":")
    try:
        rules: Callable[[Reading], Iterable[Finding]] = getattr(
            import_module(module), name
        )
    except (ImportError, AttributeError) as error:
        raise ConfigurationError(
            _("The rules of the kind of document {name} are not there").format(
                name=kind.token
            ),
            expected=kind.rules,
            found=str(error),
        ) from error
    return rules


def _placed(findings: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    """Yield findings with the place in the document as origin."""
    for one in findings:
        place = reading.where(one.path)
        yield replace(one, origins=dict.fromkeys(LANGUAGES, place))


def _refuse_unknown(reading: Reading, graph: RecordGraph) -> NoReturn:
    types = {name for node in graph.subjects for name in graph.types(node)}
    known = sorted(name for name in types if class_for(name) is not None)
    about = {name for one in profiles.available().values() for name in one.about}
    kinds = (class_for(name) for name in about)  # those of landing pages have none
    labels = {kind.label[current_language()] for kind in kinds if kind is not None}
    raise InputError(
        _("The document describes nothing that requirements speak about"),
        where=reading.name,
        expected=", ".join(sorted(labels)),
        found=_listed(known or types)
        or _("nothing with a kind ({name})").format(name=curie(RDF_TYPE)),
    )


def _listed(names: Iterable[str]) -> str:
    short = sorted(curie(name) for name in names)
    return ", ".join(short[:8]) + (", ..." if len(short) > 8 else "")
