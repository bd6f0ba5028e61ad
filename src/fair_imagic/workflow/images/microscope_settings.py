"""Settings files of the Micro-Meta App: how the microscope was set for one image."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from fair_imagic.catalogue import Change, ChangeSet, Source, SourceKind
from fair_imagic.errors import InputError, NotFoundError
from fair_imagic.files import sha256_of
from fair_imagic.i18n import _
from fair_imagic.mapping import SettingsTarget, describe_settings, export_settings
from fair_imagic.mapping.micrometa import micrometa_text, parse_settings, text_of_json
from fair_imagic.model import Image, Instrument, RecordGraph, view
from fair_imagic.model.image_name import without_ending
from fair_imagic.rdf import text_of
from fair_imagic.readers import RawFact
from fair_imagic.workflow.base.label import label_of
from fair_imagic.workflow.images.image_names import matcher_for
from fair_imagic.workflow.images.members import images_matching
from fair_imagic.workflow.microscopes.images import attach, voice_of_file
from fair_imagic.workflow.microscopes.instruments import DOCUMENT

if TYPE_CHECKING:
    from pathlib import Path

    from fair_imagic.mapping.micrometa import Json
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["SettingsImported", "export_text", "import_file"]


@dataclass(frozen=True)
class SettingsImported:
    """What a settings file did: the images it describes, remarks, the change."""

    images: tuple[str, ...]
    problems: tuple[str, ...]
    number: int | None


def import_file(
    workspace: Workspace,
    path: Path,
    *,
    author: str,
    images: str | None = None,
    all_fitting: bool = False,
) -> SettingsImported:
    """Import the settings of one image, or of several that were made alike.

    ``images`` selects them as
    :func:`~fair_imagic.workflow.images.members.images_matching` does; without it the
    image has the name that the file gives. An image without a microscope is attached to
    the one that the file names, where it is known. Raises
    :class:`~fair_imagic.errors.NotFoundError` where there is no such image; nothing is
    stored then.
    """
    text = micrometa_text(path)
    document = parse_settings(text, path)
    chosen = (
        images_matching(workspace, images, all_fitting=all_fitting)
        if images
        else _named(workspace, document, path)
    )
    _attach_to_named(workspace, document, chosen)
    changes, problems = [], {}
    kept: list[tuple[Source, dict[str, tuple[RawFact, ...]]]] = []
    for image in chosen:
        source = _source(workspace, image, path)
        found = describe_settings(document, _target(workspace, image))
        problems.update(dict.fromkeys(found.problems))
        places = {one.triple: one.place for one in found.statements}
        before = set(workspace.catalogue.source_statements(image, source.iri))
        added = frozenset(places.keys() - before)
        gone = frozenset(before - places.keys())
        if added or gone:
            own = {triple: places[triple] for triple in added}
            changes.append(Change(image, source, added, gone, own))
        whole = RawFact(DOCUMENT, text, None, path.name)
        kept.append((source, {"": found.facts, image: (whole,)}))
    number = _append(workspace, changes, author=author, reason=f"settings {path.name}")
    for source, facts in kept:
        workspace.catalogue.keep_facts(source, facts)
    return SettingsImported(tuple(chosen), tuple(problems), number)


def export_text(workspace: Workspace, image: str) -> str:
    """Return the settings of an image as the text of a Micro-Meta App file.

    Raises :class:`~fair_imagic.errors.NotFoundError` where none were imported.
    """
    source = workspace.mint("source", f"settings-{image.rpartition('/')[2]}")
    for fact in workspace.catalogue.facts(source, parts=(image,)).get(image, ()):
        if fact.key == DOCUMENT:
            statements = workspace.catalogue.effective(image)
            target = _target(workspace, image)
            return export_settings(target, statements, document=fact.value)
    raise NotFoundError(
        _("No settings file was imported for this image"),
        found=label_of(workspace, image),
        hint=_("`fair-imagic instrument settings import FILE`"),
    )


def _append(
    workspace: Workspace, changes: list[Change], *, author: str, reason: str
) -> int | None:
    if not changes:
        return None
    return workspace.catalogue.append(ChangeSet(author, reason, tuple(changes)))


def _named(workspace: Workspace, document: dict[str, Json], path: Path) -> list[str]:
    """Return the one image that has the name in the file, extension or not."""
    name = text_of_json(document.get("Name")) or ""
    matcher = matcher_for(workspace)
    found = matcher.match(name)
    if not found.images:
        found = matcher.match(without_ending(PurePosixPath(name).name))
    if len(found.images) == 1:
        return list(found.images)
    raise NotFoundError(
        _("The image of these settings is not known")
        if not found.images
        else _("Several images have the name in these settings"),
        where=str(path),
        expected=", ".join(matcher.told(found.images) or matcher.nearest(name)),
        found=name,
        hint=_("Name the image with --images NAME"),
    )


def _attach_to_named(
    workspace: Workspace, document: dict[str, Json], images: list[str]
) -> None:
    """Link images without a microscope to the one that the settings name."""
    bare = [one for one in images if _image(workspace, one).instrument is None]
    names = [text_of_json(document.get(k)) for k in ("InstrumentID", "InstrumentName")]
    if not bare or not any(names):
        return
    for record in workspace.catalogue.records(Instrument.class_iri):
        graph = RecordGraph(workspace.catalogue.effective(record))
        own = {text_of(v) for s, _p, v in graph.describe(record) if v.startswith('"')}
        if own.intersection(filter(None, names)):
            attach(workspace, bare, record)
            return


def _image(workspace: Workspace, image: str) -> Image:
    return view(Image, RecordGraph(workspace.catalogue.effective(image)), image)


def _target(workspace: Workspace, image: str) -> SettingsTarget:
    seen = _image(workspace, image)
    microscope = seen.instrument_version or seen.instrument
    if microscope is None:
        raise InputError(
            _("The image has no microscope yet: its settings name parts of one"),
            found=label_of(workspace, image),
            hint=_("`fair-imagic instrument attach MICROSCOPE COLLECTION`"),
        )
    return SettingsTarget(
        image_iri=image,
        known=RecordGraph(voice_of_file(workspace, image).statements),
        microscope_iri=microscope,
        microscope=RecordGraph(workspace.catalogue.effective(microscope)),
    )


def _source(workspace: Workspace, image: str, path: Path) -> Source:
    return Source(
        iri=workspace.mint("source", f"settings-{image.rpartition('/')[2]}"),
        kind=SourceKind.SETTINGS,
        label=path.name,
        sha256=sha256_of(path),
    )
