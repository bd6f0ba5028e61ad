"""The shapes of some profiles, ready for the engine: parsed once, then kept."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fair_imagic.checks.generated import classes_in, is_generated, needed
from fair_imagic.checks.profile import MANIFEST, Profile
from fair_imagic.checks.rule import Rule, rules_of
from fair_imagic.checks.shacl.graph import add_all
from fair_imagic.checks.shacl.parsed import Parsed, kept_or_parsed
from fair_imagic.errors import InputError
from fair_imagic.i18n import _
from fair_imagic.rdf import parse
from fair_imagic.resources import folder as resource_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from rdflib import Graph

    from fair_imagic.checks.shacl.plan import Plan
    from fair_imagic.rdf import Term, Triple

__all__ = ["MODEL", "Shapes", "compile_shapes", "model_profile"]

MODEL = "model"
SUBCLASSES = "subclasses.ttl"


@dataclass(frozen=True)
class Shapes:
    """The statements of some shapes with their rules by IRI, and the subclasses.

    ``hash`` changes with any byte of any file; ``profiles`` are all profiles that are
    in it, by token; ``pairs`` say which class of the model is a subclass of which.
    """

    hash: str
    triples: tuple[Triple, ...]
    pairs: tuple[Triple, ...]
    superclasses: Mapping[str, frozenset[str]]
    rules: Mapping[str, Rule]
    profiles: Mapping[str, Profile]

    @functools.cached_property
    def plan(self) -> Plan:
        """What the engine does with these shapes."""
        from fair_imagic.checks.shacl.plan import compile_plan

        return compile_plan(self.triples)

    @functools.cached_property
    def graph(self) -> Graph:
        """All shapes as rdflib sees them."""
        return _rdflib_graph(self.triples)

    def graph_of(self, shapes: Iterable[Term]) -> Graph:
        """Return the part of the graph that these shapes rest on."""
        kept = self.plan.part(shapes)
        return _rdflib_graph(t for t in self.triples if t[0] in kept)


def model_profile() -> Profile:
    """Return the shapes that are generated from the model, as a profile."""
    root = resource_folder("shapes") / "generated"
    return Profile(
        token=MODEL,
        title={"en": "Data model", "fr": "Modèle de données"},
        description={
            "en": "Kind, unit and form of every value.",
            "fr": "Nature, unité et forme de chaque valeur.",
        },
        version="1.0",
        parents=(),
        about=(),
        also_about=(),
        blocks=False,
        folder=root,
        shapes=tuple(p for p in sorted(root.glob("*.ttl")) if p.name != SUBCLASSES),
    )


def compile_shapes(
    profiles: Sequence[Profile], *, data: Iterable[Triple] | None = None
) -> Shapes:
    """Return the shapes of these profiles, their parents and the model.

    The model says nothing of what is no record, such as a landing page. With ``data``,
    generated shapes of classes without a node in it are left out. Kept in memory by
    the bytes of the files and these classes. Raises
    :class:`~fair_imagic.errors.InputError` for a file that is not valid Turtle.
    """
    about_records = not profiles or any(not profile.checks for profile in profiles)
    wanted = {MODEL: model_profile()} if about_records else {}
    for profile in profiles:
        wanted.update((member.token, member) for member in profile.lineage)
    chosen = tuple(wanted[token] for token in sorted(wanted))
    digest = hashlib.sha256()
    for profile in chosen:
        digest.update(profile.token.encode())
        manifest = profile.folder / MANIFEST
        extra = (manifest,) if manifest.is_file() else _subclass_files(profile)
        for path in (*profile.shapes, *extra):
            content = path.read_bytes()
            # The length keeps the files of one list apart from those of another.
            digest.update(f"{path.name} {len(content)} ".encode() + content)
    present = None if data is None else classes_in(data, _superclasses(_pairs(chosen)))
    return _compiled(_Chosen(chosen), digest.hexdigest(), present)


@dataclass(frozen=True)
class _Chosen:
    """Profiles as a cache key: the hash beside it stands for them."""

    profiles: tuple[Profile, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Chosen)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=8)
def _compiled(chosen: _Chosen, digest: str, present: frozenset[str] | None) -> Shapes:
    def parsed() -> Parsed:
        return _parsed(chosen.profiles, present)

    # All shapes of the model together are seldom wanted, and large.
    kept = present is not None
    read = (
        kept_or_parsed((digest, *sorted(present or ())), parsed) if kept else parsed()
    )
    return Shapes(
        hash=digest,
        triples=read.triples,
        pairs=read.pairs,
        superclasses=_superclasses(read.pairs),
        rules={rule.iri: rule for rule in read.rules},
        profiles={profile.token: profile for profile in chosen.profiles},
    )


def _parsed(profiles: Sequence[Profile], present: frozenset[str] | None) -> Parsed:
    everything: list[Triple] = []
    rules: list[Rule] = []
    for profile in profiles:
        triples: list[Triple] = []
        for path in profile.shapes:
            read = _read_shapes(path)
            if present is not None and is_generated(path):
                read = needed(read, present)
            triples.extend(_apart(read, f"_:{profile.token}-{path.stem}-"))
        everything.extend(triples)
        rules.extend(rules_of(profile, triples))
    return Parsed(tuple(everything), tuple(_pairs(profiles)), tuple(rules))


def _pairs(profiles: Sequence[Profile]) -> list[Triple]:
    return [
        triple
        for profile in profiles
        for path in _subclass_files(profile)
        for triple in _read_shapes(path)
    ]


def _subclass_files(profile: Profile) -> tuple[Path, ...]:
    path = profile.folder / SUBCLASSES
    return (path,) if profile.token == MODEL and path.is_file() else ()


def _read_shapes(path: Path) -> list[Triple]:
    try:
        return list(parse(path, format="ttl"))
    except InputError as error:
        raise InputError(
            _("A file of requirements cannot be read"),
            where=error.where,
            expected=_("rules written in Turtle"),
            found=error.found,
            hint=_("Correct the file at the place shown"),
        ) from error


def _apart(triples: Iterable[Triple], mark: str) -> Iterator[Triple]:
    """Yield statements with a mark on blank nodes: those of two files stay apart."""
    for subject, predicate, value in triples:
        if subject[0] == "_":
            subject = mark + subject[2:]
        if value[0] == "_":
            value = mark + value[2:]
        yield subject, predicate, value


def _rdflib_graph(triples: Iterable[Triple]) -> Graph:
    from rdflib import Graph

    return add_all(Graph(bind_namespaces="none"), triples)


def _superclasses(triples: Iterable[Triple]) -> dict[str, frozenset[str]]:
    """Return all superclasses of each class, by IRI."""
    direct: dict[str, set[str]] = {}
    for subject, _predicate, value in triples:
        direct.setdefault(subject[1:-1], set()).add(value[1:-1])
    return {name: frozenset(_climb(name, direct)) for name in direct}


def _climb(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for parent in direct.get(waiting.pop(), ()):
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return found
