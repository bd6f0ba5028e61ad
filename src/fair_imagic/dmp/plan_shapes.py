"""A plan's commitments as SHACL: what the sets that fulfil its outputs are held to.

Each commitment becomes one property shape of its own on exactly the sets concerned
(``sh:targetNode``, W3C SHACL 2.1.3.1), whose texts cite the plan's sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.dmp.plan_words import MESSAGES, NAMES, REPAIRS
from fair_imagic.entry.licence import licence_of
from fair_imagic.i18n import LANGUAGES
from fair_imagic.publish.base import Role
from fair_imagic.publish.registry import available, of_role
from fair_imagic.rdf import PREFIXES, expand, iri, literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fair_imagic.dmp.commitment import Commitment

__all__ = ["PlannedOutput", "constraints_of", "plan_shapes"]

_PREFIXES = ("dcterms", "fi", "sh", "xsd")
_PUBLISHED = "[ sh:inversePath fi:publishes ]"
_PERSONAL = "fi:userNameInFile fi:emailInFile fi:slideLabelInFile"
_IDENTIFIERS = {
    "doi": r"^(https?://(dx\.)?doi\.org/)?10\.[0-9]{4,}(\.[0-9]+)*/",
    "ark": r"ark:/?[0-9]",
    "handle": r"^https?://hdl\.handle\.net/",
    "swhid": r"^swh:1:",
    "url": r"^https?://",
}
_NBOQ = re.compile(r"nbo-?q|4dn-?bina|/nboq/|/m(sc/m)?111\b", re.IGNORECASE)
# What must have happened before a promise can be broken.
_AFTER_PUBLICATION = ("identifier", "repository")


@dataclass(frozen=True, kw_only=True)
class PlannedOutput:
    """A research output: its name, its commitments, the sets that fulfil it.

    ``published`` are those of the sets that are in some archive already.
    """

    name: str
    title: str
    commitments: tuple[Commitment, ...]
    sets: tuple[str, ...]
    published: tuple[str, ...] = ()


def plan_shapes(plan: str, title: str, outputs: Iterable[PlannedOutput]) -> str:
    """Return the shapes of a plan as Turtle; ``plan`` is its short name."""
    head = "".join(f"@prefix {one}: <{PREFIXES[one]}> .\n" for one in _PREFIXES)
    blocks = [
        block
        for output in outputs
        for commitment in output.commitments
        for block in _shapes(f"{plan}/{output.name}", title, output, commitment)
    ]
    return "\n".join([head, *blocks])


def constraints_of(promise: Commitment) -> dict[str, str]:
    """Return what a promise demands, by the name of its rule: SHACL path and value.

    Empty where it says nothing that a program can compare.
    """
    found = {
        name: constraint(promise.promised)
        for name, constraint in _CONSTRAINTS[promise.about].items()
    }
    return {name: text for name, text in found.items() if text}


def _shapes(
    place: str, title: str, output: PlannedOutput, promise: Commitment
) -> Iterator[str]:
    late = promise.about in _AFTER_PUBLICATION
    sets = output.published if late else output.sets
    if sets:
        for name, constraint in constraints_of(promise).items():
            yield _shape((place, name), constraint, title, output, promise, sets)


def _shape(
    named: tuple[str, str],
    constraint: str,
    title: str,
    output: PlannedOutput,
    promise: Commitment,
    sets: Sequence[str],
) -> str:
    place, name = named
    said = promise.sentence or ", ".join(promise.promised)
    promised = ", ".join(promise.promised)
    clause = ", ".join(filter(None, (title, output.title, promise.section)))
    # names that the plan gives: they are the same in every language
    same = dict.fromkeys(LANGUAGES, "{clause}")
    lines = (
        f"{iri(f'fish:dmp/{place}/{name}-as-planned')} a sh:PropertyShape",
        f"    sh:targetNode {' , '.join(iri(one) for one in sorted(sets))}",
        constraint,
        "    sh:severity sh:Violation",
        f"    sh:name {_texts(NAMES[name])}",
        f"    sh:message {_texts(MESSAGES[name], said=said)}",
        f"    fi:repair {_texts(REPAIRS[name], promised=promised)}",
        '    fi:who "anyone"',
        f"    fi:clause {_texts(same, clause=clause)} .\n",
    )
    return " ;\n".join(lines)


def _texts(texts: Mapping[str, str], **values: str) -> str:
    filled = {language: text.format(**values) for language, text in texts.items()}
    return " , ".join(literal(t, language=one) for one, t in filled.items())


def _formats(promised: Sequence[str]) -> str:
    endings = "|".join(filter(None, map(_ending, promised)))
    pattern = literal(rf"\.({endings})$")
    path = "    sh:path ( dcterms:hasPart fi:fileset fi:file fi:path )"
    on_path = "    fi:onPath fi:path"
    constraint = f'    sh:pattern {pattern} ;\n    sh:flags "i"'
    return " ;\n".join((path, on_path, constraint)) if endings else ""


def _ending(text: str) -> str:
    r"""Return ``ome\.tiff?`` for ``*.ome.tif``: a TIFF may end on one f or two."""
    bare = text.strip().lstrip("*").strip(".").lower()
    return re.sub(r"tiff?\Z", "tiff?", re.escape(bare))


def _licence(promised: Sequence[str]) -> str:
    terms: list[str] = []
    for text in promised:
        known = licence_of(expand(text))
        address = known.iri if known is not None else expand(text)
        terms.append(iri(address) if "://" in address else literal(text))
    return f"    sh:path dcterms:license ;\n    sh:in ( {' '.join(terms)} )"


def _identifier(promised: Sequence[str]) -> str:
    kinds = [_IDENTIFIERS[o.lower()] for o in promised if o.lower() in _IDENTIFIERS]
    pattern = literal("|".join(kinds))
    path = f"    sh:path ( {_PUBLISHED} dcterms:identifier )"
    has_one = (
        f"    sh:qualifiedValueShape [ sh:pattern {pattern} ] ;\n"
        "    sh:qualifiedMinCount 1"
    )
    on_path = "    fi:onPath dcterms:identifier"
    return " ;\n".join((path, on_path, has_one)) if kinds else ""


def _repository(promised: Sequence[str]) -> str:
    words = " ".join(promised).lower().replace(" ", "-")
    named = [token for token in available() if token in words]
    # A DOI with its page, and scripts beside the images, go with every repository.
    beside = [one.token for one in of_role(Role.PAGE, Role.SOFTWARE)]
    tokens = " ".join(literal(one) for one in dict.fromkeys((*named, *beside)))
    path = f"    sh:path ( {_PUBLISHED} fi:target ) ;\n    fi:onPath fi:target"
    return f"{path} ;\n    sh:in ( {tokens} )" if named else ""


def _metadata_standard(promised: Sequence[str]) -> str:
    if not any(_NBOQ.search(expand(one)) for one in promised):
        return ""
    return "    sh:path fi:declaredTier ;\n    sh:minCount 1"


def _personal_data(promised: Sequence[str]) -> str:
    if list(promised) != ["no"]:
        return ""
    path = f"( dcterms:hasPart fi:fileset [ sh:alternativePath ( {_PERSONAL} ) ] )"
    return f"    sh:path {path} ;\n    fi:onPath fi:userNameInFile ;\n    sh:maxCount 0"


def _donor_data(promised: Sequence[str]) -> str:
    """Pseudonymised data are personal data (GDPR, recital 26)."""
    path = "( dcterms:hasPart fi:sample fi:donorData )"
    on_path = "    fi:onPath fi:donorData"
    anonymous = f'    sh:path {path} ;\n{on_path} ;\n    sh:in ( "anonymous" )'
    return anonymous if list(promised) == ["no"] else ""


def _retention(promised: Sequence[str]) -> str:
    days = [one for one in promised if re.fullmatch(r"\d{4}-\d\d-\d\d", one)]
    if not days:
        return ""
    last = literal(max(days), datatype="xsd:date")
    return f"    sh:path dcterms:issued ;\n    sh:maxInclusive {last}"


_CONSTRAINTS = {
    "formats": {"formats": _formats},
    "licence": {"licence": _licence},
    "identifier": {"identifier": _identifier},
    "repository": {"repository": _repository},
    "metadata-standard": {"metadata-standard": _metadata_standard},
    "personal-data": {"personal-data": _personal_data, "donor-data": _donor_data},
    "retention": {"retention": _retention},
}
