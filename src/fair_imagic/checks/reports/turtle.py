"""The report as RDF: a ``sh:ValidationReport`` with one result for each point."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fair_imagic.checks.finding import Severity
from fair_imagic.i18n import LANGUAGES
from fair_imagic.rdf import iri, literal, to_turtle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fair_imagic.checks.finding import Finding
    from fair_imagic.checks.report import Report
    from fair_imagic.rdf import Term, Triple

__all__ = ["as_turtle", "report_statements"]

_SEVERITIES = {
    Severity.MUST: "sh:Violation",
    Severity.SHOULD: "sh:Warning",
    Severity.COULD: "sh:Info",
}
_OWN_TEST = "fi:TestConstraintComponent"


def as_turtle(report: Report) -> str:
    """Return the report as Turtle with the usual prefixes."""
    return to_turtle(report_statements(report))


def report_statements(report: Report) -> Iterator[Triple]:
    """Yield the statements of the report.

    The report and its results have IRIs made of what was checked, so that the same
    data give the same statements; only the date differs.
    """
    node = f"urn:sha256:{report.snapshot_hash}#report"
    yield (iri(node), iri("rdf:type"), iri("sh:ValidationReport"))
    conforms = literal(not report.findings)
    yield (iri(node), iri("sh:conforms"), conforms)
    yield (iri(node), iri("dcterms:subject"), iri(report.subject))
    yield (iri(node), iri("dcterms:created"), literal(report.checked_at))
    for number, finding in enumerate(report.findings, start=1):
        result = f"{node}-{number}"
        yield (iri(node), iri("sh:result"), iri(result))
        for predicate, term in _said(finding):
            yield (iri(result), iri(predicate), term)


def _said(finding: Finding) -> Iterator[tuple[str, Term]]:
    yield ("rdf:type", iri("sh:ValidationResult"))
    yield ("sh:focusNode", iri(finding.focus))
    yield ("sh:resultSeverity", iri(_SEVERITIES[finding.severity]))
    component = finding.details.get("constraint", "")
    is_shacl = component.endswith("ConstraintComponent")
    kind = f"sh:{component}" if is_shacl else _OWN_TEST
    yield ("sh:sourceConstraintComponent", iri(kind))
    if finding.details.get("shape"):
        yield ("sh:sourceShape", iri(finding.details["shape"]))
    if finding.result_path:
        yield ("sh:resultPath", iri(finding.result_path))
    if finding.term is not None:
        yield ("sh:value", finding.term)
    told = {"sh:resultMessage": finding.message, "fi:clause": finding.clause}
    for predicate, texts in told.items():
        for language in LANGUAGES:
            if texts.get(language):
                yield (predicate, literal(texts[language], language=language))
