"""The requirements of some profiles, ready to check with: parsed once, then kept."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fair_imagic import cache
from fair_imagic.checks.constraint import Constraint
from fair_imagic.checks.finding import Severity
from fair_imagic.checks.generated_shapes import classes_in, is_generated, prune
from fair_imagic.checks.profile import MANIFEST, Profile
from fair_imagic.checks.rule import Rule, rules_of
from fair_imagic.checks.shacl import (
    Shapes,
    code_version,
    from_json,
    recall_statements,
    to_json,
)
from fair_imagic.checks.shape_faults import refuse_bad_patterns
from fair_imagic.errors import InputError
from fair_imagic.i18n import LANGUAGES, _
from fair_imagic.rdf import parse
from fair_imagic.resources import folder as resource_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from fair_imagic.rdf import Triple

    _Parts = tuple[tuple[Triple, ...], tuple[Triple, ...], tuple[Rule, ...]]

__all__ = [
    "MODEL",
    "Requirements",
    "compile_requirements",
    "digest_of",
    "model_profile",
]

MODEL = "model"
SUBCLASSES = "subclasses.ttl"
# All that makes statements and rules of files: the engine is in it.
_CODE = Path(__file__).parent


@dataclass(frozen=True)
class Requirements:
    """Shapes for the engine, with their rules by IRI.

    ``profiles`` are all profiles that are in it, by token; ``superclasses`` are those
    of each class of the model.
    """

    shapes: Shapes
    rules: Mapping[str, Rule]
    profiles: Mapping[str, Profile]
    superclasses: Mapping[str, frozenset[str]]


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


def compile_requirements(
    profiles: Sequence[Profile], *, data: Iterable[Triple] | None = None
) -> Requirements:
    """Return the shapes and rules of these profiles, their parents and the model.

    The model says nothing of what is no record, such as a landing page. With ``data``,
    generated shapes of classes without a node in it are left out. Kept in memory by
    the bytes of the files and these classes. Raises
    :class:`~fair_imagic.errors.InputError` for a file that is not valid Turtle.
    """
    chosen = _with_parents(profiles)
    present = None if data is None else classes_in(data, _superclasses(_pairs(chosen)))
    return _compiled(_Chosen(chosen), _digest(chosen), present)


def digest_of(profiles: Sequence[Profile]) -> str:
    """Return a hash of all files that the rules of these profiles come from."""
    return _digest(_with_parents(profiles))


def _with_parents(profiles: Sequence[Profile]) -> tuple[Profile, ...]:
    about_records = not profiles or any(not profile.checks for profile in profiles)
    wanted = {MODEL: model_profile()} if about_records else {}
    for profile in profiles:
        wanted.update((member.token, member) for member in profile.lineage)
    return tuple(wanted[token] for token in sorted(wanted))


def _digest(chosen: Iterable[Profile]) -> str:
    digest = hashlib.sha256()
    for profile in chosen:
        digest.update(profile.token.encode())
        manifest = profile.folder / MANIFEST
        extra = (manifest,) if manifest.is_file() else _subclass_files(profile)
        for path in (*profile.shapes, *extra):
            content = path.read_bytes()
            # The length keeps the files of one list apart from those of another.
            digest.update(f"{path.name} {len(content)} ".encode() + content)
    return digest.hexdigest()


@dataclass(frozen=True)
class _Chosen:
    """Profiles as a cache key: the hash beside it stands for them."""

    profiles: tuple[Profile, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Chosen)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=8)
def _compiled(
    chosen: _Chosen, digest: str, present: frozenset[str] | None
) -> Requirements:
    triples, pairs, rules = _parts(chosen.profiles, digest, present)
    return Requirements(
        shapes=Shapes(
            hash=digest,
            triples=triples,
            pairs=pairs,
            folders=tuple(_folders_of_others(chosen.profiles)),
        ),
        rules={rule.iri: rule for rule in rules},
        profiles={profile.token: profile for profile in chosen.profiles},
        superclasses=_superclasses(pairs),
    )


def _folders_of_others(profiles: Sequence[Profile]) -> Iterator[Path]:
    """Yield the folders that did not come with the product: there a fault is."""
    ours = resource_folder("shapes")
    yield from (p.folder for p in profiles if not p.folder.is_relative_to(ours))


def _parts(
    profiles: Sequence[Profile], digest: str, present: frozenset[str] | None
) -> _Parts:
    """Return statements, subclasses and rules, from the cache where it has them."""
    # One reading for both entries of the cache.
    parse_all = functools.cache(lambda: _parsed(profiles, present))
    # All shapes of the model together are seldom wanted, and large.
    if present is None:
        return parse_all()
    parts = (code_version(_CODE), *LANGUAGES, digest, *sorted(present))
    triples, pairs = recall_statements(parts, lambda: parse_all()[:2])
    rules = cache.recall(
        cache.key_of("rules", *parts),
        lambda: parse_all()[2],
        write=to_json,
        read=_rules_in,
    )
    return triples, pairs, rules


def _rules_in(content: bytes) -> tuple[Rule, ...]:
    rules = from_json(content, Rule, Constraint, Severity)
    if not isinstance(rules, tuple) or not all(isinstance(r, Rule) for r in rules):
        raise ValueError("no rules")
    return rules


def _parsed(profiles: Sequence[Profile], present: frozenset[str] | None) -> _Parts:
    everything: list[Triple] = []
    rules: list[Rule] = []
    for profile in profiles:
        triples: list[Triple] = []
        for path in profile.shapes:
            read = _read_shapes(path)
            if not path.is_relative_to(resource_folder("shapes")):
                refuse_bad_patterns(path, read)
            if present is not None and is_generated(path):
                read = prune(read, present)
            triples.extend(_apart(read, f"_:{profile.token}-{path.stem}-"))
        everything.extend(triples)
        rules.extend(rules_of(profile, triples))
    return tuple(everything), tuple(_pairs(profiles)), tuple(rules)


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
