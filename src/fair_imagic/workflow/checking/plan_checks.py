"""Plans as requirements: what a set is held to because its plan promises it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from fair_imagic import dmp
from fair_imagic.checks import profiles
from fair_imagic.checks.profile import Profile
from fair_imagic.errors import NotFoundError
from fair_imagic.files import write_atomically
from fair_imagic.i18n import LANGUAGES, _, both
from fair_imagic.model import (
    Plan,
    Publication,
    PublicationSet,
    RecordGraph,
    ResearchOutput,
    Snapshot,
    view,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from fair_imagic.rdf import Triple
    from fair_imagic.workflow.base.workspace import Workspace

__all__ = ["plan_profiles", "with_publications"]


def plan_profiles(workspace: Workspace, token: str, record: str) -> list[Profile]:
    """Return the requirements of a plan, or of the plans that a set fulfils.

    Raises :class:`~fair_imagic.errors.NotFoundError` where there is no such plan.
    """
    name = token.partition(":")[2]
    general = profiles.load(profiles.PLAN)
    if name:
        return [_profile(workspace, workspace.record("plan", name), general)]
    plans = _plans_of(workspace, record)
    return [general, *(_profile(workspace, one, general) for one in plans)]


def with_publications(workspace: Workspace, snapshot: Snapshot) -> Snapshot:
    """Return a snapshot with what the archives answered about it as context.

    A plan speaks of identifiers and repositories: only the answers tell.
    """
    said: list[Triple] = []
    for record, triples in _publications(workspace).items():
        seen = view(Publication, RecordGraph(triples), record)
        if seen.of == snapshot.root:
            said.extend(triples)
    return snapshot.with_more(context=said)


def _publications(workspace: Workspace) -> dict[str, tuple[Triple, ...]]:
    records = workspace.catalogue.records(Publication.class_iri)
    return dict(workspace.catalogue.effective_of(records))


def _plans_of(workspace: Workspace, record: str) -> list[str]:
    graph = RecordGraph(workspace.catalogue.effective(record))
    output = view(PublicationSet, graph, record).fulfils
    if output is None:
        return []
    promised = RecordGraph(workspace.catalogue.effective(output))
    plan = view(ResearchOutput, promised, output).plan
    return [plan] if plan else []


def _profile(workspace: Workspace, plan: str, general: Profile) -> Profile:
    """Return a plan as requirements; its shapes are kept beside the catalogue."""
    graph = RecordGraph(workspace.catalogue.effective(plan))
    title = view(Plan, graph, plan).title or plan.rpartition("/")[2]
    name = plan.rpartition("/")[2]
    outputs = _outputs(workspace, plan)
    if not outputs:
        raise NotFoundError(
            _("The plan promises nothing yet"),
            where=name,
            hint=_("`fair-imagic dmp draft` adds a promise for each set"),
        )
    text = dmp.plan_shapes(name, title, outputs)
    titles = {one: f"{general.title[one]}: {title}" for one in LANGUAGES}
    return Profile(
        token=f"{profiles.PLAN}:{name}",
        title=titles,
        description=both("What the plan promises of its research outputs."),
        version="1.0",
        parents=(),
        about=general.about,
        also_about=(),
        blocks=False,
        folder=general.folder,
        gaps=general.gaps,
        shapes=(_kept(workspace, name, text),),
    )


def _kept(workspace: Workspace, name: str, text: str) -> Path:
    digest = hashlib.sha256(text.encode()).hexdigest()[:16]
    path = workspace.settings.home / "cache" / "plans" / f"{name}-{digest}.ttl"
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, text)
    return path


def _outputs(workspace: Workspace, plan: str) -> list[dmp.PlannedOutput]:
    sets = _sets_by_output(workspace)
    public = {
        view(Publication, RecordGraph(triples), record).of
        for record, triples in _publications(workspace).items()
    }
    found = []
    records = workspace.catalogue.records(ResearchOutput.class_iri)
    for record, triples in workspace.catalogue.effective_of(records).items():
        graph = RecordGraph(triples)
        output = view(ResearchOutput, graph, record)
        if output.plan == plan:
            fulfilled = tuple(sorted(sets.get(record, ())))
            found.append(
                dmp.PlannedOutput(
                    name=record.rpartition("/")[2],
                    title=output.title or "",
                    commitments=tuple(dmp.commitments_of(output, graph)),
                    sets=fulfilled,
                    published=tuple(one for one in fulfilled if one in public),
                )
            )
    return sorted(found, key=lambda one: one.name)


def _sets_by_output(workspace: Workspace) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    records: Iterable[str] = workspace.catalogue.records(PublicationSet.class_iri)
    for record, triples in workspace.catalogue.effective_of(records).items():
        output = view(PublicationSet, RecordGraph(triples), record).fulfils
        if output:
            found.setdefault(output, []).append(record)
    return found
