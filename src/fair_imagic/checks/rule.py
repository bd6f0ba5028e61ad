"""A rule: one named shape with the texts that people read."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fair_imagic.checks.constraint import Constraint, constraints_of
from fair_imagic.checks.finding import Severity
from fair_imagic.i18n import LANGUAGES
from fair_imagic.rdf import PREFIXES, expand, iri, is_iri, language_of, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from fair_imagic.checks.profile import Profile
    from fair_imagic.rdf import Term, Triple

__all__ = ["Rule", "code_of_shape", "rules_of"]

_SHAPE_TYPES = {iri("sh:PropertyShape"), iri("sh:NodeShape")}
_SEVERITIES = {
    expand("sh:Violation"): Severity.MUST,
    expand("sh:Warning"): Severity.SHOULD,
    expand("sh:Info"): Severity.COULD,
}


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One named shape: its code, how much it matters, and its texts by language.

    ``test`` names a check in Python that every value must pass, ``node_test`` one that
    the node must pass, for what SHACL cannot say. ``act`` names what mends it where no
    value does (``clean``). ``legal`` marks what the law forbids:
    such a rule always blocks and nobody can override it. ``clause`` says where the rule
    comes from: archive or standard, and the place in it. ``path`` is the property's
    IRI, or empty where the rule is about a whole node or a longer path. ``constraints``
    is what the shape asks for, ``expected`` the same in words where its author wrote
    them.
    """

    iri: str
    code: str
    profile: str
    severity: Severity
    blocks: bool
    path: str
    name: Mapping[str, str]
    message: Mapping[str, str]
    repair: Mapping[str, str]
    who: str
    clause: Mapping[str, str]
    test: str
    node_test: str = ""
    act: str = ""
    legal: bool = False
    expected: Mapping[str, str] = field(default_factory=dict)
    constraints: tuple[Constraint, ...] = ()


def rules_of(profile: Profile, triples: Iterable[Triple]) -> list[Rule]:
    """Return the rules among a profile's statements, sorted by code.

    A rule is a shape with an IRI and a message; shapes without one only group others.
    """
    described: dict[Term, dict[str, list[Term]]] = {}
    for subject, predicate, value in triples:
        described.setdefault(subject, {}).setdefault(text_of(predicate), []).append(
            value
        )
    rules = [
        _rule(profile, subject, described)
        for subject, said in described.items()
        if is_iri(subject)
        and _SHAPE_TYPES.intersection(said.get(expand("rdf:type"), ()))
        and expand("sh:message") in said
    ]
    return sorted(rules, key=lambda rule: rule.code)


def _rule(
    profile: Profile, subject: Term, described: Mapping[Term, Mapping[str, list[Term]]]
) -> Rule:
    shape, said = text_of(subject), described[subject]
    severity = _SEVERITIES.get(_one(said, "sh:severity"), Severity.MUST)
    legal = _one(said, "fi:legal") == "true"
    blocks = _one(said, "fi:blocks") or str(profile.blocks).lower()
    return Rule(
        iri=shape,
        code=code_of_shape(profile.token, shape),
        profile=profile.token,
        severity=severity,
        blocks=severity is Severity.MUST and (legal or blocks == "true"),
        legal=legal,
        expected=_texts(said, "fi:expected"),
        constraints=constraints_of(subject, described),
        path=_one(said, "sh:path") or _one(said, "fi:onPath"),
        name=_texts(said, "sh:name"),
        message=_texts(said, "sh:message"),
        repair=_texts(said, "fi:repair"),
        who=_one(said, "fi:who") or "anyone",
        clause=_texts(said, "fi:clause"),
        test=_one(said, "fi:test"),
        node_test=_one(said, "fi:nodeTest"),
        act=_one(said, "fi:act"),
    )


def code_of_shape(token: str, shape: str) -> str:
    """Return the code of a shape of a profile: the end of its IRI."""
    tail = shape.removeprefix(PREFIXES["fish"])
    if tail.startswith(f"{token}/"):
        return tail
    return f"{token}/{shape.replace('#', '/').rstrip('/').rpartition('/')[2]}"


def _one(said: Mapping[str, list[Term]], name: str) -> str:
    terms = [t for t in said.get(expand(name), ()) if not t.startswith("_:")]
    return text_of(min(terms)) if terms else ""


def _texts(said: Mapping[str, list[Term]], name: str) -> dict[str, str]:
    """Return the text in each language; another one stands in for what is missing.

    A text without a language counts as English: profiles of users may have those.
    """
    terms = said.get(expand(name), ())
    found = {language_of(term) or "en": text_of(term) for term in sorted(terms)}
    default = found.get("en") or next(iter(found.values()), "")
    return {language: found.get(language, default) for language in LANGUAGES}
