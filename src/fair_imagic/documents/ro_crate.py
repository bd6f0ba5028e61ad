"""RO-Crate: the metadata file, the folder that holds it, or the folder as ZIP."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fair_imagic.documents.address import document_iri
from fair_imagic.documents.content import Content
from fair_imagic.documents.crate_version import OLDEST_JUDGED, declared_version
from fair_imagic.documents.kind import Kind, Reading
from fair_imagic.documents.translation import translation_of
from fair_imagic.errors import InputError
from fair_imagic.files import archived_file, archived_names, confined
from fair_imagic.gaps import Gap
from fair_imagic.i18n import _, both

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.documents.tree_path import Pointer

__all__ = ["KIND", "METADATA_FILE", "Crate", "is_context", "references"]

METADATA_FILE = "ro-crate-metadata.json"
_BAG = "bagit.txt"
_DESCRIPTOR = ("ro-crate-metadata.json", "ro-crate-metadata.jsonld")

_CONTEXT = re.compile(r"https?://w3id\.org/ro/crate/\d")

Holds = Callable[[str], bool]
Entity = Mapping[str, Any]


@dataclass(frozen=True)
class Crate:
    """A crate: its metadata, its two first entities, and what says if a file is in it.

    ``holds`` is None for metadata that came without the files.
    """

    value: Mapping[str, Any]
    descriptor: Entity
    root: Entity
    holds: Holds | None


def is_context(context: object) -> bool:
    """Return whether a context is, or holds, the one of RO-Crate."""
    listed = context if isinstance(context, list) else [context]
    return any(isinstance(one, str) and _CONTEXT.match(one) for one in listed)


def references(value: object) -> list[str]:
    """Return the identifiers that a value refers to."""
    if isinstance(value, list):
        return [name for one in value for name in references(one)]
    if isinstance(value, dict) and set(value) == {"@id"}:
        return [str(value["@id"])]
    return []


def _recognise(content: Content) -> bool:
    if content.is_zip:
        return _metadata_name(_names(content)) is not None
    if not content.is_json or not isinstance(content.json, dict):
        return False
    graph = content.json.get("@graph")
    return isinstance(graph, list) and (
        is_context(content.json.get("@context")) or _descriptor(graph) is not None
    )


def _read(content: Content) -> Reading:
    metadata, holds = _opened(content)
    value = metadata.json
    if not isinstance(value, dict) or not isinstance(value.get("@graph"), list):
        raise _no_crate(metadata, expected='"@graph"', found="")
    entities: dict[str, Entity] = {
        str(one.get("@id")): one for one in value["@graph"] if isinstance(one, dict)
    }
    descriptor, root = _first_entities(value["@graph"], entities, metadata)
    tree, pointers = _tree(root, entities)

    def where(pointer: Pointer) -> str:
        starts = (pointer[:length] for length in range(len(pointer), -1, -1))
        return f"{metadata.name}, {next(pointers[k] for k in starts if k in pointers)}"

    translation = translation_of(
        "ro-crate", tree, base=document_iri(content.name), where=where
    )
    return Reading(
        name=content.name,
        root=translation.root,
        label=str(root.get("name") or metadata.name),
        triples=translation.triples,
        places=translation.places,
        questions=translation.questions,
        form=Crate(value, descriptor, root, holds),
        remarks=(_judged_by(metadata.name, descriptor),),
        where=lambda place: f"{metadata.name}, {place}",
        gap_codes=_gap_codes(entities),
    )


def _gap_codes(entities: Mapping[str, Entity]) -> tuple[str, ...]:
    far = any(
        "://" in name and "File" in (kind if isinstance(kind, list) else [kind])
        for name, kind in ((name, one.get("@type")) for name, one in entities.items())
    )
    return ("addresses-not-opened",) if far else ()


def _opened(content: Content) -> tuple[Content, Holds | None]:
    """Return the metadata document, and what says whether a file is in the crate."""
    if content.is_zip:
        names = _names(content)
        inner = _metadata_name(names)
        if inner is None:
            raise _no_crate(content, expected=METADATA_FILE, found="")
        data = archived_file(
            content.path or content.whole,
            inner,
            most_bytes=content.limit_mb * 1_000_000,
            where=content.name,
        )
        start = inner.removesuffix(METADATA_FILE)
        named = f"{content.name}, {inner}"
        crate = Content(named, data=data, limit_mb=content.limit_mb)
        return crate, lambda name: any(
            one == start + name or one.startswith(start + name.rstrip("/") + "/")
            for one in names
        )
    if content.path is not None and content.path.name == METADATA_FILE:
        folder = content.path.parent
        return content, lambda name: _is_in(folder, name)
    return content, None


def _names(content: Content) -> tuple[str, ...]:
    return archived_names(content.path or content.whole, where=content.name)


def _metadata_name(names: tuple[str, ...]) -> str | None:
    """Return the metadata file at the top of an archive, or in its one folder.

    In a bag (BagIt) it is in the folder ``data`` beside the bag's declaration.
    """
    bags = [one.removesuffix(_BAG) for one in names if one.endswith(_BAG)]
    for name in names:
        folder = name.removesuffix(METADATA_FILE)
        if folder == name:
            continue
        is_near = folder.count("/") <= 1
        if is_near or folder in [f"{bag}data/" for bag in bags]:
            return name
    return None


def _is_in(folder: Path, name: str) -> bool:
    try:
        return confined(folder, name.removeprefix("./")).exists()
    except InputError:
        return False  # a name that leaves the crate is not in it


def _descriptor(graph: list[Any]) -> Entity | None:
    for one in graph:
        if isinstance(one, dict) and str(one.get("@id")).endswith(_DESCRIPTOR):
            return one
    return None


def _judged_by(name: str, descriptor: Entity) -> str:
    version = declared_version(descriptor)
    if version >= OLDEST_JUDGED:
        text = _("{name}: judged by the rules of RO-Crate {version}, which it declares")
    else:
        text = _("{name}: judged by the rules of RO-Crate {version}")
    return text.format(name=name, version=max(version, OLDEST_JUDGED))


def _first_entities(
    graph: list[Any], entities: dict[str, Entity], crate: Content
) -> tuple[Entity, Entity]:
    """Return the entity of the metadata file, and the root that it is about."""
    descriptor = _descriptor(graph)
    if descriptor is None:
        raise _no_crate(crate, expected=f'"@id": "{METADATA_FILE}"', found="")
    for name in references(descriptor.get("about")):
        if name in entities:
            return descriptor, entities[name]
    raise _no_crate(
        crate,
        expected=_("a root dataset that the metadata file is about"),
        found=str(descriptor.get("about")),
    )


def _no_crate(crate: Content, *, expected: str, found: str) -> InputError:
    return InputError(
        _("This is not an RO-Crate"), where=crate.name, expected=expected, found=found
    )


def _tree(
    root: Entity, entities: dict[str, Entity]
) -> tuple[dict[str, Any], dict[Pointer, str]]:
    """Return the root and what it refers to, and where each stands."""
    tree: dict[str, Any] = {"root": {**root, "creators": [], "publishers": []}}
    pointers: dict[Pointer, str] = {(): str(root.get("@id"))}
    for kind, keys in (
        ("creators", ("author", "creator", "contributor")),
        ("publishers", ("publisher",)),
    ):
        names = [name for key in keys for name in references(root.get(key))]
        for number, name in enumerate(dict.fromkeys(names)):
            tree["root"][kind].append(entities.get(name, {"@id": name}))
            pointers["root", kind, number] = name
    return tree, pointers


_GAPS = (
    Gap(
        "other-entities",
        both(
            "Of the root, its people and its publisher the values are judged; of "
            "other entities only identifier, type and references"
        ),
    ),
    Gap(
        "rules-of-special-crates",
        both(
            "What special kinds of crate oblige (Workflow Run, Process Run, ...) is "
            "not judged"
        ),
    ),
    Gap(
        "addresses-not-opened",
        both("Files that a crate names by a web address are not looked for"),
    ),
    Gap(
        "files-of-version-1-0",
        both(
            "Beside a file ro-crate-metadata.jsonld (RO-Crate 1.0) the files of the "
            "crate are not looked for"
        ),
    ),
)

KIND = Kind(
    "ro-crate",
    title=lambda: "RO-Crate",
    recognise=_recognise,
    read=_read,
    profiles=("ro-crate",),
    rules="fair_imagic.checks.ro_crate_rules:document_points",
    order=10,
    inside=(METADATA_FILE, f"data/{METADATA_FILE}"),
    gaps=_GAPS,
)
